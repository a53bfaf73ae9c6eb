"""From which probabilities on a line is printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bars:
    """What is printed. Chosen on labelled lines of training articles that the judges had not seen
    (``training.acceptance`` prints what others would give).
    """

    printable: tuple[float, ...] = (0.25, 0.25, 0.25, 0.55)
    """How likely an editor must be to print the first bullet, the second and so on; the last is for all further ones.
    Three good bullets beat five."""
    true: float = 0.95
    """How likely a bullet must be true."""
    needed: int = 2
    """Bullets without which the ladder is asked for more."""
    truth: float = 2.0
    """How much more being true counts for the head than being printable, as an exponent."""


BARS = Bars()
