"""Shortened sentences: where they may stop, and whether they kept their beginning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.arabic.words import count_words
from summarizer.brief.endings import finish, lost_beginning, without_copula

_TREATY = "وضع الوزير 12 شرطا للتوصل لأي اتفاق نووي جديد مع جيرانه، من بينها سحب القوات من المنطقة."
_TRIP = "وستكون الرحلة، المقرر انطلاقها عام 2023، أول زيارة للقمر من قبل إنسان منذ عقود."
_RELIEVED = "وبعد ساعات، أعفى الرئيس نائبيه حسبو عبد الرحمن وبكري صالح من منصبيهما."
_SPENT = "وأنفق النادي 250 مليون جنيه على شراء اللاعبين خلال الأشهر الأخيرة منها 75 مليونا لشراء مدافع."


@pytest.mark.parametrize(
    ("text", "sentence", "finished"),
    [
        (
            "وضع الوزير 12 شرطا للتوصل لأي اتفاق نووي",
            _TREATY,
            "وضع الوزير 12 شرطا للتوصل لأي اتفاق نووي جديد مع جيرانه",
        ),
        ("أعفى الرئيس نائبيه", _RELIEVED, "أعفى الرئيس نائبيه حسبو عبد الرحمن"),
        ("أعفى الرئيس نائبيه حسبو عبد", _RELIEVED, "أعفى الرئيس نائبيه حسبو عبد الرحمن"),
        ("ستكون الرحلة، المقرر انطلاقها عام 2023", _TRIP, "ستكون الرحلة، المقرر انطلاقها عام 2023، أول زيارة للقمر"),
        ("أنفق النادي 250 مليون جنيه على شراء اللاعبين", _SPENT, None),
        ("أنفق النادي 250 مليون", _SPENT, "أنفق النادي 250 مليون جنيه"),
        ("المدينة تستعد لاستقبال الزوار", _SPENT, None),
        (
            "دفعت الدولة بالتعزيزات بين العراق وسوريا",
            "دفعت الدولة بالتعزيزات بين العراق وسوريا تحسبا لفرار مقاتلين.",
            None,
        ),
        (
            "شاركت المدرسة بالفعل",
            "وشاركت المدرسة بالفعل في دورة الألعاب مرتين.",
            "شاركت المدرسة بالفعل في دورة الألعاب مرتين",
        ),
        (
            "نشر الموقع تقريرا في الفترة",
            "نشر الموقع تقريرا في الفترة بين يناير ومارس.",
            "نشر الموقع تقريرا في الفترة بين يناير ومارس",
        ),
        ("المدينة تواصل الدفاع", "والمدينة تواصل الدفاع عن أحيائها.", "المدينة تواصل الدفاع عن أحيائها"),
        ("النادي يحتفل بعدد كبير", "النادي يحتفل بعدد كبير من اللاعبين.", "النادي يحتفل بعدد كبير من اللاعبين"),
        ("قال الشاهد: «رأيت النار»", "وقال الشاهد: «رأيت النار»، وأضاف أنه هرب.", None),
        ("وافق المجلس على القرار", "وافق المجلس على القرار.", None),
    ],
)
def test_a_bullet_is_carried_on_to_where_its_sentence_may_stop(text: str, sentence: str, finished: str | None) -> None:
    assert finish(text, [sentence], 14) == (text if finished is None else finished)


def test_a_bullet_that_cannot_end_within_its_limit_is_given_up() -> None:
    assert finish("أعفى الرئيس نائبيه", [_RELIEVED], 5) == ""


@given(st.text(alphabet='ابتثلمنو ال،.«»" 1', max_size=60), st.text(alphabet='ابتثلمنو ال،.«»" 1', max_size=120))
def test_finishing_never_takes_anything_away_nor_passes_the_limit(text: str, sentence: str) -> None:
    finished = finish(text, [sentence], 14)
    assert not finished or finished == text or (finished.startswith(text) and count_words(finished) <= 14)


@pytest.mark.parametrize(
    ("text", "sentence", "printed"),
    [
        ("التنظيم الأخير محاصرا في جيبه", "بات التنظيم الأخير محاصرا في جيبه.", "التنظيم الأخير محاصر في جيبه"),
        ("التنظيم الأخير محاصرًا في جيبه", "أصبح التنظيم الأخير محاصرًا في جيبه.", "التنظيم الأخير محاصر في جيبه"),
        ("بات التنظيم الأخير محاصرا", "بات التنظيم الأخير محاصرا في جيبه.", None),
        ("المدير العام حقق نجاحا كبيرا", "كان المدير العام حقق نجاحا كبيرا.", None),
        ("المدير العام افتتح معرضا", "افتتح المدير العام معرضا.", None),
        ("مدينة لندن القديمة", "كانت مدينة لندن القديمة سوقا.", None),
    ],
)
def test_a_predicate_without_its_copula_is_in_the_nominative(text: str, sentence: str, printed: str | None) -> None:
    assert without_copula(text, [sentence]) == (text if printed is None else printed)


@pytest.mark.parametrize(
    ("text", "sentence", "lost"),
    [
        ("علماء العثور على أدلة قاطعة", "أكد علماء العثور على أدلة قاطعة على وجود الجليد.", True),
        ("قائمة بأسماء المخطوفين إلى الوزير", "سلمت قائمة بأسماء المخطوفين إلى الوزير أمس.", True),
        ("علماء يؤكدون العثور على أدلة", "أكد علماء العثور على أدلة قاطعة.", False),
        ("التنظيم محاصر في جيبه الأخير", "بات التنظيم محاصر في جيبه الأخير.", False),
        ("القوات تنتظر إتمام التحضيرات", "قال المتحدث إن القوات تنتظر إتمام التحضيرات.", False),
        ("وفاة الأمين العام السابق", "أعلنت مصادر وفاة الأمين العام السابق.", False),
        ("المدير العام: لا زيادة في الأسعار", "نفى المدير العام: لا زيادة في الأسعار.", False),
        ("كشفت رسائل مسربة عن خطة", "كما كشفت رسائل مسربة عن خطة لإقالة الوزير.", False),
    ],
)
def test_a_text_that_begins_behind_its_verb_is_told(text: str, sentence: str, lost: bool) -> None:
    assert lost_beginning(text, [sentence]) is lost
