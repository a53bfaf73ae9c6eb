"""A count of a count, with the interval that a share of so few has."""

from __future__ import annotations

import math
from dataclasses import dataclass

#: 97.5th percentile of the normal distribution.
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``of``, as a share with Wilson's interval; all in [0, 1], NaN of nothing."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share itself."""
        return self.hits / self.of if self.of else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval (Wilson 1927)."""
        if not self.of:
            return float("nan"), float("nan")
        share, room = self.value, _Z * _Z / self.of
        middle = (share + room / 2) / (1 + room)
        half = _Z * math.sqrt(share * (1 - share) / self.of + room / (4 * self.of)) / (1 + room)
        return max(0.0, middle - half), min(1.0, middle + half)
