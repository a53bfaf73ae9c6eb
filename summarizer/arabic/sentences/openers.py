"""How sentences of news open: «وقال», «وأضافت», «من جهته», «يذكر أن». Lists in ``data/openers.txt``.

Every function takes text folded by ``normalize.fold_letters`` unless it says otherwise.
"""

from __future__ import annotations

import re
from functools import lru_cache

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.text.normalize import fold_letters

_FIRST_WORDS = re.compile(r"[^\w]*([^\W\d_]+)(?:\s+([^\W\d_]+))?(?:\s+([^\W\d_]+))?")


def first_words(text: str) -> tuple[str, ...]:
    """The first words of ``text``, three at most, without the punctuation before them."""
    match = _FIRST_WORDS.match(text)
    return tuple(word for word in match.groups() if word) if match else ()


def opens_strongly(text: str) -> bool:
    """True when ``text`` opens as only a new sentence does."""
    words = first_words(text)
    if not words:
        return False
    return words[0] in _verbs("verbs") or _begins(words, "phrases") or _begins(words, "cutting")


def cuts_before(text: str) -> bool:
    """True when a run without stops may be cut before ``text``.

    Narrower than :func:`opens_strongly`: «ونقل» and «وكتب» may be nouns in a list («تخزين ونقل»).
    """
    words = first_words(text)
    return bool(words) and (words[0] in _verbs("reporting") or _begins(words, "cutting"))


@lru_cache(maxsize=8192)
def may_cut_before(word: str) -> bool:
    """True when ``word``, as published, may be the first of an opening that :func:`cuts_before` knows."""
    return fold_letters(word).strip(".,،:؛") in _first_of_cutting()


def carries_on(text: str, section: str) -> bool:
    """True when ``text`` opens with an entry of a section of ``data/openers.txt`` that continues a sentence."""
    listed = word_list("openers", section)
    return any(start in listed for start in _starts(first_words(text)))


def _begins(words: tuple[str, ...], section: str) -> bool:
    phrases = word_list("openers", section)
    return any(start in phrases or start.removeprefix("و") in phrases for start in _starts(words))


def _starts(words: tuple[str, ...]) -> list[str]:
    return [" ".join(words[:size]) for size in range(1, len(words) + 1)]


@lru_cache(maxsize=1)
def _first_of_cutting() -> frozenset[str]:
    firsts = {phrase.split()[0] for phrase in word_list("openers", "cutting")}
    return _verbs("reporting") | firsts | {"و" + first for first in firsts}


@lru_cache(maxsize=4)
def _verbs(section: str) -> frozenset[str]:
    """The verbs of ``section`` behind «و» with their endings; the defective ones («نفى») lose their last letter."""
    found: set[str] = set()
    for verb in word_list("openers", section):
        stems = {verb, verb[:-1]} if verb[-1] in "يا" else {verb}
        found.update("و" + stem + ending for stem in stems for ending in ("ت", "وا", "تا", "ا"))
        found.add("و" + verb)
    return frozenset(found)
