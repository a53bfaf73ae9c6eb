"""Does this stop end a sentence? One full stop, question mark or ellipsis judged by what stands around it.

Only a window of 40 characters on each side is read, so that a whole text costs linear time whatever it contains.
Windows are folded first: vowel signs, tatweel, direction marks and spelling variants are out of the way.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.normalize import LETTERS, fold
from summarizer.arabic.quotations import Pair

WINDOW_CHARS = 40
_LONG_QUOTATION_CHARS = 30
_CONTINUING = frozenset("،,؛;:)]}»”/")
_BARE_LETTERS = re.compile(r"[^\W\d_]+$")
_FIRST_WORDS = re.compile(r"[^\w]*([^\W\d_]+)(?:\s+([^\W\d_]+))?(?:\s+([^\W\d_]+))?")
_ACRONYM = re.compile(r"(?:^|[^\w.])(?:[وفبلك])?[^\W\d_](?:\.[^\W\d_])+$")
_MARKER = re.compile(r"[\W_]*(?:\d{1,3}|[^\W\d_])?[\W_]*")
_LISTED_NUMBER = re.compile(r"(?:^|[:؛،.)\-–]\s+|[^\W\d_])\d{1,2}$")
_AFTER_NUMBER = re.compile(r"\d\s*[(]?([^\W\d_]+(?:\.[^\W\d_])*)$")
_WORD_BEFORE_LETTER = re.compile(r"([^\W\d_]{2,})\s+[\"«(]?[^\W\d_][\"»)]?$")


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

    def before_window(self) -> str:
        """What stands before the run, within the sentence, folded."""
        return fold(self.text[max(self.begin, self.start - WINDOW_CHARS) : self.start], LETTERS)

    def after_window(self) -> str:
        """What stands behind the run and its closing marks, folded, leading white space kept."""
        return fold(self.text[self.after : min(self.limit, self.after + WINDOW_CHARS)], LETTERS)


def ends_sentence(stop: Stop) -> bool:
    """True when the sentence ends with this run of stops (and the closing marks behind it)."""
    before, after = stop.before_window(), stop.after_window()
    rest = after.lstrip()
    if not rest:
        return True
    if rest[0] in _CONTINUING or _only_a_marker(stop, before) or _inside_latin(before, after):
        return False
    if stop.pair is not None:
        return _after_closing(stop, stop.pair, rest)
    if "…" in stop.sign or ".." in stop.sign:
        return opens_strongly(rest)
    if stop.sign[-1] in ".۔":
        return _full_stop(before, after)
    latin_name = before[-1:].isascii() and before[-1:].isalpha()  # «Yahoo!»
    return not latin_name or opens_strongly(rest)


def _only_a_marker(stop: Stop, before: str) -> bool:
    """True when nothing stands before the stop but a list marker («1.», «أ.») or punctuation."""
    return stop.start - stop.begin <= 12 and _MARKER.fullmatch(before) is not None


def _inside_latin(before: str, after: str) -> bool:
    """True within addresses, file names and «U.S.»: ASCII on both sides, no white space."""
    last, first = before[-1:], after[0]
    return last.isascii() and last.isalpha() and first.isascii() and (first.isalnum() or first in "/_=&@#-")


def _after_closing(stop: Stop, pair: Pair, rest: str) -> bool:
    """A stop inside a quotation or bracket that closes here: does the sentence around it end as well?"""
    if opens_strongly(rest):
        return True
    introduced = _has_word(stop.text, stop.begin, pair.start)
    if pair.bracket:
        return not introduced or stop.text[stop.after - 1] in ".؟!"
    if stop.text[stop.after - 1] in ".؟!…":
        return ".." not in stop.sign
    if _first_words(rest)[:1] and _first_words(rest)[0] in word_list("openers", "attributions"):
        return False
    if stop.sign == ".":
        return True
    led_in = stop.text[max(stop.begin, pair.start - 3) : pair.start].rstrip().endswith(":")
    return led_in and pair.end - pair.start > _LONG_QUOTATION_CHARS


def _has_word(text: str, start: int, end: int) -> bool:
    return any(char.isalnum() for char in text[start : min(end, start + 64)])


def _full_stop(before: str, after: str) -> bool:
    """A single full stop with no closing mark behind it."""
    glued = not after[0].isspace()
    if before[-1:].isdigit():
        return _after_number(before, after, glued)
    token = _BARE_LETTERS.search(before)
    if token is None:
        return True
    word = token.group()
    if word.isascii():
        return _after_latin(word, after)
    if len(word) == 1 or word in word_list("abbreviations", "units"):
        return _after_short(word, before, after, glued)
    if word in word_list("abbreviations", "titles"):
        return opens_strongly(after)
    return not (glued and after[0].isdigit() and len(word) < 3)


def _after_number(before: str, after: str, glued: bool) -> bool:
    if glued and after[0].isdigit():
        return False
    return _LISTED_NUMBER.search(before) is None


def _after_latin(word: str, after: str) -> bool:
    """Behind a Latin word: initials and «Dr.» carry on unless a new sentence plainly opens."""
    if len(word) == 1 or word.lower() in word_list("abbreviations", "latin"):
        return opens_strongly(after)
    return True


def _after_short(word: str, before: str, after: str, glued: bool) -> bool:
    """Behind a single letter or a unit: a title or initial carries on, a unit after a number may end the sentence."""
    rest = after.lstrip()
    if _AFTER_NUMBER.search(before):
        first = _first_words(rest)
        return not rest[0].isdigit() and not (first and first[0] in word_list("openers", "carries_on"))
    if len(word) > 1:
        return True
    labelled = _WORD_BEFORE_LETTER.search(before)
    if labelled and labelled.group(1) in word_list("abbreviations", "labels"):
        return True
    return not glued and opens_strongly(rest)


def _first_words(text: str) -> tuple[str, ...]:
    match = _FIRST_WORDS.match(text)
    return tuple(word for word in match.groups() if word) if match else ()


def opens_strongly(text: str) -> bool:
    """True when folded ``text`` opens as only a new sentence does: «وقال», «وأضافت», «من جهته», «يذكر أن»."""
    words = _first_words(text)
    if not words:
        return False
    if words[0] in _verbs("verbs"):
        return True
    phrases = word_list("openers", "phrases")
    starts = [" ".join(words[:size]) for size in (1, 2, 3)]
    return any(start in phrases or start.removeprefix("و") in phrases for start in starts)


@lru_cache(maxsize=4)
def _verbs(section: str) -> frozenset[str]:
    """The verbs of ``section`` behind «و» with their endings; the defective ones («نفى») lose their last letter."""
    found: set[str] = set()
    for verb in word_list("openers", section):
        stems = {verb, verb[:-1]} if verb[-1] in "يا" else {verb}
        found.update("و" + stem + ending for stem in stems for ending in ("ت", "وا", "تا", "ا"))
        found.add("و" + verb)
    return frozenset(found)


def reporting_words() -> frozenset[str]:
    """«وقال», «وأضافت» and their like: folded words at which a sentence without stops may be cut."""
    return _verbs("reporting")
