"""Only a headline may ask."""

from __future__ import annotations

from summarizer.briefing.draft import Draft
from summarizer.briefing.rules.rule import Rule, example
from summarizer.briefing.source import Source
from summarizer.schema import Task


def find(draft: Draft, _: Source) -> str:
    """Why, when a standfirst or bullet asks."""
    return "a question" if draft.task is not Task.HEADLINE and draft.text.endswith("؟") else ""


RULE = Rule(
    "question",
    find,
    bad=(example("كيف بدأ الحريق في المصنع القديم؟"), example("هل تستقيل الحكومة؟", task=Task.STANDFIRST)),
    good=(example("هل تستقيل الحكومة اليوم؟", task=Task.HEADLINE), example("الحريق بدأ في المصنع القديم")),
    hard=True,
)
