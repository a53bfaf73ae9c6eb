"""Which passages are worth a bullet, and how many."""

from __future__ import annotations

import pytest

from summarizer.arabic.sentences.split import split_sentences
from summarizer.arabic.words import content_keys
from summarizer.article.read import read_text
from summarizer.briefing.salience import (
    Weights,
    bullet_count,
    is_live,
    rank_passages,
    salience,
    weightiest,
    window_count,
)
from summarizer.config import EditorialLimits
from summarizer.schema import Passage, Sentence

LEAD = "أعلنت شركة الطيران الوطنية إلغاء عشرين رحلة إلى المدن الساحلية بسبب العاصفة."
FACTS = "تكلف الرحلات الملغاة شركة الطيران 12 مليون دينار كما يقول مديرها سالم الحداد."
VAGUE = "السماء جميلة في فصل الربيع عادة عند الصباح الباكر والمساء المتأخر."
QUOTE = "قال المدير «نحن نعتذر كثيرا لكل المسافرين الكرام ونعدهم بما هو أفضل» أمس."
POINTS = "وأضاف أن هذه الرحلات تعود بعد انتهاء العاصفة."


def passage(text: str) -> Passage:
    return Passage(tuple(Sentence(span, span.of(text), 0) for span in split_sentences(text)))


def scores(texts: list[str], weights: Weights) -> list[float]:
    found = [passage(text) for text in texts]
    return salience(found, [content_keys(text) for text in texts], weights)


NOTHING = Weights(central=0, position=0, lead=0, facts=0, dangling=0, quoted=0)


@pytest.mark.parametrize(
    ("weights", "better", "worse"),
    [
        (Weights(0, 1, 0, 0, 0, 0), LEAD, VAGUE),
        (Weights(0, 0, 1, 0, 0, 0), FACTS, VAGUE),
        (Weights(0, 0, 0, 1, 0, 0), FACTS, VAGUE),
        (Weights(0, 0, 0, 0, 1, 0), VAGUE, POINTS),
        (Weights(0, 0, 0, 0, 0, 1), VAGUE, QUOTE),
    ],
)
def test_each_sign_counts(weights: Weights, better: str, worse: str) -> None:
    texts = [LEAD, FACTS, VAGUE, QUOTE, POINTS]
    found = dict(zip(texts, scores(texts, weights), strict=True))
    assert found[better] > found[worse]
    assert scores(texts, NOTHING) == [0.0] * 5


def test_what_was_chosen_already_is_not_chosen_again() -> None:
    chosen = rank_passages([passage(LEAD), passage(LEAD), passage(FACTS)], 2, Weights(diversity=0.7))
    assert [one.text for one in chosen] == [LEAD, FACTS]


def test_nothing_comes_of_nothing() -> None:
    assert rank_passages([], 3) == []


@pytest.mark.parametrize(("words", "wanted", "expected"), [(60, None, 3), (300, None, 4), (900, None, 5), (60, 7, 7)])
def test_bullets_by_length(words: int, wanted: int | None, expected: int) -> None:
    article = read_text(" ".join(["كلمات قليلة من مقال طويل."] * (words // 5)))
    assert bullet_count(article, EditorialLimits(), wanted) == expected


def test_every_part_of_a_long_article_has_its_turn() -> None:
    first, last = [passage(LEAD), passage(FACTS)], [passage(VAGUE), passage(QUOTE)]
    alone = rank_passages([*first, *last], 2)
    assert {one.text for one in alone} == {LEAD, FACTS}
    parted = rank_passages([*first, *last], 2, windows=2)
    assert {one.text for one in parted} & {LEAD, FACTS}
    assert {one.text for one in parted} & {VAGUE, QUOTE}


@pytest.mark.parametrize(("words", "expected"), [(400, 1), (1_200, 5)])
def test_a_long_article_has_a_part_for_every_bullet(words: int, expected: int) -> None:
    assert window_count(read_text(" ".join(["كلمات قليلة من مقال طويل."] * (words // 5))), 5) == expected


def test_a_live_blog_is_told_by_its_clock_lines() -> None:
    entry = f"\n\n{LEAD}\n\n"
    assert is_live(read_text(f"09:40{entry}08.30 بتوقيت غرينتش{entry}(07:55){entry}"))
    assert not is_live(read_text(f"09:40{entry}اجتمع الوزراء عند الساعة 10:30 صباحا.{entry}"))


def test_the_weightiest_sentences_fit_and_come_best_first() -> None:
    article = read_text("\n\n".join([VAGUE, LEAD, FACTS]))
    found = weightiest(article, 26, lambda text: len(text.split()))
    assert [one.text for one in found.sentences] == [FACTS, LEAD]
    assert len(weightiest(article, 1, lambda text: len(text.split())).sentences) == 1
