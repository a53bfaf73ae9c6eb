"""What a data set holds and what was left out of it: numbers for a file, and the same as a page to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

from summarizer.arabic.words import content_keys

if TYPE_CHECKING:
    from training.prepare.recipe import PrepareRecipe

Row = dict[str, Any]
TASKS = ("headline", "standfirst", "bullet")


def collect_statistics(
    recipe: PrepareRecipe,
    files: Mapping[str, Sequence[Row]],
    counts: Mapping[str, Counter[str]],
    seconds: float,
    seed: int,
) -> dict[str, object]:
    """Everything countable about a data set, as plain JSON values.

    ``files`` maps a file's stem to its rows, ``counts`` a publisher to its reasons, ``seconds`` is wall clock.
    """
    return {
        "rows": {name: len(rows) for name, rows in files.items()},
        "targets": {name: _tasks(rows) for name, rows in files.items()},
        "by_publisher": {name: _by_publisher(rows) for name, rows in files.items()},
        "lengths_words": _lengths(files["train"]),
        "reasons": {name: dict(sorted(reasons.items())) for name, reasons in sorted(counts.items())},
        "dates": _dates(files),
        "recipe": recipe.model_dump(mode="json"),
        "seconds": round(seconds, 1),
        "seed": seed,
    }


def _tasks(rows: Sequence[Row]) -> dict[str, int]:
    """Targets by task."""
    return dict(Counter(task for row in rows for task in row["targets"]))


def _by_publisher(rows: Sequence[Row]) -> dict[str, dict[str, int]]:
    """Targets by publisher and task."""
    table: dict[str, Counter[str]] = {}
    for row in rows:
        table.setdefault(row["source_name"], Counter()).update(row["targets"].keys())
    return {name: dict(tasks) for name, tasks in sorted(table.items())}


def _lengths(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """By task: median words of source and target, and the mean share of a target's words that are new."""
    table: dict[str, dict[str, float]] = {}
    for task in TASKS:
        chosen = [row for row in rows if task in row["targets"]]
        if chosen:
            table[task] = {
                "source_median": median(len(row["source"].split()) for row in chosen),
                "target_median": median(len(row["targets"][task].split()) for row in chosen),
                "novel_share": round(fmean(novelty(row["targets"][task], row["source"]) for row in chosen), 3),
            }
    return table


def novelty(target: str, source: str) -> float:
    """The share of a target's content words whose key the source lacks: how far it is from copying."""
    known = set(content_keys(source))
    asked = content_keys(target)
    return sum(word not in known for word in asked) / len(asked) if asked else 0.0


def _dates(files: Mapping[str, Sequence[Row]]) -> dict[str, list[str]]:
    """First and last date of each file, of the rows that have one."""
    spans: dict[str, list[str]] = {}
    for name, rows in files.items():
        dates = sorted(row["date"] for row in rows if row["date"])
        spans[name] = [dates[0], dates[-1]] if dates else []
    return spans


def write_page(statistics: Mapping[str, Any]) -> str:
    """The statistics as a Markdown page."""
    rows, targets = statistics["rows"], statistics["targets"]
    listed = {
        name: [count, ", ".join(f"{task} {number}" for task, number in sorted(targets[name].items()))]
        for name, count in rows.items()
    }
    publishers = statistics["by_publisher"]["train"]
    lengths = {
        name: [row["source_median"], row["target_median"], row["novel_share"]]
        for name, row in statistics["lengths_words"].items()
    }
    total: Counter[str] = Counter()
    for reasons in statistics["reasons"].values():
        total.update(reasons)
    parts = [
        "# A prepared data set",
        _table("file", ["rows", "targets"], listed),
        "## Training targets by publisher",
        _table("publisher", TASKS, {name: [tasks.get(t, 0) for t in TASKS] for name, tasks in publishers.items()}),
        "## Lengths (median words) and the share of content words that the source lacks",
        _table("task", ["source", "target", "new"], lengths),
        "## Reasons, all publishers",
        _table("reason", ["count"], {reason: [count] for reason, count in sorted(total.items())}),
        f"Made in {statistics['seconds']:g} s with seed {statistics['seed']}.",
    ]
    return "\n\n".join(parts) + "\n"


def _table(corner: str, columns: Sequence[str], rows: Mapping[str, Sequence[object]]) -> str:
    """A Markdown table: the corner cell, the column heads, one row a key."""
    lines = [f"| {corner} | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(str(value) for value in values) + " |" for name, values in rows.items()]
    return "\n".join(lines)
