from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.tasks.targets import (
    clean_standfirst,
    clean_title,
    drop_weekday,
    guillemets,
    restore_first_letter,
    unquote_paraphrases,
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("بالفيديو.. الميناء يستقبل ألف سفينة", "الميناء يستقبل ألف سفينة"),
        ("شاهد: الميناء يستقبل ألف سفينة", "الميناء يستقبل ألف سفينة"),
        ("عاجل | بالصور: الميناء يستقبل ألف سفينة", "الميناء يستقبل ألف سفينة"),
        ("رياضي / الفريق يفوز بالكأس غداً", "الفريق يفوز بالكأس غداً"),
        ("الميناء يستقبل ألف سفينة - CNN", "الميناء يستقبل ألف سفينة"),
        ("الميناء يستقبل ألف سفينة (فيديو)", "الميناء يستقبل ألف سفينة"),
        ("الميناء يستقبل ألف سفينة .. صور", "الميناء يستقبل ألف سفينة"),
        ('الوزير : "لن نتراجع"', "الوزير: «لن نتراجع»"),
        ("الوزير:12 مطلبا", "الوزير: 12 مطلبا"),
        ("النتيجة 2:1 بعد التمديد", "النتيجة 2:1 بعد التمديد"),
        ("الميناء... وألف سفينة", "الميناء.. وألف سفينة"),
        ("ارتفاع بنسبة ٧٥ %", "ارتفاع بنسبة 75%"),
        ("السعودية:  33 مليار ريال", "السعودية: 33 مليار ريال"),
        ("قال &quot;نعم&quot; للسلام", "قال «نعم» للسلام"),
        ("تونس: اعتقال شبكة تهريب", "تونس: اعتقال شبكة تهريب"),
        ("", ""),
    ],
)
def test_clean_title(title: str, expected: str) -> None:
    assert clean_title(title) == expected


@pytest.mark.parametrize(
    ("standfirst", "expected"),
    [
        ("الميناء يستقبل ألف سفينة .", "الميناء يستقبل ألف سفينة."),
        ("الميناء يستقبل ألف سفينة،", "الميناء يستقبل ألف سفينة."),
        ("هل يستقبل الميناء السفن؟", "هل يستقبل الميناء السفن؟"),
        ("الميناء يستقبل\nألف سفينة.والمدير يشكر", "الميناء يستقبل ألف سفينة. والمدير يشكر."),
        ("", ""),
    ],
)
def test_clean_standfirst(standfirst: str, expected: str) -> None:
    assert clean_standfirst(standfirst) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"أ" و"ب"', "«أ» و«ب»"),
        ('قال "نعم', "قال نعم"),
        ("“نعم” و‘لا’ و'ربما'", "«نعم» و«لا» و«ربما»".replace("و«لا»", "و«لا»").replace("و«ربما»", "و'ربما'")),
        ("قال «نعم", "قال نعم"),
        ("» نعم «", " نعم "),
        ('" نعم "', "«نعم»"),
    ],
)
def test_guillemets(text: str, expected: str) -> None:
    assert guillemets(text) == expected


@given(st.text(alphabet="ابت \"«»“”'‘’. ", max_size=60))
def test_guillemets_always_pair(text: str) -> None:
    depth = 0
    for character in guillemets(text):
        depth += {"«": 1, "»": -1}.get(character, 0)
        assert depth in (0, 1)
    assert depth == 0


def test_only_verbatim_quotations_keep_their_marks() -> None:
    said = {"نعم للسلام"}
    text, count = unquote_paraphrases("الوزير يقول «نعم للسلام» بعد «تطور كبير»", said.__contains__)
    assert (text, count) == ("الوزير يقول «نعم للسلام» بعد تطور كبير", 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أعلن الحزب، الخميس، فوزه.", "أعلن الحزب فوزه."),
        ("زار المدينة يوم الخميس.", "زار المدينة."),
        ("التقى نظيره مساء الجمعة في القمة.", "التقى نظيره في القمة."),
        ("سقطت بعد ظهر الجمعة في الحقل.", "سقطت بعد ظهر الجمعة في الحقل."),
        ("أعلن الحزب فوزه.", "أعلن الحزب فوزه."),
    ],
)
def test_drop_weekday(text: str, expected: str) -> None:
    assert drop_weekday(text) == expected


@pytest.mark.parametrize(
    ("standfirst", "body", "expected"),
    [
        ("لانباء تقول إن السفينة وصلت.", "افادت الانباء الواردة", "الانباء تقول إن السفينة وصلت."),
        ("لانباء تقول.", "لا شيء هنا", "لانباء تقول."),
        ("الميناء يعمل.", "عاد الميناء إلى العمل", "الميناء يعمل."),
        ("", "نص", ""),
    ],
)
def test_restore_first_letter(standfirst: str, body: str, expected: str) -> None:
    assert restore_first_letter(standfirst, body) == expected
