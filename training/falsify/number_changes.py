"""Corruptions of numbers."""

from __future__ import annotations

import re
from random import Random

from summarizer.arabic.numbers.find import Quantity, find_numbers
from summarizer.arabic.text.normalize import fold
from summarizer.schema import Span
from training.falsify.scene import Scene, edit


def number_of_source(scene: Scene, draw: Random) -> str | None:
    """A number in digits becomes another one that the source has, of something else."""
    numbers = _digits(scene)
    known = [number for number in scene.index.numbers if number.digits and number.value < 10**7]
    used = {number.value for number in numbers}
    options = [
        (number, other)
        for number in numbers
        for other in known
        if other.value not in used
        and _is_year(number) == _is_year(other)
        and _near_years(number, other)
        and _after(number, scene.statement) != _after(other, scene.source)
    ]
    if not options:
        return None
    number, other = draw.choice(options)
    return edit(scene.statement, [(number.span, other.span.of(scene.source))])


def _is_year(number: Quantity) -> bool:
    return 1900 <= number.value <= 2100


def _near_years(number: Quantity, other: Quantity) -> bool:
    return not _is_year(number) or abs(number.value - other.value) <= 12


def _after(number: Quantity, text: str) -> str:
    following = re.match(r"\s*(\w{2,})", text[number.span.end :])
    return fold(following[1]) if following else ""


def _digits(scene: Scene) -> list[Quantity]:
    found = find_numbers(scene.statement)
    return [one for one in found if one.digits and one.span.of(scene.statement).isdecimal() and one.value >= 1]


_COUNTS = ("ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة", "ثلاث أربع خمس ست سبع ثماني تسع عشر", "عشرات مئات آلاف")


def number_changed(scene: Scene, draw: Random) -> str | None:
    """A number becomes one that the source does not have: a digit more or less, or another numeral."""
    sites: list[tuple[Span, str]] = []
    known = {reading for number in scene.index.numbers for reading in (number.value, *number.readings)}
    for number in _digits(scene):
        value = int(number.value)
        spread = [value + step for step in ((-2, -1, 1, 2) if _is_year(number) else (-3, -2, 2, 3, value, 9 * value))]
        sites += [(number.span, str(new)) for new in spread if new > 1 and new not in known]
    for word in scene.words:
        for series in map(str.split, _COUNTS):
            if word.text in series:
                sites += [(word.span, other) for other in series if other != word.text and not _says(other, scene)]
    return edit(scene.statement, [draw.choice(sites)]) if sites else None


def _says(word: str, scene: Scene) -> bool:
    return fold(word) in scene.index.folded
