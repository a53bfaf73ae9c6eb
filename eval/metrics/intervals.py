"""Confidence by resampling the articles: percentile bootstrap, paired bootstrap, paired permutation.

The same seed and number of articles give the same resamples, so that intervals of systems on one benchmark are
made from the same draws.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from eval.metrics.base import Array, Measurement
from eval.metrics.score import Score, Signature

RESAMPLES, SEED, CONFIDENCE = 1000, 2019, 95.0
_CHUNK_CELLS = 4_000_000
"""Cells of weights held at once: 32 MB."""


def resampled_sums(statistics: Array, resamples: int = RESAMPLES, seed: int = SEED) -> Array:
    """Sums of the rows of ``statistics`` (items, k) over each draw of items with replacement: (resamples, k)."""
    count = len(statistics)
    random = np.random.default_rng(seed)
    step = max(1, _CHUNK_CELLS // max(1, count))
    sums = np.empty((resamples, statistics.shape[1]))
    for start in range(0, resamples, step):
        rows = min(step, resamples - start)
        draws = random.integers(0, count, size=(rows, count), dtype=np.int32)  # (rows, items)
        flat = (draws + np.arange(rows, dtype=np.int64)[:, None] * count).ravel()
        weights = np.bincount(flat, minlength=rows * count).reshape(rows, count)
        sums[start : start + rows] = weights @ statistics
    return sums


def scores(named: dict[str, tuple[Measurement, Signature]], resamples: int = RESAMPLES) -> dict[str, Score]:
    """Every measurement as a score with its interval; all share one set of resamples. No entry may be empty."""
    measurements = [measurement for measurement, _ in named.values()]
    if not measurements:
        return {}
    sums = resampled_sums(np.hstack([m.statistics for m in measurements]), resamples)
    found: dict[str, Score] = {}
    column = 0
    for name, (measurement, signature) in named.items():
        width = measurement.statistics.shape[1]
        value = float(measurement.combine(measurement.statistics.sum(axis=0)))
        low, high = _interval(measurement.combine(sums[:, column : column + width]))
        found[name] = Score(value, low, high, signature)
        column += width
    return found


def _interval(values: Array) -> tuple[float, float]:
    """The percentiles that hold the middle ``CONFIDENCE`` per cent; resamples without a value are passed over."""
    tail = (100.0 - CONFIDENCE) / 2
    low, high = np.nanpercentile(values, [tail, 100.0 - tail])
    return float(low), float(high)


class Difference(NamedTuple):
    """B minus A over the same articles: mean, interval, two-sided p, and how many articles each side won."""

    value: float
    low: float
    high: float
    p: float
    wins_a: int
    wins_b: int
    ties: int


def paired_difference(a: Array, b: Array, resamples: int = 10_000, seed: int = SEED) -> Difference:
    """``b - a`` for per-article values of equal length (at least one), without NaN.

    The interval is a paired bootstrap; ``p`` is a permutation test that flips the sign of each article's
    difference, with the observed one counted in (Phipson and Smyth 2010), so it is never 0.
    """
    differences = b - a
    sums = resampled_sums(differences[:, None], resamples, seed)[:, 0] / len(differences)
    low, high = _interval(sums)
    return Difference(
        float(differences.mean()),
        low,
        high,
        _sign_flip_p(differences, resamples, seed),
        int(np.count_nonzero(differences < 0)),
        int(np.count_nonzero(differences > 0)),
        int(np.count_nonzero(differences == 0)),
    )


def _sign_flip_p(differences: Array, resamples: int, seed: int) -> float:
    random = np.random.default_rng(seed)
    observed = abs(float(differences.sum()))
    step = max(1, _CHUNK_CELLS // len(differences))
    extreme = 0
    for start in range(0, resamples, step):
        rows = min(step, resamples - start)
        signs = random.integers(0, 2, size=(rows, len(differences)), dtype=np.int8) * 2.0 - 1.0
        # The tolerance keeps rounding from calling an equal sum smaller.
        extreme += int(np.count_nonzero(np.abs(signs @ differences) >= observed - 1e-9))
    return (1 + extreme) / (1 + resamples)
