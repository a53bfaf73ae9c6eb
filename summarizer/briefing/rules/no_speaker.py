"""«وأضاف أن …»: somebody speaks, and the line does not say who."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.saying import SAYING
from summarizer.briefing.draft import Draft
from summarizer.briefing.rules.rule import Rule, example
from summarizer.briefing.source import Source

#: After a verb of saying these show that nobody was named.
_NO_SPEAKER = word_list("openings", "no speaker")
#: Definite roles that point back at somebody named before.
_OPENING_ROLES = word_list("openings", "roles")
_TIME_OR_PLACE = word_list("openings", "fronted")
_FRONTED_WORDS = 7
_THAT = word_list("particles", "that")
_VERB_AND_COLON = re.compile(r"[وف]?\w+\s*:")


def find(draft: Draft, _: Source) -> str:
    """Why, when the speaker stands in a sentence before."""
    words = draft.folded
    if not words:
        return ""
    bare = words[0][1:] if words[0][0] in "وف" and words[0][1:] in SAYING else words[0]
    if bare in SAYING and _speaker_missing(draft.text, words[1:3]):
        return f"says without a speaker («{words[0]}»)"
    behind = pairwise(words[1:_FRONTED_WORDS])
    if bare in _TIME_OR_PLACE and any(verb in SAYING and that in _THAT for verb, that in behind):
        # «في يونيو قال إن»: nothing but a time or place before them.
        return "says without a speaker, behind a time or place"
    return ""


def _speaker_missing(text: str, after: Sequence[str]) -> bool:
    """True when what follows a verb of saying names nobody: a quotation, «أن», or a role that points back."""
    if after and after[0].startswith("لل"):  # «قال للصحفيين»: the speaker may stand behind
        text, after = text.split(maxsplit=1)[1], after[1:]
    following = text.split(maxsplit=1)[1:]
    if not after or not following or (_VERB_AND_COLON.match(text) and not text.startswith("رأي")):
        return True
    quoted = following[0].lstrip()[:1] in '"«“:'
    told = len(after) > 1 and (after[1] == "عن" or (after[1] not in _NO_SPEAKER and after[1].startswith("ال")))
    lone_role = after[0] in _OPENING_ROLES and not told  # «المسؤول عن الخدمات الصحية» is told
    return quoted or after[0] in _NO_SPEAKER or lone_role


RULE = Rule(
    "no speaker",
    find,
    bad=(
        example('وأضاف "لن نتراجع عن قرارنا"'),
        example("وقال إن الحكومة ستستقيل"),
        example("أوضح القيادي أن العملية انتهت"),
        example("تقول: كان قد وهب حياته للسد"),
        example("قال:بالطبع يرتبط الأمر بالرياضة"),
        example("قال للصحفيين: «سنعود غدا»"),
        example("في يونيو قال إن الصحيفة كاذبة"),
        example("غرد قائلا: «الصحيفة كاذبة»"),
    ),
    good=(
        example("قال هفال روني قائد العمليات إن المعركة قريبة"),
        example("أوضح المتحدث العسكري محمد علي أن العملية انتهت"),
        example("يقول المسؤول عن الخدمات الصحية كريم تومسون إن الطقس مشمس"),
        example("قال للصحفيين وزير المالية إن الميزانية متوازنة"),
        example("رأي: أسباب تدفع النادي إلى البيع"),
        example("في يونيو قال الرئيس إن الصحيفة كاذبة"),
        example("القاهرة تقول إن الحكومة استقالت"),
    ),
)
