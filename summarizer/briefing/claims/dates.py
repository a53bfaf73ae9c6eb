"""Whether a source has the dates of a statement."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.arabic.dates import YEARS, DateMention
from summarizer.arabic.numbers.find import Quantity
from summarizer.schema import Claim


def check_dates(
    mentions: Sequence[DateMention], text: str, known: Sequence[DateMention], numbers: Sequence[Quantity]
) -> list[Claim]:
    """A claim for each date of the statement ``text``: borne out when one date of the source says all that it says.

    ``known`` and ``numbers`` are the dates and the numbers of the source. A year may stand apart from its month there.
    """
    years = {mention.year for mention in known} | {
        int(n.value) for n in numbers if n.value in YEARS and n.until is None
    }
    years |= _both_ends({mention.year for mention in mentions}, numbers)
    claims = []
    for mention in mentions:
        reason = "" if _known(mention, known, years) else _reason(mention)
        claims.append(Claim("date", mention.span.of(text), mention.span, not reason, reason))
    return claims


def _both_ends(said: set[int | None], numbers: Sequence[Quantity]) -> set[int | None]:
    """The years of a range («2014-2015») whose two ends are ``said``; one of them alone is another statement."""
    ends: list[set[int | None]] = [
        {int(one.value), int(one.until)} for one in numbers if one.until is not None and one.until in YEARS
    ]
    return {year for pair in ends if pair <= said for year in pair}


def _known(mention: DateMention, known: Sequence[DateMention], years: set[int | None]) -> bool:
    if mention.year is not None and mention.year not in years:
        return False
    if mention.month is None and mention.weekday is None:
        return True
    return any(_agrees(mention, other) for other in known)


def _agrees(mention: DateMention, other: DateMention) -> bool:
    """True when ``other`` gives every part that ``mention`` gives; the year may be missing there."""
    if (mention.month, mention.weekday) != (other.month, other.weekday) or mention.calendar != other.calendar:
        return False
    if mention.day is not None and mention.day != other.day:
        return False
    return mention.year is None or other.year in (None, mention.year)


def _reason(mention: DateMention) -> str:
    parts = {"day": mention.day, "month": mention.month, "year": mention.year, "weekday": mention.weekday}
    given = ", ".join(f"{name} {value}" for name, value in parts.items() if value is not None)
    return f"the source has no date with {given}"
