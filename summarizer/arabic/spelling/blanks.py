"""Blanks that were lost («السعوديةخلال») or do not belong («و الفرنسي»): by the counts of whole words alone.

Those that a model loses before a Latin word («شركةMacallan») are put back as the text that it wrote about has them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from summarizer.arabic.vocabulary import country_of, is_common, is_name
from summarizer.arabic.word_counts import count_of, word_counts

_LEAST_CHARS = 10
"""Shorter ones are too often a word with its endings, or a name («وطالبوهما», «كونتيليون»)."""
_LEAST_HALF = 4
_SEEN_HALF = 3
_LEAST_COUNT = 100
_SCRIPTS_MEET = re.compile(r"(?<![^\W\d_])([\u0621-\u064a]+)([A-Za-z][A-Za-z0-9]*)")


@lru_cache(maxsize=4096)
def part(word: str) -> tuple[str, str] | None:
    """The two common words that ``word`` is fused of; None for a word that is one, a name, or fused of who knows what.

    The word is not in the table of counts and no form of a common word, its halves are in the table, and there is no
    other way to part it.
    """
    if len(word) < _LEAST_CHARS or count_of(word) or is_common(word):
        return None
    ways = [way for way in _ways(word, _SEEN_HALF) if min(map(count_of, way)) >= _LEAST_COUNT]
    if (
        len(ways) != 1
        or min(map(len, ways[0])) < _LEAST_HALF
        or any(map(_is_people, ways[0]))
        or ways[0][0] in _fusing()
    ):
        return None
    return ways[0]


def _is_people(word: str) -> bool:
    return is_name(word) and not country_of(word)


def _ways(word: str, least: int) -> list[tuple[str, str]]:
    return [(word[:place], word[place:]) for place in range(least, len(word) - least + 1)]


@cache
def _fusing() -> frozenset[str]:
    """First halves that common words of the table are fused of, names above all: «عبد», «وعبد»."""
    table = word_counts()
    return frozenset(
        first for word in table for first, second in _ways(word, _SEEN_HALF) if first in table and second in table
    )


@lru_cache(maxsize=4096)
def join(first: str, second: str) -> str | None:
    """The one word that «و» and the word behind a blank should be, when the table knows it; None otherwise."""
    return first + second if first == "و" and len(second) >= _SEEN_HALF and count_of(first + second) else None


def part_scripts(line: str, source: str) -> str:
    """``line`` with a blank between an Arabic and a Latin word where ``source`` has these two with one."""

    def parted(match: re.Match[str]) -> str:
        apart = f"{match[1]} {match[2]}"
        return apart if apart in source else match[0]

    return _SCRIPTS_MEET.sub(parted, line)
