"""Words: one tokenizer for length limits, matching and metrics, and the keys that words are matched by.

A token is a word, a number or an acronym; punctuation is never one. «4,5» and «3.14» are one token, so are «أ.ف.ب»,
``COVID-19`` and ``hespress.com``; «ب500» is two, because a clitic before digits is not part of the number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.stems import key, strip_clitics
from summarizer.arabic.text.charsets import INVISIBLE, MARKS, TATWEEL, escape_class
from summarizer.arabic.text.normalize import fold
from summarizer.schema import Span

__all__ = ["Word", "content_keys", "count_words", "folded_words", "is_stopword", "key", "strip_clitics", "tokenize"]


class Word(NamedTuple):
    """One token: its text as it stands, and where."""

    text: str
    span: Span


_LATIN = "a-zA-Z\u00c0-\u024f"
_UNSEEN_LETTERS = "\u115f\u1160\u3164\uffa0"
"""Fillers that Unicode counts among the letters and that have no ink: no word is made of them."""
_LETTER = rf"[^\W\d_{_LATIN}\u0640{_UNSEEN_LETTERS}]"
_INSIDE = f"[{escape_class(MARKS + INVISIBLE + TATWEEL)}]"
# What joins two parts is looked at before it is taken: Python before 3.11.5 keeps what a possessive group had read
# when it failed (python/cpython issue 106052), «2018،» for «2018».
_TOKEN = re.compile(
    rf"[{_LATIN}][{_LATIN}0-9]*+(?:(?=[.@_'’&-][{_LATIN}0-9])[.@_'’&-][{_LATIN}0-9]++)*+"  # Latin words
    r"|\d++(?:(?=[.,٫٬،:/]\d)[.,٫٬،:/]\d++)*+(?:[a-zA-Z]++)?"  # numbers, clock times, dates, «4G»
    rf"|{_LETTER}\.{_LETTER}(?:(?=\.{_LETTER})\.{_LETTER})*+(?!{_LETTER})"  # acronyms
    rf"|{_LETTER}(?:{_INSIDE}*+{_LETTER})*+(?:{_INSIDE}*+)"
)


_REMEMBERED_CHARS = 1_000
"""Sentences and candidates are asked for again and again while one article is briefed: these are remembered. Longer
texts are not, so that memory stays small."""


def tokenize(text: str) -> tuple[Word, ...]:
    """The words and numbers of ``text`` in order, with their spans in code points of ``text``. Linear time."""
    return _remembered(text) if len(text) <= _REMEMBERED_CHARS else _scan(text)


def _scan(text: str) -> tuple[Word, ...]:
    return tuple([Word(match[0], Span(*match.span())) for match in _TOKEN.finditer(text)])


_remembered = lru_cache(maxsize=512)(_scan)


def folded_words(text: str) -> list[str]:
    """The tokens of ``text`` in order, each folded: what is compared where spelling may differ."""
    return [fold(word.text) for word in tokenize(text)]


def count_words(text: str) -> int:
    """How many tokens ``text`` has: the unit of every editorial limit."""
    return len(_remembered(text)) if len(text) <= _REMEMBERED_CHARS else len(_TOKEN.findall(text))


@lru_cache(maxsize=32768)
def is_stopword(word: str) -> bool:
    """True for a function word, in any spelling, alone or behind «و» or «ف»."""
    folded, listed = fold(word), word_list("stopwords")
    return folded in listed or (folded[:1] in ("و", "ف") and folded[1:] in listed)


def content_keys(text: str) -> tuple[str, ...]:
    """The keys of the words of ``text`` that carry meaning: stop words left out, order and repetition kept."""
    return _remembered_keys(text) if len(text) <= _REMEMBERED_CHARS else _keys(text)


def _keys(text: str) -> tuple[str, ...]:
    return tuple([key(word.text) for word in tokenize(text) if not is_stopword(word.text)])


_remembered_keys = lru_cache(maxsize=512)(_keys)
