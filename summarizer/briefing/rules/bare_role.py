"""«الوزير يعلن …»: a bullet is read alone, and nobody knows which minister.

A role that news names once and then leaves bare. What says more of it is an adjective, an office or a name; a relative
clause describes without naming («القيادي الذي يستخدم اسما حركيا»).
"""

from __future__ import annotations

import re

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import is_name
from summarizer.arabic.words import Word, is_stopword
from summarizer.briefing.claims.names import GIVEN_NAMES
from summarizer.briefing.draft import Draft
from summarizer.briefing.rules.rule import Rule, example
from summarizer.briefing.source import Source
from summarizer.schema import Task

_HEAD_WORDS = 3
#: Verbs by their shape: the imperfect, and the perfect of a feminine subject.
_VERB_SHAPE = re.compile(r"[وف]?(?:س?[يت]\w{2,}|\w{2,}ت)")
_MASCULINE_PERFECT = word_list("grammar", "verbs before a role")
_RELATIVES = word_list("particles", "relatives")
_ROLES = word_list("roles")


def find(draft: Draft, _: Source) -> str:
    """Why, when a bullet has such a role at its head."""
    role = _bare_role(draft) if draft.task is Task.BULLET else None
    return f"does not say who «{role.text}» is" if role else ""


def _bare_role(draft: Draft) -> Word | None:
    """The role among the first words that nothing says more of; None when there is none."""
    words = draft.words
    for place, word in enumerate(words[:_HEAD_WORDS]):
        if draft.folded[place] in _ROLES and all(_may_stand_before(one.text) for one in words[:place]):
            following = words[place + 1].text if place + 1 < len(words) else ""
            glued = place + 1 < len(words) and not draft.text[word.span.end : words[place + 1].span.start].strip()
            described = following == "عن" or (following.startswith("ال") and following not in _RELATIVES)
            return None if glued and (described or _is_person(following)) else word
    return None


def _may_stand_before(word: str) -> bool:
    """True for a verb or a particle: behind a noun the role is the second half of another («رئيس الشركة»)."""
    folded = fold(word)
    return bool(_VERB_SHAPE.fullmatch(folded)) or is_stopword(word) or folded in _MASCULINE_PERFECT


def _is_person(word: str) -> bool:
    """True for a word that looks like part of a name, without the article."""
    return bool(word) and not word.startswith("ال") and (is_name(word) or fold(word) in GIVEN_NAMES)


RULE = Rule(
    "bare role",
    find,
    bad=(
        example("الوزير يعلن افتتاح الجسر"),
        example("أعلن الوزير افتتاح الجسر"),
        example("وقد نفت الشركة ذلك"),
        example("القيادي الذي يستخدم اسمه العسكري يتوقع التقدم"),
    ),
    good=(
        example("الوزير العراقي يعلن افتتاح الجسر"),
        example("يقول المسؤول عن الخدمات الصحية إن الجسر يفتتح غدا"),
        example("الوزير سالم الحداد يعلن افتتاح الجسر"),
        example("وزير النقل يعلن افتتاح الجسر"),
        example("قال رئيس الشركة كمال الراوي إن الأسعار سترتفع"),
        example("افتتاح الجسر في الربيع المقبل يسعد الوزير"),
        example("الوزير يعلن افتتاح الجسر", task=Task.HEADLINE),
    ),
)
