"""Quotations and brackets of one line, paired: where they open and close, and which stops they shelter.

Directed marks («» “” ‹› () []) pair by kind. The straight mark ``"`` and WordPress's «″» say nothing themselves: they
open after a blank and before ink, close after ink and before a blank or punctuation, and otherwise take the turn that
is due. A mark without a partner on its line pairs with nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from summarizer.arabic.text.charsets import BIDI_CONTROLS, ZERO_WIDTH
from summarizer.schema import Span

_PAIRS = {"«": "»", "“": "”", "„": "“", "‹": "›", "(": ")", "[": "]", "{": "}", "﴿": "﴾", "﴾": "﴿"}
_STRAIGHT = '"″'
_ANY_MARK = re.compile('[«»“”„‹›(){}\\[\\]﴾﴿"″]')
_INVISIBLE_MARKS = frozenset(BIDI_CONTROLS + ZERO_WIDTH)
_INSIDE_MARKS = re.compile(
    r"«([^«»]+)»|“([^“”]+)”|„([^„“”]+)[“”]|\"([^\"]+)\"|‹([^‹›]+)›|'{2}([^']+)'{2}|(?<!\w)'([^']+)'(?!\w)"
)
_MAX_OPEN = 16
_PUNCTUATION = ".,،؛;:!?؟…)]}»”"

MAX_SHELTER_CHARS = 160
"""A quotation or bracket up to this long (about 25 words) is never cut inside: half of it would print as an open
quotation. A longer one is a speech of several sentences and is cut at its stops."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One matched pair: offsets of the opening and of the closing mark, and whether it is a bracket."""

    start: int
    end: int
    bracket: bool


@dataclass(frozen=True, slots=True)
class Quotations:
    """The pairs of one line. ``closing`` maps the offset of a closing mark to its pair."""

    closing: dict[int, Pair]
    shelters: tuple[Pair, ...]
    shelter_starts: tuple[int, ...]

    def shelter(self, offset: int) -> Pair | None:
        """The widest short pair around ``offset``, or None."""
        place = bisect_right(self.shelter_starts, offset) - 1
        if place >= 0 and offset < self.shelters[place].end:
            return self.shelters[place]
        return None


def pair_quotations(text: str, start: int, end: int) -> Quotations:
    """The pairs in ``text[start:end]``, one line; offsets are those of ``text``. Linear time.

    At most sixteen marks are held open; an older one is taken to be a stray.
    """
    waiting: list[tuple[str, int]] = []
    closing: dict[int, Pair] = {}
    for match in _ANY_MARK.finditer(text, start, end):
        mark, offset = match.group(), match.start()
        if _opens(text, mark, offset, start, end, waiting):
            waiting.append((mark, offset))
            del waiting[:-_MAX_OPEN]
        else:
            _close(waiting, closing, mark, offset)
    shelters = _outermost(sorted(closing.values(), key=lambda pair: pair.start))
    return Quotations(closing, shelters, tuple(pair.start for pair in shelters))


def _opens(text: str, mark: str, offset: int, start: int, end: int, waiting: list[tuple[str, int]]) -> bool:
    if mark not in _STRAIGHT:
        return mark in _PAIRS and not (mark == "“" and waiting and waiting[-1][0] == "„")
    before, after = offset - 1, offset + 1
    while before >= start and text[before] in _INVISIBLE_MARKS and offset - before < 8:
        before -= 1
    while after < end and text[after] in _INVISIBLE_MARKS and after - offset < 8:
        after += 1
    blank_before = before < start or text[before].isspace() or text[before] in _PAIRS
    blank_after = after >= end or text[after].isspace() or text[after] in _PUNCTUATION
    if blank_before != blank_after:
        return blank_before
    return not any(opened in _STRAIGHT for opened, _ in waiting)


def _close(waiting: list[tuple[str, int]], closing: dict[int, Pair], mark: str, offset: int) -> None:
    """Pair ``mark`` with the last mark that it may close; what was opened since is stray."""
    for place in range(len(waiting) - 1, -1, -1):
        opened, at = waiting[place]
        if (
            _PAIRS.get(opened) == mark
            or (mark in _STRAIGHT and opened in _STRAIGHT + "“")
            or (mark == "”" and opened in _STRAIGHT)
        ):
            closing[offset] = Pair(at, offset, bracket=mark in ")]}")
            del waiting[place:]
            return


def _outermost(pairs: list[Pair]) -> tuple[Pair, ...]:
    """The short pairs that stand in no other short pair, in order."""
    kept: list[Pair] = []
    for pair in pairs:
        if pair.end - pair.start <= MAX_SHELTER_CHARS and not (kept and pair.end < kept[-1].end):
            kept.append(pair)
    return tuple(kept)


def find_quotes(text: str) -> tuple[Span, ...]:
    """The insides of every pair of quotation marks in ``text``, blank ones left out."""
    spans = (Span(*match.span(match.lastindex or 0)) for match in _INSIDE_MARKS.finditer(text))
    return tuple(span for span in spans if span.of(text).strip())
