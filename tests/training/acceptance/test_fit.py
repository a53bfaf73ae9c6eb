from __future__ import annotations

import random
from typing import Any

import pytest

from summarizer.briefing.acceptance import BARS, VERSION, Acceptance, Surveyed, Weighed, features
from summarizer.errors import DataError
from summarizer.schema import Task
from training.acceptance.composing import TRIED, composed
from training.acceptance.composing import table as rows_of
from training.acceptance.fitting import Labelled, Unseen, beside, fit, together

SENTENCE = "أعلن وزير المالية خفض الضرائب على الشركات الصغيرة في يناير المقبل."
ARTICLE = Surveyed([SENTENCE])


def line(article: int, task: Task, chance: random.Random) -> Labelled:
    """A line whose label can be told from its score: unlikely ones are false, short ones broken."""
    score, words = -chance.random(), chance.randrange(3, 10)
    text = " ".join(SENTENCE.split()[:words])
    found = features(ARTICLE, Weighed(text, 0, score, lifted=False))
    label = "false" if score < -0.7 else "broken" if words < 5 else "ok"
    return Labelled(article, task, label, found, text, chance.randrange(9))


@pytest.fixture(scope="module")
def fitted() -> tuple[list[Labelled], dict[str, Any], Unseen]:
    chance = random.Random(3)
    lines = [line(article, task, chance) for article in range(40) for task in Task for _ in range(5)]
    return (lines, *fit(lines))


@pytest.fixture(scope="module")
def table(fitted: tuple[list[Labelled], dict[str, Any], Unseen]) -> dict[str, Any]:
    return fitted[1]


def test_what_was_learned_is_told_of_lines_that_were_not_seen(table: dict[str, Any]) -> None:
    known = Acceptance(table)
    text = " ".join(SENTENCE.split()[:8])
    likely, unlikely = (features(ARTICLE, Weighed(text, 0, score, lifted=False)) for score in (-0.1, -0.9))
    for task in Task:
        assert known.printable(task, likely) > 0.5 > known.printable(task, unlikely)
    assert known.true(likely) > 0.8 > known.true(unlikely)


def test_the_card_says_what_it_is_worth(table: dict[str, Any]) -> None:
    card = table["card"]
    assert isinstance(card, dict)
    assert "large language model" in card["labelled by"]
    assert all(card[task.value]["auc printable"] > 0.8 for task in Task)
    assert all(card[task.value][f"auc {what}"] > 0.8 for task in Task for what in ("true", "false", "broken"))
    assert all(0 <= card[task.value]["calibration error"] < 0.15 for task in Task)


def test_what_is_printed_is_better_than_what_was_offered(
    fitted: tuple[list[Labelled], dict[str, Any], Unseen],
) -> None:
    lines, _, unseen = fitted
    printed = [one for _, one in composed(lines, unseen, BARS)]
    shares = [sum(one.label == "ok" for one in some) / len(some) for some in (printed, lines)]
    assert shares[0] > shares[1] + 0.2
    assert len(rows_of(lines, unseen).splitlines()) == 2 + len(TRIED)


def test_judges_of_other_labels_count_as_much(fitted: tuple[list[Labelled], dict[str, Any], Unseen]) -> None:
    lines, own, unseen = fitted
    again = beside(own, own)
    assert again["card"]["beside"] == own["card"]
    one, both = Acceptance(own), Acceptance(again)
    found = lines[0].found
    assert both.printable(Task.BULLET, found) == pytest.approx(one.printable(Task.BULLET, found))
    assert both.true(found) == pytest.approx(one.true(found))
    mean = together(lines, unseen, own)
    low, high = sorted([float(unseen.true[0]), one.true(found)])
    assert low - 1e-6 <= mean.true[0] <= high + 1e-6


def test_judges_of_other_features_are_not_put_beside(table: dict[str, Any]) -> None:
    with pytest.raises(DataError, match="the same features"):
        beside(table, {**table, "names": ["kept"]})


def test_weights_of_another_version_are_refused(table: dict[str, Any]) -> None:
    with pytest.raises(DataError, match="version"):
        Acceptance({**table, "version": VERSION + 1})
