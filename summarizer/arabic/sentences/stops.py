"""Does this stop end a sentence? One run of stops judged by what stands around it.

Only a window of 40 characters on each side is read, so that a whole text costs linear time whatever it contains.
Windows are folded first: vowel signs, tatweel, direction marks and spelling variants are out of the way.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from summarizer.arabic.sentences.full_stops import full_stop_ends, inside_address
from summarizer.arabic.sentences.openers import carries_on, opens_strongly
from summarizer.arabic.sentences.quotations import Pair
from summarizer.arabic.text.charsets import BIDI_CONTROLS, STOPS
from summarizer.arabic.text.normalize import fold_letters

WINDOW_CHARS = 40
_LONG_QUOTATION_CHARS = 30
_SPELLED_NAME_CHARS = 14
_CONTINUING = frozenset("،,؛;:)]»”/")
_CREDIT = re.compile(r"\([^()]{1,24}\)[\s.]*")  # «(رويترز)» at the end of a paragraph
_MARKER = re.compile(r"[\W_]*(?:\d{1,3}|[^\W\d_])?[\W_]*")


class Stop(NamedTuple):
    """One run of stops on a line, in offsets of ``text``.

    ``begin`` is where the sentence began, ``[start, end)`` the run itself, ``after`` where the text goes on behind the
    closing marks that belong to the run, ``limit`` the line's end, ``pair`` the outermost quotation or bracket closed.
    """

    text: str
    begin: int
    start: int
    end: int
    after: int
    limit: int
    pair: Pair | None

    @property
    def sign(self) -> str:
        """The run of stops."""
        return self.text[self.start : self.end]

    @property
    def is_ellipsis(self) -> bool:
        """True for «…» and for two dots or more, spaced or not."""
        return len(self.sign.strip("… .")) == 0 and self.sign != "."

    def before_window(self) -> str:
        """What stands before the run, within the sentence, folded."""
        return fold_letters(self.text[max(self.begin, self.start - WINDOW_CHARS) : self.start])

    def after_window(self) -> str:
        """What stands behind the run and its closing marks, folded, leading white space kept."""
        return fold_letters(self.text[self.after : min(self.limit, self.after + WINDOW_CHARS)])


def ends_sentence(stop: Stop) -> bool:
    """True when the sentence ends with this run of stops (and the closing marks behind it)."""
    before, after = stop.before_window(), stop.after_window()
    rest = after.lstrip()
    if not rest:
        return True
    if (
        rest[0] in _CONTINUING
        or _CREDIT.fullmatch(rest)
        or _only_a_marker(stop, before)
        or inside_address(before, after)
    ):
        return False
    if stop.pair is not None:
        return opens_strongly(rest) or _closes_a_sentence(stop, stop.pair, rest)
    if stop.is_ellipsis:
        return opens_strongly(rest)
    if stop.sign in (".", "۔"):
        return full_stop_ends(before, after)
    latin_name = before[-1:].isascii() and before[-1:].isalpha()  # «Yahoo!»
    return not latin_name or opens_strongly(rest)


def _only_a_marker(stop: Stop, before: str) -> bool:
    """True when nothing stands before the stop but a list marker («1.», «أ.») or punctuation."""
    return stop.start - stop.begin <= 12 and _MARKER.fullmatch(before) is not None


def _closes_a_sentence(stop: Stop, pair: Pair, rest: str) -> bool:
    """A stop inside a quotation or bracket that closes here: does the sentence around it end as well?"""
    outer = stop.text[stop.end : stop.after].rstrip(BIDI_CONTROLS)[-1] in STOPS
    if pair.bracket:  # «(...)» is a cut marked by the newsroom
        return not stop.is_ellipsis and (outer or not _has_word(stop.text, stop.begin, pair.start))
    if outer:
        return not stop.is_ellipsis
    if carries_on(rest, "attributions"):
        return False
    if stop.sign == "." and pair.end - pair.start <= _SPELLED_NAME_CHARS:  # «"آر. بي. جي."»
        return False
    led_in = stop.text[max(stop.begin, pair.start - 3) : pair.start].rstrip().endswith(":")
    return stop.sign == "." or (led_in and pair.end - pair.start > _LONG_QUOTATION_CHARS)


def _has_word(text: str, start: int, end: int) -> bool:
    return any(char.isalnum() for char in text[start : min(end, start + 64)])
