"""How well a model tells what a source bears out: by kind of corruption, and against people.

    python -m eval.verify --rows data/verify/verify-heldout.jsonl --backend CHECKPOINT --scores odds.jsonl
    python -m eval.verify --scores odds.jsonl                       # the tables again, without a model
    python -m eval.verify --data DIR --backend CHECKPOINT --scores judged-odds.jsonl

The first asks the backend about each row (``training.verify_rows``) and writes the rows with its log-odds as "odds";
the table has the area under the ROC curve of every kind of corruption against all true statements, and what a
threshold refuses. With ``--data`` the rows are the judged summaries of ``eval.calibrate``, asked about sentence by
sentence: Spearman with the 1-5 rating, and the area under the curve against factual errors. Intervals are 95 %
bootstrap over articles.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.calibrate import agreement
from eval.calibrate.judged import read_judged
from eval.command import guarded, positive
from eval.jsonl import read_lines, text_field
from eval.metrics.base import Array
from eval.metrics.score import Score, Signature
from eval.run.provenance import git_commit
from summarizer.arabic.sentences.split import split_sentences
from summarizer.backends.base import Backend, load_backend
from summarizer.errors import BackendError, ConfigError, DataError
from summarizer.schema import Passage, Sentence

Row = dict[str, Any]
"""A statement with its source. Of ``verify_rows``: "label" and "kind"; of judged summaries: "article", "rating",
"factual_error", "unusable". ``odds`` once a backend was asked."""

THRESHOLDS = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0)
_BATCH = 64
_TARGETS = ("rating", "factual_error", "unusable")


def passage_of(text: str) -> Passage:
    """``text`` as a backend reads it: sentences, with a paragraph a line."""
    spans = split_sentences(text)
    return Passage(tuple(Sentence(span, span.of(text), text.count("\n", 0, span.start)) for span in spans))


def ask(rows: Sequence[Row], backend: Backend) -> list[Row]:
    """The rows with the log-odds of each. ``BackendError`` when the backend does not verify."""
    found: list[Row] = []
    for start in range(0, len(rows), _BATCH):
        part = rows[start : start + _BATCH]
        odds = backend.verify([(passage_of(row["source"]), row["statement"]) for row in part])
        if odds is None:
            raise BackendError(
                expected="a model that was trained to verify", got=backend.name, hint='its prompt.json needs "verify"'
            )
        found += [{**row, "odds": round(value, 4)} for row, value in zip(part, odds, strict=True)]
    return found


def read_rows(path: Path) -> list[Row]:
    """The rows of ``training.verify_rows``; ``DataError`` names the line that is none."""
    rows = []
    for line in read_lines(path):
        row = {name: text_field(line, name) for name in ("id", "source", "statement", "label", "kind")}
        if row["label"] not in ("yes", "no") or not row["source"] or not row["statement"]:
            raise DataError(
                expected="a row of training.verify_rows", got=f"{line.place}: {row['label']!r}", hint="write it again"
            )
        rows.append({**row, "article": article_of(row["id"])})
    return rows


def article_of(row_id: str) -> str:
    """The article of a row's id «article~b2:bullet:antonym»."""
    return row_id.rsplit(":", 2)[0].partition("~")[0]


def judged_rows(folder: Path) -> list[Row]:
    """One row a sentence of every judged summary; "summary" numbers the summaries."""
    judged, left_out = read_judged(folder)
    for reason, count in left_out.items():
        print(f"left out: {count} ({reason})", file=sys.stderr)
    return [
        {
            "summary": number, "article": one.article, "source": one.source, "statement": span.of(one.output),
            "rating": one.rating, "factual_error": one.factual_error, "unusable": one.unusable,
        }
        for number, one in enumerate(judged)
        for span in split_sentences(one.output)
    ]  # fmt: skip


def by_kind(rows: Sequence[Row], resamples: int) -> dict[str, Score]:
    """Area under the curve of all false statements, and of each kind, against all true ones."""
    kinds = sorted({row["kind"] for row in rows if row["label"] == "no"})
    found = {}
    for kind in ("all", *kinds):
        chosen = [row for row in rows if row["label"] == "yes" or kind in ("all", row["kind"])]
        odds, good = _column(chosen, "odds"), np.asarray([float(row["label"] == "yes") for row in chosen])
        found[kind] = _score("auc", agreement.auc, odds, good, [row["article"] for row in chosen], resamples)
    return found


def _column(rows: Sequence[Row], name: str) -> Array:
    return np.asarray([float(row[name]) for row in rows])


def _score(
    name: str,
    measure: Callable[[Array, Array], float],
    values: Array,
    target: Array,
    groups: Sequence[str],
    resamples: int,
) -> Score:
    draws = agreement.bootstrap(measure, [values], target, groups, resamples)
    signature = Signature.of(name, unit="1", n=len(values), articles=len(set(groups)), bootstrap=resamples)
    return Score(measure(values, target), *agreement.interval(draws[:, 0]), signature)


