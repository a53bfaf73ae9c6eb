"""What holds for any statement: places, order, speed of a ready index, and that a source bears itself out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.arabic.sentences.split import split_sentences
from summarizer.briefing.claims.check import check, check_many
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.briefing.claims.support_score import DEFECTS, defects

SOURCE = (
    "وصل رئيس الوزراء الإسباني بيدرو سانشيز إلى الرباط الأربعاء في زيارة تستمر يومين، هي الأولى منذ عام 2019. "
    "وقال متحدث باسم الحكومة إن الجانبين سيوقعان 12 اتفاقية بقيمة 3.5 مليار درهم. "
    "ولم يتطرق البيان إلى ملف الهجرة، لكنه وصف العلاقات بأنها «شراكة استراتيجية متينة»."
)
SEEDS = Path(__file__).parents[2] / "seeds"
WORDS = st.sampled_from(
    'لم ينف الرئيس بوتين «قتل 23 ثلاثة وعشرون ألف مليون» " 2018 أيلول الثلاثاء ، . % في المئة Apple (رفض) ٣٫٥'.split()
)


@pytest.mark.parametrize("sentence", [span.of(SOURCE) for span in split_sentences(SOURCE)])
def test_a_sentence_of_the_source_is_borne_out(sentence: str) -> None:
    report = check(sentence, SOURCE)
    assert report.supported, report.unsupported
    assert report.score > 0.6


def test_every_sentence_of_the_seed_article_is_borne_out() -> None:
    for path in SEEDS.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        index = SourceIndex(text)
        wrong = [(span.of(text), check(span.of(text), index).unsupported) for span in split_sentences(text)]
        assert not [(sentence, claims) for sentence, claims in wrong if claims]


def test_a_source_bears_nothing_out_of_another() -> None:
    report = check("زلزال بقوة 7 درجات يضرب إندونيسيا الأحد", SOURCE)
    assert {claim.kind for claim in report.unsupported} == {"number", "name", "date"}
    assert report.score < 0.1


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("سانشيز يصل إلى الرباط في زيارة تستمر يومين", "سانشيز يصل إلى الرباط في زيارة تستمر أسبوعا"),
        ("الجانبان يوقعان 12 اتفاقية بقيمة 3.5 مليار درهم", "الجانبان يوقعان 15 اتفاقية بقيمة 3.5 مليار درهم"),
        ("رئيس الوزراء الإسباني يصل إلى الرباط", "رئيس الوزراء البرتغالي يصل إلى الرباط"),
        ("البيان لم يتطرق إلى ملف الهجرة", "البيان تطرق إلى ملف الهجرة"),
        ("رئيس الوزراء الإسباني يصل إلى الرباط", "في هذا المقال يتحدث المؤلف عن فوائد الرياضة"),
    ],
)
def test_the_score_ranks(better: str, worse: str) -> None:
    assert check(better, SOURCE).score > check(worse, SOURCE).score


@given(st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_claims_are_slices_in_order_and_the_score_is_a_share(statement: str, source: str) -> None:
    report = check(statement, source)
    assert 0.0 <= report.score <= 1.0
    assert list(report.claims) == sorted(report.claims, key=lambda claim: claim.span)
    for claim in report.claims:
        assert claim.text == claim.span.of(statement)
        assert claim.supported == (not claim.reason)


@given(st.text(max_size=120), st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_report(statement: str, source: str) -> None:
    assert 0.0 <= check(statement, source).score <= 1.0


@pytest.mark.parametrize("text", ["", " ", "\ud800", "ا" + "\u064b" * 1000, "\u202e" * 50, "«" * 100, "١" * 500])
def test_hostile_text_gets_a_report(text: str) -> None:
    check(text, SOURCE)
    check(SOURCE, text)


def test_an_index_and_its_text_give_one_report() -> None:
    statements = ("سانشيز في مدريد", "12 اتفاقية", "لم يصل رئيس الوزراء")
    index = SourceIndex(SOURCE)
    assert check_many(statements, SOURCE) == check_many(statements, index) == tuple(check(s, index) for s in statements)


def test_defects_have_names_and_an_empty_statement_none() -> None:
    assert defects((), SourceIndex(SOURCE), ()) == (0.0,) * len(DEFECTS)
