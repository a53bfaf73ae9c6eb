"""How a line and the sentences that it was made from are alike: words kept in order, and words from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.arabic.words import content_keys, count_words, folded_words

OPENING_SENTENCES = 8
"""A headline or standfirst is looked for in so many."""
_SURE, _BETTER = 0.75, 0.15
"""A sentence with so much of the line is taken alone; two neighbours only if they have so much more of it."""


class Kept(NamedTuple):
    """Of the longest common subsequence of folded words: its share of the sentences, and of the line; 0 to 1."""

    of_sentences: float
    of_line: float


def kept(line: str, sentences: str) -> Kept:
    """How much of ``sentences`` a line keeps in order, and how much of the line that is."""
    ours, theirs = folded_words(line), folded_words(sentences)
    common = common_words(ours, theirs)
    return Kept(common / max(1, len(theirs)), common / max(1, len(ours)))


def common_words(a: Sequence[str], b: Sequence[str]) -> int:
    """Words of the longest common subsequence, in bits of one integer (Hyyrö 2004, as ``eval.metrics.lcs``)."""
    places: dict[str, int] = {}
    for place, word in enumerate(b):
        places[word] = places.get(word, 0) | 1 << place
    row = full = (1 << len(b)) - 1
    for word in a:
        step = row & places.get(word, 0)
        row = ((row + step) | (row - step)) & full
    return len(b) - row.bit_count()


def bearing(line: str, sentences: Sequence[str]) -> tuple[int, ...]:
    """Indices of the sentence, or of two neighbours, that have most of a headline's or standfirst's words in order."""
    opening = sentences[:OPENING_SENTENCES]
    share, first = max((kept(line, one).of_line, -index) for index, one in enumerate(opening))
    best = -first
    pairs = [at for at in (best - 1, best) if 0 <= at < len(opening) - 1]
    both = [(kept(line, f"{opening[at]} {opening[at + 1]}").of_line, -at) for at in pairs]
    if share < _SURE and both and max(both)[0] > share + _BETTER:
        at = -max(both)[1]
        return (at, at + 1)
    return (best,)


def strangers(line: str, article: str) -> int:
    """How many content words of the line the article does not have."""
    known = set(content_keys(article))
    return sum(key not in known for key in content_keys(line))


def bullet_manner(line: str, sentences: str) -> str:
    """How a bullet is written, by the share of its sentences that it keeps: see ``asks.MANNERS``."""
    share = kept(line, sentences).of_sentences
    return "near" if share >= 0.6 else "shorter" if share >= 0.4 else "shortest"


def headline_manner(line: str) -> str:
    """How a headline is written, by its words."""
    words = count_words(line)
    return "short" if words <= 7 else "middle" if words <= 10 else "long"
