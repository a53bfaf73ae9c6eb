"""Which candidate is printed."""

from __future__ import annotations

import pytest

from summarizer.briefing.ranking import WEIGHTS, _fullness, values
from summarizer.schema import Candidate, Passage, Request, Sentence, Span, Statement, Support, Task

_LEAD = "افتتح الوزير مدرسة جديدة في القرية أمس."
_PASSAGE = Passage((Sentence(Span(0, 40), _LEAD, 0), Sentence(Span(41, 60), "وحضر الحفل مئة ضيف.", 0)))


def _passed(text: str, score: float, support: float, task: Task = Task.HEADLINE) -> tuple[Candidate, Statement]:
    return Candidate(text, score, "model"), Statement(text, task, (), "model", Support(support))


def _order(task: Task, *passed: tuple[Candidate, Statement]) -> list[str]:
    found = values(Request(task, _PASSAGE), passed, [candidate for candidate, _ in passed], WEIGHTS[task])
    return [said.text for _, (_, said) in sorted(zip(found, passed, strict=True), key=lambda pair: -pair[0])]


def test_what_the_source_bears_out_is_worth_more_than_likelihood() -> None:
    likely, true = _passed("الوزير يزور القرية", -0.1, 0.4), _passed("الوزير يفتتح المدرسة", -0.5, 0.9)
    assert _order(Task.HEADLINE, likely, true)[0] == "الوزير يفتتح المدرسة"


def test_a_headline_stays_near_the_first_sentence_and_a_bullet_need_not() -> None:
    lead, detail = "الوزير يفتتح مدرسة جديدة", "مئة ضيف في الحفل"
    for task, first in ((Task.HEADLINE, lead), (Task.BULLET, detail)):
        assert _order(task, _passed(lead, -0.5, 0.8, task), _passed(detail, -0.4, 0.8, task))[0] == first


def test_between_equals_the_one_that_the_others_agree_with() -> None:
    same, alike, alone = (
        _passed(text, -0.3, 0.5) for text in ("سكان المنطقة يحتفلون", "سكان المنطقة يرقصون", "طقس بارد غدا")
    )
    assert _order(Task.HEADLINE, alone, same, alike)[-1] == "طقس بارد غدا"


def test_one_candidate_has_a_value_and_so_has_a_lifted_sentence() -> None:
    alone = values(Request(Task.HEADLINE, _PASSAGE), [_passed(_LEAD, -0.2, 1.0)], [], WEIGHTS[Task.HEADLINE])
    lifted = Candidate(_LEAD, -1.5, "extractive", (Span(0, 40),))
    said = Statement(_LEAD, Task.STANDFIRST, (Span(0, 40),), "extractive", Support(1.0))
    request, weights = Request(Task.STANDFIRST, _PASSAGE), WEIGHTS[Task.STANDFIRST]
    assert alone[0] > values(request, [(lifted, said)], [lifted], weights)[0] > 0


@pytest.mark.parametrize(("words", "better"), [(4, 8), (8, 12), (18, 14), (18, 10), (16, 12)])
def test_of_bullets_as_good_the_fuller_one_comes_first_and_none_past_its_limit(words: int, better: int) -> None:
    assert _fullness(" ".join(["كلمة"] * better)) > _fullness(" ".join(["كلمة"] * words))
