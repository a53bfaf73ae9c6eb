"""Words that a small model copied badly, put right where there is no doubt which word of the source was meant.

A name that is nowhere («خاشقكي»), a word without its end («الموالي» of «الموالين»), a wrong digit («2118»): where both
neighbours stand beside one word of the source that is all but the same, that word was meant. What is left in doubt is
refused by the checks that come after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.arabic.forms import roots
from summarizer.arabic.grammar import may_be_verb
from summarizer.arabic.lexicon import entries, word_list
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import is_common, is_name
from summarizer.arabic.words import Word, folded_words, tokenize
from summarizer.briefing.alignment import same
from summarizer.briefing.written import is_cut, is_new_name

_BEFORE_VERBS = word_list("grammar", "before a verb")
_BEFORE_NOUNS = word_list("particles", "before nouns")
_WHOSE = entries("affixes", "whose")
_FEMININE_PERFECT = re.compile(r"\w+[^ا]ت")
"""«أحبطت» beside «إحباط»: the deed and not another number of it."""
_SON = word_list("names", "son of")
_MIN_SLIP_LETTERS, _MIN_DIGITS = 4, 3
"""Shorter ones have too many others that are one letter or digit away."""


def copied_right(text: str, sentences: Sequence[str]) -> str:
    """``text`` with the names, cut words and numbers that it copied badly as ``sentences`` have them."""
    words, keys = tokenize(text), folded_words(text)
    sources = [(tokenize(sentence), folded_words(sentence)) for sentence in sentences]
    known = {key for _, theirs in sources for key in theirs}
    for place in range(len(words) - 1, -1, -1):
        if keys[place] in known:
            continue
        found = (line[at] for line, theirs in sources for at in _places(keys, place, theirs))
        meant = {right for one in found if (right := _meant(words[place].text, one.text))}
        if len(meant) == 1:
            text = text[: words[place].span.start] + meant.pop() + text[words[place].span.end :]
    return _with_lost_words(text, sources)


def _with_lost_words(text: str, sources: Sequence[tuple[Sequence[Word], Sequence[str]]]) -> str:
    """«الشيخ بن سالم» of «الشيخ محمد بن سالم» with the name it lost, «قد تمويله» of «قد تم تمويله» with its verb.

    And with a preposition or who did it, where the words around both are the source's: «تسببت الرياح [في] قطع التيار»,
    «التحالف الذي تقوده [السعودية] لقتال الحوثيين».
    """
    words, keys = tokenize(text), folded_words(text)
    pairs = {pair for _, theirs in sources for pair in pairwise(theirs)}
    for place in range(len(words) - 2, -1, -1):
        if (keys[place], keys[place + 1]) in pairs:
            continue
        lost = {word for line, theirs in sources for word in _between(keys, place, line, theirs)}
        if len(lost) == 1:
            behind = words[place + 1].span.start
            text = f"{text[:behind]}{lost.pop()} {text[behind:]}"
    return text


def _between(keys: Sequence[str], place: int, line: Sequence[Word], theirs: Sequence[str]) -> Iterator[str]:
    """The words that ``line`` has between ``keys[place]`` and the next one, where one of them was lost."""
    one, other = keys[place : place + 2]
    joined = one in _BEFORE_VERBS or {one, other} <= _BEFORE_NOUNS
    for at in range(1, len(line) - 1):
        if (theirs[at - 1], theirs[at + 1]) != (one, other):
            continue
        lost = line[at].text
        named = is_name(lost) or lost.startswith("ال")
        copied = place > 0 and at > 1 and same(keys[place - 1], theirs[at - 2])
        copied = copied and keys[place + 2 : place + 3] == theirs[at + 2 : at + 3] != []
        acted = named and may_be_verb(line[at - 1].text) and other[0] in "بل"
        if joined or (other in _SON and is_name(lost)) or (copied and (theirs[at] in _BEFORE_NOUNS or acted)):
            yield lost


def _places(keys: Sequence[str], place: int, theirs: Sequence[str]) -> Iterator[int]:
    """Where ``theirs`` has the neighbours of ``keys[place]``: one on both sides, at an end two on the one that is."""
    first = min(max(0, place - 1), len(keys) - 3)
    offsets = [at - place for at in range(first, first + 3) if at != place]
    if first < 0:
        return
    for at in range(max(0, -offsets[0]), len(theirs) - max(0, offsets[1])):
        if all(same(keys[place + offset], theirs[at + offset]) for offset in offsets):
            yield at


def _meant(written: str, source: str) -> str:
    """The source's word without its conjunction, where ``written`` was meant to be it; else the empty string."""
    bare = source[1:] if source[:1] in ("و", "ف") and written[:1] != source[:1] else source
    if fold(bare) == fold(written):
        return ""
    return next((one for one in dict.fromkeys((source, bare)) if _is_slip(written, one)), "")


def _is_slip(written: str, meant: str) -> bool:
    """True when the one is a copy of the other but for a letter, a digit or its end, and no other form of it.

    Two letters turned around are a slip of any word («فوقا لقناة»), and so is another number of a noun («عشرة نقاط»).
    """
    one, other = fold(written), fold(meant)
    if one.isdigit() or other.isdigit():
        return one.isdigit() and other.isdigit() and len(one) >= _MIN_DIGITS and _one_apart(one, other)
    if _letter_inside(one, other) or (
        len(one) > _MIN_SLIP_LETTERS and _one_apart(one, other) and not is_common(written)
    ):
        return True
    if len(one) < _MIN_SLIP_LETTERS:
        return False
    if _turned(one, other) or _another_number(written, meant):
        return True
    return (is_new_name(written) and _one_apart(one, other)) or (other.startswith(one) and is_cut(one, other))


def _letter_inside(one: str, other: str) -> bool:
    """True for «تهم» of «تتهم»: one of two like letters left out, not of a conjunction («وواجه»)."""
    doubled = (other[:at] + other[at + 1 :] for at in range(len(other) - 1) if other[at] == other[at + 1])
    return len(other) >= _MIN_SLIP_LETTERS and one in doubled and not other.startswith(("و", "ف", "لل"))


def _another_number(written: str, meant: str) -> bool:
    """True for «نقاط» and «نقطة»; another ending or article may be due, and so may another form of a verb."""
    one, other = fold(written), fold(meant)
    ending = one.startswith(other[:-1]) or other.startswith(one[:-1]) or one[:2] != other[:2]
    verbs = may_be_verb(written) or may_be_verb(meant) or _FEMININE_PERFECT.fullmatch(other)
    if ending or verbs or written.endswith(_WHOSE) or meant.endswith(_WHOSE):
        return False
    return not roots(written).isdisjoint(roots(meant))


def _turned(one: str, other: str) -> bool:
    """True when two neighbouring letters changed places."""
    places = [at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(places) != 2 or places[1] != places[0] + 1:
        return False
    return one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]


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
