"""Light stems: what words are matched by. Proclitics (و ف ب ل ك ال س), endings and spelling are taken off.

This is matching, not morphology: a key need not be a word, it need only be the same for the forms of one word and
different for others. Proclitics go first, unless what stands before the endings is one of ``data/radicals.txt``, where
the first letter belongs to the word («وزير», «فريق», «بيان»); then endings, to the shortest stem of three letters.
"""

from __future__ import annotations

from functools import lru_cache

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.text.normalize import fold

MIN_STEM = 3
_ENDINGS: tuple[tuple[str, int], ...] = (
    *((ending, 3) for ending in ("تهما", "تهم", "تهن", "تها", "تنا", "تين", "تان", "هما", "كما")),
    *((ending, 3) for ending in ("ته", "هم", "هن", "ها", "كم", "نا", "ات", "ون", "ين", "وا", "يه")),
    ("ان", 4),
    ("ت", 3),
    ("ه", 3),
    ("ي", 3),
    ("ا", 3),
)
"""Endings, longest first, and how many letters must remain: «ان» ends many short names («لبنان»)."""

_CONJUNCTIONS, _JOINED_PREPOSITIONS = "وف", "بلك"
_FUTURE = "س"
_PERSON_PREFIXES = "ايتن"
_ARTICLES = ("ال", "لل")


def strip_clitics(word: str) -> frozenset[str]:
    """What may be left of a word once its proclitics are taken off: folded, at least three letters, itself included.

    «وبالرئيس» gives «وبالرييس», «بالرييس», «الرييس», «رييس»: candidates, not an analysis. Two words match when their
    sets meet.
    """
    return _candidates(fold(word))


@lru_cache(maxsize=16384)
def _candidates(word: str) -> frozenset[str]:
    found, queue = {word}, [word]
    while queue:
        for stem in _without_first(queue.pop()):
            if stem not in found:
                found.add(stem)
                queue.append(stem)
    return frozenset(found)


def _without_first(word: str) -> list[str]:
    """``word`` without its first proclitic, in each way it may be read; two letters may follow the article."""
    ways = [word[2:]] if word.startswith(_ARTICLES) and len(word) > MIN_STEM else []
    single = word[:1] and (word[0] in _CONJUNCTIONS + _JOINED_PREPOSITIONS or _is_future(word))
    if single and len(word) > MIN_STEM:
        ways.append(word[1:])
    return ways


def _is_future(word: str) -> bool:
    return word[:1] == _FUTURE and word[1:2] != "" and word[1] in _PERSON_PREFIXES


def key(word: str) -> str:
    """The key that a word is matched by: folded, without proclitics, article and endings.

    «الجهاديين», «وجهادي» and «للجهاد» have one key, «سوريا», «السورية» and «سوريين» another. Two to three letters at
    least are left; a word that has fewer is its own key.
    """
    return _key(fold(word))


@lru_cache(maxsize=32768)
def _key(word: str) -> str:
    stem = word
    for proclitics in (_CONJUNCTIONS, _JOINED_PREPOSITIONS):
        if stem[:1] and stem[0] in proclitics and _may_lose_first(stem) and not stem.startswith("لل"):
            stem = stem[1:]
    if stem.startswith("لل") and _is_radical(stem[1:]):  # «للاعب» is «ل» and «لاعب»
        stem = stem[1:]
    elif stem.startswith(_ARTICLES) and len(stem) > MIN_STEM and not _is_radical(stem):
        stem = stem[2:]
    elif _is_future(stem) and _may_lose_first(stem):
        stem = stem[1:]
    return _without_endings(stem)


def _may_lose_first(stem: str) -> bool:
    """True when the first letter may be a proclitic: enough is left, and the stem is not known to begin with it."""
    return len(_without_endings(stem)) > MIN_STEM and not _is_radical(stem)


def _is_radical(stem: str) -> bool:
    bare = _without_endings(stem)
    return bare in word_list("radicals") or bare in word_list("radicals", "whole")


@lru_cache(maxsize=32768)
def _without_endings(word: str) -> str:
    """``word`` without its endings, one after another, to a stem that has none left."""
    whole = word_list("radicals", "whole")
    if word in whole:
        return word
    for ending, _ in _ENDINGS:
        if word.endswith(ending) and word[: -len(ending)] in whole:
            return word[: -len(ending)]
    for ending, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return _without_endings(word[: -len(ending)])
    return word