def refusals(rows: Sequence[Row]) -> list[tuple[float, float, float]]:
    """(threshold, share of true statements below it, share of false ones below it)."""
    true, false = (_column([row for row in rows if row["label"] == label], "odds") for label in ("yes", "no"))
    return [(limit, float((true < limit).mean()), float((false < limit).mean())) for limit in THRESHOLDS]


def against_people(rows: Sequence[Row], resamples: int) -> dict[str, dict[str, Score]]:
    """For the mean and the worst sentence of a summary: Spearman, and the two areas under the curve."""
    summaries: dict[int, list[Row]] = {}
    for row in rows:
        summaries.setdefault(int(row["summary"]), []).append(row)
    first = [sentences[0] for sentences in summaries.values()]
    groups = [row["article"] for row in first]
    odds = [_column(sentences, "odds") for sentences in summaries.values()]
    found: dict[str, dict[str, Score]] = {}
    for name, values in (("mean", [one.mean() for one in odds]), ("worst sentence", [one.min() for one in odds])):
        found[name] = {}
        for target in _TARGETS:
            measure = agreement.spearman if target == "rating" else agreement.auc
            wanted = _column(first, target) if target == "rating" else 1.0 - _column(first, target)
            found[name][target] = _score(target, measure, np.asarray(values), wanted, groups, resamples)
    return found


def render_kinds(rows: Sequence[Row], found: dict[str, Score]) -> str:
    """Both tables of the held-out rows as Markdown."""
    counts = {kind: sum(row["kind"] == kind for row in rows) for kind in found}
    counts["all"] = sum(row["label"] == "no" for row in rows)
    lines = ["| corruption | rows | AUC |", "|---|---|---|"]
    lines += [f"| {kind} | {counts[kind]} | {_cell(score)} |" for kind, score in found.items()]
    lines += ["", "| log-odds below | true refused | false refused |", "|---|---|---|"]
    lines += [f"| {limit:+.0f} | {true:.1%} | {false:.1%} |" for limit, true, false in refusals(rows)]
    return "\n".join(lines)


def render_people(found: dict[str, dict[str, Score]]) -> str:
    """The table of the judged summaries as Markdown."""
    lines = ["| log-odds | Spearman, rating | AUC, factual error | AUC, error or off task |", "|---|---|---|---|"]
    return "\n".join(lines + [f"| {name} | {' | '.join(map(_cell, row.values()))} |" for name, row in found.items()])


def _cell(score: Score) -> str:
    return f"{score.value:.3f} [{score.low:.3f}, {score.high:.3f}]"


def _main(argv: Sequence[str] | None) -> int:
    options = _parser().parse_args(argv)
    if options.rows and options.data:
        raise ConfigError(expected="--rows or --data", got="both", hint="run it twice")
    if options.rows or options.data:
        if not options.backend:
            raise ConfigError(expected="--backend with --rows or --data", got="none", hint="name a checkpoint")
        asked = read_rows(options.rows) if options.rows else judged_rows(options.data)
        rows = ask(asked[: options.limit or None], load_backend(options.backend))
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        options.scores.write_text(text, encoding="utf-8")
    else:
        rows = [line.fields for line in read_lines(options.scores)]
    if not all("odds" in row and "article" in row for row in rows):
        raise DataError(expected='rows with "odds"', got=str(options.scores), hint="write it with --backend")
    _report(rows, options)
    return 0


def _report(rows: Sequence[Row], options: argparse.Namespace) -> None:
    record: dict[str, Any] = {"git_commit": git_commit()}
    if "summary" in rows[0]:
        people = against_people(rows, options.resamples)
        record["people"] = {name: {key: one.record() for key, one in row.items()} for name, row in people.items()}
        print(render_people(people))
    else:
        kinds = by_kind(rows, options.resamples)
        record["kinds"] = {name: one.record() for name, one in kinds.items()}
        record["refusals"] = refusals(rows)
        print(render_kinds(rows, kinds))
    if options.out:
        options.out.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="eval.verify", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=Path, help="rows of training.verify_rows to ask about")
    parser.add_argument("--data", type=Path, help="folder with the judged summaries to ask about")
    parser.add_argument("--backend", help="who is asked: a name or a checkpoint")
    parser.add_argument("--scores", type=Path, required=True, help="rows with odds: written, or read if none is asked")
    parser.add_argument("--out", type=Path, help="also write the tables as JSON here")
    parser.add_argument("--limit", type=positive, help="ask about the first so many rows")
    parser.add_argument("--resamples", type=positive, default=agreement.RESAMPLES)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.verify", _main, argv)


if __name__ == "__main__":
    sys.exit(main())
