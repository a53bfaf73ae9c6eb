"""How well a score agrees with people: rank correlation, area under the ROC curve, and their bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from eval.metrics.base import Array

Measure = Callable[[Array, Array], float]
RESAMPLES, SEED = 1000, 2019


def ranks(values: Array) -> Array:
    """Ranks from 1, ties sharing the mean of theirs."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2.0)[places], dtype=float)


def spearman(scores: Array, target: Array) -> float:
    """Spearman's rank correlation in [-1, 1]; NaN when either side is constant."""
    one, other = ranks(scores), ranks(target)
    one, other = one - one.mean(), other - other.mean()
    norm = float(np.sqrt((one @ one) * (other @ other)))
    return float(one @ other) / norm if norm else float("nan")


def auc(scores: Array, good: Array) -> float:
    """The chance that a random item with ``good`` 1 scores above one with 0, ties half; NaN without both."""
    positive = good > 0.5
    count = int(positive.sum())
    others = len(good) - count
    if not count or not others:
        return float("nan")
    return (float(ranks(scores)[positive].sum()) - count * (count + 1) / 2.0) / (count * others)


def bootstrap(
    measure: Measure, scores: Sequence[Array], target: Array, groups: Sequence[str], resamples: int = RESAMPLES
) -> Array:
    """``measure`` of each of ``scores`` against ``target`` over draws of whole ``groups``: (resamples, scores).

    Summaries of one article are judged alike, so articles are drawn, with replacement, not rows. All scores see the
    same draws, which makes their differences paired.
    """
    names = sorted(set(groups))
    members = [np.flatnonzero(np.asarray([group == name for group in groups])) for name in names]
    random = np.random.default_rng(SEED)
    found = np.empty((resamples, len(scores)))
    for draw in range(resamples):
        rows = np.concatenate([members[place] for place in random.integers(0, len(names), len(names))])
        found[draw] = [measure(values[rows], target[rows]) for values in scores]
    return found


def interval(draws: Array, confidence: float = 95.0) -> tuple[float, float]:
    """The percentiles that hold the middle ``confidence`` per cent; draws without a value are passed over."""
    tail = (100.0 - confidence) / 2
    low, high = np.nanpercentile(draws, [tail, 100.0 - tail])
    return float(low), float(high)
