"""Whether the numbers of a statement stand in its source: by value, with units that do not contradict."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.numbers.find import Quantity
from summarizer.arabic.numbers.spelled import dimension
from summarizer.arabic.text.normalize import fold
from summarizer.schema import Claim

#: A hedged number («نحو 20 مليونا») may be this far, in relative terms, from the source's.
_ROUNDING = Decimal("0.06")
#: «أكثر من 20» may stand for up to this many times more.
_OVER_LIMIT = Decimal("1.25")
#: «عشرات» stands for twenty to a hundred and fifty, «مئات» for two hundred to fifteen hundred.
_VAGUE_REACH = 15


def _clitic_forms(section: str) -> frozenset[str]:
    return frozenset(clitic + word for word in word_list("numbers", section) for clitic in ("", "و", "ب", "ل"))


_HEDGES, _OVER, _UNDER = _clitic_forms("hedges"), _clitic_forms("over"), _clitic_forms("under")
_LIST_MARK = re.compile(r"\s*\(?\d{1,2}\s?[-.)/:–]")
_LAST_WORDS = re.compile(r"[^\W\d_]+")


def check_numbers(quantities: Sequence[Quantity], text: str, known: Sequence[Quantity]) -> list[Claim]:
    """A claim for each of ``quantities`` of the statement ``text``, against ``known``, those of the source.

    Some numbers are no claims unless the source has them: see ``_says_little``.
    """
    claims = []
    before: Quantity | None = None
    for quantity in quantities:
        reason = "" if _is_end(quantity, before, known) else _reason(quantity, text, known)
        if not (reason and _says_little(quantity, text)):
            claims.append(Claim("number", quantity.span.of(text), quantity.span, not reason, reason))
        before = quantity
    return claims


def _is_end(quantity: Quantity, before: Quantity | None, known: Sequence[Quantity]) -> bool:
    """True for both numbers of «من 2014 إلى 2015» where the source has the range «2014-2015»."""
    first = before if before and before.to == quantity.value else quantity
    return first.to is not None and any((other.value, other.until) == (first.value, first.to) for other in known)


def _says_little(quantity: Quantity, text: str) -> bool:
    """True for what may be said without a number in the source: «واحد», «أول مرة», «البلدين», «3-0», a list's «1-»."""
    words = quantity.span.of(text)
    if quantity.digits:
        return quantity.value == 0 or bool(_LIST_MARK.fullmatch(text[: quantity.span.end + 1]))
    definite = words.startswith("ال") and quantity.kind == "cardinal" and quantity.value == 2
    return definite or (quantity.value == 1 and quantity.kind in ("cardinal", "ordinal"))


def _reason(quantity: Quantity, text: str, known: Sequence[Quantity]) -> str:
    """Why the source does not bear ``quantity`` out; "" when it does."""
    same = [other for other in known if _same_value(quantity, other)]
    if any(_units_agree(quantity, other) and _kinds_agree(quantity, other) for other in same):
        return ""
    if _rounded(quantity, text, known):
        return ""
    if same:
        units = sorted({other.unit or other.kind for other in same})
        return f"the source has this number as {', '.join(units)}, not {quantity.unit or quantity.kind}"
    return "the source does not have this number"


def _same_value(one: Quantity, other: Quantity) -> bool:
    if one.kind == "vague" or other.kind == "vague":
        return _vague_match(one, other)
    if one.until is not None or other.until is not None:
        return _same_range(one, other)
    if set(one.readings) & set(other.readings):
        return True
    return _same_share(one, other) or _same_share(other, one)


def _same_range(one: Quantity, other: Quantity) -> bool:
    """A range is one number, and neither of its ends is: «2014-2015» is «من 2014 إلى 2015», not «2015»."""
    ends = {quantity.until or quantity.to for quantity in (one, other)}
    return len(ends) == 1 and bool(set(one.readings) & set(other.readings))


def _same_share(part: Quantity, percentage: Quantity) -> bool:
    """«نصف» is «50 في المئة», and «ثلث» what 33.3 recurring rounds to in the places that the percentage has."""
    if part.kind != "fraction" or percentage.unit != "percent":
        return False
    return any((100 * part.value).quantize(value) == value for value in percentage.readings)


def _vague_match(one: Quantity, other: Quantity) -> bool:
    """«مئات» is borne out by «مئات» or by any number from 200 to its reach; an exact number never by a vague one."""
    if one.kind != "vague":
        return False
    if other.kind == "vague":
        return one.value == other.value
    return 2 * one.value <= other.value < _VAGUE_REACH * one.value


def _units_agree(one: Quantity, other: Quantity) -> bool:
    """False when both name a unit of the same dimension and differ, or when only one is a percentage."""
    if one.unit == other.unit:
        return True
    if "percent" in (one.unit, other.unit):
        return "fraction" in (one.kind, other.kind)
    if one.unit is None or other.unit is None:
        return True
    return dimension(one.unit) != dimension(other.unit)


def _kinds_agree(one: Quantity, other: Quantity) -> bool:
    """False only for an ordinal word against a cardinal word: «الثالث» is not «ثلاثة»."""
    kinds = {one.kind, other.kind}
    return "ordinal" not in kinds or len(kinds) == 1 or one.digits or other.digits


def _rounded(quantity: Quantity, text: str, known: Sequence[Quantity]) -> bool:
    """True when a hedge before the number («نحو», «أكثر من») makes room for one that the source has."""
    before = [fold(word) for word in _LAST_WORDS.findall(text[max(0, quantity.span.start - 30) : quantity.span.start])]
    near = set(before[-2:])
    value = quantity.value
    for other in known:
        if other.kind == "vague" or other.until is not None or not _units_agree(quantity, other):
            continue
        if near & _HEDGES and abs(other.value - value) <= _ROUNDING * other.value:
            return True
        if near & _OVER and value <= other.value <= value * _OVER_LIMIT:
            return True
        if near & _UNDER and value / _OVER_LIMIT <= other.value <= value:
            return True
    return False
