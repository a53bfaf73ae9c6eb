"""The full stop: the end of a sentence, or part of a number, a title, an acronym, an initial, an address.

Lists in ``data/abbreviations.txt``. Windows are folded by ``normalize.fold_letters``: «هـ» is read as «ه».
"""

from __future__ import annotations

import re

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.sentences.openers import carries_on, opens_strongly

_DOMAIN_END = re.compile(r"(?:com|net|org|info|gov|edu|tv)\b")
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_LEADING_LETTERS = re.compile(r"\s?[^\W\d_]+")
_LISTED_NUMBER = re.compile(r"(?:^|[:؛،.)\-–]\s+)\d{1,2}$")
_NUMBERED_GLUE = re.compile(r"[^\W\d_]\d{1,2}$")
_AFTER_NUMBER = re.compile(r"\d\s*\(?([^\W\d_]+(?:\.[^\W\d_])*)$")
_WORD_BEFORE_LETTER = re.compile(r"([^\W\d_]{2,})\s+[\"«(]?[^\W\d_][\"»)]?$")


def inside_address(before: str, after: str) -> bool:
    """True within addresses, file names and «U.S.»: ASCII on both sides, no white space."""
    last, first = before[-1:], after[:1]
    if _DOMAIN_END.match(after) and before.rstrip()[-1:].isascii():  # «GameSpot .com», as some archives print it
        return True
    return last.isascii() and last.isalpha() and first.isascii() and (first.isalnum() or first in tuple("/_=&@#-"))


def full_stop_ends(before: str, after: str) -> bool:
    """True when a single full stop between two windows ends a sentence; no closing mark stands behind it.

    ``after`` keeps its leading white space: without any, the next word is glued to the stop.
    """
    before = before.rstrip()
    if before[-1:].isdigit():
        return _after_number(before, after)
    token = _LAST_LETTERS.search(before)
    if token is None:
        return True
    word = token.group()
    if word.isascii():
        return _after_latin(word, after)
    return not _spells_on(word, after) and _after_arabic(word, before, after)


def _after_number(before: str, after: str) -> bool:
    glued = not after[:1].isspace()
    if glued and after[:1].isdigit():  # also «62 .0», as some archives print decimals
        return False
    return _LISTED_NUMBER.search(before) is None and not (glued and _NUMBERED_GLUE.search(before))


def _after_latin(word: str, after: str) -> bool:
    """Behind a Latin word: initials and «Dr.» carry on unless a new sentence plainly opens."""
    if len(word) == 1 or word.lower() in word_list("abbreviations", "latin"):
        return opens_strongly(after)
    return True


def _spells_on(word: str, after: str) -> bool:
    """True inside an acronym: «أ.ف.ب», «بي.بي.سي» with spelled Latin letters, «أنسيستري.كوم»."""
    following = _LEADING_LETTERS.match(after)
    if following is None:
        return False
    letters, glued = following.group().lstrip(), not after[:1].isspace()
    if glued and (letters in word_list("abbreviations", "domains") or len(word) == len(letters) == 1):
        return True
    spelled = word_list("abbreviations", "letters")
    return word in spelled and letters in spelled


def _after_arabic(word: str, before: str, after: str) -> bool:
    if len(word) == 1 or word in word_list("abbreviations", "units"):
        return _after_short(word, before, after)
    if word in word_list("abbreviations", "titles"):
        return opens_strongly(after)
    return not (len(word) < 3 and after[:1].isdigit())


def _after_short(word: str, before: str, after: str) -> bool:
    """Behind a single letter or a unit: a title or initial carries on, a unit after a number may end the sentence."""
    if _AFTER_NUMBER.search(before):
        return not after.lstrip()[:1].isdigit() and not carries_on(after, "carries_on")
    if len(word) > 1:
        return True
    labelled = _WORD_BEFORE_LETTER.search(before)
    if labelled and labelled.group(1) in word_list("abbreviations", "labels"):
        return True
    return after[:1].isspace() and opens_strongly(after)
