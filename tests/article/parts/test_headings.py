from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.article.parts.headings import heading_end, is_opener
from summarizer.article.read import read_text

FUSED = [
    ("محادثات السلام وقال المبعوث الأممي إن الطرفين سيلتقيان.", "وقال المبعوث"),
    ("قلق أوروبي  وأضافت المفوضية أنها سترسل مراقبين.", "وأضافت المفوضية"),
    ("تحذيرات وبحسب الوزارة فقد أغلق الجسر.", "وبحسب الوزارة"),
    ("وزير النقل سالم الحارثي وأوضح الحارثي أن الخط جاهز.", "وأوضح الحارثي"),
    ("زيادةً كبيرةً وقالت الشركة إنها ستوظف عمالا.", "وقالت الشركة"),
]
WHOLE = [
    "وأحرز اللاعب هدفين وأضاف زميله هدفا ثالثا.",  # opens with a verb behind «و»
    "نفى الوزير الخبر وقال إنه لم يسافر.",
    "هذا وقالت الوزارة إن الخط جاهز.",
    "من جهة أخرى وبحسب الوزارة فقد أغلق الجسر.",
    "وزير النقل العماني سالم بن حمد الحارثي وقال إنه.",  # too long for a heading
    "محادثات السلام، وقال المبعوث إن الطرفين سيلتقيان.",
    "محادثات السلام قال المبعوث إنها ستبدأ.",
    "محادثات السلام وقال",
    "وأردف الناصر أن البنك وبحسب بيانه سيفتح فرعا.",
    "وقال المبعوث إن الطرفين سيلتقيان.",
    "",
]


@pytest.mark.parametrize(("paragraph", "sentence"), FUSED)
def test_a_sentence_begins_behind_its_heading(paragraph: str, sentence: str) -> None:
    assert paragraph[heading_end(paragraph) :].startswith(sentence)
    assert heading_end(paragraph) > 0


@pytest.mark.parametrize("paragraph", WHOLE)
def test_what_needs_its_first_words_keeps_them(paragraph: str) -> None:
    assert heading_end(paragraph) == 0


def test_openers_are_words_or_pairs_of_them() -> None:
    assert is_opener("وقال")
    assert is_opener("وفي سياق")
    assert not is_opener("وفي")
    assert not is_opener("ورفض")


def test_the_text_keeps_the_heading_that_no_sentence_has() -> None:
    text = "أغلق الجسر يوم الأحد.\n\nمحادثات السلام وقال المبعوث إن الطرفين سيلتقيان في جنيف."
    article = read_text(text)
    assert [sentence.text for sentence in article.sentences][1] == "وقال المبعوث إن الطرفين سيلتقيان في جنيف."
    assert article.text == text
    assert all(sentence.span.of(text) == sentence.text for sentence in article.sentences)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["وقال", "وفي", "سياق", "السلام", "هذا", "٣", " ", "\n", "َ", "«", "،", "\ud800"])))
def test_any_text_has_a_place_within_it(parts: list[str]) -> None:
    paragraph = " ".join(parts)
    end = heading_end(paragraph)
    assert 0 <= end < max(1, len(paragraph))
    assert not end or paragraph[end : end + 1].strip()
