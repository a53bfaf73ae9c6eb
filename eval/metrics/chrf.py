"""chrF (Popović 2015) as sacrebleu computes it: corpus level, character 6-grams, best reference."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eval.metrics.base import Array, Item, Measurement, references_field

_ORDER, _BETA = 6, 2


def chrf(items: Sequence[Item]) -> Measurement:
    """chrF2; its statistics are sacrebleu's own, three counts an n-gram order.

    sacrebleu gives an interval only of its own making, so the statistics are taken from the step before it; a test
    compares the value with its public ``corpus_score``.
    """
    from sacrebleu import __version__ as sacrebleu_version
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF(char_order=_ORDER, beta=_BETA)
    most = max(len(item.references) for item in items)
    # A missing reference is the empty string to sacrebleu, which then passes over it.
    streams = [[item.references[i] if i < len(item.references) else "" for item in items] for i in range(most)]
    counts = metric._extract_corpus_statistics([item.output for item in items], streams)
    statistics = np.asarray(counts, dtype=np.float64)  # (items, 3 x orders)
    fields = {
        "order": str(_ORDER),
        "beta": str(_BETA),
        "space": "no",
        "refs": references_field(items),
        "multi": "max",
        "avg": "corpus",
        "sacrebleu": sacrebleu_version,
    }
    return Measurement(statistics, chrf_of, chrf_of(statistics), fields)


def chrf_of(sums: Array) -> Array:
    """The score in per cent from (n-grams of the output, of the reference, shared) for each order, last axis.

    Only orders that both sides have n-grams of are averaged, as in sacrebleu without smoothing.
    """
    by_order = sums.reshape(*sums.shape[:-1], _ORDER, 3)
    output, reference, shared = by_order[..., 0], by_order[..., 1], by_order[..., 2]
    counted = (output > 0) & (reference > 0)
    orders = np.maximum(counted.sum(axis=-1), 1)
    precision = np.where(counted, shared / np.maximum(output, 1), 0.0).sum(axis=-1) / orders
    recall = np.where(counted, shared / np.maximum(reference, 1), 0.0).sum(axis=-1) / orders
    divisor = np.maximum(_BETA**2 * precision + recall, np.finfo(float).tiny)
    return np.asarray(100.0 * (1 + _BETA**2) * precision * recall / divisor)
