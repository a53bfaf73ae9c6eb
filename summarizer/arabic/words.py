"""Words: one tokenizer for length limits, matching and metrics, and the keys that words are matched by.

A token is a word, a number or an acronym; punctuation is never one. «4,5» and «3.14» are one token, so are «أ.ف.ب»,
``COVID-19`` and ``hespress.com``; «ب500» is two, because a clitic before digits is not part of the number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from summarizer.arabic.charsets import INVISIBLE, MARKS, TATWEEL, escape_class
from summarizer.arabic.lexicon import word_list
from summarizer.arabic.normalize import fold
from summarizer.schema import Span


class Word(NamedTuple):
    """One token: its text as it stands, and where."""

    text: str
    span: Span


_LETTER = r"[^\W\d_a-zA-Z\u0640]"
_INSIDE = f"[{escape_class(MARKS + INVISIBLE + TATWEEL)}]"
_ONE_LETTER = f"{_LETTER}(?:{_INSIDE}*+)"
_TOKEN = re.compile(
    r"[a-zA-Z][a-zA-Z0-9]*+(?:[.@_'’&-][a-zA-Z0-9]++)*+"  # Latin words, with what joins their parts
    r"|\d++(?:[.,٫٬،:/]\d++)*+(?:[a-zA-Z]++)?"  # numbers, clock times, dates, «4G»
    rf"|{_LETTER}\.{_LETTER}(?:\.{_LETTER})*+(?!{_LETTER})"  # acronyms
    rf"|{_LETTER}(?:{_INSIDE}*+{_LETTER})*+(?:{_INSIDE}*+)"
)


def tokenize(text: str) -> tuple[Word, ...]:
    """The words and numbers of ``text`` in order, with their spans in code points of ``text``. Linear time."""
    return tuple(Word(match.group(), Span(*match.span())) for match in _TOKEN.finditer(text))


def count_words(text: str) -> int:
    """How many tokens ``text`` has: the unit of every editorial limit."""
    return len(_TOKEN.findall(text))


def is_stopword(word: str) -> bool:
    """True for a function word, in any spelling, alone or behind «و» or «ف»."""
    folded, listed = fold(word), word_list("stopwords")
    return folded in listed or (folded[:1] in ("و", "ف") and folded[1:] in listed)


_PROCLITICS = re.compile("(?:[وف])?(?:ال|لل|[بكل](?:ال)?|س(?=[ايتن]))?")
_SUFFIXES = (
    "تهما",
    "تهم",
    "تها",
    "تين",
    "تان",
    "هما",
    "تنا",
    "ته",
    "هم",
    "ها",
    "هن",
    "نا",
    "ات",
    "ون",
    "ين",
    "ان",
    "وا",
    "يه",
    "ه",
    "ي",
)
_MIN_STEM = 3


def strip_clitics(word: str) -> frozenset[str]:
    """What may be left of a word once its proclitics are taken off: folded, at least three letters, itself included.

    «وبالرئيس» gives «وبالرييس», «بالرييس», «الرييس», «رييس»: candidates, not an analysis. Two words match when their
    sets meet.
    """
    return _strip(fold(word))


@lru_cache(maxsize=65536)
def _strip(word: str) -> frozenset[str]:
    found = {word}
    queue = [word]
    while queue:
        current = queue.pop()
        for prefix, stem in _one_less(current):
            if len(stem) >= (2 if prefix in ("ال", "لل") else _MIN_STEM) and stem not in found:
                found.add(stem)
                queue.append(stem)
    return frozenset(found)


def _one_less(word: str) -> list[tuple[str, str]]:
    """``word`` without its first proclitic, in each way it may be read, as (proclitic, rest)."""
    ways = []
    if word[:1] in ("و", "ف", "ب", "ك", "ل"):
        ways.append((word[0], word[1:]))
    if word.startswith("ال"):
        ways.append(("ال", word[2:]))
    if word.startswith("لل"):
        ways.append(("لل", word[2:]))
    if word[:1] == "س" and word[1:2] in ("ا", "ي", "ت", "ن"):
        ways.append(("س", word[1:]))
    return ways


def key(word: str) -> str:
    """The key that a word is matched by: folded, without article, proclitics and common suffixes."""
    return _key(fold(word))


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    match = _PROCLITICS.match(word)
    start = match.end() if match and len(word) - match.end() >= _MIN_STEM else 0
    stem = word[start:]
    for suffix in _SUFFIXES:
        if stem.endswith(suffix) and len(stem) - len(suffix) >= _MIN_STEM:
            return stem[: -len(suffix)]
    return stem


def content_keys(text: str) -> tuple[str, ...]:
    """The keys of the words of ``text`` that carry meaning: stop words left out, order and repetition kept."""
    return tuple(key(word.text) for word in tokenize(text) if not is_stopword(word.text))
