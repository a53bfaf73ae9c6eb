"""Sentences that open with their verb: do they say who did it?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.subjects import says_not_who


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("تولى منصب نائب رئيس الجمهورية عام 2005", True),
        ("شغل عدة مناصب حكومية", True),
        ("تعتقد أن للوسائل فوائد كثيرة", True),
        ("اتهموا قوات الحكومة بالتقصير", True),
        ("كانوا قد اكتشفوا جثتها", True),
        ("يعتقدون أن جميع الأطراف مسؤولة", True),
        ("تلفزيون الدولة يبث المباراة", False),
        ("بدأ حياته الفنية من خلال أدوار صغيرة", True),
        ("يعتقد أن للوسائل فوائد كثيرة", False),
        ("جاء في المركز الثاني", True),
        ("كان صديقا لمحمد عطا، الذي قاد إحدى الطائرات", True),
        ("كان متوقعا في المدينة أن يفوز الحزب", False),
        ("مثل أمام القضاء في 2002", True),
        ("ولد برهم صالح في السليمانية", False),
        ("اختفى بعدما سافر إلى الصين", True),
        ("جاء في المركز الثاني عائلة غنية، ثم شركة", False),
        ("تعهد باستخدام «كافة الوسائل لمحاسبته»", True),
        ("كانت تريد أن تصدق أن طفلها كان مريضا", True),
        ("لم يستطع أن يحضر الاجتماع", True),
        ("كانت الأم تريد أن تصدق طفلها", False),
        ("كان يجب أن يحضر الوزير", False),
        ("أسهم في صياغة الدستور العراقي الجديد، عندما كان أحد نائبي الرئيس", True),
        ("عاد إلى بلاده أمس", True),
        ("اعترف بنشر بعض المقاطع التي صورها على موقع إباحي", True),
        ("غاب عن مباراة دوري أبطال أوروبا، التي فاز بها فريقه", True),
        ("شغل عبد المهدي عدة مناصب حكومية", False),
        ("شارك في الاجتماع وزراء الخارجية", False),
        ("شارك وزراء الخارجية في الاجتماع", False),
        ("وصل إلى القاهرة وزير الخارجية", False),
        ("وصلت إلى المحافظة، الأربعاء، أولى طلائع الجسر الجوي", False),
        ("أصر بوتين على موقفه", False),
        ("أفرج بكفالة عن الرجل", False),
        ("عثر في المعبد على لوحتين", False),
        ("عبد المهدي تولى منصب نائب الرئيس", False),
        ("عاد", False),
        ("", False),
    ],
)
def test_a_verb_that_somebody_must_do_needs_its_subject(text: str, missing: bool) -> None:
    assert says_not_who(text) is missing


@given(st.text(alphabet="عادوصل في إلى القاهرة،. ", max_size=60))
def test_any_text_has_a_verdict(text: str) -> None:
    assert says_not_who(text) in (True, False)
