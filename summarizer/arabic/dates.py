"""Dates in a text: months by any of their names, weekdays, years, 15/9/2018."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.arabic.lexicon import rows, word_list
from summarizer.arabic.numbers.find import Quantity
from summarizer.arabic.text.normalize import Normalized, fold, normalize
from summarizer.schema import Span


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as far as the text gives it. ``month`` is 1-12 of ``calendar`` («gregorian», «hijri»); the weekday 1-7
    from Monday. ``span`` is in code points of the text given.
    """

    span: Span
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    calendar: str = "gregorian"


def _names(label: str) -> dict[str, tuple[str, int]]:
    return {fold(name): (label, int(number)) for number, *names in rows("calendar", label) for name in names}


_MONTHS = _names("gregorian") | _names("hijri")
_WEEKDAYS = _names("weekday")
_AMBIGUOUS = word_list("calendar", "ambiguous")
_CLITICS = "(?:[وف]?[بلك]?)"


def _alternatives(names: dict[str, tuple[str, int]]) -> str:
    longest = sorted(names, key=len, reverse=True)
    return "|".join(name.replace(" ", r"\s+") for name in longest)


#: A digit may be glued to the month: «10مايو2017».
_WORD_DATE = re.compile(rf"(?<![^\W\d]){_CLITICS}(?P<month>{_alternatives(_MONTHS)})(?![^\W\d])")
_STEMS = "|".join(name[2:] for name in _WEEKDAYS)
_WEEKDAY = re.compile(rf"(?<!\w)(?:{_CLITICS}ال(?P<day>{_STEMS})|لل(?P<to>{_STEMS}))(?!\w)")
_NUMERIC = re.compile(r"(?<![\d.,/-])(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?![\d/-])")
_BEFORE_MONTH = re.compile(r"(?:\s+من)?(?:\s+شهر)?\s*[،,]?\s*")
_AFTER_MONTH = re.compile(r"\s*[/،,(]?\s*(?:من\s+)?(?:ال)?(?:عام|سن[هة])?\s*")
_TWIN = re.compile(r"\s*[/(\-]\s*")
_MONTH_CUE = re.compile(r"(?:شهر|مطلع|منتصف|نهاي[هة]|بداي[هة]|أوائل|اوائل|أواخر|اواخر|خلال|من|في|حتى|منذ)\s+$")
YEARS = range(1300, 2101)


def find_dates(text: str, numbers: Sequence[Quantity]) -> tuple[DateMention, ...]:
    """Every date of ``text``, in order; ``numbers`` are ``find_numbers(text)``.

    A year alone («2018») is a mention of its own. Two names of one month beside each other count once.
    """
    copy = normalize(text)
    found = _numeric_dates(copy) + _month_dates(copy, text, numbers) + _weekdays(copy)
    taken = [mention.span for mention in found]
    found += [
        DateMention(quantity.span, year=int(quantity.value))
        for quantity in numbers
        if is_year(quantity, text) and not any(_overlap(quantity.span, span) for span in taken)
    ]
    return tuple(sorted(found, key=lambda mention: mention.span))


def is_year(quantity: Quantity, text: str) -> bool:
    """True for four digits from 1300 to 2100 that count nothing (a unit or a scale after them would be a count)."""
    plain = quantity.unit is None and quantity.kind == "cardinal" and quantity.digits
    return plain and len(quantity.span.of(text)) == 4 and quantity.value in YEARS


def _numeric_dates(copy: Normalized) -> list[DateMention]:
    """15/9/2018, 2018-09-15 and, when the middle number cannot be a month, 9/15/2018."""
    found = []
    for match in _NUMERIC.finditer(copy.text):
        first, month, last = int(match[1]), int(match[3]), int(match[4])
        day, year = (last, first) if len(match[1]) == 4 else (first, last)
        if month > 12 and day <= 12:
            day, month = month, day
        year += 2000 if year < 100 else 0
        if 1 <= month <= 12 and 1 <= day <= 31 and year in YEARS:
            calendar_name = "hijri" if year < 1500 else "gregorian"
            span = copy.span(*match.span())
            found.append(DateMention(span, day, month, year, calendar=calendar_name))
    return found


def _month_dates(copy: Normalized, text: str, numbers: Sequence[Quantity]) -> list[DateMention]:
    """Months by name, with the day before them and the year after them when they stand there."""
    found: list[DateMention] = []
    by_end = {quantity.span.end: quantity for quantity in numbers}
    by_start = {quantity.span.start: quantity for quantity in numbers}
    for match in _WORD_DATE.finditer(copy.text):
        name = re.sub(r"\s+", " ", match["month"])
        label, number = _MONTHS[name]
        span = copy.span(*match.span())
        if found and found[-1].month == number and _TWIN.fullmatch(text[found[-1].span.end : span.start]):
            found[-1] = _with_year(replace(found[-1], span=Span(found[-1].span.start, span.end)), text, by_start)
            continue
        mention = DateMention(span, month=number, calendar=label)
        mention = _with_year(_with_day(mention, text, by_end), text, by_start)
        bare = mention.day is None and mention.year is None
        if bare and name in _AMBIGUOUS and not _is_month(copy.text, match):
            continue
        found.append(mention)
    return found


def _is_month(folded: str, match: re.Match[str]) -> bool:
    """True when the words around an ambiguous name make it a month."""
    before, after = folded[: match.start()], folded[match.end() : match.end() + 1]
    return before.endswith("/") or after == "/" or bool(_MONTH_CUE.search(before[-12:]))


def _with_day(mention: DateMention, text: str, by_end: dict[int, Quantity]) -> DateMention:
    """``mention`` with the day number that ends right before it, if one does."""
    for end in range(mention.span.start, max(-1, mention.span.start - 12), -1):
        quantity = by_end.get(end)
        if quantity is not None:
            day = quantity.value
            if 1 <= day <= 31 and day == int(day) and _BEFORE_MONTH.fullmatch(text[end : mention.span.start]):
                return replace(mention, day=int(day), span=Span(quantity.span.start, mention.span.end))
            return mention
    return mention


def _with_year(mention: DateMention, text: str, by_start: dict[int, Quantity]) -> DateMention:
    """``mention`` with the year that starts right after it, if one does."""
    for start in range(mention.span.end, mention.span.end + 14):
        quantity = by_start.get(start)
        if quantity is not None:
            if quantity.value in YEARS and _AFTER_MONTH.fullmatch(text[mention.span.end : start]):
                return replace(mention, year=int(quantity.value), span=Span(mention.span.start, quantity.span.end))
            return mention
    return mention


def _weekdays(copy: Normalized) -> list[DateMention]:
    found = []
    for match in _WEEKDAY.finditer(copy.text):
        name = "ال" + (match["day"] or match["to"])
        found.append(DateMention(copy.span(*match.span()), weekday=_WEEKDAYS[name][1]))
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
