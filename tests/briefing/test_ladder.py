from __future__ import annotations

import pytest

from summarizer.arabic.sentences.split import split_sentences
from summarizer.backends.extractive import LEAD_SCORE
from summarizer.briefing.ladder import Ladder
from summarizer.briefing.source import Surroundings
from summarizer.config import EditorialLimits, Verification
from summarizer.schema import Candidate, Passage, Request, Sentence, Span, Task

TEXT = (
    "أعلن وزير المالية محمد علي أمس أن الميزانية الجديدة تبلغ 40 مليار دولار. "
    "وتخصص الميزانية سبعة مليارات دولار لقطاع التعليم في المحافظات الجنوبية."
)
PASSAGE = Passage(tuple(Sentence(span, span.of(TEXT), 0) for span in split_sentences(TEXT)))
BULLET = Request(Task.BULLET, PASSAGE)


def ladder() -> Ladder:
    return Ladder(EditorialLimits(), frozenset())


def model(text: str) -> Candidate:
    return Candidate(text, -0.1, "model")


def test_the_first_candidate_that_passes_is_accepted_and_the_others_explained() -> None:
    judge = ladder()
    statement = judge.climb(
        BULLET,
        [model("الميزانية الجديدة تبلغ 50 مليار دولار"), model("الميزانية الجديدة تبلغ 40 مليار دولار")],
        "model",
    )
    assert statement is not None
    assert statement.text == "الميزانية الجديدة تبلغ 40 مليار دولار"
    assert statement.method == "model-next"
    assert [refusal.text for refusal in statement.refused] == ["الميزانية الجديدة تبلغ 50 مليار دولار"]
    assert "50" in statement.refused[0].reason
    assert statement.sources == (PASSAGE.sentences[0].span,)


@pytest.mark.parametrize(
    ("rung", "lifted", "method"),
    [("model", False, "model"), ("wider", False, "model-wider"), ("lifted", True, "extractive")],
)
def test_the_statement_says_which_rung_it_reached(rung: str, lifted: bool, method: str) -> None:
    spans = (PASSAGE.sentences[0].span,) if lifted else ()
    candidate = Candidate("الميزانية الجديدة تبلغ 40 مليار دولار", 0.0, "any", spans)
    statement = ladder().climb(BULLET, [candidate], rung)  # type: ignore[arg-type]
    assert statement is not None
    assert statement.method == method


def test_a_name_from_another_sentence_is_not_borne_out() -> None:
    bullet = Request(Task.BULLET, Passage(PASSAGE.sentences[1:]))
    said = model("وزير المالية محمد علي: الميزانية تخصص سبعة مليارات دولار لقطاع التعليم")
    judge = Ladder(EditorialLimits(), frozenset(), article=Surroundings(PASSAGE.sentences))
    assert judge.climb(bullet, [said], "model") is None
    assert "name" in judge.refused[bullet][0].reason


def test_a_role_that_nothing_names_is_refused() -> None:
    judge = ladder()
    assert judge.climb(BULLET, [model("الوزير يعلن أن الميزانية تبلغ 40 مليار دولار")], "model") is None
    assert "who «الوزير» is" in judge.refused[BULLET][0].reason


def test_nothing_is_said_twice() -> None:
    judge = ladder()
    assert judge.climb(BULLET, [model("الميزانية الجديدة تبلغ 40 مليار دولار")], "model")
    again = Request(Task.BULLET, PASSAGE, max_words=13)
    assert judge.climb(again, [model("تبلغ الميزانية الجديدة 40 مليار دولار")], "model") is None
    assert "repeats the bullet" in judge.refused[again][0].reason


def test_a_standfirst_may_share_words_with_its_headline_but_not_be_it() -> None:
    judge = ladder()
    text = "وزير المالية محمد علي يعلن أن الميزانية الجديدة تبلغ 40 مليار دولار"
    assert judge.climb(Request(Task.HEADLINE, PASSAGE), [model(text)], "model")
    request = Request(Task.STANDFIRST, PASSAGE)
    longer = "أعلن وزير المالية محمد علي أمس أن الميزانية الجديدة تبلغ 40 مليار دولار."
    statement = judge.climb(request, [model(text), model(longer)], "model")
    assert statement is not None
    assert statement.text == longer


