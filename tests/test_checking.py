"""Lines that somebody else wrote, against the article: what is found, what is not, and where it was looked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import brief, read_path, read_text
from summarizer.checking import check_lines

SEED = Path(__file__).resolve().parent.parent / "seeds" / "islamic-state-last-pocket.txt"
TEXT = (
    "أعلنت بلدية مدينة النخيل، اليوم الأحد، افتتاح ثلاث حدائق عامة جديدة في الأحياء الشرقية بعد عامين من العمل.\n\n"
    "وقال رئيس البلدية سالم الحداد إن كلفة المشروع بلغت 4 ملايين دينار، مولت نصفها تبرعات الأهالي.\n\n"
    "وأضاف أن الحدائق تضم ملاعب للأطفال ومسارات للمشي طولها سبعة كيلومترات، وأنها تروى بمياه معالجة.\n\n"
    "وتعتزم البلدية غرس 12 ألف شجرة في المدينة قبل نهاية العام المقبل للحد من موجات الحر."
)
ARTICLE = read_text(TEXT)

#: A line, the kinds of its claims that the article does not have, and sentences it must have been checked against.
LINES = [
    ("سالم الحداد: كلفة المشروع 4 ملايين دينار", [], {1}),
    ("سالم الحداد: كلفة المشروع 5 ملايين دينار", ["number"], {1}),
    ("محمود الحداد: كلفة المشروع 4 ملايين دينار", ["name"], {1}),
    ("البلدية تغرس 12 ألف شجرة وتفتتح ثلاث حدائق", [], {0, 3}),
    ("مسارات المشي طولها 7 كيلومترات", [], {2}),
    ("تفتتح البلدية الحدائق في 3 مارس 2020", ["date"], {0}),
    ("قال الحداد «الحدائق هدية لأهالي مدينتنا الطيبين»", ["quote"], {1}),
    ("كلمات غيرها لم ترد قط", [], set()),
    ("", [], set()),
]


@pytest.mark.parametrize(("line", "missing", "sentences"), LINES)
def test_what_the_article_does_not_have_is_named(line: str, missing: list[str], sentences: set[int]) -> None:
    (found,) = check_lines(ARTICLE, [line])
    assert [claim.kind for claim in found.support.unsupported] == missing
    places = {place for place, one in enumerate(ARTICLE.sentences) if one.span in found.sources}
    assert sentences <= places
    assert bool(sentences) == bool(places)
    assert all(claim.span.of(line) == claim.text for claim in found.support.claims)


def test_the_lines_of_a_brief_are_found_again() -> None:
    article = read_path(SEED)
    written = brief(article, "extractive")
    lines = [written.headline, written.standfirst, *written.bullets]
    for said, again in zip(lines, check_lines(article, [line.text for line in lines]), strict=True):
        assert again.support.supported, said.text
        assert set(said.sources) & set(again.sources)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60) | st.sampled_from([line for line, *_ in LINES]), min_size=1, max_size=3))
def test_any_text_has_a_report(lines: list[str]) -> None:
    found = check_lines(ARTICLE, lines)
    assert [one.text for one in found] == lines
    for one in found:
        assert 0 <= one.support.score <= 1
        assert [source["text"] for source in one.to_dict(TEXT)["sources"]] == [span.of(TEXT) for span in one.sources]
