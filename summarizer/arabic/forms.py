"""Wider matching than :mod:`summarizer.arabic.stems`: what a word may be a form of, its root, its sound.

No dictionary and no analysis: clitics and common endings are taken off, and for roots the weak letters. Only names are
matched by their consonants or one letter apart, since «غوغل» and «جوجل» are one company; other words by form or root.
"""

from __future__ import annotations

from functools import lru_cache

from summarizer.arabic.lexicon import entries
from summarizer.arabic.stems import MIN_STEM
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import key, strip_clitics

#: Endings of nationality, plural and case that ``words.key`` keeps: «روسيا», «روسي», «الروسيون».
_KIND_ENDINGS = entries("affixes", "kinds")
#: Prefixes of person and of the derived verb forms and their nouns; letters that come and go in inflection.
_DERIVATION = ("", *entries("affixes", "derivation"))
_WEAK = "اويهىءة"
_MIN_ROOT = 2
#: For ``stems_of``, endings that may follow a stem: pronouns on nouns and verbs, then number, gender and person.
_PRONOUN_ENDINGS = entries("affixes", "pronouns")
_NUMBER_ENDINGS = entries("affixes", "numbers")
_PERSONS = entries("affixes", "persons")
_DERIVED = entries("affixes", "derived verbs")
#: Latin pairs that one Arabic letter writes, before single letters.
_LATIN_PAIRS = {"sh": "ش", "ch": "ش", "th": "س", "ph": "ف", "kh": "خ", "gh": "ك", "ck": "ك", "wh": "", "qu": "ك"}
_LATIN_SOUNDS = {
    **dict.fromkeys("bp", "ب"), **dict.fromkeys("ckqgj", "ك"), **dict.fromkeys("sz", "س"), **dict.fromkeys("dD", "د"),
    **dict.fromkeys("fv", "ف"), "t": "ت", "r": "ر", "l": "ل", "m": "م", "n": "ن", "x": "كس",
}  # fmt: skip
#: Arabic letters that writers choose between for one foreign sound, and vowels and glides, which are dropped.
_ARABIC_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("جغق", "ك"), **dict.fromkeys("طث", "ت"), **dict.fromkeys("صزذظ", "س"), "ض": "د",
        **dict.fromkeys("اويهءحع", ""),
    }
)  # fmt: skip


@lru_cache(maxsize=32768)
def forms(word: str) -> frozenset[str]:
    """Every stem that ``word`` may stand for: two words match when their sets meet. Folded, three letters or more."""
    stems = strip_clitics(word)
    found = set(stems)
    for stem in stems:
        found.add(key(stem))
        found.update(_without_endings(stem))
    return frozenset(form for form in found if len(form) >= MIN_STEM) or frozenset((fold(word),))


def _without_endings(stem: str) -> list[str]:
    """``stem`` without each ending it carries, as long as three letters stay."""
    return [stem[: -len(end)] for end in _KIND_ENDINGS if stem.endswith(end) and len(stem) - len(end) >= MIN_STEM]


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


def stems_of(word: str) -> frozenset[str]:
    """Keys of what ``word`` may be a form of; wider than ``forms``, too wide for matching two words."""
    light = forms(word)
    found = set(light)
    for stem in light:
        for bare in _cut(stem, _PRONOUN_ENDINGS):
            found.add(bare)
            found.update(_cut(bare, _NUMBER_ENDINGS))
            found.update(bare[:-1] + ending for ending in ("ه", "ي") if bare.endswith("ت"))
        found.update(_cut(stem, _NUMBER_ENDINGS))
    keys = {key(stem) for stem in found}
    verbs = {verb for stem in found for verb in _verb_stems(stem)}
    return frozenset(found | keys | verbs)


def _cut(stem: str, endings: tuple[str, ...]) -> list[str]:
    return [stem[: -len(end)] for end in endings if stem.endswith(end) and len(stem) - len(end) >= 3]


def _verb_stems(stem: str) -> list[str]:
    """The stem in other persons and without its prefix: «نرغب», «يرغب», «رغب»."""
    found: list[str] = []
    if len(stem) >= 4 and stem[0] in _PERSONS:
        found += [stem[1:], *(person + stem[1:] for person in _PERSONS)]
        if stem[0] != "ا":
            found.append(stem[1] + "ا" + stem[2:])
    for prefix in _DERIVED:
        if stem.startswith(prefix) and len(stem) - len(prefix) >= 3:
            found.append(stem[len(prefix) :])
    return found


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """The consonants of a folded word or a Latin name, in classes of sounds that transliteration mixes up."""
    folded = fold(word)
    if "a" <= folded[:1] <= "z":
        for pair, letter in _LATIN_PAIRS.items():
            folded = folded.replace(pair, letter)
        folded = "".join(_LATIN_SOUNDS.get(letter, letter if letter > "z" else "") for letter in folded)
    else:
        folded = folded.translate(_ARABIC_SOUNDS)
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
