"""What the ladder mends in a written line: does it come nearer to what an editor made of it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from eval.rules.cases import OK, Case
from eval.shares import Share
from summarizer.arabic.words import folded_words
from summarizer.briefing.rules import RULES
from summarizer.briefing.rules.rule import Mend
from summarizer.config import EditorialLimits


@dataclass(frozen=True, slots=True)
class Mended:
    """How often a cure changed a line: one that was fit to print, and of the others with a cure, to its nearer."""

    name: str
    changed: int
    of_ok: int
    nearer: Share


def mended(cases: Iterable[tuple[Case, str]]) -> list[Mended]:
    """A row for each rule with a cure, over written lines and what an editor made of them ("" where nothing)."""
    pairs = list(cases)
    return [_mended(rule.name, rule.mend, pairs) for rule in RULES if rule.mend]


def _mended(name: str, mend: Mend, pairs: Iterable[tuple[Case, str]]) -> Mended:
    lines = ((case, cure, mend(replace(case.draft, limits=EditorialLimits())).text) for case, cure in pairs)
    changed = [(case, cure, text) for case, cure, text in lines if text != case.draft.text]
    moves = [likeness(text, cure) - likeness(case.draft.text, cure) for case, cure, text in changed if cure]
    of_ok = sum(case.label == OK for case, _, _ in changed)
    return Mended(name, len(changed), of_ok, Share(sum(move > 0 for move in moves), sum(move != 0 for move in moves)))


def likeness(one: str, other: str) -> float:
    """The share of words in order that two lines have in common, in [0, 1]."""
    return SequenceMatcher(None, folded_words(one), folded_words(other), autojunk=False).ratio()
