"""Results as Markdown tables: for the terminal, the README and the report."""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.score import ScoreRecord
from eval.results import Results, score_of

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
