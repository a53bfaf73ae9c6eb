"""Passages: whole sentences, in order, with the sentence that names the actor."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.arabic.words import count_words
from summarizer.article.build import make_article
from summarizer.article.passages import MAX_SENTENCES, lead_passage, leans, passages
from summarizer.article.read import read_path, read_text
from summarizer.errors import EmptyInput
from summarizer.schema import Article, Sentence, Span

SEED = Path(__file__).resolve().parents[2] / "seeds" / "islamic-state-last-pocket.txt"
ACTOR = "وقال سالم الهادي وزير المياه إن العمل يبدأ في الشهر المقبل."
ADDED = "وأضاف أن المشروع يستمر ثلاث سنوات متصلة في المدن الخمس."
MADE_CLEAR = "وأوضح أن الحكومة رصدت له نحو مليوني دينار."
OTHER = "وتعاني المدن الساحلية من نقص شديد في المياه منذ سنوات طويلة."


def article_of(*paragraphs: str) -> Article:
    return read_text("\n\n".join(paragraphs))


def groups(article: Article, max_words: int = 60) -> list[list[str]]:
    return [[sentence.text for sentence in passage.sentences] for passage in passages(article, max_words)]


@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_a_leaning_sentence_joins_the_one_that_names_the_actor(between: str) -> None:
    article = article_of(OTHER, ACTOR + between + ADDED, OTHER)
    assert groups(article) == [[OTHER], [ACTOR, ADDED], [OTHER]]


def test_at_most_three() -> None:
    article = article_of(ACTOR, ADDED, MADE_CLEAR, ADDED)
    assert groups(article, 200) == [[ACTOR, ADDED, MADE_CLEAR], [ACTOR, ADDED]]


def test_the_actor_comes_along_when_a_passage_is_full() -> None:
    article = article_of(OTHER, ACTOR, ADDED, MADE_CLEAR)
    assert groups(article, 25) == [[OTHER], [ACTOR, ADDED], [ACTOR, MADE_CLEAR]]


def test_no_actor_within_the_words() -> None:
    article = article_of(ACTOR, ADDED)
    assert groups(article, 12) == [[ACTOR], [ADDED]]


def test_independent_sentences_of_a_paragraph_stand_alone() -> None:
    article = article_of(f"{OTHER} {ACTOR} وبدأت شركات أجنبية في تقديم عروضها للوزارة منذ الأسبوع الماضي.")
    assert [len(group) for group in groups(article)] == [1, 1, 1]


def test_a_scrap_joins_its_paragraph_only() -> None:
    article = article_of(f"{OTHER} وهذا خطير جدا.", "وانتهى الاجتماع أمس.", OTHER)
    assert groups(article) == [[OTHER, "وهذا خطير جدا."], ["وانتهى الاجتماع أمس."], [OTHER]]


def test_a_quotation_over_two_sentences_is_not_cut() -> None:
    text = 'قال الوزير سالم الهادي للصحفيين "العمل يبدأ في الشهر المقبل. ولن نرفع الأسعار على أحد"، مؤكدا التزامه.'
    for passage in passages(article_of(text, OTHER)):
        assert passage.text.count('"') % 2 == 0


LEANING = [
    "وأضاف أن المشروع مهم.",
    "وأضاف: المشروع مهم.",
    'وأضاف "المشروع مهم".',
    "وأضافت أن المشروع مهم.",
    "وأوضح المصدر أن المشروع مهم.",
    "وقال المتحدث ذاته إن المشروع مهم.",
    "وأضاف نفس المصدر أن المشروع مهم.",
    "وأشار إلى أن المشروع مهم.",
    "وذكر أيضا أن المشروع مهم.",
    "وتابع قائلا إن المشروع مهم.",
    "كما أضاف أن المشروع مهم.",
    "وقد أكد في بيان أن المشروع مهم.",
    "وهو أول مشروع من نوعه في البلاد.",
    "لكنه لم يحدد موعدا.",
    "وَأَضَافَ أن المشروع مهم.",
]
STANDING = [
    "وقال سالم الهادي إن المشروع مهم.",
    "وأضاف الهادي أن المشروع مهم.",
    "وقالت وزارة المياه إن المشروع مهم.",
    "وأكد وزير المياه أن المشروع مهم.",
    "أعلنت الوزارة خطة جديدة.",
    "وتعاني المدن من نقص المياه.",
    "هذا ولم تعلن الوزارة موعدا جديدا.",
    "من جانبه قال النائب سالم الهادي إن المشروع مهم.",
    "هولندا تعلن مشروعا مماثلا.",
    "وهران أول مدينة تستفيد من المشروع.",
]


@pytest.mark.parametrize(("text", "expected"), [*((t, True) for t in LEANING), *((t, False) for t in STANDING)])
def test_what_leans(text: str, expected: bool) -> None:
    assert leans(Sentence(Span(0, len(text)), text, 0)) is expected


def test_every_sentence_of_the_seed_in_order() -> None:
    article = read_path(SEED)
    found = passages(article)
    seen = [sentence for passage in found for sentence in passage.sentences]
    assert set(seen) == set(article.sentences)
    assert [passage.sentences[-1] for passage in found] == sorted(passage.sentences[-1] for passage in found)
    for passage in found:
        assert 1 <= len(passage.sentences) <= MAX_SENTENCES
        assert list(passage.sentences) == sorted(passage.sentences)
        assert len(passage.sentences) == 1 or count_words(passage.text) <= 60


def test_the_seed_has_no_passage_that_opens_without_its_actor() -> None:
    opening = [passage.sentences[0].text for passage in passages(read_path(SEED))]
    assert not [
        text for text in opening if text.startswith(('وأضاف "', "وأشار إلى", "وذكر أيضا", 'وأوضح "', "وتوقع أن"))
    ]


def test_repeated_sentences_come_only_as_actors() -> None:
    article = read_path(SEED)
    seen: set[Sentence] = set()
    for passage in passages(article):
        assert not set(passage.sentences[1:]) & seen
        seen |= set(passage.sentences)


@pytest.mark.parametrize("budget", [1, 10, 40, 100, 320, 10_000])
def test_lead_passage_keeps_its_budget(budget: int) -> None:
    article = read_path(SEED)
    passage = lead_passage(article, budget, count_words)
    count = len(passage.sentences)
    assert passage.sentences == article.sentences[:count]
    assert count == 1 or count_words(passage.text) <= budget
    if count < len(article.sentences):
        assert count_words(" ".join(sentence.text for sentence in article.sentences[: count + 1])) > budget


def test_lead_passage_when_the_whole_counts_more_than_its_parts() -> None:
    article = article_of(OTHER, ACTOR, ADDED)

    def count(text: str) -> int:
        return count_words(text) + 20 * text.count(". ")

    passage = lead_passage(article, 35, count)
    assert count(passage.text) <= 35


def test_lead_passage_counts_each_sentence_once() -> None:
    article = read_text("\n".join(f"قال المسؤول رقم {number} إن العمل مستمر في المدينة." for number in range(3000)))
    counted = 0

    def count(text: str) -> int:
        nonlocal counted
        counted += len(text)
        return count_words(text)

    lead_passage(article, 320, count)
    assert counted < 10_000


def test_an_article_without_sentences() -> None:
    article = make_article("", ())
    assert passages(article) == ()
    with pytest.raises(EmptyInput):
        lead_passage(article, 100, count_words)


@pytest.mark.parametrize("half", ["لماذا يبدأ العمل في الشهر المقبل؟", "1- أصلح الصنابير التي تقطر"])
def test_a_question_and_a_heading_keep_their_other_half(half: str) -> None:
    article = article_of(OTHER, half, OTHER)
    assert groups(article) == [[OTHER], [half, OTHER]]
