"""Running text has no «فلان: …», which is the style of headlines."""

from __future__ import annotations

from summarizer.arabic.saying import LABEL
from summarizer.briefing.draft import Draft
from summarizer.briefing.rules.rule import Rule, example
from summarizer.briefing.source import Source

_LABELLED = "وزير المالية: الميزانية الجديدة تبلغ 40 مليارا"


def find(draft: Draft, _: Source) -> str:
    """Why, when a line in plain style has a label."""
    return "a label before a colon, in plain style" if draft.style == "plain" and LABEL.match(draft.text) else ""


RULE = Rule(
    "plain label",
    find,
    bad=(example(_LABELLED, style="plain"),),
    good=(example(_LABELLED), example("اجتمع الوزراء عند الساعة 10:30 صباح اليوم.", style="plain")),
    hard=True,
)
