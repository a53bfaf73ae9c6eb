"""What is counted of a doubted word and a form that may be meant."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from summarizer.arabic.vocabulary import is_common, is_name
from summarizer.briefing.slips.doubts import KINDS, Doubt, Meant

VERSION = 1
"""Raised whenever a feature changes: weights of another version are refused."""


_SAME_SHAPE = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "هة", "اأإآ", "ىي", "وؤ", "يئ")
"""Letters that differ by their dots or marks alone."""
_KEYS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤر ىةوزظ")
"""The rows of the usual keyboard (Arabic 101), from the right hand side of the first letter on."""


def counted(doubt: Doubt) -> list[dict[str, float]]:
    """Named numbers of each form that may be meant, by counts alone; always the same names in the same order."""
    return [_counted(doubt, meant) for meant in doubt.meant]


def features(doubt: Doubt, likely: Sequence[tuple[float, float]]) -> list[dict[str, float]]:
    """What is :func:`counted`, and how likely each form is.

    ``likely``: of each of ``doubt.words`` its log-probability, and that of what is behind it.
    """
    sums = [word + behind for word, behind in likely]
    return [
        {**row, **_weighed(place, likely, sums), "choices": float(len(doubt.meant))}
        for place, row in enumerate(counted(doubt), start=1)
    ]


def _weighed(place: int, likely: Sequence[tuple[float, float]], sums: Sequence[float]) -> dict[str, float]:
    rivals = [value for other, value in enumerate(sums) if other not in (0, place)]
    return {
        "gain": sums[place] - sums[0],
        "gain_word": likely[place][0] - likely[0][0],
        "gain_behind": likely[place][1] - likely[0][1],
        "likely": likely[place][0],
        "was_likely": likely[0][0],
        "lead": sums[place] - max(rivals, default=sums[place] - 20.0),
    }


def _counted(doubt: Doubt, meant: Meant) -> dict[str, float]:
    word, other = doubt.word, meant.word
    was, is_ = _changed(word, other)
    return {
        "count": math.log1p(doubt.count),
        "meant_count": math.log1p(meant.count),
        "here": float(min(doubt.here, 4)),
        "meant_here": float(min(meant.here, 4)),
        "length": float(len(word)),
        "name": float(is_name(word)),
        "meant_name": float(is_name(other)),
        "common": float(is_common(word)),
        "first_letter": float(word[:1] != other[:1]),
        "last_letter": float(word[-1:] != other[-1:]),
        "doubled": float(_doubled(word) != _doubled(other)),
        "shape": float(any({was, is_} <= set(one) for one in _SAME_SHAPE)),
        "near_keys": float(abs(_key(was)[0] - _key(is_)[0]) + abs(_key(was)[1] - _key(is_)[1]) <= 1),
        "clitic": float(word[1:] == other or other[1:] == word),
        "no_context": float(not doubt.before),
        **{kind: float(meant.kind == kind) for kind in KINDS},
    }


def _doubled(word: str) -> int:
    """Letters that stand twice in a row."""
    return sum(one == other for one, other in pairwise(word))


def _changed(word: str, other: str) -> tuple[str, str]:
    """The first letters in which two words of one length differ; blanks where they are of two lengths."""
    pairs = zip(word, other, strict=True) if len(word) == len(other) else ()
    return next(((one, two) for one, two in pairs if one != two), (" ", " "))


def _key(letter: str) -> tuple[int, float]:
    """The row and place of a letter's key; far from all others for one that has none."""
    return next(((row, keys.index(letter)) for row, keys in enumerate(_KEYS) if letter in keys), (9, ord(letter)))
