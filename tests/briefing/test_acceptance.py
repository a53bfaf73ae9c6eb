from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.arabic.centrality import words_in_order
from summarizer.briefing.acceptance import Surveyed, Weighed, committed, features
from summarizer.briefing.acceptance.edits import edits
from summarizer.errors import DataError
from summarizer.schema import Task

SENTENCE = "وأعلن وزير المالية محمد معيط، في مؤتمر صحفي، أنه لم يخفض الضرائب على الشركات الصغيرة."
ARTICLE = Surveyed([SENTENCE, "وقال إن القرار يبدأ في يناير."])
WORDS = st.lists(st.sampled_from([*SENTENCE.split(), "مدبولي", "3%", "«", ":", ""]), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [("", "", 0), ("أ ب ج", "أ ب ج", 3), ("أ ج", "أ ب ج", 2), ("ج ب أ", "أ ب ج", 1), ("د", "أ ب ج", 0)],
)
def test_words_in_order(one: str, other: str, common: int) -> None:
    assert words_in_order(one.split(), other.split()) == words_in_order(other.split(), one.split()) == common


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("أعلن وزير المالية محمد معيط أنه لم يخفض الضرائب", "added", 0.0),
        ("أعلن رئيس الحكومة مدبولي أنه لم يخفض الضرائب", "added", 3.0),
        ("أعلن معيط القرار في يناير", "unknown", 0.0),
        ("أعلن مدبولي القرار في يناير", "unknown", 1.0),
        ("معيط: لم يخفض الضرائب على الشركات الصغيرة", "label", 1.0),
        ("أعلن خفض الضرائب", "label", 0.0),
    ],
)
def test_features(text: str, name: str, value: float) -> None:
    assert features(ARTICLE, Weighed(text, 0, -0.1, lifted=False))[name] == value


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        # What was left out inside: an aside between marks, a negation, a name.
        ("وأعلن وزير المالية محمد معيط أنه لم يخفض الضرائب على الشركات الصغيرة", "gap_asides", 1),
        ("وأعلن وزير المالية محمد معيط أنه يخفض الضرائب على الشركات الصغيرة", "gap_lost_neg", 1),
        ("وأعلن وزير المالية محمد معيط أنه لم يخفض الضرائب على الشركات الصغيرة", "gap_lost_neg", 0),
        ("وأعلن وزير المالية أنه لم يخفض الضرائب", "gaps", 1),
        # Where it ends: before an adjective, at the end, at a mark.
        ("وأعلن وزير المالية محمد معيط أنه لم يخفض الضرائب على الشركات", "next_def", 1),
        ("وأعلن وزير المالية محمد معيط أنه لم يخفض الضرائب", "next_prep", 1),
        ("وأعلن وزير المالية محمد معيط", "whole", 1),
        ("وأعلن وزير المالية محمد معيط", "next_prep", 0),
        # What is new: a word of another form, one from elsewhere, one that was moved.
        ("وأعلن وزير المالية تخفيض ضرائب", "changed", 1),
        ("وأعلن وزير المالية مدبولي", "alien", 1),
        ("معيط وزير المالية", "moved", 1),
    ],
)
def test_edits(text: str, name: str, value: float) -> None:
    assert edits(text, SENTENCE)[f"edit_{name}"] == value


@pytest.mark.parametrize(
    ("log_probs", "unsure", "lowest_three"),
    [((), 0, 0.0), ((-0.1, -0.1), 0, -0.1), ((-0.1, -0.4, -0.9, -0.2), 2, -0.5)],
)
def test_doubts(log_probs: tuple[float, ...], unsure: int, lowest_three: float) -> None:
    found = features(ARTICLE, Weighed("أعلن معيط", 0, -0.1, lifted=False, log_probs=log_probs))
    assert (found["unsure"], found["lowest_three"]) == (unsure, pytest.approx(lowest_three))


@given(WORDS, WORDS)
@settings(deadline=None)
def test_any_line_has_the_same_features_and_a_sentence_parts_with_nothing(text: str, sentence: str) -> None:
    names = list(edits("", ""))
    assert list(edits(text, sentence)) == names
    same = edits(sentence, sentence)
    assert not any(same[f"edit_{name}"] for name in ("before", "behind", "gaps", "new"))


def test_the_committed_weights_know_these_features() -> None:
    found = features(ARTICLE, Weighed("أعلن معيط خفض الضرائب", 0, -0.1, lifted=True))
    assert committed().names == tuple(found)
    assert 0 <= committed().true(found) <= 1
    assert all(0 <= committed().printable(task, found) <= 1 for task in Task)


def test_one_of_the_judges_can_be_asked_alone() -> None:
    found = features(ARTICLE, Weighed("أعلن معيط خفض الضرائب", 0, -0.1, lifted=False))
    known = committed()
    chances = [known.alone(judge).true(found) for judge in (0, 1)]
    assert min(chances) <= known.true(found) <= max(chances)
    assert chances[0] != chances[1]
    with pytest.raises(DataError, match="a judge from 0 to 1; got 2"):
        known.alone(2)


@pytest.mark.parametrize(("score", "lifted"), [(-0.2, False), (0.0, True), (None, True)])
def test_what_has_no_likelihood_was_not_written(score: float | None, lifted: bool) -> None:
    line = Weighed.offered("سطر", None, score, False, ())
    assert (line.lifted, line.place, line.score) == (lifted, 0, score or 0.0)
