"""A score and what it takes to repeat it, in one value: the number cannot travel without its signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from summarizer import __version__


@dataclass(frozen=True, slots=True)
class Signature:
    """How a score was made, as ``key:value`` parts in a fixed order; ``str()`` joins them with ``|``.

    The first part is always the metric, the last the version of this package. No part may hold ``|``.
    """

    parts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, metric: str, **fields: object) -> Signature:
        """``metric`` first, then ``fields`` in the order given, then the version."""
        pairs = (("metric", metric), *((key, str(value)) for key, value in fields.items()), ("v", __version__))
        for key, value in pairs:
            if "|" in key + value:
                raise ValueError(f"expected a signature part without '|'; got {key}:{value}")
        return cls(pairs)

    def get(self, key: str) -> str:
        """The value of one part; empty when there is none."""
        return dict(self.parts).get(key, "")

    def __str__(self) -> str:
        return "|".join(f"{key}:{value}" for key, value in self.parts)


class ScoreRecord(TypedDict):
    """A score as it stands in ``results.json``."""

    value: float
    low: float
    high: float
    signature: str


@dataclass(frozen=True, slots=True)
class Score:
    """One measured number: its value, the ends of its confidence interval, and its signature.

    The unit is per cent (0-100) unless the signature has a ``unit`` part.
    """

    value: float
    low: float
    high: float
    signature: Signature

    def record(self) -> ScoreRecord:
        """The score for JSON, rounded to four decimals (a hundredth of what anybody prints)."""
        low, value, high = (round(number, 4) for number in (self.low, self.value, self.high))
        return {"value": value, "low": low, "high": high, "signature": str(self.signature)}

    def __str__(self) -> str:
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}] {self.signature}"
