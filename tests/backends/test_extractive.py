from __future__ import annotations

import pytest

from summarizer.arabic.sentences.split import split_sentences
from summarizer.backends.base import BACKENDS, Backend, load_backend
from summarizer.backends.extractive import Extractive, Lead, leaves_the_lead
from summarizer.backends.scripted import Scripted
from summarizer.config import Decoding
from summarizer.errors import UnknownName
from summarizer.schema import Passage, Request, Sentence, Task

TEXT = (
    "بات التنظيم محاصرا في جيبه الأخير شرق سوريا، فيما تستعد القوات للتقدم. "
    "الطقس جميل اليوم في المدينة الساحلية. "
    "أعلنت القوات أن التنظيم في شرق سوريا يخسر جيبه الأخير. "
    "تقدمت القوات شرق سوريا نحو جيب التنظيم."
)
PASSAGE = Passage(tuple(Sentence(span, span.of(TEXT), 0) for span in split_sentences(TEXT)))


@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("backend", [Extractive(), Lead()])
def test_every_candidate_is_a_slice_of_the_source(backend: Backend, task: Task) -> None:
    (candidates,) = backend.generate([Request(task, PASSAGE)], Decoding())
    assert candidates
    for candidate in candidates:
        (span,) = candidate.spans
        assert candidate.text in span.of(TEXT)
        assert 0.0 <= candidate.score <= 1.0


def test_lead_keeps_the_order_of_the_article() -> None:
    (candidates,) = Lead().generate([Request(Task.STANDFIRST, PASSAGE)], Decoding())
    assert [c.spans[0].start for c in candidates] == sorted(c.spans[0].start for c in candidates)


def test_what_recurs_outranks_what_is_said_once() -> None:
    (candidates,) = Extractive().generate([Request(Task.BULLET, PASSAGE)], Decoding())
    order = [candidate.spans[0] for candidate in candidates]
    assert order[-1].of(TEXT).startswith("الطقس")


def test_the_clause_that_fits_comes_before_the_sentence_that_does_not() -> None:
    (candidates,) = Lead().generate([Request(Task.HEADLINE, PASSAGE, max_words=9)], Decoding())
    assert candidates[0].text == "بات التنظيم محاصرا في جيبه الأخير شرق سوريا"
    assert candidates[1].text.endswith("للتقدم.")


def test_the_table_opens_each_name_and_answers_an_unknown_one_with_near_matches() -> None:
    assert isinstance(load_backend("extractive"), Extractive)
    assert isinstance(load_backend("lead"), Lead)
    assert set(BACKENDS) >= {"default", "embedded", "extractive", "lead"}
    with pytest.raises(UnknownName, match="did you mean extractive"):
        load_backend("extractiv")


def test_the_double_answers_from_its_script_and_remembers() -> None:
    double = Scripted({Task.HEADLINE: ["أول", "ثان"]})
    requests = [Request(Task.HEADLINE, PASSAGE), Request(Task.BULLET, PASSAGE)]
    first, second = double.generate(requests, Decoding())
    assert [candidate.text for candidate in first] == ["أول", "ثان"]
    assert second == ()
    assert double.calls[0][0] == tuple(requests)


LEADS = [
    ("بات التنظيم محاصرا في جيبه الأخير شرق البلاد.", False),  # a headline as it is
    (
        "أعلنت وزارة النقل بناء جسر جديد يربط ضفتي النهر قرب الميناء القديم، وذلك بعد أعوام من الجدل بين السكان "
        "والبلدية على كلفة المشروع وموقعه.",
        True,  # a clause of it is a headline
    ),
    (
        "لم يعجب سكان الحي الغربي قرار البلدية هدم السوق القديم وبناء مجمع تجاري من عشرين طابقا في موضعه لأنه مورد "
        "رزقهم الوحيد.",
        False,  # it denies something: nothing can go, and no other sentence says the same
    ),
]


@pytest.mark.parametrize(("lead", "expected"), LEADS)
def test_a_lead_is_left_to_the_standfirst_when_a_headline_can_do_without(lead: str, expected: bool) -> None:
    text = lead + " وتقع المدينة على مسافة ثلاثين كيلومترا من البحر."
    passage = Passage(tuple(Sentence(span, span.of(text), 0) for span in split_sentences(text)))
    headline, standfirst = (
        Request(task, passage, words) for task, words in ((Task.HEADLINE, 14), (Task.STANDFIRST, 40))
    )
    assert leaves_the_lead(headline, standfirst) is expected


def test_a_headline_from_elsewhere_says_what_the_lead_says() -> None:
    text = (
        "لم يعجب سكان الحي الغربي قرار البلدية هدم السوق القديم وبناء مجمع تجاري من عشرين طابقا في موضعه لأنه مورد "
        "رزقهم الوحيد. تقع المدينة قرب البحر وتشتهر ببساتينها. السكان يرفضون قرار البلدية هدم السوق القديم."
    )
    passage = Passage(tuple(Sentence(span, span.of(text), 0) for span in split_sentences(text)))
    (candidates,) = Extractive().generate([Request(Task.HEADLINE, passage, max_words=14)], Decoding())
    assert candidates[1].text.startswith("السكان يرفضون قرار البلدية")
