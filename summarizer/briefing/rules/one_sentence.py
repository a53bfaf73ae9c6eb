"""A headline, standfirst or bullet is one sentence."""

from __future__ import annotations

from summarizer.arabic.sentences.split import split_sentences
from summarizer.briefing.draft import Draft
from summarizer.briefing.rules.rule import Rule, example
from summarizer.briefing.source import Source


def find(draft: Draft, _: Source) -> str:
    """Why, when there are more."""
    return "more than one sentence" if len(split_sentences(draft.text)) > 1 else ""


RULE = Rule(
    "one sentence",
    find,
    bad=(example("أعلنت الحكومة الميزانية. رفضت المعارضة ذلك كله."),),
    good=(example("أعلنت الحكومة الميزانية ورفضت المعارضة ذلك كله"), example("نسبة النمو بلغت 4.5 في المئة")),
    hard=True,
)
