"""Prose or not: the shapes that are refused, and news that only looks a little like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.dialogue import answers
from summarizer.article.parts.prose import is_table_row, require_prose, table_rows
from summarizer.article.read import read_text
from summarizer.errors import NotProse

SENTENCE = "أعلنت وزارة النقل أن جسرا جديدا سيربط ضفتي النهر قرب الميناء القديم في مدينة البصرة."
VERSE = ["مررت بي طفلا وعدت بلا رفيق", "والنخل يسأل عنك في صمت الضحى"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1\tاتحاد المدينة\t10\t8", True),
        ("| اتحاد المدينة | 10 | 8 |", True),
        ("اتحاد المدينة   10   25", True),
        ("اتحاد المدينة 10 8 1 1 25", True),
        ("فاز اتحاد المدينة على نجوم الساحل 2-1 أمس", False),
        ("خسر الفريق 3 مباريات من 10.", False),
        ("أعلن مصرفان 3 قروض", False),
    ],
)
def test_rows_of_tables(line: str, expected: bool) -> None:
    assert is_table_row(line) is expected


def test_rows_are_told_from_the_prose_around_them() -> None:
    rows = ["1. الجزيرة\t1533\tنقطة", "2. الساحل\t1384\tنقطة", "3. الوادي\t1346\tنقطة"]
    assert table_rows([SENTENCE, *rows, SENTENCE]) == {1, 2, 3}
    assert table_rows([SENTENCE, *rows[:2], SENTENCE]) == frozenset()
    assert table_rows(rows) == frozenset()


@pytest.mark.parametrize("lines", [VERSE * 3, ["الرئيسية أخبار رياضة"] * 5, ["1\tاتحاد\t10\t8"] * 4])
def test_refused(lines: list[str]) -> None:
    with pytest.raises(NotProse):
        require_prose(lines)


@pytest.mark.parametrize(
    "lines",
    [
        VERSE,  # too few to say
        [*VERSE * 3, SENTENCE],  # a verse is quoted in an article
        [line + "." for line in VERSE * 3],  # short sentences
        [SENTENCE.rstrip(".")] * 4,  # an article without full stops
    ],
)
def test_passed(lines: list[str]) -> None:
    require_prose(lines)


@given(st.lists(st.text(alphabet="اب ت\t|1.؟", min_size=1, max_size=40), max_size=12))
def test_rows_are_places_of_lines(lines: list[str]) -> None:
    assert all(0 <= place < len(lines) and is_table_row(lines[place]) for place in table_rows(lines))


def test_answers_of_an_interview_go_on_to_the_next_question() -> None:
    article = read_text(f"{SENTENCE}\n\nس: لماذا؟\nج: لأن ذلك أفضل.\n\nوهذا رأيي.\n\nس: متى؟\nج: غدا صباحا.")
    spoken = answers(article)
    found = [sentence.text for sentence in article.sentences if sentence.span in spoken]
    assert found == ["ج: لأن ذلك أفضل.", "وهذا رأيي.", "ج: غدا صباحا."]
    assert answers(read_text(f"{SENTENCE}\n\nج: لأن ذلك أفضل. {SENTENCE}")) == frozenset()
