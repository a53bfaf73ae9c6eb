"""What a report shows, gathered from a run's folder and its benchmark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.benchmarks.rows import Row
from eval.benchmarks.table import load_benchmark
from eval.run.results import OUTPUTS, ArticleScores, Results, read_article_scores, read_results
from eval.run.runner import TASKS
from eval.systems.outputs import Output, read_outputs
from eval.tables import columns_for, ranking
from summarizer.errors import MujazError


@dataclass(frozen=True, slots=True)
class Section:
    """One run: its numbers, and its articles with what each system wrote. ``systems`` are in order of quality.

    ``quality`` is the score that they are ranked by; ``note`` says why there are no articles, when there are none.
    """

    results: Results
    systems: Sequence[str]
    quality: str
    rows: Sequence[Row]
    outputs: Mapping[str, Mapping[str, Output]]
    scores: Mapping[str, Mapping[str, ArticleScores]]
    note: str = ""


def gather(folder: Path, data: Path | None, articles: int) -> Section:
    """The run in ``folder`` with ``articles`` of its articles, evenly spaced over the benchmark.

    A benchmark that is not at hand any more, or is another version, leaves the articles out and says so.
    """
    results = read_results(folder)
    quality = columns_for(results)[0][1]
    systems = ranking(results, quality)
    try:
        rows = _rows(results, data)
        outputs, scores = read_outputs(folder / OUTPUTS), read_article_scores(folder)
    except MujazError as error:
        return Section(results, systems, quality, (), {}, {}, f"Articles are not shown: {error}.")
    return Section(results, systems, quality, _spread(rows, articles), outputs, scores)


def _rows(results: Results, data: Path | None) -> Sequence[Row]:
    """The articles that were measured; ``MujazError`` when they cannot be had."""
    record = results["benchmark"]
    benchmark = load_benchmark(record["path"] or record["name"], TASKS[record["task"]], data).first(record["limit"])
    if benchmark.digest != record["digest"]:
        raise MujazError(
            expected=f"the articles of {record['digest'][:12]}…", got=benchmark.digest[:12], hint="run again"
        )
    return benchmark.rows


def _spread(rows: Sequence[Row], count: int) -> Sequence[Row]:
    """``count`` of the rows, the first one among them, at even distances."""
    if count >= len(rows):
        return rows
    return [rows[place * len(rows) // count] for place in range(count)]
