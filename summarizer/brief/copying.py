"""Words that a small model copied badly, put right where there is no doubt which word of the source was meant.

A name that is nowhere («خاشقكي»), a word without its end («الموالي» of «الموالين»), a wrong digit («2118»): where both
neighbours stand beside one word of the source that is all but the same, that word was meant. What is left in doubt is
refused by the checks that come after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.arabic.normalize import fold
from summarizer.arabic.words import tokenize
from summarizer.brief.alignment import folded, same
from summarizer.brief.written import is_cut, is_new_name

_MIN_LETTERS, _MIN_DIGITS = 4, 3
"""Shorter ones have too many others that are one letter or digit away."""


def copied_right(text: str, sentences: Sequence[str]) -> str:
    """``text`` with the names, cut words and numbers that it copied badly as ``sentences`` have them."""
    words, keys = tokenize(text), folded(text)
    sources = [(tokenize(sentence), folded(sentence)) for sentence in sentences]
    known = {key for _, theirs in sources for key in theirs}
    for place in range(len(words) - 1, -1, -1):
        if keys[place] in known:
            continue
        found = (line[at] for line, theirs in sources for at in _places(keys, place, theirs))
        meant = {one.text for one in found if _is_slip(words[place].text, one.text)}
        if len(meant) == 1:
            text = text[: words[place].span.start] + meant.pop() + text[words[place].span.end :]
    return text


def _places(keys: Sequence[str], place: int, theirs: Sequence[str]) -> Iterator[int]:
    """Where ``theirs`` has the neighbours of ``keys[place]``: one on both sides, at an end two on the one that is."""
    first = min(max(0, place - 1), len(keys) - 3)
    offsets = [at - place for at in range(first, first + 3) if at != place]
    if first < 0:
        return
    for at in range(max(0, -offsets[0]), len(theirs) - max(0, offsets[1])):
        if all(same(keys[place + offset], theirs[at + offset]) for offset in offsets):
            yield at


def _is_slip(written: str, meant: str) -> bool:
    """True when the one is a copy of the other but for a letter, a digit or its end, and no other form of it."""
    one, other = fold(written), fold(meant)
    if one.isdigit() or other.isdigit():
        return one.isdigit() and other.isdigit() and len(one) >= _MIN_DIGITS and _one_apart(one, other)
    if len(one) < _MIN_LETTERS:
        return False
    return (is_new_name(written) and _one_apart(one, other)) or (other.startswith(one) and is_cut(one, other))


def _one_apart(one: str, other: str) -> bool:
    """True when one character was left out, put in or changed, or two turned around."""
    start = _shared(one, other)
    one, other = one[start:], other[start:]
    end = _shared(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
