"""What a judge that reads weighs beside one that counts."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import numpy as np
import pytest

from summarizer.briefing.acceptance.learned import TRUE, chance, odds_of
from summarizer.errors import BackendError
from summarizer.schema import Task, Verdict
from training.acceptance.fitting import Labelled, Unseen
from training.acceptance.reading import areas, crossed, fit_reading, heard, with_reading
from training.corpora.annotated.labels import JudgedArticle


def lines(count: int = 240) -> tuple[list[Labelled], list[Verdict], Unseen]:
    """Lines of which each judge knows something that the other does not."""
    luck = random.Random(4)
    made: list[Labelled] = []
    verdicts: list[Verdict] = []
    counted: list[float] = []
    for number in range(count):
        one, other = luck.gauss(0, 1), luck.gauss(0, 1)
        label = "ok" if one + other + luck.gauss(0, 0.3) > 0 else "false"
        made.append(Labelled(number // 6, list(Task)[number % 3], label, {}, "سطر", 0))
        ok = chance(other)
        verdicts.append({"ok": math.log(ok), "false": math.log(1 - ok)})
        counted.append(chance(one))
    return made, verdicts, Unseen(np.array(counted), np.array(counted))


def test_both_judges_know_more_than_one() -> None:
    made, verdicts, unseen = lines()
    weights = fit_reading(made, verdicts, unseen)
    assert set(weights) == {*(task.value for task in Task), TRUE}
    assert all(one.counted > 0.3 and one.read > 0.3 for one in weights.values())
    both = with_reading(made, verdicts, unseen, weights)
    for told in (both, crossed(made, verdicts, unseen)):
        for task, (printable, true) in areas(made, told).items():
            assert printable > areas(made, unseen)[task][0] + 0.05
            assert true > areas(made, unseen)[task][1] + 0.05


@pytest.mark.parametrize("odds", [-20.0, -1.5, 0.0, 0.3, 8.0])
def test_log_odds_of_a_log_probability(odds: float) -> None:
    assert odds_of(math.log(chance(odds))) == pytest.approx(odds, abs=1e-5)


def test_a_backend_without_a_judge_is_refused() -> None:
    made, _, _ = lines(3)
    with pytest.raises(BackendError, match="expected a model with a judge"):
        heard([JudgedArticle("a", ("جملة.",), ())], [replace(one, article=0) for one in made], "extractive")
