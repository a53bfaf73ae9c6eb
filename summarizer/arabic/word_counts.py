"""How often words stand in well-edited news, in the spelling they have there: a table of counts, read once."""

from __future__ import annotations

from functools import lru_cache

from summarizer.arabic.lexicon import sections
from summarizer.arabic.text.charsets import INVISIBLE, MARKS, TATWEEL
from summarizer.arabic.text.normalize import fold

_DROPPED = dict.fromkeys(map(ord, MARKS + INVISIBLE + TATWEEL))


def bare(word: str) -> str:
    """``word`` without vowel marks, tatweel and invisible characters: the form that is counted."""
    return word.translate(_DROPPED)


@lru_cache(maxsize=1)
def word_counts() -> dict[str, int]:
    """Every word of the table with the number of times it was counted; rarer words are not in it."""
    return _table("word_counts")


@lru_cache(maxsize=1)
def _rarer() -> dict[str, int]:
    return _table("rarer_words")


def _table(name: str) -> dict[str, int]:
    return {word: int(count) for count, rows in sections(name).items() for row in rows for word in row}


def form_count(word: str) -> int:
    """As :func:`count_of`, for a word without marks; rarer words are known too, down to those that stand 5 times."""
    return word_counts().get(word, 0) or _rarer().get(word, 0)


@lru_cache(maxsize=1)
def spellings() -> dict[str, tuple[str, ...]]:
    """Folded word to its spellings in the table, the commonest first."""
    found: dict[str, list[str]] = {}
    for word in word_counts():
        found.setdefault(fold(word), []).append(word)
    return {folded: tuple(words) for folded, words in found.items()}


def count_of(word: str) -> int:
    """How often ``word`` was counted as it is spelt, vowel marks aside; 0 when it is not in the table."""
    return word_counts().get(bare(word), 0)


def best_spelling(word: str) -> tuple[str, int]:
    """The commonest spelling of the letters of ``word`` and its count; the word itself and 0 when there is none."""
    words = spellings().get(fold(word))
    return (words[0], word_counts()[words[0]]) if words else (word, 0)
