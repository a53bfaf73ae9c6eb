"""Normalised copies and the map of every character back to its source; how rules make and join them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from summarizer.arabic.text.charsets import MARKS, TATWEEL
from summarizer.arabic.text.tables import Table
from summarizer.schema import Span

_ATTACHED = frozenset(MARKS + TATWEEL)


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalised copy and its offset map.

    ``text[k]`` stands for the source characters ``[starts[k], ends[k])``; both sequences never decrease. A dropped
    combining mark or tatweel belongs to the letter before it, so that a slice of the source keeps its last vowel sign;
    other dropped characters belong to nothing. All characters that one source character became share its range.
    """

    text: str
    source_length: int
    starts: Sequence[int] = field(repr=False, hash=False)
    ends: Sequence[int] = field(repr=False, hash=False)

    def span(self, start: int, end: int) -> Span:
        """The source range of ``text[start:end]``, half-open, in code points of the source.

        Takes ``0 <= start <= end <= len(text)``; an empty range gives an empty span at its place. Raises
        ``IndexError`` outside that.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"expected 0 <= start <= end <= {len(self.text)}; got {start}, {end}")
        if start == end:
            place = self.starts[start] if start < len(self.text) else self.source_length
            return Span(place, place)
        return Span(self.starts[start], self.ends[end - 1])

    def index(self, original_offset: int) -> int:
        """The place in ``text`` of a source offset: of the character that it lies in, or of the next one that was kept.

        Takes ``0 <= original_offset <= source_length``; leaves a value in ``[0, len(text)]``. Raises ``IndexError``
        outside that.
        """
        if not 0 <= original_offset <= self.source_length:
            raise IndexError(f"expected 0 <= offset <= {self.source_length}; got {original_offset}")
        return bisect_right(self.ends, original_offset)


def identity(text: str) -> Normalized:
    """``text`` as it is, with the map that changes nothing."""
    size = len(text)
    return Normalized(text, size, range(size), range(1, size + 1))


class _Builder:
    """Collects the offset map of a copy, run by run."""

    def __init__(self) -> None:
        self.starts = array("I")
        self.ends = array("I")
        self.at = 0

    def keep(self, until: int) -> None:
        """Source characters up to ``until`` stand one for one."""
        self.starts.extend(range(self.at, until))
        self.ends.extend(range(self.at + 1, until + 1))
        self.at = until

    def replace(self, until: int, size: int, attach: bool) -> None:
        """Source characters up to ``until`` became ``size`` characters; ``attach`` gives dropped ones to the last."""
        if size:
            self.starts.extend([self.at] * size)
            self.ends.extend([until] * size)
        elif attach and self.ends and self.ends[-1] == self.at:
            end, last = self.at, len(self.ends) - 1
            while last >= 0 and self.ends[last] == end:
                self.ends[last] = until
                last -= 1
        self.at = until


def apply_table(text: str, table: Table) -> Normalized:
    """``text`` through a character table, with its offset map. Linear in the length of ``text``."""
    copy = text.translate(table.mapping)
    build = _Builder()
    for match in table.resizing.finditer(text):
        start, end = match.span()
        build.keep(start)
        for offset in range(start, end):
            build.replace(offset + 1, len(table.changes[ord(text[offset])]), text[offset] in _ATTACHED)
    if not build.at:
        return Normalized(copy, len(text), range(len(text)), range(1, len(text) + 1))
    build.keep(len(text))
    return Normalized(copy, len(text), build.starts, build.ends)


def substitute(text: str, pattern: re.Pattern[str], became: Callable[[str], str]) -> Normalized:
    """``text`` with each match of ``pattern`` replaced, with its offset map."""
    build, parts = _Builder(), []
    for match in pattern.finditer(text):
        replacement = became(match.group())
        parts += [text[build.at : match.start()], replacement]
        build.keep(match.start())
        build.replace(match.end(), len(replacement), attach=True)
    if not parts:
        return identity(text)
    parts.append(text[build.at :])
    build.keep(len(text))
    return Normalized("".join(parts), len(text), build.starts, build.ends)


def compose(first: Normalized, second: Normalized) -> Normalized:
    """The map of ``second`` (made from ``first.text``) carried back to the source of ``first``."""
    starts, ends = first.starts, first.ends
    if isinstance(starts, range):
        return second
    if not isinstance(second.starts, range):
        starts = array("I", [first.starts[place] for place in second.starts])
        ends = array("I", [first.ends[place - 1] for place in second.ends])
    return Normalized(second.text, first.source_length, starts, ends)
