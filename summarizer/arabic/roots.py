"""Wider matching than :mod:`summarizer.arabic.stems`: the forms that a word may stand for, and what may be its root.

No dictionary and no analysis: clitics and common endings are taken off, and for roots the weak letters.
"""

from __future__ import annotations

from functools import lru_cache

from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import key, strip_clitics

#: Endings of nationality, plural and case that ``words.key`` keeps: «روسيا», «روسي», «الروسيون».
_ENDINGS = ("ييون", "يين", "يون", "يتين", "يات", "يان", "يه", "يا", "اء", "ي", "ا", "ه", "ت")
_MIN_STEM = 3
#: Prefixes of person and of the derived verb forms and their nouns; letters that come and go in inflection.
_DERIVATION = ("", "ي", "ت", "ن", "ا", "م", "است", "يست", "تست", "مست", "ان", "ين", "تن", "مت", "يت")
_WEAK = "اويهىءة"
_MIN_ROOT = 2


@lru_cache(maxsize=32768)
def forms(word: str) -> frozenset[str]:
    """Every stem that ``word`` may stand for: two words match when their sets meet. Folded, three letters or more."""
    stems = strip_clitics(word)
    found = set(stems)
    for stem in stems:
        found.add(key(stem))
        found.update(_without_endings(stem))
    return frozenset(form for form in found if len(form) >= _MIN_STEM) or frozenset((fold(word),))


def _without_endings(stem: str) -> list[str]:
    """``stem`` without each ending it carries, as long as three letters stay."""
    return [stem[: -len(end)] for end in _ENDINGS if stem.endswith(end) and len(stem) - len(end) >= _MIN_STEM]


@lru_cache(maxsize=16384)
def roots(word: str) -> frozenset[str]:
    """What may be the root of ``word``: its consonants without weak letters and derivational prefixes, two or more.

    «يفوز» and «فاز» meet in «فز», «استقال» and «يستقيل» in «قل». Wide: for words of one sentence, or as weak evidence.
    """
    found = set()
    for stem in forms(word):
        for prefix in _DERIVATION:
            if stem.startswith(prefix):
                found.add("".join(letter for letter in stem[len(prefix) :] if letter not in _WEAK))
    return frozenset(root for root in found if len(root) >= _MIN_ROOT)


@lru_cache(maxsize=32768)
def bones(word: str) -> str:
    """The consonants of a word's key, one prefix of derivation off: «اعتقال», «معتقل» -> «عتقل»; "" under three.

    Joins derivations of one root more often than it confuses two roots; only shares of words are counted with it.
    """
    left = "".join(letter for letter in key(word) if letter not in "اويء")
    if left[:1] in ("م", "ت", "ن") and len(left) > 3:
        left = left[1:]
    return left if len(left) >= 3 else ""
