"""From items to the record of one system: every metric, its interval, and each article's own scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from eval.metrics import measure_all, score_all
from eval.metrics.base import Item, Measurement, PlainMetric
from eval.metrics.intervals import RESAMPLES
from eval.metrics.support import unsupported_claims
from eval.run.pairing import Pairing
from eval.run.results import ArticleScores, SystemAbout, SystemRecord
from eval.systems.outputs import Output
from eval.systems.table import System


def score_system(
    system: System,
    pairing: Pairing,
    outputs: Mapping[str, Output],
    extra: Mapping[str, PlainMetric],
    resamples: int = RESAMPLES,
    *,
    bullets: bool = False,
) -> tuple[SystemRecord, list[ArticleScores]]:
    """The record of ``system`` for ``results.json`` and its rows for ``scores.jsonl``.

    ``bullets``: the outputs are lists of bullets.
    """
    measurements = measure_all(pairing.items, extra, bullets=bullets)
    record: SystemRecord = {}
    for key, score in score_all(measurements, resamples).items():
        setting, _, metric = key.rpartition(".")
        (record.setdefault(setting, {}) if setting else record)[metric] = score.record()
    record["about"] = _about(system, pairing, [outputs[item.id] for item in pairing.items])
    return record, _article_rows(system.name, pairing.items, measurements)


def _about(system: System, pairing: Pairing, outputs: Sequence[Output]) -> SystemAbout:
    seconds = None if system.given else sum(output.seconds for output in outputs)
    return {
        "config": dict(system.config()),
        "articles": len(outputs),
        "excluded": dict(pairing.excluded),
        "noted": dict(pairing.noted),
        "methods": dict(Counter(method for output in outputs for method in output.methods).most_common()),
        "commits": sorted({output.commit for output in outputs if output.commit}),
        "refused": sum(output.refused for output in outputs),
        "seconds": None if seconds is None else round(seconds, 6),
        "articles_per_second": round(len(outputs) / seconds, 4) if seconds else None,
    }


def _article_rows(system: str, items: Sequence[Item], measurements: Mapping[str, Measurement]) -> list[ArticleScores]:
    rows = []
    for place, item in enumerate(items):
        own = {key: float(found.per_item[place]) for key, found in measurements.items()}
        claims = tuple(
            {"start": claim.span.start, "end": claim.span.end, "kind": claim.kind, "reason": claim.reason}
            for claim in unsupported_claims(item.output, item.source)
        )
        scores = {key: value for key, value in own.items() if not np.isnan(value)}
        rows.append(ArticleScores(item.id, system, scores, claims))
    return rows
