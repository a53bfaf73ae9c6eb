"""Too few words, or too many; a bullet that is too long may lose the particulars of its speaker."""

from __future__ import annotations

from summarizer.arabic.words import count_words
from summarizer.briefing.draft import Draft
from summarizer.briefing.rules.rule import Rule, example
from summarizer.briefing.source import Source
from summarizer.briefing.speakers import with_shorter_speaker
from summarizer.config import EditorialLimits
from summarizer.schema import Task

_ASKED = EditorialLimits(max_asked_bullet_words=8)
_NINE = "أعلنت الحكومة أمس ميزانية العام المقبل بعد نقاش طويل"
_NINETEEN = f"{_NINE} بين الوزراء وممثلي النقابات وأصحاب العمل في العاصمة وضواحيها القريبة"


def find(draft: Draft, _: Source) -> str:
    """Why the length does not do."""
    least, most = word_limits(draft.task, draft.limits)[0], longest(draft.task, draft.limits, lifted=draft.lifted)
    count = count_words(draft.text)
    return "" if least <= count <= most else f"{count} words, outside {least}-{most}"


def mend(draft: Draft) -> Draft:
    """A written bullet in as many words as it may have, where what goes is only about its speaker."""
    if draft.task is not Task.BULLET or draft.lifted:
        return draft
    return draft.saying(with_shorter_speaker(draft.text, longest(Task.BULLET, draft.limits)))


def word_limits(task: Task, limits: EditorialLimits) -> tuple[int, int]:
    """The fewest and most words that a statement of this kind may have."""
    return {
        Task.HEADLINE: (limits.min_headline_words, limits.max_headline_words),
        Task.STANDFIRST: (limits.min_standfirst_words, limits.max_standfirst_words),
        Task.BULLET: (limits.min_bullet_words, limits.max_asked_bullet_words or limits.max_bullet_words),
    }[task]


def longest(task: Task, limits: EditorialLimits, *, lifted: bool = False) -> int:
    """The most words that are printed: what was asked for is strict, other bullets and lifted sentences have play."""
    most = word_limits(task, limits)[1]
    if task is Task.BULLET and limits.max_asked_bullet_words is not None:
        return most
    if lifted:
        return max(most, limits.max_extractive_words)
    return max(most, limits.max_long_bullet_words) if task is Task.BULLET else most


RULE = Rule(
    "length",
    find,
    bad=(
        example("الحكومة تعلن", task=Task.HEADLINE),
        example("الحكومة " * 9 + "تعلن الميزانية " * 9, task=Task.HEADLINE),
        example(_NINETEEN),
        example(_NINE, limits=_ASKED, lifted=True),
        example(""),
    ),
    good=(
        example(_NINETEEN, lifted=True),
        example(_NINETEEN.removesuffix(" القريبة")),
        example(_NINE, lifted=True),
        example(_NINE, task=Task.HEADLINE, limits=_ASKED),
    ),
    hard=True,
    mend=mend,
)
