"""Every number a text states, in digits of any script or in Arabic words, with its value, unit and place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.numbers import spelled as data
from summarizer.arabic.numbers.numerals import Kind, Part, Token, bare, lookup, may_start, numeral, scan
from summarizer.arabic.text.normalize import fold, seen
from summarizer.schema import Span

_HUNDREDTHS = word_list("numbers", "hundredths")
_RANGE = re.compile(r"\s*(?:و|إلى|الى|أو|او|حتى|[-–—])\s*")
_TO = re.compile(r"\s?[-‐‑–—−/]\s?")
"""What joins the ends of «2014-2015», «2014/15» and «10–15 ألفا» to one number."""
_GOES_ON, _WENT_ON = re.compile(r"\s?[-/]\s?\d"), re.compile(r"\d\s?[-/]\s?$")
_YEARS = range(1300, 2101)
_CENTURY = 100
_UNIT_WORDS = {fold(word): unit for word, unit in data.unit_words().items()}


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number: its exact value, where it stands (code points of the text given), and its unit.

    ``unit`` is an English name («percent», «dollar», «year»; see ``spelled.dimension``) or None when the text
    names none that is known. ``readings`` are all values that the writing allows, ``value`` first: «1.500» may be one
    and a half or fifteen hundred. A «vague» quantity («مئات», «آلاف») has its order of magnitude as value.
    """

    value: Decimal
    span: Span
    unit: str | None = None
    kind: Kind = "cardinal"
    readings: tuple[Decimal, ...] = ()
    digits: bool = False
    until: Decimal | None = None
    """The other end of a range in digits, which is one number: 2015 of «2014-2015», «2014/15»."""
    to: Decimal | None = None
    """The number that «إلى», «حتى» or «و» joins to this one: 2015 of «من 2014 إلى 2015»."""


def find_numbers(text: str) -> tuple[Quantity, ...]:
    """Every number in ``text``, in order. Spans are code points of ``text``. Signs are not read: «-5» is 5.

    Digits inside a Latin word («F16», «G20») are part of a name, not a number. What nobody sees parts nothing.
    """
    copy = seen(text)
    found = _joined(copy.text, _numbers(copy.text))
    return tuple(found if copy.text == text else [replace(one, span=copy.span(*one.span)) for one in found])


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """``found`` with the two ends of a range as one number."""
    joined: list[Quantity] = []
    for one in found:
        first = joined[-1] if joined else None
        end = _end_of_range(text, first, one) if first else None
        if first and end:
            span = Span(first.span.start, one.span.end)
            joined[-1] = replace(first, span=span, unit=one.unit, until=end)
        else:
            joined.append(one)
    return joined


def _end_of_range(text: str, first: Quantity, last: Quantity) -> Decimal | None:
    """The end of the range that two numbers in digits make: two years, a season, or two amounts of one unit or scale.

    «2-1» is a result, and «15/9» a date.
    """
    between = text[first.span.end : last.span.start]
    if not (first.digits and last.digits and first.until is None and _TO.fullmatch(between)):
        return None
    if _GOES_ON.match(text, last.span.end) or _WENT_ON.search(text, max(0, first.span.start - 4), first.span.start):
        return None  # a date or a telephone number
    start, end = first.value, last.value
    written = len(last.span.of(text))
    if start in _YEARS and len(first.span.of(text)) == 4:
        if written == 2 and end == (start + 1) % _CENTURY:
            return start + 1
        return end if end in _YEARS and start < end and written == 4 else None
    counted = last.unit is not None or last.span.of(text)[-1:].isalpha()
    return end if counted and "/" not in between and max(first.readings) < end else None


def _numbers(text: str) -> list[Quantity]:
    tokens = scan(text)
    found: list[Quantity] = []
    index = 0
    while index < len(tokens):
        part = numeral(tokens, index) if may_start(tokens[index].text) else None
        if part is None:
            index += 1
            continue
        more = _quantities(text, tokens, index, part)
        if found and _RANGE.fullmatch(text[found[-1].span.end : more[0].span.start]):
            found[-1] = _scaled_too(found[-1], part.scale) if part.scale > 1 else found[-1]
            found[-1] = replace(found[-1], to=more[0].value)
        found.extend(more)
        index = part.end + _percent_words(tokens, part.end)
    return found


def _quantities(text: str, tokens: tuple[Token, ...], index: int, part: Part) -> list[Quantity]:
    """The quantity of one numeral with its unit, or several when digits and commas turn out to be a list."""
    first, last = tokens[index], tokens[part.end - 1]
    if not part.readings:
        runs = re.finditer(r"\d+", first.text)
        return [_plain(Decimal(int(run.group())), first.start + run.start(), len(run.group())) for run in runs]
    unit = _unit_after(tokens, part.end) or _unit_before(text, first.start) or _dual_unit(last)
    span = Span(first.start, last.end)
    return [Quantity(part.readings[0], span, unit, part.kind, part.readings, part.digits)]


def _scaled_too(first: Quantity, scale: Decimal) -> Quantity:
    """The first end of «10 إلى 15 ألفا», which may be ten or ten thousand; unchanged when it has a scale itself."""
    if first.value >= scale or first.kind != "cardinal":
        return first
    return replace(first, readings=(*first.readings, *(value * scale for value in first.readings)))


def _plain(value: Decimal, start: int, size: int) -> Quantity:
    return Quantity(value, Span(start, start + size), readings=(value,), digits=True)


def _percent_words(tokens: tuple[Token, ...], index: int) -> int:
    """How many tokens at ``index`` say «in a hundred»: 2 for «في المئة», 1 for «بالمئة», else 0."""
    if index >= len(tokens) or not tokens[index].close:
        return 0
    word = fold(tokens[index].text)
    if word == "في" and index + 1 < len(tokens) and fold(tokens[index + 1].text) in _HUNDREDTHS:
        return 2
    return int(word[:1] == "ب" and word[1:] in _HUNDREDTHS)


def _unit_after(tokens: tuple[Token, ...], index: int) -> str | None:
    """The unit that the tokens at ``index`` name, if they do."""
    if index >= len(tokens) or not tokens[index].close:
        return None
    word = tokens[index].text
    if word in data.SYMBOLS:
        return data.SYMBOLS[word]
    if _percent_words(tokens, index):
        return "percent"
    return _UNIT_WORDS.get(fold(word)) or _UNIT_WORDS.get(bare(word))


def _unit_before(text: str, start: int) -> str | None:
    """A currency or percent sign that stands right before the number: «$20», «%20»."""
    return data.SYMBOLS.get(text[start - 1 : start])


def _dual_unit(token: Token) -> str | None:
    """The unit inside a dual noun: «عامين» counts years."""
    entry, _, _ = lookup(fold(token.text))
    return entry.unit or None if entry and entry.role == "dual" else None
