"""Scripture is quoted, never written anew."""

from __future__ import annotations

from summarizer.arabic.scripture import is_scripture
from summarizer.briefing.draft import Draft
from summarizer.briefing.rules.rule import Rule, example
from summarizer.briefing.source import Source

_EXAMPLE = "﴿الحمد لله رب العالمين الرحمن الرحيم مالك يوم الدين﴾"


def find(draft: Draft, source: Source) -> str:
    """Why, when a line about scripture is not lifted."""
    return "scripture is not paraphrased" if not draft.lifted and is_scripture(source.passage.text) else ""


RULE = Rule(
    "scripture",
    find,
    bad=(example("الحمد لله مالك يوم الدين", _EXAMPLE),),
    good=(example(_EXAMPLE, _EXAMPLE, lifted=True), example("أعلنت الحكومة الميزانية", "أعلنت الحكومة أمس الميزانية.")),
    hard=True,
)
