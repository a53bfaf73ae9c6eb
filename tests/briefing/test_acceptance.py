from __future__ import annotations

import pytest

from summarizer.arabic.centrality import words_in_order
from summarizer.backends.asks import LABELS
from summarizer.briefing.acceptance import committed, features
from summarizer.briefing.choice.outlook import Outlook
from summarizer.schema import Task

SENTENCE = "وأعلن وزير المالية محمد معيط خفض الضرائب على الشركات الصغيرة."
EVEN = [1 / len(LABELS)] * len(LABELS)


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [("", "", 0), ("أ ب ج", "أ ب ج", 3), ("أ ج", "أ ب ج", 2), ("ج ب أ", "أ ب ج", 1), ("د", "أ ب ج", 0)],
)
def test_words_in_order(one: str, other: str, common: int) -> None:
    assert words_in_order(one.split(), other.split()) == words_in_order(other.split(), one.split()) == common


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("أعلن وزير المالية محمد معيط خفض الضرائب على الشركات الصغيرة", "added", 0.0),
        ("أعلن رئيس الحكومة مدبولي خفض الضرائب", "added", 3.0),
        ("معيط: خفض الضرائب على الشركات الصغيرة", "label", 1.0),
        ("أعلن خفض الضرائب", "label", 0.0),
    ],
)
def test_features(text: str, name: str, value: float) -> None:
    assert features(text, SENTENCE, -0.1, Outlook(0.5, 0.5, 0.5), EVEN, lifted=False)[name] == value


def test_the_committed_weights_know_these_features() -> None:
    found = features("أعلن معيط خفض الضرائب", SENTENCE, -0.1, Outlook(1.0, 0.0, 0.5), EVEN, lifted=True)
    assert set(committed().names) == set(found)
    assert 0 <= committed().true(found) <= 1
    assert all(0 <= committed().printable(task, found) <= 1 for task in Task)
