from __future__ import annotations

import pytest

from summarizer.briefing.house import House
from summarizer.briefing.source import Surroundings
from summarizer.briefing.vetting import Vetting, introducing, spelt
from summarizer.config import EditorialLimits
from summarizer.schema import Candidate, Passage, Refusal, Sentence, Span, Task

LEAD = "أعلن وزير المالية محمد معيط خفض الضرائب على الشركات الصغيرة بنسبة 5 في المئة."
NEXT = "وأضاف أن القرار سيطبق في يناير المقبل على 300 شركة."
LAST = "ورحبت غرفة التجارة بالقرار."


def sentences(*texts: str) -> list[Sentence]:
    made, at = [], 0
    for place, text in enumerate(texts):
        made.append(Sentence(Span(at, at + len(text)), text, place))
        at += len(text) + 2
    return made


ARTICLE = sentences(LEAD, NEXT, LAST)
VETTING = Vetting(EditorialLimits(max_long_bullet_words=26), House(), frozenset(), Surroundings(ARTICLE))


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("أضاف أن القرار سيطبق في يناير المقبل على 300 شركة", (1,)),
        ("قال وزير المالية محمد معيط إن القرار سيطبق في يناير المقبل على 300 شركة", (0, 1)),
    ],
)
def test_a_line_stands_on_its_sentence_and_on_those_that_say_who_is_meant(text: str, sources: tuple[int, ...]) -> None:
    said = VETTING.vet(Candidate(text, -0.1, "causal"), Task.BULLET, ARTICLE[1])
    assert not isinstance(said, Refusal)
    assert said.sources == tuple(ARTICLE[index].span for index in sources)
    assert said.method == "model"
    assert said.support.supported


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("القرار سيطبق في يناير المقبل على 400 شركة", "400"),
        ("قال وزير المالية جون سميث إن القرار سيطبق في يناير المقبل", "not in the source"),
        ("القرار سيطبق", "outside"),
        ("أضاف أن «القرار سيطبق في يناير المقبل على 300 شركة", "stays open"),
        ("أضاف أن القرار سيطبق في يناير المقبل:", "mid-sentence"),
        ("هل يطبق القرار في يناير المقبل على 300 شركة؟", "a question"),
        ("القرار سيطبق سيطبق في يناير المقبل على 300 شركة", "twice in a row"),
    ],
)
def test_what_no_line_may_do(text: str, reason: str) -> None:
    verdict = VETTING.vet(Candidate(text, -0.1, "causal"), Task.BULLET, ARTICLE[1])
    assert isinstance(verdict, Refusal)
    assert reason in verdict.reason


def test_a_sentence_as_it_stands_loses_its_opening_and_says_where_it_is_from() -> None:
    said = VETTING.vet(Candidate(NEXT, 0.0, "extractive", (ARTICLE[1].span,)), Task.BULLET, ARTICLE[1])
    assert not isinstance(said, Refusal)
    assert (said.method, said.sources) == ("extractive", (ARTICLE[1].span,))


def test_the_reader_s_own_limit_holds() -> None:
    strict = Vetting(EditorialLimits(max_asked_bullet_words=6), House(), frozenset(), Surroundings(ARTICLE))
    verdict = strict.vet(Candidate(NEXT, 0.0, "extractive", (ARTICLE[1].span,)), Task.BULLET, ARTICLE[1])
    assert isinstance(verdict, Refusal)
    assert "outside 4-6" in verdict.reason


def test_the_nearest_sentence_introduces() -> None:
    article = sentences("وصل الوزير معيط إلى بيروت.", "التقى الوزير معيط نظيره.", "وأعلن خفض الضرائب.", LAST)
    assert introducing("أعلن معيط خفض الضرائب", Passage((article[2],)), article) == (article[1].span,)
    assert introducing("أعلن خفض الضرائب", Passage((article[2],)), article) == ()


@pytest.mark.parametrize(
    ("line", "source", "expected"),
    [
        ("عاد فى المساء الى المدينة", "وعاد فى المساء", "عاد في المساء إلى المدينة"),
        ("قال ﴿الى الله مرجعكم﴾ أمس", "وقال ﴿الى الله مرجعكم﴾", "قال ﴿الى الله مرجعكم﴾ أمس"),
    ],
)
def test_what_stands_beside_scripture_keeps_its_spelling(line: str, source: str, expected: str) -> None:
    assert spelt(line, source) == expected


def test_a_part_of_somebody_s_answer_is_quoted_as_the_whole_is() -> None:
    _, answer, last = ARTICLE
    vetting = Vetting(VETTING.limits, House(), frozenset(), Surroundings(ARTICLE), frozenset({answer.span}))
    part = Sentence(Span(answer.span.start + 6, answer.span.end), answer.text[6:], 1)
    for one, quoted in ((part, True), (last, False)):
        said = vetting.vet(Candidate(one.text, 0.0, "extractive", (one.span,)), Task.BULLET, one)
        assert not isinstance(said, Refusal)
        assert said.text.startswith("«") is quoted
