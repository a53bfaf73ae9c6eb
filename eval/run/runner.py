"""One run: write what is missing, pair, score, save. The command is in ``main.py``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.benchmarks.rows import Row
from eval.benchmarks.table import Benchmark
from eval.metrics.base import PlainMetric
from eval.run.pairing import Pairing, pair
from eval.run.provenance import git_commit, git_dirty, machine
from eval.run.results import (
    ARTICLE_SCORES,
    FORMAT,
    RESULTS,
    ArticleScores,
    BenchmarkRecord,
    Results,
    SystemRecord,
    read_article_scores,
    read_results,
    write_article_scores,
)
from eval.run.scoring import score_system
from eval.systems.outputs import Ledger, Output, write_json
from eval.systems.table import Given, System
from summarizer.errors import ConfigError
from summarizer.schema import Task

TASKS = {"headline": Task.HEADLINE, "standfirst": Task.STANDFIRST, "bullets": Task.BULLET}
TASK_NAMES = {task: name for name, task in TASKS.items()}


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run. ``exclude_bad`` leaves incomplete rows of given outputs out, counted, instead of refusing them."""

    out: Path
    batch: int = 8
    exclude_bad: bool = False
    progress: bool = True


def run(
    benchmark: Benchmark,
    systems: Sequence[System],
    options: RunOptions,
    extra: Mapping[str, PlainMetric] | None = None,
) -> Results:
    """Write what is missing, score everything, save and return the results; ``extra`` are metrics beside the table's.

    What is left out is counted on standard error and in the results. ``ConfigError`` when the folder holds another
    benchmark or configuration; ``DataError`` when given outputs are incomplete.
    """
    _refuse_twice([system.name for system in systems])
    before = _earlier(options.out, benchmark, {system.name for system in systems})
    for system in systems:
        if isinstance(system, Given):  # before anything slow begins
            pair(system.name, benchmark, system.outputs, strict=not options.exclude_bad)
    commit = git_commit()
    ledger = Ledger(options.out, commit)
    if ledger.cut_lines:
        _say("the last line of outputs.jsonl was cut by a kill; it is written again")
    records: dict[str, SystemRecord] = {}
    rows: list[ArticleScores] = []
    for system in systems:
        outputs = _write(system, benchmark, ledger, options)
        pairing = pair(system.name, benchmark, outputs, strict=system.given and not options.exclude_bad)
        _say_what_is_left_out(system.name, pairing)
        bullets = benchmark.task is Task.BULLET
        records[system.name], scored = score_system(system, pairing, outputs, extra or {}, bullets=bullets)
        older = [other for other in records[system.name]["about"]["commits"] if other != commit]
        if older:
            _say(f"{system.name}: some outputs were written at another commit: {', '.join(older)}")
        rows += scored
    return _save(options.out, benchmark, before, records, rows)


def _write(system: System, benchmark: Benchmark, ledger: Ledger, options: RunOptions) -> Mapping[str, Output]:
    """All outputs of ``system``, those made before among them; a progress bar with rate and time left."""
    from tqdm import tqdm

    config = {**system.config(), "benchmark": benchmark.digest, "task": TASK_NAMES[benchmark.task]}
    done = ledger.begin(system.name, config)
    todo = [row for row in benchmark.rows if row.id not in done]
    bar = tqdm(
        total=len(benchmark.rows),
        initial=len(benchmark.rows) - len(todo),
        desc=system.name,
        unit="article",
        file=sys.stderr,
        disable=system.given or not options.progress,
    )
    with bar:
        for batch in _batches(todo, options.batch):
            ledger.append(system.name, system.write(batch))
            bar.update(len(batch))
    return system.outputs if isinstance(system, Given) else done


def _batches(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _earlier(folder: Path, benchmark: Benchmark, rerun: set[str]) -> Results | None:
    """The folder's results so far; ``ConfigError`` when they are of other articles or another task."""
    if not (folder / RESULTS).exists():
        return None
    before = read_results(folder)
    was, now = before["benchmark"], _benchmark_record(benchmark)
    kept = before["systems"].keys() - rerun
    changed = [key for key in ("digest", "task") if was[key] != now[key]]
    if kept and was["rows"] != now["rows"]:
        changed.append("rows")
    if changed:
        raise ConfigError(
            expected=f"the benchmark, task and articles of {folder}: {was['name']} {was['task']} {was['rows']}",
            got=f"{now['name']} {now['task']} {now['rows']} (other {', '.join(changed)})",
            hint="take another --out: one table is of the same articles",
        )
    return before


def _save(
    folder: Path,
    benchmark: Benchmark,
    before: Results | None,
    records: Mapping[str, SystemRecord],
    rows: Sequence[ArticleScores],
) -> Results:
    """Write ``results.json`` and ``scores.jsonl``, with the systems of earlier runs kept."""
    systems = {**(before["systems"] if before else {}), **records}
    kept: list[ArticleScores] = []
    if before and (folder / ARTICLE_SCORES).exists():
        earlier = read_article_scores(folder)
        kept = [row for name, found in earlier.items() if name not in records for row in found.values()]
    timed = [system["about"] for system in systems.values() if system["about"]["seconds"]]
    seconds = sum(about["seconds"] for about in timed)
    results: Results = {
        "format": FORMAT,
        "benchmark": _benchmark_record(benchmark),
        "systems": systems,
        "git_commit": git_commit(),
        "git_dirty": git_dirty(),
        "machine": machine(),
        "seconds": round(seconds, 6),
        "articles_per_second": round(sum(a["articles"] for a in timed) / seconds, 4) if seconds else None,
    }
    write_article_scores(folder, [*kept, *rows])
    write_json(folder / RESULTS, results)
    return results


def _benchmark_record(benchmark: Benchmark) -> BenchmarkRecord:
    return {
        "name": benchmark.name,
        "task": TASK_NAMES[benchmark.task],
        "digest": benchmark.digest,
        "known_digest": benchmark.known_digest,
        "rows": len(benchmark.rows),
        "limit": benchmark.limit,
        "licence": benchmark.licence,
        "excluded": dict(benchmark.excluded),
        "path": benchmark.path,
    }


def _refuse_twice(names: Sequence[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ConfigError(
            expected="a name of its own for each system", got=f"{', '.join(twice)} twice", hint="rename: NAME=SYSTEM"
        )


def _say_what_is_left_out(system: str, pairing: Pairing) -> None:
    for reason, count in {**pairing.excluded, **pairing.noted}.items():
        _say(f"{system}: {count} {reason}")


def _say(message: str) -> None:
    print(f"eval.run: {message}", file=sys.stderr)
