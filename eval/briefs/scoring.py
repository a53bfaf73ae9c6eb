"""From collected briefs to ``results.json``: every measure with its interval, under the keys that floors name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from eval.benchmarks.briefs import Reference
from eval.benchmarks.table import Benchmark
from eval.briefs.measures import Pair, measure, reached_by_chance
from eval.briefs.writers import Collected
from eval.metrics import score_all
from eval.metrics.base import Measurement
from eval.run.provenance import git_commit, git_dirty, machine
from eval.run.results import FORMAT, BenchmarkRecord, Results, SystemAbout, SystemRecord
from summarizer.errors import DataError

TASK = "brief"
"""The task's name in results and in the keys of floors, beside those of ``eval.run.runner.TASKS``."""


def score_briefs(benchmark: Benchmark, references: Sequence[Reference], systems: Sequence[Collected]) -> Results:
    """The results of ``systems`` on ``references`` (all or some of ``benchmark``), in their order, chance first.

    ``DataError`` when a system has no brief of any of them.
    """
    edited = [found.brief for found in references]
    records: dict[str, SystemRecord] = {"five at random": _record({"reached": reached_by_chance(edited)})}
    records["five at random"]["about"] = _about(len(edited), {}, {}, {"kind": "chance"}, (), (), None)
    for system in systems:
        pairs = [Pair(system.printed[brief.id], brief) for brief in edited if brief.id in system.printed]
        if not pairs:
            raise DataError(
                expected=f"briefs of {system.name!r} for the benchmark", got="none", hint="check its ids, or --limit"
            )
        records[system.name] = {**_record(measure(pairs)), "about": _about_system(system, pairs, len(edited))}
    seconds = sum(record["about"]["seconds"] or 0.0 for record in records.values())
    return {
        "format": FORMAT,
        "benchmark": _benchmark(benchmark, len(edited)),
        "systems": records,
        "git_commit": git_commit(),
        "git_dirty": git_dirty(),
        "machine": machine(),
        "seconds": round(seconds, 4),
        "articles_per_second": None,
    }


def _benchmark(found: Benchmark, rows: int) -> BenchmarkRecord:
    return {
        "name": found.name,
        "task": TASK,
        "digest": found.digest,
        "known_digest": found.known_digest,
        "rows": rows,
        "limit": found.limit,
        "licence": found.licence,
        "excluded": dict(found.excluded),
        "path": "",
    }


def _record(measurements: Mapping[str, Measurement]) -> SystemRecord:
    """Scores under ``group.metric`` or ``metric``, as ``eval.run.results.score_of`` finds them."""
    record: SystemRecord = {}
    for key, score in score_all(dict(measurements)).items():
        group, _, metric = key.rpartition(".")
        (record.setdefault(group, {}) if group else record)[metric] = score.record()
    return record


def _about_system(system: Collected, pairs: Sequence[Pair], articles: int) -> SystemAbout:
    printed = [pair.printed for pair in pairs]
    methods = Counter(line.method for brief in printed for line in brief.statements if line.method)
    excluded = Counter(system.failed.values())
    excluded["without a brief"] = articles - len(pairs) - excluded.total()
    noted = {
        "headlines without a word, scored as they are": sum(not brief.headline.text for brief in printed),
        "standfirsts without a word, scored as they are": sum(not brief.standfirst.text for brief in printed),
        "briefs without bullets, scored as they are": sum(not brief.bullets for brief in printed),
        "bullets that name no sentence, taken to stand on the nearest": sum(
            not line.sentences for brief in printed for line in brief.bullets
        ),
    }
    seconds = sum(brief.seconds for brief in printed) or None
    return _about(len(pairs), excluded, noted, system.config, methods.most_common(), system.commits, seconds)


def _about(
    articles: int,
    excluded: Mapping[str, int],
    noted: Mapping[str, int],
    config: Mapping[str, object],
    methods: Sequence[tuple[str, int]],
    commits: Sequence[str],
    seconds: float | None,
) -> SystemAbout:
    return {
        "config": dict(config),
        "articles": articles,
        "excluded": {reason: count for reason, count in excluded.items() if count},
        "noted": {reason: count for reason, count in noted.items() if count},
        "methods": dict(methods),
        "commits": list(commits),
        "refused": 0,
        "seconds": None if seconds is None else round(seconds, 4),
        "articles_per_second": round(articles / seconds, 4) if seconds else None,
    }