def test_the_last_resort_is_the_first_sentence_as_it_stands() -> None:
    judge = ladder()
    assert judge.climb(BULLET, [model("قال إن الأمر انتهى أمس")], "model") is None
    statement = judge.last_resort(BULLET)
    assert statement.method == "extractive"
    assert statement.text in TEXT
    assert statement.refused[0].text == "قال إن الأمر انتهى أمس"


def test_a_run_without_punctuation_is_cut_at_the_limit_and_shows_it() -> None:
    text = " ".join("كلم" + a + b for a in "ابتثجحخدذر" for b in "سشصضطظعغف")
    passage = Passage((Sentence(Span(0, len(text)), text, 0),))
    statement = ladder().last_resort(Request(Task.HEADLINE, passage))
    assert statement.text.endswith("…")
    assert len(statement.text.split()) == EditorialLimits().max_extractive_words


RIGHT, WRONG = "الميزانية الجديدة تبلغ 40 مليار دولار", "وزير المالية يعلن الميزانية الجديدة"


def test_what_the_verifier_doubts_is_refused_with_its_reason() -> None:
    judge = ladder()
    judge.odds[PASSAGE.spans, WRONG] = -1.5
    statement = judge.climb(BULLET, [model(WRONG), model(RIGHT)], "model")
    assert statement is not None
    assert statement.text == RIGHT
    assert [refusal.text for refusal in statement.refused] == [WRONG]
    assert "verifier" in statement.refused[0].reason
    assert "-1.50" in statement.refused[0].reason


def test_the_verifier_ranks_what_passes_by_its_weight() -> None:
    first = {}
    for weight in (0.0, 1.0):
        judge = Ladder(EditorialLimits(), frozenset(), verification=Verification(weight=weight, min_odds=-9.0))
        judge.odds |= {(PASSAGE.spans, WRONG): -4.0, (PASSAGE.spans, RIGHT): 4.0}
        statement = judge.climb(BULLET, [Candidate(WRONG, 0.0, "model"), Candidate(RIGHT, -3.0, "model")], "model")
        assert statement is not None
        first[weight] = statement.text
    assert first == {0.0: WRONG, 1.0: RIGHT}


def test_a_lifted_sentence_is_not_asked_about() -> None:
    judge = ladder()
    lifted = Candidate(RIGHT, 0.0, "extractive", (PASSAGE.sentences[0].span,))
    judge.odds[PASSAGE.spans, RIGHT] = -5.0
    assert judge.pending(BULLET, [lifted], "lifted") == []
    assert judge.climb(BULLET, [lifted], "lifted") is not None


def test_only_what_passes_the_other_checks_is_asked_about_and_once() -> None:
    invented = "الميزانية الجديدة تبلغ 50 مليار دولار"
    judge = ladder()
    assert judge.pending(BULLET, [model(RIGHT), model(invented), model(RIGHT)], "model") == [RIGHT]
    assert judge.refused == {}
    assert judge.accepted == []


def test_a_lead_that_stands_among_written_standfirsts_is_ranked_with_them_and_called_extractive() -> None:
    request = Request(Task.STANDFIRST, PASSAGE)
    sentence = PASSAGE.sentences[0]
    written = "وزير المالية يعلن أن الميزانية الجديدة تبلغ 40 مليار دولار."
    lead = Candidate(sentence.text, LEAD_SCORE, "extractive", (sentence.span,))
    unsure = ladder().climb(request, [Candidate(written, -2.0, "model"), lead], "model")
    assert unsure is not None
    assert (unsure.text, unsure.method, unsure.sources) == (sentence.text, "extractive", (sentence.span,))
    sure = ladder().climb(request, [Candidate(written, 0.0, "model"), lead], "model")
    assert sure is not None
    assert (sure.text, sure.method) == (written, "model")


def test_a_verifier_does_not_speak_against_a_lifted_sentence() -> None:
    request = Request(Task.STANDFIRST, PASSAGE)
    sentence = PASSAGE.sentences[0]
    written = "وزير المالية يعلن أن الميزانية الجديدة تبلغ 40 مليار دولار."
    judge = ladder()
    judge.odds[PASSAGE.spans, written] = 9.0
    lead = Candidate(sentence.text, -0.17, "extractive", (sentence.span,))
    statement = judge.climb(request, [Candidate(written, -0.9, "model"), lead], "model")
    assert statement is not None
    assert statement.method == "extractive"
