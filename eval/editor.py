"""Would an editor print these bullets? Every system against the bars for bullets.

    python -m eval.editor --system default --out runs/editor
    python -m eval.editor --system mine=runs/model --bbc 20 --easc 10 --out runs/editor

100 articles of bbc-2018h2 (without a reference: nobody wrote bullets for them) and all of easc. The extractive backend
is measured beside the systems asked for, since one bar is set by it. Runs into DIR/bbc-2018h2 and DIR/easc go on where
they stopped.

Exit codes: 0 every system asked for is over every bar, 1 one is under a bar.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from eval.benchmarks.table import Benchmark, load_benchmark
from eval.command import guarded, positive
from eval.metrics import load_metric
from eval.metrics.base import Item
from eval.metrics.intervals import paired_difference
from eval.run.results import OUTPUTS, Results, SystemRecord, score_of
from eval.run.runner import RunOptions, run
from eval.systems.outputs import Output, read_outputs
from eval.systems.table import resolve
from summarizer.arabic.words import count_words, tokenize
from summarizer.config import BriefOptions
from summarizer.schema import Task

BASELINE = "extractive"
#: How much of the baseline's words a system's coverage is compared at.
BUDGET = 0.5


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the table: a score of ``results.json``, and what it must reach (None: told, not judged)."""

    heading: str
    key: str
    least: float | None = None
    most: float | None = None

    def holds(self, value: float) -> bool:
        """Whether ``value`` is within the bar; one that is printed as 0.0 need not be 0."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    @property
    def text(self) -> str:
        """The bar as it is printed."""
        return f"≥ {self.least:.3g}" if self.least is not None else f"≤ {self.most:g}" if self.most is not None else ""


BARS = (
    Bar("bullets an article", "bullet_count"),
    Bar("words a bullet", "bullet_words"),
    Bar("numbers and dates found, %", "numbers_supported", least=98),
    Bar("names found, %", "names_supported", least=96),
    Bar("overlap of the nearest pair, %", "redundancy_max", most=35),
    Bar("stop in mid-sentence, %", "truncated", most=0),
    Bar("said before, %", "duplicates", most=0),
    Bar("open by pointing back, %", "dangling", most=0),
)
_WRITTEN = Bar("written by the model, %", "", least=80)

Column = tuple[str, str]
"""Benchmark and system."""
Cell = tuple[float | None, Bar]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.editor", _main, argv)


def _main(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    benchmarks = (
        without_references(load_benchmark("bbc-2018h2", Task.STANDFIRST, arguments.data).first(arguments.bbc)),
        load_benchmark("easc", Task.BULLET, arguments.data).first(arguments.easc),
    )
    names = [*arguments.system, *([] if BASELINE in arguments.system else [BASELINE])]
    systems = [system for name in names for system in resolve(name, Task.BULLET, BriefOptions())]
    columns: dict[Column, list[Cell]] = {}
    gaps: list[str] = []
    for benchmark in benchmarks:
        folder = arguments.out / benchmark.name
        options = RunOptions(folder, arguments.batch, progress=not arguments.quiet)
        results = run(benchmark, systems, options)
        covered = covered_at(BUDGET, benchmark, read_outputs(folder / OUTPUTS))
        at_budget = {system: sum(values.values()) / len(values) for system, values in covered.items()}
        gaps += gap_lines(covered)
        for system in systems:
            columns[benchmark.name, system.name] = cells(results, system.name, at_budget)
    print(table(columns), *gaps, sep="\n")
    broken = [
        bar
        for (_, system), found in columns.items()
        if system != BASELINE
        for value, bar in found
        if value is not None and not bar.holds(value)
    ]
    return 1 if broken else 0


def without_references(benchmark: Benchmark) -> Benchmark:
    """The articles of a benchmark for bullets that nobody wrote a reference for."""
    return replace(benchmark, task=Task.BULLET, rows=tuple(replace(row, references=()) for row in benchmark.rows))


def cells(results: Results, system: str, at_budget: Mapping[str, float]) -> list[Cell]:
    """One system's column: each value with its bar; None where a measure does not apply."""
    record = results["systems"][system]
    found: list[Cell] = [(_value(record, bar.key), bar) for bar in BARS]
    found.append((written_share(record), _WRITTEN))
    found.append((_value(record, "coverage"), Bar("coverage of the people's extracts, %", "coverage")))
    words = f"coverage in {BUDGET:.0%} of the words of `{BASELINE}`, %"
    baseline = at_budget.get(BASELINE)
    least = None if system == BASELINE else baseline
    found.append((at_budget.get(system), Bar(words, "", least=least)))
    return found


