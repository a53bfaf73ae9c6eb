"""A run of digits and separators («1.234,5», «٢٣٫٤», «26،013،94») as values: what each separator is, by what is around.

«٫» parts decimals and «٬» thousands, whatever else stands there. The point and the commas do either: groups of three
digits are thousands, a last group of another size is a decimal part, and one separator before three digits may be both
unless the rest of the text shows how it writes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Separates = Literal["decimal", "thousands"]

RUN = (
    r"\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?:[.,\u060C\u066B]\d+)?"
    r"|\d{1,3}(?: 000)+(?!\d)|\d+(?:[.,\u060C\u066B\u066C'’]\d+)*"
)
"""Pattern of a run, for readers of tokens."""

_SAME = str.maketrans({"\u060c": ","})
_LATIN_MARKS = str.maketrans("٫٬،", ".,,")
_ARABIC: dict[Separates, str] = {"decimal": "٫", "thousands": "٬"}
_ALWAYS: dict[str, Separates] = {"\u066b": "decimal", **dict.fromkeys("\u066c'’ \u00a0\u202f\u2009", "thousands")}
_BETWEEN = re.compile(RUN)
_YEARS = range(1300, 2101)
_GROUP = 3


@lru_cache(maxsize=8192)
def readings(run: str, habits: tuple[tuple[str, Separates], ...] = ()) -> tuple[Decimal, ...]:
    """The values of ``run`` (a match of ``RUN``), likeliest first; () when it is a list of numbers.

    ``habits``: what the text around it shows of its separators (:func:`habits_of`).
    """
    groups, separators = _parts(run)
    if not separators or len(groups) != len(separators) + 1:
        return () if separators else tuple(map(Decimal, groups[:1]))
    last, known = separators[-1], _ALWAYS.get(separators[-1]) or dict(habits).get(separators[-1])
    decimal, joined = Decimal(f"{''.join(groups[:-1])}.{groups[-1]}"), Decimal("".join(groups))
    if len(separators) > 1:
        return _of_several(groups, separators, decimal, joined)
    if last == "\u066b":
        return (decimal,)
    if not _in_threes(groups):
        return (decimal,) if last == "." or (last == "," and _is_comma_decimal(groups)) else ()
    if known:
        return (joined,) if known == "thousands" else (decimal,)
    return (decimal, joined) if last == "." else (joined, decimal)


def _of_several(groups: list[str], separators: list[str], decimal: Decimal, joined: Decimal) -> tuple[Decimal, ...]:
    """«1.234.567», «1,500.75» and «26،013،94»; () for a list, a date or an address."""
    last = separators[-1]
    if _in_threes(groups) and len(set(separators)) == 1 and last != "\u066b":
        return (joined,)
    parts_decimals = last not in separators[:-1] or len(groups[-1]) < _GROUP
    return (decimal,) if _in_threes(groups[:-1]) and parts_decimals else ()


def with_separators(run: str, *, arabic: bool) -> str:
    """``run`` with the separators that go with its digits: «.» and «,», or (``arabic``) «٫» and «٬».

    A point that may be either stays as it is beside Arabic digits; a comma before three of them parts thousands.
    """
    if not arabic:
        return run.translate(_LATIN_MARKS)
    groups, separators = _parts(run)
    values = readings(run)
    if not values or not separators or (len(values) > 1 and separators[-1] == "."):
        return run
    last: Separates = "thousands" if values[0] == Decimal("".join(groups)) and _in_threes(groups) else "decimal"
    marks = iter([*[_ARABIC["thousands"]] * (len(separators) - 1), _ARABIC[last]])
    return re.sub(r"[.,،٫٬]", lambda _: next(marks), run) if set(separators) <= set(".,٫٬") else run


def _parts(run: str) -> tuple[list[str], list[str]]:
    """The digits of each group in 0-9, and the separators between them, the Arabic comma as a comma."""
    groups = [str(int(digits)).rjust(len(digits), "0") for digits in re.findall(r"\d+", run)]
    return groups, re.findall(r"\D", run.translate(_SAME))


def _in_threes(groups: list[str]) -> bool:
    """True when ``groups`` may be parted at the thousands."""
    return 1 <= len(groups[0]) <= _GROUP and groups[0] != "0" and all(len(one) == _GROUP for one in groups[1:])


def _is_comma_decimal(groups: list[str]) -> bool:
    """«41,5», «25799,52» and «0,125»; not the years of «2010,2011», nor a list."""
    return groups[0] == "0" or (len(groups[1]) < _GROUP and int(groups[0]) not in _YEARS)


@lru_cache(maxsize=64)
def habits_of(text: str) -> tuple[tuple[str, Separates], ...]:
    """What the point and the comma do in ``text``, where a run with several of one of them shows it («1.234.567»).

    That one parts thousands and the other decimals. One with a single separator shows nothing: papers write «12,5»
    and «575,000» in one line, and a run such as «26,013,94» does both with the same mark.
    """
    seen: dict[str, set[bool]] = {".": set(), ",": set()}
    for match in _BETWEEN.finditer(text):
        groups, separators = _parts(match.group())
        if separators[-1:] == separators[:-1][-1:] and separators and separators[-1] in seen:
            seen[separators[-1]].add(_in_threes(groups))
    found = {mark for mark, threes in seen.items() if threes == {True}}
    if len(found) != 1:
        return ()
    return tuple((mark, "thousands" if mark in found else "decimal") for mark in seen)
