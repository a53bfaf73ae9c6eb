"""What the ladder mends in a written line: does it come nearer to what an editor made of it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from eval.rules.cases import OK, Case
from eval.shares import Share
from summarizer.arabic.words import folded_words
from summarizer.briefing import beginnings, endings, speakers
from summarizer.briefing.copying import copied_right
from summarizer.briefing.referents import bare_role, resolve
from summarizer.schema import Task

Repair = Callable[[Case], str]
_MOST = 18
"""Words of the longest bullet."""


def _named(case: Case) -> str:
    role = bare_role(case.text) if case.task is Task.BULLET else None
    found = role and resolve(role.text, case.passage.sentences, case.body.article.before(case.passage))
    return case.text[: role.span.start] + found.phrase + case.text[role.span.end :] if role and found else case.text


def _of_bullets(repair: Repair) -> Repair:
    return lambda case: repair(case) if case.task is Task.BULLET else case.text


REPAIRS: Mapping[str, Repair] = {
    "words copied right": lambda c: copied_right(c.text, c.passage.texts),
    "lost verb": lambda c: beginnings.with_verb(c.text, c.passage.texts),
    "subject, copula, gender": lambda c: beginnings.mended(c.text, c.passage.texts),
    "person of the verb": _of_bullets(lambda c: beginnings.as_the_source_has_it(c.text, c.passage.texts)),
    "first word": _of_bullets(lambda c: beginnings.with_first_word(c.text, c.passage.texts)),
    "disclaimer": lambda c: endings.without_disclaimer(c.text),
    "listener": lambda c: speakers.without_listener(c.text),
    "speaker": _of_bullets(lambda c: speakers.with_speaker(c.text, c.passage.sentences)[0]),
    "carried on": _of_bullets(lambda c: endings.finish(c.text, c.passage.texts, _MOST) or c.text),
    "shorter speaker": _of_bullets(lambda c: speakers.with_shorter_speaker(c.text, _MOST)),
    "role named": _named,
}


@dataclass(frozen=True, slots=True)
class Mended:
    """How often a repair changed a line: one that was fit to print, and of the others with a cure, to its nearer."""

    name: str
    changed: int
    of_ok: int
    nearer: Share


def mended(cases: Iterable[tuple[Case, str]]) -> list[Mended]:
    """A row for each repair over written lines and their cures ("" where there is none)."""
    pairs = list(cases)
    return [_mended(name, repair, pairs) for name, repair in REPAIRS.items()]


def _mended(name: str, repair: Repair, pairs: Iterable[tuple[Case, str]]) -> Mended:
    changed = [(case, cure, text) for case, cure in pairs if (text := repair(case)) != case.text]
    moves = [likeness(text, cure) - likeness(case.text, cure) for case, cure, text in changed if cure]
    of_ok = sum(case.label == OK for case, _, _ in changed)
    return Mended(name, len(changed), of_ok, Share(sum(move > 0 for move in moves), sum(move != 0 for move in moves)))


def likeness(one: str, other: str) -> float:
    """The share of words in order that two lines have in common, in [0, 1]."""
    return SequenceMatcher(None, folded_words(one), folded_words(other), autojunk=False).ratio()
