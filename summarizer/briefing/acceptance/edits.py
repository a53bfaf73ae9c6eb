"""What an editor dropped, added and moved between a sentence and a line about it, counted by kinds of words.

Where a line ends before a noun of the same phrase, or leaves out a negation, a hedge or whom a verb takes, is not
judged here: what it is worth is learned.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.saying import SPEAKING
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.word_counts import bare, count_of
from summarizer.arabic.words import Word, is_stopword, tokenize

KINDS = ("num", "rel", "neg", "prep", "that", "say", "hedge", "stop", "def", "pdef", "and", "clit", "ind")
"""Kinds of words: numbers, relatives, negations, prepositions, «أن», verbs of saying, hedges, other function words,
definite words without and with a prefix, words behind «و», words behind another prefix, all others."""
_LAST = ("def", "ind", "prep", "clit", "num", "pdef", "and")
_LOST = ("neg", "hedge", "num", "say", "that", "rel", "prep")
_NEW = ("prep", "stop", "def", "ind", "and", "clit", "say", "num", "neg")
_BREAK = re.compile(r"[،,؛:.»\"”)…]")
_PREFIXED = ("بال", "وال", "كال", "فال")
_NEAR = 3
"""Letters by which a word and the one that it stands for may differ in length."""


@dataclass(frozen=True, slots=True)
class _Aligned:
    """The folded words of a line and of its sentence, and the pairs of places that are the same word, in order.

    Of the sentence also the kinds of its words, and whether a mark stands behind each.
    """

    line: Sequence[str]
    source: Sequence[str]
    pairs: Sequence[tuple[int, int]]
    kinds: Sequence[str]
    marks: Sequence[bool]

    @property
    def kept(self) -> frozenset[int]:
        """Places of the sentence that the line has."""
        return frozenset(place for _, place in self.pairs)


def edits(text: str, sentence: str) -> dict[str, float]:
    """Named numbers of what parts ``text`` from ``sentence``; always the same names in the same order."""
    line, source = tokenize(text), tokenize(sentence)
    folded, theirs = _folded(line), _folded(source)
    known = _Aligned(folded, theirs, _align(folded, theirs), _kinds(source), _marks(sentence, source))
    kept = known.kept
    first, last = min(kept, default=0), max(kept, default=max(0, len(theirs) - 1))
    found = {
        **_ends(known, first, last),
        **_last_word(line),
        **_gaps(known, first, last),
        **_added(known, _kinds(line)),
    }
    return {f"edit_{name}": float(value) for name, value in found.items()}


def _folded(words: Sequence[Word]) -> list[str]:
    return [fold(bare(word.text)) for word in words]


def _kinds(words: Sequence[Word]) -> list[str]:
    return [_kind(bare(word.text)) for word in words]


def _marks(sentence: str, words: Sequence[Word]) -> list[bool]:
    starts = [*(word.span.start for word in words), len(sentence)]
    return [bool(_BREAK.search(sentence[word.span.end : start])) for word, start in zip(words, starts[1:], strict=True)]


@cache
def _lists() -> tuple[tuple[str, frozenset[str]], ...]:
    relatives = word_list("particles", "relatives") | word_list("particles", "rare relatives")
    negations = word_list("negation", "particles") | word_list("negation", "denials") | word_list("negation", "except")
    return (
        ("rel", relatives),
        ("neg", negations),
        ("prep", word_list("particles", "prepositions")),
        ("that", word_list("particles", "that")),
        ("say", frozenset(SPEAKING)),
        ("hedge", word_list("negation", "still") | word_list("negation", "hedges")),
    )


def _kind(word: str) -> str:
    """One of ``KINDS``."""
    folded = fold(word)
    if any(map(str.isdigit, folded)):
        return "num"
    for name, words in _lists():
        if folded in words:
            return name
    return "stop" if not word or is_stopword(word) else _shape(folded)


def _shape(folded: str) -> str:
    if folded.startswith(("ال", "لل")):
        return "def"
    if folded.startswith(_PREFIXED):
        return "pdef"
    if len(folded) > 3 and folded[0] in "وف":
        return "and"
    return "clit" if len(folded) > 3 and folded[0] in "بلك" else "ind"


def _align(line: Sequence[str], source: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs of a longest common subsequence, the earliest words first."""
    length = [[0] * (len(source) + 1) for _ in range(len(line) + 1)]
    for i in range(len(line) - 1, -1, -1):
        for j in range(len(source) - 1, -1, -1):
            longer = max(length[i + 1][j], length[i][j + 1])
            length[i][j] = length[i + 1][j + 1] + 1 if line[i] == source[j] else longer
    i, j, pairs = 0, 0, []
    while i < len(line) and j < len(source):
        if line[i] == source[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif length[i + 1][j] >= length[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _ends(known: _Aligned, first: int, last: int) -> dict[str, float]:
    """What the line leaves before its first word and behind its last, and which word comes next."""
    total = len(known.source)
    marked = known.marks[last] if total else True
    following = known.kinds[last + 1] if last + 1 < total and not marked else ""
    to_mark = next((place for place in range(last, total) if known.marks[place]), max(last, total - 1)) - last
    found: dict[str, float] = {
        "before": first,
        "behind": max(0, total - 1 - last),
        "to_mark": to_mark,
        "whole": marked or last + 1 >= total,
    }
    found |= {f"next_{kind}": following == kind for kind in KINDS}
    for kind in _LOST:
        found[f"lost_before_{kind}"] = known.kinds[:first].count(kind)
        found[f"lost_behind_{kind}"] = known.kinds[last + 1 :].count(kind)
    return found


def _last_word(words: Sequence[Word]) -> dict[str, float]:
    word = bare(words[-1].text) if words else ""
    kind = _kind(word)
    return {**{f"last_{name}": kind == name for name in _LAST}, "last_count": math.log1p(count_of(word))}


def _gaps(known: _Aligned, first: int, last: int) -> dict[str, float]:
    """What was left out between the first and the last word: how often, how much, at which words."""
    gaps = list(_runs([place for place in range(first, min(last + 1, len(known.source))) if place not in known.kept]))
    opened = [start > 0 and known.marks[start - 1] for start, _ in gaps]
    closed = [known.marks[end - 1] for _, end in gaps]
    lost = [known.kinds[place] for start, end in gaps for place in range(start, end)]
    found: dict[str, float] = {
        "gaps": len(gaps),
        "gap_words": len(lost),
        "gap_longest": max((end - start for start, end in gaps), default=0),
        "gap_asides": sum(map(all, zip(opened, closed, strict=True))),
        "gap_halves": sum(one != other for one, other in zip(opened, closed, strict=True)),
    }
    begins = [known.kinds[start] for start, _ in gaps]
    behind = [known.kinds[end] for _, end in gaps if end < len(known.kinds)]
    for kind in KINDS:
        found |= {f"gap_at_{kind}": begins.count(kind), f"gap_to_{kind}": behind.count(kind)}
    return found | {f"gap_lost_{kind}": lost.count(kind) for kind in _LOST}


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of places as start and end."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _added(known: _Aligned, kinds: Sequence[str]) -> dict[str, float]:
    """The words of the line that are not the sentence's, or stand elsewhere there."""
    matched, theirs = {place for place, _ in known.pairs}, set(known.source)
    new = [place for place in range(len(known.line)) if place not in matched]
    moved = [place for place in new if known.line[place] in theirs]
    changed = [place for place in new if known.line[place] not in theirs and _is_near(known.line[place], theirs)]
    found: dict[str, float] = {
        "new": len(new),
        "new_first": 0 in new,
        "new_last": bool(new) and new[-1] == len(known.line) - 1,
        "moved": len(moved),
        "changed": len(changed),
        "alien": len(new) - len(moved) - len(changed),
        "new_inside": sum(place - 1 in matched and place + 1 in matched for place in new),
    }
    return found | {f"new_{kind}": sum(kinds[place] == kind for place in new) for kind in _NEW}


def _is_near(word: str, others: set[str]) -> bool:
    """True for a word of three letters or more that is part of another such word, or has it as a part."""
    return any(
        min(len(word), len(one)) >= _NEAR and abs(len(one) - len(word)) <= _NEAR and (word in one or one in word)
        for one in others
    )
