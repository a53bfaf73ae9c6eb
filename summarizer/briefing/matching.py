"""When two Arabic words are taken for the same name: consonant skeletons, and spellings one letter apart.

Only names are matched so loosely, since «غوغل» and «جوجل» are one company; other words by ``arabic.roots``.
"""

from __future__ import annotations

from functools import lru_cache

from summarizer.arabic.text.normalize import fold

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


@lru_cache(maxsize=16384)
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