def _value(record: SystemRecord, key: str) -> float | None:
    score = score_of(record, key)
    return None if score is None else score["value"]


def written_share(record: SystemRecord) -> float | None:
    """Bullets that a model wrote, in per cent; None for outputs made elsewhere, which do not say."""
    methods: Mapping[str, int] = record["about"]["methods"]
    total = sum(methods.values())
    return 100.0 * (total - methods.get("extractive", 0)) / total if total else None


def covered_at(
    budget: float, benchmark: Benchmark, outputs: Mapping[str, Mapping[str, Output]]
) -> dict[str, dict[str, float]]:
    """System → article → coverage when an output may have ``budget`` of the words that the baseline took for it.

    Outputs are cut at that word, so that a system that writes more gains nothing by it. Only articles that the
    baseline has bullets for count; empty without references.
    """
    baseline = {key: count_words(output.text) for key, output in outputs.get(BASELINE, {}).items() if output.text}
    rows = [row for row in benchmark.rows if row.id in baseline and row.references]
    measure = load_metric("coverage")
    found: dict[str, dict[str, float]] = {}
    for system, written in outputs.items():
        for row in rows:
            if row.id in written:
                text = first_words(written[row.id].text, round(budget * baseline[row.id]))
                measurement = measure([Item(row.id, text, row.references, row.body)])
                value = float(measurement.combine(measurement.statistics.sum(axis=0)))
                if not math.isnan(value):  # nothing to cover: no content word
                    found.setdefault(system, {})[row.id] = value
    return found


def gap_lines(covered: Mapping[str, Mapping[str, float]]) -> list[str]:
    """A line a system: how far its coverage is from the baseline's, with the 95 % interval over the articles."""
    lines = []
    for system, values in covered.items():
        shared = sorted(values.keys() & covered.get(BASELINE, {}).keys())
        if system == BASELINE or not shared:
            continue
        own, theirs = (np.array([side[key] for key in shared]) for side in (values, covered[BASELINE]))
        gap = paired_difference(theirs, own)
        lines.append(
            f"coverage, {system} less {BASELINE}: {gap.value:+.1f} ({gap.low:+.1f} to {gap.high:+.1f}, 95 %, "
            f"p = {gap.p:.2f}, {len(shared)} articles)"
        )
    return ["", *lines] if lines else []


def first_words(text: str, count: int) -> str:
    """The first ``count`` words of ``text``, punctuation between them kept."""
    words = tokenize(text)
    return text if len(words) <= count else text[: words[count - 1].span.end] if count else ""


def table(columns: Mapping[Column, Sequence[Cell]]) -> str:
    """A GitHub table: a line a measure, a column a benchmark and system, each value with its verdict."""
    heads = [f"{system}, {benchmark}" for benchmark, system in columns]
    lines = ["| | bar | " + " | ".join(heads) + " |", "|---|---|" + "---:|" * len(heads)]
    for place, (_, bar) in enumerate(next(iter(columns.values()))):
        own = [found[place] for found in columns.values()]
        limit = next((one.text for _, one in own if one.text), bar.text)
        lines.append(f"| {bar.heading} | {limit} | " + " | ".join(_shown(value, one) for value, one in own) + " |")
    return "\n".join(lines)


def _shown(value: float | None, bar: Bar) -> str:
    if value is None:
        return "–"
    judged = bar.least is not None or bar.most is not None
    return f"{value:.1f}" + (" ✓" if judged and bar.holds(value) else " ✗" if judged else "")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="eval.editor", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add: Callable[..., argparse.Action] = parser.add_argument
    add("--system", action="append", required=True, metavar="NAME", help="as in eval.run; repeatable")
    add("--out", required=True, type=Path, metavar="DIR")
    add("--data", type=Path, metavar="DIR", help="folder of the corpora (default: MUJAZ_DATA)")
    add("--bbc", type=positive, default=100, metavar="N", help="articles of bbc-2018h2 (default 100)")
    add("--easc", type=positive, metavar="N", help="articles of easc (default: all)")
    add("--batch", type=positive, default=8, metavar="N", help="articles a call (default 8)")
    add("--quiet", action="store_true", help="no progress bar")
    return parser


if __name__ == "__main__":
    sys.exit(main())
