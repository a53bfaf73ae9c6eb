from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.tasks.clean import clean_body, is_furniture, part_sentences, strip_dateline, tidy

LEAD = "استقبل ميناء المدينة ألف سفينة خلال العام الماضي بحسب بيان لإدارة الميناء صدر اليوم."
NEXT = "وقال مدير الميناء إن العدد يزيد بنسبة عشرة في المئة على ما سجل في العام السابق."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("٢٠١٥ و٣٫٥٪", "2015 و3.5%"),
        ("قال &quot;نعم&quot; &amp;amp; لا", 'قال "نعم" & لا'),
        ("الرئيـــس", "الرئيس"),
        ("زيادة بـ50 لـ«الميناء» عام 1436هـ", "زيادة بـ50 لـ«الميناء» عام 1436هـ"),
        ("السوق حسينـ، اليوم", "السوق حسين، اليوم"),
        ("#كأس_العالم بدأ", "كأس العالم بدأ"),
        ("كلمة\u200f \u200bثانية\u00a0ثالثة", "كلمة ثانية ثالثة"),
        ("سطر\r\nسطر\u2028سطر", "سطر\nسطر\nسطر"),
        ("قال : نعم ، لا .", "قال: نعم، لا."),
        ("النسبة .75", "النسبة .75"),
        ("ایران کبیرة", "ايران كبيرة"),
    ],
)
def test_tidy(text: str, expected: str) -> None:
    assert tidy(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "count"),
    [
        ("وصل الوفد أمس.وغادر اليوم.", "وصل الوفد أمس.|وغادر اليوم.", 1),
        ("بلغ 3.5 في المئة. وانتهى", "بلغ 3.5 في المئة. وانتهى", 0),
        ("قال لوكالة أ.ف.ب إنه وصل.", "قال لوكالة أ.ف.ب إنه وصل.", 0),
    ],
)
def test_part_sentences(text: str, expected: str, count: int) -> None:
    assert part_sentences(text, "|") == (expected, count)


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("دبي، الإمارات العربية المتحدة (CNN)-- ", LEAD),
        ("دبي، الإمارات العربية المتحدة (CNN)—", LEAD),
        ("الرياض - واس: ", LEAD),
        ("سبق- الدمام: ", LEAD),
        ("فهد العلي- سبق- جازان: ", LEAD),
        ("القاهرة - رويترز: ", LEAD),
        ("سالم العلي بي بي سي - لندن ", LEAD),
        ("سالم العلي بي بي سي-لندن ", LEAD),
        ("الخرطوم- ", LEAD),
        ("شارك من خلال تويتر فيسبوك جوجل بلس اكتب رأيك ", LEAD),
        ("", LEAD),
        ("", "قال الأمير سعود -رحمه الله- إن المشروع سيبدأ في موعده المحدد من قبل."),
    ],
)
def test_strip_dateline(dateline: str, rest: str) -> None:
    assert strip_dateline(dateline + rest) == rest


@pytest.mark.parametrize(
    "line",
    [
        "طلاب داخل الفصل الدراسي القديم",
        "محمد العلي (جدة)",
        "اقرأ أيضا: الميناء يستقبل سفينة جديدة",
        "// انتهى //",
        "13:25 ت م",
        "الرياض 25 شوال 1436 هـ الموافق 10 اغسطس 2015 م واس",
        "https://example.com/a",
        "*نقلاً عن صحيفة محلية",
        "3601129765",
    ],
)
def test_furniture_lines(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", [LEAD, NEXT, "وقال: «سنعود قريبا».", 'وأضاف "نعم لقد عدنا الآن".'])
def test_prose_is_not_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_clean_body_keeps_prose_in_order_and_counts_the_rest() -> None:
    body = f"سالم العلي – عين اليوم\nسبق- جدة: {LEAD}\nعنوان فرعي قصير\n{NEXT}\n{NEXT}\nسمات ميناء سفن"
    paragraphs, counts = clean_body(body)
    assert paragraphs == (LEAD, NEXT)
    assert counts["furniture_lines"] == 2
    assert (counts["datelines"], counts["repeated_paragraphs"], counts["tail_tags_or_links"]) == (1, 1, 1)


def test_links_to_the_paper_go_with_what_follows() -> None:
    paragraphs, _ = clean_body(f"{LEAD} {NEXT} رابط الخبر بصحيفة الوئام: ميناء المدينة")
    assert paragraphs == (f"{LEAD} {NEXT}",)


def test_glue_becomes_a_paragraph_where_a_corpus_lost_its_breaks() -> None:
    assert clean_body(LEAD + NEXT, paragraph_breaks=True)[0] == (LEAD, NEXT)
    assert clean_body(LEAD + NEXT)[0] == (f"{LEAD} {NEXT}",)


def test_an_opening_deck_is_not_the_lead() -> None:
    deck = "مدير الميناء يكشف عن خطة جديدة لتوسعة الأرصفة واستقبال سفن أكبر"
    assert clean_body(f"{deck}\n{LEAD}\n{NEXT}")[0] == (LEAD, NEXT)


@given(st.text(alphabet='ابتثو .،:-\n"«»()0123456789ـ#_\u064b\u200f', max_size=200))
def test_cleaning_is_total_and_leaves_single_spaces(text: str) -> None:
    paragraphs, _ = clean_body(text)
    for paragraph in paragraphs:
        assert paragraph == paragraph.strip()
        assert paragraph
        assert "\n" not in paragraph
        assert "  " not in paragraph


@given(st.text(max_size=80) | st.text(alphabet="ابت \u0640\u064b#_\"'`“”«»(.،:!5\n\r\u200f", max_size=40))
def test_tidy_twice_is_tidy_once_on_plain_text(text: str) -> None:
    plain = text.replace("&", "")
    once = tidy(plain)
    assert tidy(once) == once
