"""Why a line is not to be printed: one rule a file, and the table of them.

To add one, write a file beside these (``question.py`` is the shortest) with its ``RULE``, lines that it turns down and
lines that it does not, and a line in ``RULES``; then measure it: ``python -m eval.rules`` (docs/rules.md). What a
statement claims is looked up in ``briefing.claims``.
"""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.briefing.draft import Draft
from summarizer.briefing.rules import (
    balance,
    bare_role,
    length,
    lost_beginning,
    no_speaker,
    one_sentence,
    plain_label,
    points_back,
    question,
    repetition,
    scripture,
)
from summarizer.briefing.rules.rule import Rule
from summarizer.briefing.source import Source

#: In the order in which they are asked: the first reason is the one that is told.
RULES: tuple[Rule, ...] = (
    scripture.RULE,
    length.RULE,
    no_speaker.RULE,
    points_back.RULE,
    balance.RULE,
    one_sentence.RULE,
    question.RULE,
    plain_label.RULE,
    repetition.RULE,
    bare_role.RULE,
    lost_beginning.RULE,
)
HARD = tuple(rule for rule in RULES if rule.hard)
"""Those that hold whoever wrote the line."""


def fault(draft: Draft, source: Source, rules: Iterable[Rule] = RULES) -> str:
    """Why a line about ``source`` is not to be printed; the empty string when no rule speaks against it."""
    return next((reason for rule in rules if (reason := rule.find(draft, source))), "")


def mended(draft: Draft) -> Draft:
    """The line with what rules that have a cure can mend."""
    for rule in RULES:
        draft = rule.mend(draft) if rule.mend else draft
    return draft


def dangling_opening(text: str) -> str:
    """Why ``text`` cannot open a statement: it points back, or says without a speaker; the empty string when it can."""
    draft, nothing = Draft(text), Source.of("")
    return fault(draft, nothing, (no_speaker.RULE, points_back.RULE))
