from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.polish import polish, strip_opening
from summarizer.schema import Task

STRIPPED = [
    ("وتستعد القوات للتقدم", "تستعد القوات للتقدم"),
    ("والقوات تتقدم في المدينة", "القوات تتقدم في المدينة"),
    ("وفي باريس اجتمع الوزراء", "في باريس اجتمع الوزراء"),
    ("وكانت بغداد قد أرسلت تعزيزات", "كانت بغداد قد أرسلت تعزيزات"),
    ("ولم يصب أحد في الحادث", "لم يصب أحد في الحادث"),
    ("ولاتزال القوات تتعقب المسلحين", "لاتزال القوات تتعقب المسلحين"),
    ("كما أعلنت الشركة أرباحها", "أعلنت الشركة أرباحها"),
    ("لكن الحكومة رفضت العرض", "الحكومة رفضت العرض"),
    ("في المقابل، رفض الاتحاد العرض", "رفض الاتحاد العرض"),
    ("ومن جهته، أكد وزير المالية أن الميزانية متوازنة", "أكد وزير المالية أن الميزانية متوازنة"),
    ("وعادة ما يهاجر الشبان صيفا", "عادة ما يهاجر الشبان صيفا"),
    ("- الأمطار تغرق المدينة", "الأمطار تغرق المدينة"),
    ("• الأمطار تغرق المدينة", "الأمطار تغرق المدينة"),
]
KEPT = [
    "وزير الخارجية يزور عمان",
    "وكالة الفضاء تطلق قمرا جديدا",
    "والدة الطفل تناشد السلطات",
    "وفاة الكاتب عن ثمانين عاما",
    "واشنطن تعلن عقوبات جديدة",
    "وتيرة النمو تتباطأ في آسيا",
    "وصول أول طائرة إلى المطار",
    "ويكيبيديا تعود إلى العمل",
    "كما أن الأسعار ارتفعت",
    "كما كان متوقعا حقق الحزب نتائج جيدة",
    "الحكومة تعلن الميزانية",
]


@pytest.mark.parametrize(("text", "expected"), STRIPPED)
def test_what_joins_a_sentence_to_the_one_before_goes(text: str, expected: str) -> None:
    assert strip_opening(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_a_letter_of_the_word_itself_stays(text: str) -> None:
    assert strip_opening(text) == text


def test_a_waw_goes_when_the_rest_is_a_word_of_the_article() -> None:
    assert strip_opening("ومحمد يفوز بالجائزة") == "ومحمد يفوز بالجائزة"
    assert strip_opening("ومحمد يفوز بالجائزة", {"محمد"}) == "محمد يفوز بالجائزة"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وانتقد ترامب الشبكة", "انتقد ترامب الشبكة"),
        ("وولدت ريانا في بربادوس", "ولدت ريانا في بربادوس"),
        ("وقد حذفت الشرطة المقاطع", "حذفت الشرطة المقاطع"),
        ("فقد أعلنت الشرطة ذلك", "أعلنت الشرطة ذلك"),
        ("وقد تؤدي الأزمة إلى حرب", "قد تؤدي الأزمة إلى حرب"),
        ("قد يرتفع السعر", "قد يرتفع السعر"),
        ("ولقد تحدث الوزير", "تحدث الوزير"),
        ("فقد يكون السبب آخر", "قد يكون السبب آخر"),
        ("وحدات الحماية تتقدم", "وحدات الحماية تتقدم"),
        ("واشنطن تنفي الخبر", "واشنطن تنفي الخبر"),
        ("وعود انتخابية كثيرة", "وعود انتخابية كثيرة"),
        ("وديع الصافي يغني", "وديع الصافي يغني"),
        ("وثيقة سرية تكشف", "وثيقة سرية تكشف"),
    ],
)
def test_a_joining_waw_goes_and_a_letter_of_the_word_stays(text: str, expected: str) -> None:
    assert strip_opening(text) == expected


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("واتهمت الإمارات بالوقوف وراء العملية", "اتهمت الإمارات بالوقوف وراء العملية"),
        ("وفرض الرئيس تعريفة جمركية", "فرض الرئيس تعريفة جمركية"),
        ("وردت الصين على الفور", "ردت الصين على الفور"),
        ("في سياق منفصل، افتتح الوزير المعرض", "افتتح الوزير المعرض"),
        ("ورد ترامب على الصحيفة", "رد ترامب على الصحيفة"),
        ("ورد في التقرير أن الأسعار ترتفع", "ورد في التقرير أن الأسعار ترتفع"),
        ("وزارة الصحة تعلن خطتها", "وزارة الصحة تعلن خطتها"),
    ],
)
def test_a_conjunction_before_a_verb_goes(text: str, stripped: str) -> None:
    assert strip_opening(text) == stripped


@pytest.mark.parametrize(
    ("text", "task", "expected"),
    [
        ("الحكومة تعلن الميزانية.", Task.HEADLINE, "الحكومة تعلن الميزانية"),
        ("الحكومة  تعلن\nالميزانية ،", Task.BULLET, "الحكومة تعلن الميزانية"),
        ("هل تستقيل الحكومة اليوم؟", Task.HEADLINE, "هل تستقيل الحكومة اليوم؟"),
        ("الحكومة تعلن الميزانية", Task.STANDFIRST, "الحكومة تعلن الميزانية."),
        ("الحكومة تعلن الميزانية..", Task.STANDFIRST, "الحكومة تعلن الميزانية."),
        ("هل تستقيل الحكومة اليوم؟", Task.STANDFIRST, "هل تستقيل الحكومة اليوم؟"),
        ("الحكومة\u202e تعلن\u200b الميزانية", Task.HEADLINE, "الحكومة تعلن الميزانية"),
        ("حل الحكومة،قائلا إنها فشلت", Task.BULLET, "حل الحكومة، قائلا إنها فشلت"),
        ("نسبة النمو بلغت 4 %  هذا العام", Task.BULLET, "نسبة النمو بلغت 4% هذا العام"),
    ],
)
def test_polish(text: str, task: Task, expected: str) -> None:
    assert polish(text, task) == expected


@given(st.text(max_size=200), st.sampled_from(Task))
def test_polish_is_one_line_and_settles(text: str, task: Task) -> None:
    once = polish(text, task)
    assert "\n" not in once
    assert len(once) <= len(text) * 20 + 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. يغسل العدس جيدا بالماء", "يغسل العدس جيدا بالماء"),
        ("5- اجمع ماء المطر في خزان", "اجمع ماء المطر في خزان"),
        ("ج: بلغت الكلفة مليون دينار", "بلغت الكلفة مليون دينار"),
        ("10 قتلى في حريق بمصنع", "10 قتلى في حريق بمصنع"),
        ("2018 - عام الأزمة المالية", "2018 - عام الأزمة المالية"),
    ],
)
def test_numbers_of_lists_go(text: str, expected: str) -> None:
    assert polish(text, Task.BULLET) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ارتفعت الأسعار 3 % أمس .", "ارتفعت الأسعار 3% أمس"),
        ("أغلق المؤشر عند 83 .14 نقطة", "أغلق المؤشر عند 83 .14 نقطة"),
        ("بدأت الجلسة عند الساعة 10 :30 صباحا", "بدأت الجلسة عند الساعة 10 :30 صباحا"),
    ],
)
def test_blanks_before_marks_go_but_no_number_is_made_of_two(text: str, expected: str) -> None:
    assert polish(text, Task.HEADLINE) == expected
