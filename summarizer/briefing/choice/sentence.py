"""A sentence as it is counted: its words, folded words, keys, and how often the words stand in well-edited news."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from summarizer.arabic.text.normalize import fold
from summarizer.arabic.word_counts import bare, best_spelling, count_of
from summarizer.arabic.words import is_stopword, key, tokenize

#: The tokens after these are not counted: a sentence is judged by its beginning, and time stays bounded.
MAX_WORDS = 120


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. ``words`` as written, ``folded`` alike; ``keys`` of content words, "" for the others; ``counts`` of
    Arabic words in the table, -1 for what is not Arabic letters; ``oddness`` the natural logarithm of how much commoner
    another spelling is, 0 for the commonest.
    """

    text: str
    words: tuple[str, ...]
    folded: tuple[str, ...]
    keys: tuple[str, ...]
    counts: tuple[int, ...]
    oddness: tuple[float, ...]

    key_set: frozenset[str] = field(init=False)
    """The keys of its content words."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key_set", frozenset(k for k in self.keys if k))


def read(text: str) -> Sentence:
    """The counted form of ``text``; at most ``MAX_WORDS`` words of it."""
    words = tuple(bare(word.text) for word in tokenize(text)[:MAX_WORDS])
    keys = tuple("" if is_stopword(word) else key(word) for word in words)
    counts = tuple(count_of(word) if "\u0621" <= word[0] <= "\u064a" else -1 for word in words)
    odd = tuple(_oddness(word, count) for word, count in zip(words, counts, strict=True))
    return Sentence(text, words, tuple(map(fold, words)), keys, counts, odd)


def _oddness(word: str, count: int) -> float:
    best = best_spelling(word)[1] if count >= 0 else 0
    return math.log(best / max(1, count)) if best else 0.0


def read_all(texts: Sequence[str]) -> list[Sentence]:
    """``read`` of each."""
    return [read(text) for text in texts]
