"""Rows for a verifier: statements that a passage bears out, and statements that it does not.

    python -m training.verify_rows data/news --out data/verify

Reads ``train.jsonl`` and ``heldout.jsonl`` of ``training.prepare``; writes ``verify-train.jsonl`` and
``verify-heldout.jsonl`` with rows ``{"id", "source_name", "source", "statement", "label": "yes"|"no", "kind"}``, one
"no" for every "yes" over the same source. ``kind`` is the corruption (``training.falsify.kinds``), "reference",
"lifted" or "reordered". The same data and seed give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from summarizer.arabic.sentences.split import split_sentences
from summarizer.arabic.words import count_words
from summarizer.errors import ConfigError, DataError
from training.command import guarded
from training.falsify.kinds import corrupt
from training.falsify.neighbours import Fact, Neighbours
from training.falsify.positives import lift, lifted_sentences, reorder
from training.falsify.scene import Scene

MAX_SOURCE_WORDS = 200
MAX_EXTRA_WORDS = 30
BULLET_SHARE = 0.64
"""Of the rows: over single passages, which is what a brief's bullets are verified against."""
LIFTED_SHARE = 0.35
REORDERED_SHARE = 0.5
"""Of the lifted statements that can be turned to a headline's order: that are."""
_REST_CHARS = 3_000
"""Of the rest of an article: where sentences of other passages are looked for."""
NEIGHBOUR_SHARE = 0.35
"""Of the statements: that are compared with those of other articles (slow)."""

Row = dict[str, str]


def read_facts(path: Path) -> list[Fact]:
    """Each target of a prepared file as a fact, its source cut where its support ends.

    Raises :class:`DataError` naming the line that is no prepared row.
    """
    facts: list[Fact] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                source = row["source"]
                passage = source if "bullet" in row["targets"] else cut_source(source, row["needs_words"], row["id"])
                place = (row["id"], row["group"], row["source_name"], row["date"])
                facts += [Fact(*place, task, passage, text, source) for task, text in row["targets"].items() if passage]
            except (ValueError, KeyError, TypeError) as error:
                raise DataError(
                    expected="a row of training.prepare", got=f"{path}:{number}: {error!r}", hint="prepare it again"
                ) from error
    return facts


def cut_source(source: str, needs_words: int, row_id: str) -> str:
    """``source`` to the sentence in which its first ``needs_words`` words end, and up to 30 words more; "" if long."""
    wanted = needs_words + Random(f"cut {row_id}").randint(0, MAX_EXTRA_WORDS)
    total = 0
    for span in split_sentences(source):
        total += count_words(span.of(source))
        if total >= wanted:
            return source[: span.end] if total <= MAX_SOURCE_WORDS else ""
    return source if total <= MAX_SOURCE_WORDS else ""


def choose(facts: Sequence[Fact], rows: int, draw: Random) -> list[tuple[Fact, bool]]:
    """Which facts become pairs of rows, as (fact, whether a lifted sentence stands for the reference)."""
    chosen: list[tuple[Fact, bool]] = []
    for is_bullet, share in ((True, BULLET_SHARE), (False, 1 - BULLET_SHARE)):
        pool = [fact for fact in facts if (fact.task == "bullet") == is_bullet]
        pairs = int(rows * share / 2)
        lifted = min(len(pool), int(pairs * LIFTED_SHARE))
        for count, is_lifted in ((lifted, True), (min(len(pool), pairs - lifted), False)):
            chosen += [(fact, is_lifted) for fact in draw.sample(pool, count)]
    draw.shuffle(chosen)
    return chosen


def make_rows(facts: Sequence[Fact], rows: int, seed: int) -> Iterator[Row]:
    """About ``rows`` rows of ``facts``, in pairs of a true and a false statement over one source."""
    around = Neighbours(facts, Random(f"{seed}"))
    for fact, is_lifted in choose(facts, rows, Random(f"choose {seed}")):
        yield from _pair(fact, is_lifted, around, Random(f"{seed} {fact.id} {fact.task} {is_lifted}"))


def _pair(fact: Fact, is_lifted: bool, around: Neighbours, draw: Random) -> Iterator[Row]:
    statement, kind = (_lifted(fact.passage, draw)) if is_lifted else (fact.statement, "reference")
    if not statement:
        return
    scene = Scene(
        statement,
        fact.passage,
        is_title=kind == "reference" and fact.task != "standfirst",
        truths=around.truths(fact),
        elsewhere=lifted_sentences(around.rest(fact)[:_REST_CHARS], draw),
        neighbours=around.statements(fact) if draw.random() < NEIGHBOUR_SHARE else (),
        strangers=around.strangers(draw),
    )
    made = corrupt(scene, draw)
    if made:
        yield _row(fact, statement, "yes", kind)
        yield _row(fact, made[1], "no", made[0])


def _lifted(passage: str, draw: Random) -> tuple[str, str]:
    statement = lift(passage, draw) or ""
    turned = reorder(statement) if draw.random() < REORDERED_SHARE else None
    return (turned, "reordered") if turned else (statement, "lifted")


def _row(fact: Fact, statement: str, label: str, kind: str) -> Row:
    return {
        "id": f"{fact.id}:{fact.task}:{kind}",
        "source_name": fact.source_name,
        "source": fact.passage,
        "statement": statement,
        "label": label,
        "kind": kind,
    }


def write(path: Path, rows: Iterator[Row], seed: int) -> Counter[str]:
    """Write ``rows`` in random order; returns how many there are of each kind."""
    made = list(rows)
    if not made:
        raise DataError(expected="facts to verify", got=f"none for {path.name}", hint="check the prepared rows")
    Random(f"order {seed}").shuffle(made)
    draft = path.with_suffix(".part")
    with draft.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in made)
    draft.replace(path)
    return Counter(row["kind"] for row in made)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code of ``summarizer.errors``."""
    parser = argparse.ArgumentParser(prog="python -m training.verify_rows", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path, help="folder of training.prepare")
    parser.add_argument("--out", type=Path, required=True, help="folder for the two files")
    parser.add_argument("--rows", type=int, default=80_000, help="training rows (default: 80000)")
    parser.add_argument("--heldout-rows", type=int, default=1_600, help="held-out rows (default: 1600)")
    parser.add_argument("--seed", type=int, default=0, help="which facts, and what becomes of them (default: 0)")
    options = parser.parse_args(arguments)

    def run() -> None:
        if options.out.exists() and not options.out.is_dir():
            raise ConfigError(expected="a folder", got=str(options.out), hint="name another --out")
        options.out.mkdir(parents=True, exist_ok=True)
        for name, rows in (("train", options.rows), ("heldout", options.heldout_rows)):
            facts = read_facts(options.data / f"{name}.jsonl")
            made = make_rows(facts, rows, options.seed)
            counts = write(options.out / f"verify-{name}.jsonl", made, options.seed)
            print(json.dumps({name: dict(counts.most_common())}, ensure_ascii=False))

    return guarded(run)


if __name__ == "__main__":
    sys.exit(main())
