"""Scatter plots as inline SVG: no script, no fonts of their own, colours from the page's style sheet."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 520, 360
COLOURS = 12
"""The colours of systems that the page's style sheet has; more systems begin again."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 24, 14, 44
_LABEL_HEIGHT, _LABEL_CHARACTER = 13, 6.2


@dataclass(frozen=True, slots=True)
class Point:
    """One system: its place, its intervals (low, high) where known, and which of the colours it has."""

    name: str
    x: float
    y: float
    x_interval: tuple[float, float] | None
    y_interval: tuple[float, float] | None
    colour: int


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: what it shows and how its numbers run."""

    title: str
    low: float
    high: float
    logarithmic: bool = False

    def share(self, value: float) -> float:
        """Where ``value`` lies between the ends, 0 to 1."""
        low, high, value = (math.log10(v) if self.logarithmic else v for v in (self.low, self.high, value))
        return (value - low) / (high - low)

    def ticks(self) -> list[float]:
        """Round numbers from end to end."""
        if self.logarithmic:
            first, last = math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9)
            return [10.0**power for power in range(first, last + 1)]
        step = _round_step((self.high - self.low) / 5)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [number * step for number in range(first, last + 1)]


def axis(title: str, values: Sequence[float], *, logarithmic: bool = False) -> Axis:
    """An axis with room around ``values`` (all above 0 when logarithmic)."""
    low, high = min(values), max(values)
    if logarithmic:
        return Axis(title, 10 ** math.floor(math.log10(low)), 10 ** (math.floor(math.log10(high)) + 1), True)
    room = 0.08 * (high - low) or 1.0
    return Axis(title, max(0.0, low - room) if low >= 0 else low - room, high + room)


def scatter(title: str, points: Sequence[Point], x: Axis, y: Axis) -> str:
    """The plot as one ``<svg>`` element; it scales with the page."""
    places = zip(points, _label_places(points, x, y), strict=True)
    labels = [
        f'<text class="label s{point.colour}" x="{left:.1f}" y="{base:.1f}">{escape(point.name)}</text>'
        for point, (left, base) in places
    ]
    # Marks last, so that no label hides a point.
    parts = [_grid(x, y), *labels, *(_mark(point, x, y) for point in points)]
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def interval_bar(ends: tuple[float, float], score: tuple[float, float, float], colour: int) -> str:
    """One row of a forest plot: ``score`` (low, value, high) as a dot on its interval, on a line between ``ends``."""
    width, height = 120, 16
    left, dot, right = (width * (number - ends[0]) / max(ends[1] - ends[0], 1e-9) for number in score)
    return (
        f'<svg class="bar" viewBox="0 0 {width} {height}" aria-hidden="true"><line class="rail" x1="0" x2="{width}" '
        f'y1="8" y2="8"/><line class="interval s{colour}" x1="{left:.1f}" x2="{right:.1f}" y1="8" y2="8"/>'
        f'<circle class="dot s{colour}" cx="{dot:.1f}" cy="8" r="4"/></svg>'
    )


def _grid(x: Axis, y: Axis) -> str:
    parts = []
    for tick in x.ticks():
        at = _x(x, tick)
        parts.append(f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{_TOP}" y2="{HEIGHT - _BOTTOM}"/>')
        parts.append(
            f'<text class="tick" x="{at:.1f}" y="{HEIGHT - _BOTTOM + 16}" text-anchor="middle">{tick:g}</text>'
        )
    for tick in y.ticks():
        at = _y(y, tick)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        parts.append(f'<text class="tick" x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{tick:g}</text>')
    middle_x, middle_y = (_LEFT + WIDTH - _RIGHT) / 2, (_TOP + HEIGHT - _BOTTOM) / 2
    parts.append(f'<text class="axis" x="{middle_x}" y="{HEIGHT - 8}" text-anchor="middle">{escape(x.title)}</text>')
    turned = f'transform="translate(12 {middle_y}) rotate(-90)"'
    parts.append(f'<text class="axis" {turned} text-anchor="middle">{escape(y.title)}</text>')
    return "".join(parts)


def _mark(point: Point, x: Axis, y: Axis) -> str:
    at_x, at_y = _x(x, point.x), _y(y, point.y)
    parts = []
    if point.y_interval:
        low, high = (_y(y, end) for end in point.y_interval)
        parts.append(
            f'<line class="interval s{point.colour}" x1="{at_x:.1f}" x2="{at_x:.1f}" y1="{low:.1f}" y2="{high:.1f}"/>'
        )
    if point.x_interval:
        low, high = (_x(x, end) for end in point.x_interval)
        parts.append(
            f'<line class="interval s{point.colour}" x1="{low:.1f}" x2="{high:.1f}" y1="{at_y:.1f}" y2="{at_y:.1f}"/>'
        )
    parts.append(f'<circle class="dot s{point.colour}" cx="{at_x:.1f}" cy="{at_y:.1f}" r="4.5"/>')
    return "".join(parts)


def _label_places(points: Sequence[Point], x: Axis, y: Axis) -> list[tuple[float, float]]:
    """A place for each label beside its point, moved up or down until it covers no other label."""
    taken: list[tuple[float, float, float]] = []
    places: dict[int, tuple[float, float]] = {}
    for index in sorted(range(len(points)), key=lambda i: -points[i].y):
        point = points[index]
        width = _LABEL_CHARACTER * len(point.name)
        start = _x(x, point.x) + 8
        if start + width > WIDTH - _RIGHT:
            start = _x(x, point.x) - 8 - width
        at = _free_height(_y(y, point.y) - 6, start, width, taken)
        taken.append((start, start + width, at))
        places[index] = (start, at)
    return [places[index] for index in range(len(points))]


def _free_height(wanted: float, start: float, width: float, taken: Sequence[tuple[float, float, float]]) -> float:
    """The height nearest to ``wanted``, inside the plot, where a label of that width covers none of ``taken``."""
    for step in range(60):
        at = wanted + (step + 1) // 2 * 4 * (1 if step % 2 else -1)
        inside = _TOP + 8 <= at <= HEIGHT - _BOTTOM - 2
        if inside and all(
            end < start or start + width < begin or abs(at - other) >= _LABEL_HEIGHT for begin, end, other in taken
        ):
            return at
    return wanted


def _x(x: Axis, value: float) -> float:
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * x.share(value)


def _y(y: Axis, value: float) -> float:
    return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * y.share(value)


def _round_step(rough: float) -> float:
    """The round number (1, 2 or 5 times a power of ten) next above ``rough``."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
