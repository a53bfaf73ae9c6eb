"""When two Arabic words are taken for the same: light forms, and consonant skeletons for foreign names.

No dictionary and no root extraction: a word is matched by its folded spelling, by what is left once clitics and
common endings are taken off, and (names only) by consonants, since «غوغل» and «جوجل» are one company.
"""

from __future__ import annotations

from functools import lru_cache

from summarizer.arabic.normalize import fold
from summarizer.arabic.words import key, strip_clitics

#: Endings of nationality, plural and case that ``words.key`` keeps: «روسيا», «روسي», «الروسيون».
_ENDINGS = ("ييون", "يين", "يون", "يتين", "يات", "يان", "يه", "يا", "اء", "ي", "ا", "ه", "ت")
_MIN_STEM = 3
#: Prefixes of person and of the derived verb forms and their nouns; letters that come and go in inflection.
_DERIVATION = ("", "ي", "ت", "ن", "ا", "م", "است", "يست", "تست", "مست", "ان", "ين", "تن", "مت", "يت")
_WEAK = "اويهىءة"
_MIN_ROOT = 2
#: Latin pairs that one Arabic letter writes, before single letters.
_LATIN_PAIRS = {"sh": "ش", "ch": "ش", "th": "س", "ph": "ف", "kh": "خ", "gh": "ك", "ck": "ك", "wh": "", "qu": "ك"}
_LATIN = {
    **dict.fromkeys("bp", "ب"), **dict.fromkeys("ckqgj", "ك"), **dict.fromkeys("sz", "س"), **dict.fromkeys("dD", "د"),
    **dict.fromkeys("fv", "ف"), "t": "ت", "r": "ر", "l": "ل", "m": "م", "n": "ن", "x": "كس",
}  # fmt: skip
#: Arabic letters that writers choose between for one foreign sound, and vowels and glides, which are dropped.
_ARABIC = str.maketrans(
    {
        **dict.fromkeys("جغق", "ك"), **dict.fromkeys("طث", "ت"), **dict.fromkeys("صزذظ", "س"), "ض": "د",
        **dict.fromkeys("اويهءحع", ""),
    }
)  # fmt: skip


@lru_cache(maxsize=131072)
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


@lru_cache(maxsize=65536)
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


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of a folded word or a Latin name, in classes of sounds that transliteration mixes up."""
    folded = fold(word)
    if "a" <= folded[:1] <= "z":
        for pair, letter in _LATIN_PAIRS.items():
            folded = folded.replace(pair, letter)
        folded = "".join(_LATIN.get(letter, letter if letter > "z" else "") for letter in folded)
    else:
        folded = folded.translate(_ARABIC)
    return "".join(letter for place, letter in enumerate(folded) if letter != folded[place - 1 : place])


def near(one: str, other: str) -> bool:
    """True when two folded words differ by one letter added, dropped, changed or swapped with its neighbour."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
    return left[1:] == right if len(left) > len(right) else left == right[1:]
