"""Is B better than A, or was it these articles? Paired over the articles that both have.

    python -m eval.compare runs/before runs/after
    python -m eval.compare runs/xlsum:Noon runs/xlsum:default --metric xlsum-stem.rouge1 --metric support

Each side is a run's folder, with ``:SYSTEM`` when it holds several. Prints, for each metric, both means, the
difference B - A with its 95 % interval (paired bootstrap), p (paired permutation of signs, two-sided) and how many
articles each side won. chrF is compared sentence by sentence here, and so its means are not those of the table.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.command import guarded, positive
from eval.metrics.intervals import RESAMPLES, Difference, paired_difference
from eval.run.results import ArticleScores, read_article_scores, read_results, score_of
from summarizer.errors import ConfigError, DataError, UnknownName

DEFAULT_METRICS = (
    "xlsum-stem.rouge1",
    "xlsum-stem.rouge2",
    "xlsum-stem.rougeL",
    "normalized.rouge1",
    "chrf",
    "support",
)
PERMUTATIONS = 10 * RESAMPLES


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: where from, its articles' scores, the benchmark's digest and task, and the signatures."""

    name: str
    scores: Mapping[str, ArticleScores]
    benchmark: tuple[str, str]
    signatures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One metric: means over the shared articles, their paired difference, and how many articles that are."""

    metric: str
    mean_a: float
    mean_b: float
    difference: Difference
    articles: int


def compare(a: Side, b: Side, metrics: Sequence[str], resamples: int = PERMUTATIONS) -> list[Comparison]:
    """B against A in each of ``metrics`` over the articles that both have a score for.

    ``DataError`` when they were measured on other benchmarks or in other ways; ``UnknownName`` for a metric that
    neither has; a metric that only one of them has is a ``DataError``.
    """
    if a.benchmark != b.benchmark:
        raise DataError(
            expected="two runs on one benchmark and task",
            got=f"{a.name}: {a.benchmark[1]} {a.benchmark[0][:12]}…, {b.name}: {b.benchmark[1]} {b.benchmark[0][:12]}…",
            hint="run both on the same articles",
        )
    return [_compare_one(a, b, metric, resamples) for metric in metrics]


def _compare_one(a: Side, b: Side, metric: str, resamples: int) -> Comparison:
    _refuse_other_measures(a, b, metric)
    both = [
        key
        for key in a.scores.keys() & b.scores.keys()
        if metric in a.scores[key].scores and metric in b.scores[key].scores
    ]
    if not both:
        raise DataError(
            expected=f"articles with {metric} in both", got="none", hint="compare runs on the same articles"
        )
    # Sorted, so that the same two runs give the same draws whatever the order of their files.
    values_a, values_b = (np.array([side.scores[key].scores[metric] for key in sorted(both)]) for side in (a, b))
    difference = paired_difference(values_a, values_b, resamples)
    return Comparison(metric, float(values_a.mean()), float(values_b.mean()), difference, len(both))


def _refuse_other_measures(a: Side, b: Side, metric: str) -> None:
    """``metric`` must be known to both, and made in the same way but for the articles it was made on."""
    known = {*a.signatures, *b.signatures}
    if metric not in known:
        raise UnknownName("metric of these runs", metric, known)
    for side in (a, b):
        if metric not in side.signatures:
            raise DataError(expected=f"{metric} of both", got=f"none of {side.name}", hint="leave that metric out")
    way_a, way_b = (_way(side.signatures[metric]) for side in (a, b))
    if way_a != way_b:
        other = sorted(part for part in way_a ^ way_b)
        raise DataError(
            expected=f"{metric} made in one way", got=f"other parts: {', '.join(other)}", hint="score both again"
        )


def _way(signature: str) -> set[str]:
    return {part for part in signature.split("|") if not part.startswith("n:")}


def read_side(name: str) -> Side:
    """``DIR`` or ``DIR:SYSTEM`` as a side; ``ConfigError`` when the folder has several systems and none is named."""
    folder, system = Path(name), ""
    if not folder.exists() and ":" in name:
        head, _, system = name.rpartition(":")
        folder = Path(head)
    results = read_results(folder)
    systems = results["systems"]
    if not system and len(systems) > 1:
        raise ConfigError(
            expected="one system",
            got=f"{folder} with {', '.join(systems)}",
            hint=f"name one: {folder}:{next(iter(systems))}",
        )
    system = system or next(iter(systems))
    if system not in systems:
        raise UnknownName(f"system of {folder}", system, systems)
    scores = read_article_scores(folder)[system]
    keys = {key for row in scores.values() for key in row.scores}
    signatures = {key: score["signature"] for key in keys if (score := score_of(systems[system], key))}
    benchmark = results["benchmark"]
    return Side(name, scores, (benchmark["digest"], benchmark["task"]), signatures)


def table(a: Side, b: Side, comparisons: Sequence[Comparison]) -> str:
    """The comparisons as a Markdown table, with what was left out."""
    lines = [
        f"A = {a.name}, B = {b.name}",
        "",
        "| metric | A | B | B - A | 95 % | p | A wins | B wins | ties | articles |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for found in comparisons:
        d = found.difference
        means, interval = f"{found.mean_a:.2f} | {found.mean_b:.2f}", f"[{d.low:+.2f}, {d.high:+.2f}]"
        counts = f"{d.wins_a} | {d.wins_b} | {d.ties} | {found.articles}"
        lines.append(f"| {found.metric} | {means} | {d.value:+.2f} | {interval} | {d.p:.4f} | {counts} |")
    lines += [f"\nOnly in {side.name}: {count} articles, left out." for side, count in _alone(a, b) if count]
    return "\n".join(lines)


def _alone(a: Side, b: Side) -> list[tuple[Side, int]]:
    return [(a, len(a.scores.keys() - b.scores.keys())), (b, len(b.scores.keys() - a.scores.keys()))]


def _main(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(
        prog="eval.compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("a", metavar="A")
    parser.add_argument("b", metavar="B")
    parser.add_argument("--metric", action="append", help=f"repeatable (default: {', '.join(DEFAULT_METRICS)})")
    parser.add_argument("--resamples", type=positive, default=PERMUTATIONS)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args(argv)
    a, b = read_side(arguments.a), read_side(arguments.b)
    found = compare(a, b, arguments.metric or DEFAULT_METRICS, arguments.resamples)
    print(json.dumps([_record(one) for one in found], indent=1) if arguments.json else table(a, b, found))
    return 0


def _record(found: Comparison) -> dict[str, object]:
    record = {"metric": found.metric, "a": found.mean_a, "b": found.mean_b, "articles": found.articles}
    return {**record, **found.difference._asdict()}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.compare", _main, argv)


if __name__ == "__main__":
    sys.exit(main())
