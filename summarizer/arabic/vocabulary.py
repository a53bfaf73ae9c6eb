"""Which words are common and which are names: two lists of ``data``, read once.

There is no part-of-speech tagger here. A word that is on neither list and is no light inflection of a common word is
taken for a name: in news, what a frequency list does not know is nearly always a person, a place or a brand.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from summarizer.arabic.forms import forms, stems_of
from summarizer.arabic.lexicon import entries, rows, sections, word_list
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import is_stopword, strip_clitics

#: log2 of the number of articles that a word on no list is taken to stand in: rarer than all that are.
UNKNOWN_FREQUENCY = 2


#: A word is an unusual form of a common word only if that word stands in at least 2 to this power of articles.
_MIN_STEM_LEVEL = 5


#: Verbs that show it by both ends, folded: «يفتتحون», «ستقتادها». Hardly a name looks so.
CONJUGATED = re.compile(r"[وف]?[سل]?(?:ي\w{2,}(?:ون|وا)|[يت]\w{2,}(?:ها|هم|هن))$")


class Lexicon(NamedTuple):
    """``frequency``: key of a common word to log2 of its document frequency; ``names``: folded names;
    ``country``: folded name or adjective of a country to its line's first word; ``words``: never names.
    """

    frequency: dict[str, int]
    names: frozenset[str]
    country: dict[str, str]
    words: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Both lists, read from the package once (about 20 ms)."""
    frequency = {
        word: int(level)
        for level in sections("common_words")
        if level != "names"
        for word in entries("common_words", level)
    }
    countries = rows("names", "countries")
    return Lexicon(
        frequency,
        word_list("names", "names") | frozenset(entries("common_words", "names")),
        {fold(name): fold(first) for first, *others in countries for name in (first, *others)},
        word_list("names", "words"),
    )


@lru_cache(maxsize=16384)
def country_of(word: str) -> str:
    """The country that ``word`` names or is the adjective of («السعوديون» gives «السعوديه»); "" for any other word."""
    table = lexicon().country
    for stem in sorted(strip_clitics(word), key=len, reverse=True):
        for ending in ("", "ه", "ين", "ون", "ان", "تين", "ات"):
            bare = stem.removesuffix(ending) if ending else stem
            if bare in table:
                return table[bare]
            if ending and bare + "ي" in table:
                return table[bare + "ي"]
    return ""


@lru_cache(maxsize=16384)
def is_name(word: str) -> bool:
    """True when ``word`` looks like a name: Latin, listed, or on no list of common words in any light form."""
    folded = fold(word)
    if "a" <= folded[:1] <= "z":
        return True
    if len(folded) < 3 or is_stopword(word) or not folded.isalpha():
        return False
    lists = lexicon()
    stems = strip_clitics(word)
    if not stems.isdisjoint(lists.words):
        return False
    if not stems.isdisjoint(lists.names) or country_of(word):
        return True
    # ``isdisjoint`` would walk through the whole dictionary.
    if CONJUGATED.match(folded) or any(form in lists.frequency for form in forms(word)):
        return False
    return all(lists.frequency.get(stem, 0) < _MIN_STEM_LEVEL for stem in stems_of(word))


def is_common(word: str) -> bool:
    """True when a form of ``word`` is on the list of common words."""
    return any(form in lexicon().frequency for form in forms(word))


@lru_cache(maxsize=16384)
def rarity(word: str) -> float:
    """How much a word tells: 17 minus log2 of the number of articles (of 123,500) it stands in; at most 15."""
    found = [level for form in forms(word) if (level := lexicon().frequency.get(form)) is not None]
    level = UNKNOWN_FREQUENCY if is_name(word) or not found else max(found)
    return 17.0 - level
