"""Results as Markdown tables: for the terminal, the README and the report.

python -m eval.tables docs/results/xlsum-sample-standfirst.json
python -m eval.tables runs/xlsum --column xlsum-stem.rouge1 --column support
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.metrics.score import ScoreRecord
from eval.run.results import Results, read_results, score_keys, score_of
from summarizer.errors import MujazError, UnknownName

#: What a table shows unless told otherwise: heading and key of each column.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("R1 stem", "xlsum-stem.rouge1"),
    ("R2 stem", "xlsum-stem.rouge2"),
    ("RL stem", "xlsum-stem.rougeL"),
    ("R1", "xlsum.rouge1"),
    ("R2", "xlsum.rouge2"),
    ("RL", "xlsum.rougeL"),
    ("chrF", "chrf"),
    ("support", "support"),
    ("all claims found", "supported"),
    ("words", "length"),
)

NORMALIZED_COLUMNS: tuple[tuple[str, str], ...] = (
    ("R1 norm", "normalized.rouge1"),
    ("R2 norm", "normalized.rouge2"),
    ("RL norm", "normalized.rougeL"),
)


def markdown(results: Results, columns: Sequence[tuple[str, str]] = (), sort_by: str = "") -> str:
    """A GitHub table, best system first; values with their 95 % interval, the unit of the signature.

    Below it stand the benchmark, its digest and the signatures, so that the table can be quoted as it is.
    """
    columns = columns or columns_for(results)
    ranked = ranking(results, sort_by or columns[0][1])
    lines = [
        "| system | " + " | ".join(heading for heading, _ in columns) + " | articles/s |",
        "|---|" + "---:|" * (len(columns) + 1),
    ]
    for name in ranked:
        system = results["systems"][name]
        cells = [_cell(score_of(system, key)) for _, key in columns]
        lines.append(
            f"| {_name(results, name)} | " + " | ".join([*cells, speed(system["about"]["articles_per_second"])]) + " |"
        )
    return "\n".join([*lines, "", *_notes(results, columns)]) + "\n"


def columns_for(results: Results) -> tuple[tuple[str, str], ...]:
    """The usual columns; for bullets, whose references may be typed without hamza, the normalized setting first."""
    if results["benchmark"]["task"] == "bullets":
        return (*NORMALIZED_COLUMNS, *COLUMNS[:3], *COLUMNS[6:])
    return COLUMNS


def ranking(results: Results, key: str) -> list[str]:
    """System names, highest score under ``key`` first, those without one last."""
    found = {name: score_of(system, key) for name, system in results["systems"].items()}
    return sorted(found, key=lambda name: (-(score["value"] if (score := found[name]) else -1.0), name))


def _name(results: Results, name: str) -> str:
    """The system's name, with the number of its articles when that is not all."""
    articles = results["systems"][name]["about"]["articles"]
    return name if articles == results["benchmark"]["rows"] else f"{name} ({articles} articles)"


def _cell(score: ScoreRecord | None) -> str:
    return f"{score['value']:.1f} [{score['low']:.1f}, {score['high']:.1f}]" if score else "–"


def speed(rate: float | None) -> str:
    """Articles a second, three figures; a dash where nothing was timed."""
    if not rate:
        return "–"
    return f"{rate:,.0f}" if rate >= 100 else f"{rate:.3g}"


def _notes(results: Results, columns: Sequence[tuple[str, str]]) -> list[str]:
    benchmark = results["benchmark"]
    notes = [
        f"Benchmark `{benchmark['name']}`, {benchmark['task']}, {benchmark['rows']} articles, "
        f"SHA-256 `{benchmark['digest'][:12]}…`; commit `{results['git_commit'][:10]}`"
        f"{' with changes' if results['git_dirty'] else ''}; {results['machine']}.",
        "In brackets: 95 % bootstrap interval over the articles.",
    ]
    left_out = [f"{count} {reason}" for reason, count in benchmark["excluded"].items()]
    for name, system in results["systems"].items():
        counts = {**system["about"]["excluded"], **system["about"]["noted"]}
        left_out += [f"{name}: {count} {reason}" for reason, count in counts.items()]
    if left_out:
        notes.append("Left out or noted: " + "; ".join(left_out) + ".")
    return ["\n".join(notes), "", *(f"- `{signature}`" for signature in signatures(results, columns))]


def signatures(results: Results, columns: Sequence[tuple[str, str]] = ()) -> list[str]:
    """The signatures of the columns (all usual ones when none are given), those of one kind as one."""
    keys = [key for _, key in columns or (*COLUMNS, *NORMALIZED_COLUMNS)]
    records = results["systems"].values()
    found = {key: score["signature"] for record in records for key in keys if (score := score_of(record, key))}
    return _grouped([found[key] for key in keys if key in found])


def _grouped(texts: Sequence[str]) -> list[str]:
    """Signatures that differ in the metric's name only, as one: ``metric:rouge1,rouge2,rougeL|…``."""
    groups: dict[str, list[str]] = {}
    for signature in texts:
        metric, _, rest = signature.partition("|")
        groups.setdefault(rest, []).append(metric.removeprefix("metric:"))
    return [f"metric:{','.join(names)}|{rest}" for rest, names in groups.items()]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables of runs' folders or ``results.json`` files; the exit code."""
    parser = argparse.ArgumentParser(
        prog="eval.tables", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("results", nargs="+", type=Path, metavar="DIR_OR_FILE")
    parser.add_argument("--column", action="append", default=[], metavar="KEY", help="such as xlsum.rouge1; repeatable")
    arguments = parser.parse_args(argv)
    try:
        for path in arguments.results:
            results = read_results(path)
            print(markdown(results, [_column(results, key) for key in arguments.column]))
    except MujazError as error:
        print(f"eval.tables: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def _column(results: Results, key: str) -> tuple[str, str]:
    """A heading for ``key``; ``UnknownName`` when no system has it."""
    usual = {column: heading for heading, column in (*COLUMNS, *NORMALIZED_COLUMNS)}
    known = {found for record in results["systems"].values() for found in score_keys(record)}
    if key not in known:
        raise UnknownName("column of these results", key, known)
    return usual.get(key, key), key


if __name__ == "__main__":
    sys.exit(main())
