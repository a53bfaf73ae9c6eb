"""What the measured figures are held to, and whether they reach it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eval.speed.measure import Measured

MAX_P50_S, MIN_BATCHED = 3.0, 0.7
"""A full brief of a 400-word article by the embedded model on two cores: seconds alone, articles a second batched."""
MIN_RATIO, GOAL_RATIO = 5.0, 10.0
"""Articles a second over the AraBART-shaped model for the same outputs."""
MAX_BATCH_MB = 300.0
"""Of `mujaz batch` on any number of rows (10**6 bytes)."""


class Bar(NamedTuple):
    """One bar: what it asks, what was measured, whether that reaches it."""

    name: str
    got: str
    reached: bool

    def line(self) -> str:
        """For a reader."""
        return f"{'reached' if self.reached else 'MISSED '}  {self.name}: {self.got}"


def bars_of(found: Sequence[Measured], reference: str, system: str = "embedded") -> Iterator[Bar]:
    """The bars that ``system`` has; those of a ratio only when ``reference`` was measured in the same run."""
    ours = next((one for one in found if one.system == system), None)
    if ours is None:
        return
    yield Bar(f"one article alone at most {MAX_P50_S:g} s", f"p50 {ours.p50_s:.2f} s", ours.p50_s <= MAX_P50_S)
    yield Bar(f"batched at least {MIN_BATCHED} articles/s", f"{ours.batched:.2f}", ours.batched >= MIN_BATCHED)
    other = next((one for one in found if one.system == reference), None)
    if other is None:
        return
    ratio = ours.batched / other.batched
    told = f"{ratio:.1f} times (the goal after that: {GOAL_RATIO:g})"
    yield Bar(f"batched at least {MIN_RATIO:g} times {reference}", told, ratio >= MIN_RATIO)


def memory_bar(peak_mb: float, rows: int) -> Bar:
    """Of `mujaz batch`, its largest process."""
    return Bar(f"{rows:,} rows under {MAX_BATCH_MB:.0f} MB", f"peak {peak_mb:.0f} MB", peak_mb < MAX_BATCH_MB)


def load_told() -> str:
    """Who else is at work on this machine: what makes a figure doubtful. Empty where a system does not say."""
    return f" (load average {os.getloadavg()[0]:.1f})" if hasattr(os, "getloadavg") else ""
