"""``data/slips.txt``: which form stands for which word, by itself or beside which neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.arabic.lexicon import sections
from summarizer.arabic.text.normalize import fold

WORDS = "words"
"""The section of forms that are words of their own."""
MEANT = ">"
"""What stands between a form and what is meant, in the sections of neighbours («neighbours before», «… after»)."""


@dataclass(frozen=True, slots=True)
class Slips:
    """``pairs``: a form to what is meant and the kind; ``before`` and ``after``: (form, folded neighbour) to what is
    meant; ``words``: forms that are words of their own, which both neighbours have to speak against.
    """

    pairs: dict[str, tuple[str, str]]
    before: dict[tuple[str, str], str]
    after: dict[tuple[str, str], str]
    words: frozenset[str]


@cache
def slips() -> Slips:
    """The table, read from the package once."""
    found = sections("slips")
    pairs: dict[str, tuple[str, str]] = {}
    sides: dict[str, dict[tuple[str, str], str]] = {"before": {}, "after": {}}
    for section, rows in found.items():
        name, _, side = section.partition(" ")
        for first, *rest in rows:
            if side:
                form, meant = first.split(MEANT)
                sides[side].update({(form, other): meant for other in rest})
            elif name != WORDS:
                pairs.update((form, (first, name)) for form in rest)
    words = frozenset(form for row in found.get(WORDS, ()) for form in row)
    return Slips(pairs, sides["before"], sides["after"], words)


def meant(word: str, before: str, after: str) -> tuple[str, str] | None:
    """What ``word`` should be between its neighbours ("" for none) and the kind of its slip; None when it may stay."""
    table = slips()
    if pair := table.pairs.get(word):
        return pair
    told: Sequence[str] = [
        one for one in (table.before.get((word, fold(before))), table.after.get((word, fold(after)))) if one is not None
    ]
    if not told or told[0] != told[-1] or (word in table.words and len(told) < 2):
        return None
    return told[0], "neighbours"
