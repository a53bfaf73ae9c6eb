from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.arabic.clauses import ends_weakly, is_balanced, shorter_clauses

CUT = [
    ("بات التنظيم محاصرا في جيبه الأخير، فيما تستعد القوات للتقدم.", ["بات التنظيم محاصرا في جيبه الأخير"]),
    ("تستعد القوات للتقدم في المدينة وفق ما قال قائدها.", ["تستعد القوات للتقدم في المدينة"]),
    ("أغلقت السلطات المطار الدولي بعد أن اشتدت العاصفة.", ["أغلقت السلطات المطار الدولي"]),
    ("قال الوزير محمد علي إن الميزانية جاهزة، مشيرا إلى الخطة.", ["قال الوزير محمد علي إن الميزانية جاهزة"]),
]
WHOLE = [
    "أطلقت القوات المشكلة من ائتلاف عربي كردي، آخر المعارك.",  # the comma closes an apposition
    "قال رئيس الوزراء في مؤتمر صحفي، وفق الوكالة، إن الميزانية جاهزة.",  # nothing said yet
    "مع ازدياد الخناق على التنظيم بينما تتقدم القوات.",  # a fronted clause is no sentence
    'قال الوزير إن "الميزانية جاهزة تماما، فيما تستعد الحكومة" لإعلانها.',  # inside a quotation
    "الحكومة تعلن الميزانية.",
    "",
]


@pytest.mark.parametrize(("sentence", "expected"), CUT)
def test_main_clauses(sentence: str, expected: list[str]) -> None:
    assert [span.of(sentence) for span in shorter_clauses(sentence, min_words=4)] == expected


@pytest.mark.parametrize("sentence", WHOLE)
def test_no_cut_is_better_than_a_wrong_one(sentence: str) -> None:
    assert shorter_clauses(sentence, min_words=4) == ()


@given(st.text(alphabet='ابتثجفيومن ،.؛-«»"…', max_size=300))
def test_clauses_are_prefixes_longest_first(sentence: str) -> None:
    spans = shorter_clauses(sentence)
    assert all(span.start == 0 and 0 < span.end < len(sentence) for span in spans)
    assert list(spans) == sorted(spans, reverse=True)
    assert all(is_balanced(span.of(sentence)) and not ends_weakly(span.of(sentence)) for span in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في المدينة", False),
        ("ذهب إلى", True),
        ("قال إن", True),
        ("", True),
        ("جاء ومن", True),
        ("حافظت على الظهور في أبهى زينة بما", True),
        ("أصبحت هذه الأشعار مرئية ووصفية، لاسيما", True),
        ("قرار وفقا", True),
    ],
)
def test_weak_ends(text: str, expected: bool) -> None:
    assert ends_weakly(text) is expected


@pytest.mark.parametrize(("text", "expected"), [("«ا»", True), ("«ا", False), ('"ا', False), ("(ا]", False)])
def test_balance(text: str, expected: bool) -> None:
    assert is_balanced(text) is expected
