"""«وهذا ما رفضته الحكومة»: the line opens by pointing back at a sentence before it."""

from __future__ import annotations

import re

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.saying import SAYING
from summarizer.arabic.text.normalize import fold
from summarizer.briefing.draft import Draft
from summarizer.briefing.rules.rule import Rule, example
from summarizer.briefing.source import Source

_POINTING = word_list("openings", "pointing")
#: «هذه القوات» near the opening needs the sentence before it; «هذا العام» does not.
_POINTS_AT = re.compile(
    r"(?:^|\s)[وفبلك]?(?:هذا|هذه|ذلك|تلك|هؤلاء)\s+"
    r"(?!(?:العام|الاسبوع|الشهر|اليوم|السنه|السنة|الموسم|الصيف|الشتاء|المساء|الصباح|الفصل|القرن|العقد)\b)\w+"
)
#: «كانت البداية في مايو», «وقع الرجلان الاتفاق»: of what, and who, stands in the sentence before.
_OF_WHAT = re.compile(
    r"(?:كانت? ال(?:بدايه|نهايه)|\w+ ال(?:رجلان|طرفان|جانبان|شابان|مراتان|اثنان|شقيقان|بلدان|فريقان|زعيمان|وزيران)"
    r"|(?:\w+ ){1,3}(?:احدهم|احداهن|بعضهم))\s"
)
_OPENING_WORDS = 6
#: «هذا» with a noun of time stands alone; before anything else it points back.
_BARE_DEMONSTRATIVE = re.compile(r"^[وف]?(?:هذا|هذه|ذلك|تلك)\s+(?!ال)")


def find(draft: Draft, _: Source) -> str:
    """Why, when what it points at stands elsewhere."""
    if not draft.words:
        return "no words"
    first = draft.folded[0]
    bare = first[1:] if first[0] in "وف" and first[1:] in SAYING | _POINTING else first
    if bare in _POINTING or _BARE_DEMONSTRATIVE.search(fold(draft.text)):
        return f"opens by pointing back («{first}»)"
    opening = fold(" ".join(draft.text.split()[:_OPENING_WORDS]))
    pointing = _OF_WHAT.match(opening) or _POINTS_AT.search(opening)
    return f"points back («{pointing.group().strip()}»)" if pointing else ""


RULE = Rule(
    "points back",
    find,
    bad=(
        example("هو أول رئيس يزور المدينة"),
        example("وهذا ما رفضته الحكومة"),
        example("هذه القوات تتقدم في المدينة"),
        example("وتعد هذه أكبر عملية هذا العام"),
        example("منذ ذلك الحين تغيرت المدينة"),
        example("كانت البداية في مايو 2017"),
        example("نقل عن أحدهم أن الحكومة كلفت لجنة"),
        example("وقع الرجلان الاتفاق أمام حشد"),
        example("مشيرا إلى أن الأسعار ارتفعت"),
        example("كما أن الأسعار ارتفعت"),
        example(""),
    ),
    good=(
        example("الحكومة تعلن الميزانية"),
        example("هذا العام شهد ارتفاعا في الأسعار"),
        example("كانت بداية الأزمة في مايو 2017"),
        example("لا أنباء عن أبي بكر البغدادي"),
        example("4 كيلومترات مربعة آخر ما بقي للتنظيم"),
    ),
)
