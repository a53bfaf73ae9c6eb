"""A round of judging: which development articles, by which systems, and in which order their briefs are shown."""

from __future__ import annotations

import hashlib
import string
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.benchmarks.briefs import NAME, Reference, load_references
from eval.benchmarks.table import digest_of, load_benchmark
from eval.briefs.printed import Printed, Statement
from eval.briefs.writers import Calls, Collected, from_backend, from_file, only_once
from eval.reading.sheets import Asked, Round, Sheet, Writer
from eval.reading.unread import unread
from eval.run.provenance import git_commit, git_dirty
from eval.systems.outputs import Ledger
from summarizer.errors import ConfigError, DataError
from training.corpora.annotated.labels import Slot

SEED = "mujaz-judging-1"


@dataclass(frozen=True, slots=True)
class Taken:
    """``articles`` of the order that ``seed`` gives, from ``offset`` on.

    ``shared``: of those that every file has; ``unread``: of this file, rather than of the development articles.
    """

    articles: int = 30
    seed: str = SEED
    offset: int = 0
    shared: bool = False
    unread: Path | None = None


def make_round(
    taken: Taken,
    out: Path,
    systems: Sequence[str],
    files: Sequence[str] = (),
    *,
    data: Path | None = None,
    batch: int = 8,
) -> Round:
    """The briefs of backends (``systems``) and files of briefs, blinded, as a round; ``out`` keeps what was written.

    ``DataError`` when the articles are not as many as asked for, and when a file has no brief of one of them.
    """
    every = unread(taken.unread) if taken.unread else load_references(data)
    given = [from_file(name, every) for name in files]
    chosen = choose_articles(every, taken, given)
    digest = _digest(taken, every, data) if systems else ""
    found = [*given, *_written(chosen, out, systems, batch, digest)]
    only_once(found)
    if not 1 <= len(found) <= len(string.ascii_uppercase):
        raise ConfigError(expected="1 to 26 systems", got=str(len(found)), hint="name them by --system and --briefs")
    sheets, writers = [], {}
    for reference in chosen:
        sheet, letters = _sheet(reference, found, taken.seed)
        if letters:
            sheets.append(sheet)
            writers[sheet.id] = letters
    return Round(tuple(sheets), writers, tuple(system.name for system in found), _about(taken, chosen, found))


def choose_articles(every: Sequence[Reference], taken: Taken, given: Sequence[Collected] = ()) -> list[Reference]:
    """The articles of a round: those of another offset, under the same seed, are others. ``DataError`` as above."""
    pool = [one for one in every if not taken.shared or all(one.brief.id in file.printed for file in given)]
    ordered = sorted(pool, key=lambda one: _hash(taken.seed, one.brief.id))
    chosen = ordered[taken.offset : taken.offset + taken.articles]
    if len(chosen) < taken.articles:
        raise DataError(
            expected=f"{taken.articles} articles from {taken.offset} on",
            got=f"{len(chosen)} of {len(pool)}",
            hint="take fewer, a smaller --offset, or another --seed",
        )
    for file in given:
        missing = [one.brief.id for one in chosen if one.brief.id not in file.printed]
        if missing:
            raise DataError(
                expected=f"a brief of each article in {file.name!r}",
                got=f"none of {len(missing)}: {', '.join(missing[:5])}",
                hint="pass --shared to choose among those that every file has",
            )
    return chosen


def _written(
    chosen: Sequence[Reference], out: Path, systems: Sequence[str], batch: int, digest: str
) -> list[Collected]:
    """The briefs of backends. Their ledger is in a folder of its own."""
    if not systems:
        return []
    ledger = Ledger(out / "written", git_commit())

    def told(count: int) -> None:
        print(f"eval.reading: {count} more of {len(chosen)}", file=sys.stderr)

    return [from_backend(name, chosen, ledger, Calls(digest, batch, told)) for name in systems]


def _digest(taken: Taken, every: Sequence[Reference], data: Path | None) -> str:
    if not taken.unread:
        return load_benchmark(NAME, None, data).digest
    return digest_of({"id": one.brief.id, "body": one.body} for one in every)


def _sheet(reference: Reference, found: Iterable[Collected], seed: str) -> tuple[Sheet, dict[str, Writer]]:
    """An article's briefs behind letters, in an order that says nothing of who wrote them."""
    brief = reference.brief
    shown = sorted(
        (system for system in found if brief.id in system.printed),
        key=lambda system: _hash(seed, f"{brief.id}:{system.name}"),
    )
    asked: list[Asked] = []
    letters: dict[str, Writer] = {}
    for letter, system in zip(string.ascii_uppercase, shown, strict=False):
        lines = list(_lines(system.printed[brief.id]))
        letters[letter] = Writer(system.name, tuple(slot for slot, line in lines if not line.text))
        for slot, line in lines:
            if line.text:
                text = " ".join(line.text.split())
                asked.append(Asked(len(asked), letter, slot, text, line.sentences, line.method))
    return Sheet(brief.id, brief.sentences, tuple(asked)), letters


def _lines(printed: Printed) -> Iterable[tuple[Slot, Statement]]:
    yield "headline", printed.headline
    yield "standfirst", printed.standfirst
    for bullet in printed.bullets:
        yield "bullet", bullet


def _about(taken: Taken, chosen: Sequence[Reference], found: Sequence[Collected]) -> dict[str, Any]:
    ids = [one.brief.id for one in chosen]
    return {
        "benchmark": taken.unread.stem if taken.unread else NAME,
        "seed": taken.seed,
        "offset": taken.offset,
        "articles": ids,
        "configs": {system.name: dict(system.config) for system in found},
        "failed": {
            system.name: {key: system.failed.get(key, "no brief") for key in ids if key not in system.printed}
            for system in found
        },
        "git_commit": git_commit(),
        "git_dirty": git_dirty(),
    }


def _hash(seed: str, what: str) -> str:
    """Arbitrary, and the same everywhere."""
    return hashlib.sha256(f"{seed}:{what}".encode()).hexdigest()
