"""What a metric takes and gives.

A metric is a function ``(items, setting) -> Measurement``, or ``(items) -> Measurement``. It leaves one row of
*statistics* an item and says how summed statistics become the value; so one bootstrap serves means (numerator and
denominator), ratios and corpus-level scores such as chrF alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


class Item(NamedTuple):
    """One output beside what it is measured against: the references (one or more) and the article's body."""

    id: str
    output: str
    references: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one metric found on the items.

    ``statistics`` has a row an item; ``combine`` turns sums of rows (any leading axes, last axis the statistics)
    into values; ``per_item`` is each item's own value, NaN where the metric does not apply to it; ``fields`` are the
    signature's parts that only the metric knows.
    """

    statistics: Array
    combine: Callable[[Array], Array]
    per_item: Array
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many items the metric applies to."""
        return int(np.count_nonzero(~np.isnan(self.per_item)))


PlainMetric = Callable[[Sequence[Item]], Measurement]
"""Measured once: it has its own way of cutting text, which its fields name."""


def mean_of(per_item: Sequence[float] | Array, **fields: str) -> Measurement:
    """A metric that is the mean of its items, those that are NaN left out."""
    values = np.asarray(per_item, dtype=np.float64)
    known = ~np.isnan(values)
    statistics = np.stack([np.where(known, values, 0.0), known.astype(np.float64)], axis=-1)  # (items, 2)
    return Measurement(statistics, ratio, values, fields)


def ratio(sums: Array) -> Array:
    """Numerator over denominator along the last axis; NaN where the denominator is 0."""
    numerator, denominator = sums[..., 0], sums[..., 1]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(denominator > 0, numerator / denominator, np.nan)


def references_field(items: Sequence[Item]) -> str:
    """How many references an item has, for the signature: ``1``, ``5`` or ``1-5``."""
    counts = {len(item.references) for item in items}
    return str(min(counts)) if len(counts) == 1 else f"{min(counts)}-{max(counts)}"
