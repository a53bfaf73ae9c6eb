"""A quotation mark or bracket stays open."""

from __future__ import annotations

from summarizer.arabic.clauses import is_balanced
from summarizer.briefing.draft import Draft
from summarizer.briefing.rules.rule import Rule, example
from summarizer.briefing.source import Source


def find(draft: Draft, _: Source) -> str:
    """Why, when one does."""
    return "" if is_balanced(draft.text) else "a quotation mark or bracket stays open"


RULE = Rule(
    "balance",
    find,
    bad=(example("الحكومة تعلن «الميزانية الجديدة"), example('الحكومة تعلن "الميزانية الجديدة')),
    good=(example("الحكومة تعلن «الميزانية الجديدة»"), example("الحكومة تعلن الميزانية (الجديدة)")),
    hard=True,
)
