"""The table of metrics.

To add one: write a file beside this one with a function ``(items) -> Measurement``, or ``(items, setting)`` for one
that is measured in every setting (see ``base.py``); add one line to ``METRICS``; add one test.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from eval.metrics.base import Item, Measurement, PlainMetric
from eval.metrics.intervals import CONFIDENCE, RESAMPLES, SEED, scores
from eval.metrics.score import Score, Signature
from eval.metrics.settings import SETTINGS, Setting, load_setting
from summarizer.errors import UnknownName


class Entry(NamedTuple):
    """Where a metric is (``module:function``), and when it is measured.

    ``in_settings``: in every setting. ``needs_references``: the fewest that an output must have. ``of_bullets``: of
    lists of bullets alone. ``heading``: its column in the report, none when empty; the best is marked where ``rising``
    says that more is better.
    """

    location: str
    in_settings: bool = False
    needs_references: int = 1
    of_bullets: bool = False
    heading: str = ""
    rising: bool = False


METRICS: dict[str, Entry] = {
    "rouge1": Entry("eval.metrics.rouge:rouge1", in_settings=True),
    "rouge2": Entry("eval.metrics.rouge:rouge2", in_settings=True),
    "rougeL": Entry("eval.metrics.rouge:rougel", in_settings=True),
    "rougeLsum": Entry("eval.metrics.rouge:rougelsum", in_settings=True),
    "rouge1_mean": Entry("eval.metrics.rouge:rouge1_mean", in_settings=True, needs_references=2),
    "rouge2_mean": Entry("eval.metrics.rouge:rouge2_mean", in_settings=True, needs_references=2),
    "rougeL_mean": Entry("eval.metrics.rouge:rougel_mean", in_settings=True, needs_references=2),
    "chrf": Entry("eval.metrics.chrf:chrf", heading="chrF", rising=True),
    "coverage": Entry("eval.metrics.coverage:coverage", heading="coverage", rising=True),
    "support": Entry("eval.metrics.support:support", needs_references=0, heading="support", rising=True),
    "claims": Entry("eval.metrics.support:claims", needs_references=0, heading="claims found", rising=True),
    "supported": Entry("eval.metrics.support:supported", needs_references=0, heading="all claims found", rising=True),
    "novelty": Entry("eval.metrics.novelty:novelty", needs_references=0, heading="novelty"),
    "redundancy": Entry("eval.metrics.redundancy:redundancy", needs_references=0, heading="redundancy"),
    "length": Entry("eval.metrics.length:length", needs_references=0, heading="words"),
    "compression": Entry("eval.metrics.length:compression", needs_references=0),
    "bullet_count": Entry("eval.metrics.bullets:bullet_count", needs_references=0, of_bullets=True),
    "bullet_words": Entry("eval.metrics.bullets:bullet_words", needs_references=0, of_bullets=True),
    "redundancy_max": Entry("eval.metrics.bullets:redundancy_max", needs_references=0, of_bullets=True),
    "numbers_supported": Entry("eval.metrics.support:numbers_supported", needs_references=0, of_bullets=True),
    "names_supported": Entry("eval.metrics.support:names_supported", needs_references=0, of_bullets=True),
    "dangling": Entry("eval.metrics.bullets:dangling", needs_references=0, of_bullets=True),
    "truncated": Entry("eval.metrics.bullets:truncated", needs_references=0, of_bullets=True),
    "duplicates": Entry("eval.metrics.bullets:duplicates", needs_references=0, of_bullets=True),
}


def load_metric(name: str) -> Callable[..., Measurement]:
    """The function of that metric, imported on demand; ``UnknownName`` when there is none."""
    if name not in METRICS:
        raise UnknownName("metric", name, METRICS)
    module, _, attribute = METRICS[name].location.partition(":")
    found: Callable[..., Measurement] = getattr(importlib.import_module(module), attribute)
    return found


def measure_all(
    items: Sequence[Item], extra: Mapping[str, PlainMetric] = MappingProxyType({}), *, bullets: bool = False
) -> dict[str, Measurement]:
    """Every metric of the table that applies, then ``extra``; keys are ``setting.metric`` or ``metric``.

    ``bullets``: the outputs are lists of bullets, a line each. A metric that applies to no item (redundancy of single
    sentences) is left out: a 0 would be a lie.
    """
    references = max(len(item.references) for item in items)
    found: dict[str, Measurement] = {}
    for name, entry in METRICS.items():
        if references < entry.needs_references or (entry.of_bullets and not bullets):
            continue
        metric = load_metric(name)
        if entry.in_settings:
            found.update({f"{setting}.{name}": metric(items, load_setting(setting)) for setting in SETTINGS})
        else:
            found[name] = metric(items)
    found.update({name: metric(items) for name, metric in extra.items()})
    return {name: measurement for name, measurement in found.items() if measurement.count}


def score_all(measurements: dict[str, Measurement], resamples: int = RESAMPLES) -> dict[str, Score]:
    """A score for each measurement, under the same key, with interval and signature."""
    return scores(
        {key: (measurement, _signature(key, measurement, resamples)) for key, measurement in measurements.items()},
        resamples,
    )


def _signature(key: str, measurement: Measurement, resamples: int) -> Signature:
    drawn = {"n": measurement.count, "bs": resamples, "seed": SEED, "ci": f"{CONFIDENCE:g}%"}
    return Signature.of(key.rpartition(".")[2], **measurement.fields, **drawn)


__all__ = [
    "METRICS",
    "SETTINGS",
    "Entry",
    "Item",
    "Measurement",
    "PlainMetric",
    "Score",
    "Setting",
    "Signature",
    "load_metric",
    "load_setting",
    "measure_all",
    "score_all",
]
