from __future__ import annotations

import random

import pytest

from summarizer.briefing.acceptance import VERSION, Acceptance, features
from summarizer.briefing.choice.outlook import Outlook
from summarizer.errors import DataError
from summarizer.schema import Task
from training.acceptance.main import Labelled, fit

SENTENCE = "أعلن وزير المالية خفض الضرائب على الشركات الصغيرة في يناير المقبل."
OUTLOOK = Outlook(0.5, 0.5, 0.5)


def line(article: int, task: Task, chance: random.Random) -> Labelled:
    """A line whose label can be told from its score: unlikely ones are false, short ones broken."""
    score, words = -chance.random(), chance.randrange(3, 10)
    text = " ".join(SENTENCE.split()[:words])
    found = features(text, SENTENCE, score, OUTLOOK, [1 / 6] * 6, lifted=False)
    label = "false" if score < -0.7 else "broken" if words < 5 else "ok"
    return Labelled(article, task, label, found)


@pytest.fixture(scope="module")
def table() -> dict[str, object]:
    chance = random.Random(3)
    return fit([line(article, task, chance) for article in range(40) for task in Task for _ in range(4)])


def test_what_was_learned_is_told_of_lines_that_were_not_seen(table: dict[str, object]) -> None:
    known = Acceptance(table)
    text = " ".join(SENTENCE.split()[:8])
    likely, unlikely = (features(text, SENTENCE, score, OUTLOOK, [1 / 6] * 6, lifted=False) for score in (-0.1, -0.9))
    for task in Task:
        assert known.printable(task, likely) > 0.5 > known.printable(task, unlikely)
    assert known.true(likely) > 0.8 > known.true(unlikely)


def test_the_card_says_what_it_is_worth(table: dict[str, object]) -> None:
    card = table["card"]
    assert isinstance(card, dict)
    assert "large language model" in card["labelled by"]
    assert all(card[task.value]["auc printable"] > 0.8 for task in Task)
    assert all(card[task.value]["auc true"] > 0.8 for task in Task)


def test_weights_of_another_version_are_refused(table: dict[str, object]) -> None:
    with pytest.raises(DataError, match="version"):
        Acceptance({**table, "version": VERSION + 1})
