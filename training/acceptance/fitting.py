"""Labelled lines with their features, the judges fitted on them, and what these are worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.briefing.acceptance import VERSION, Acceptance, Surveyed, Weighed, features
from summarizer.briefing.choice.learned import Judge
from summarizer.errors import DataError
from summarizer.schema import Task, Verdict
from training.choice.boosting import Boosting
from training.choice.judging import Recipe, auc, calibrated, fit_judge
from training.corpora.annotated.labels import JudgedArticle, read_candidates

Floats = NDArray[np.float64]
RECIPE = Recipe(Boosting(trees=80, depth=2, rate=0.08), ridge=100.0)
BINS = 10
_LEAST_CHANCE = 1e-9
KINDS = ("false", "broken", "unclear", "trivial")
"""Labels that the card tells apart."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line about the sentence at ``place`` with its features and its label."""

    article: int
    task: Task
    label: str
    found: dict[str, float]
    text: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Unseen:
    """Calibrated probabilities [lines] of judges that had not seen a line's article."""

    printable: Floats
    true: Floats


def read(paths: Sequence[Path]) -> list[JudgedArticle]:
    """The articles of label files, those that stand in several once for each."""
    return [article for path in paths for article in read_candidates(path).checked()]


def labelled(articles: Sequence[JudgedArticle]) -> Iterator[Labelled]:
    """The labelled lines of ``articles`` with their features."""
    for place, article in enumerate(articles):
        surveyed = Surveyed(article.sentences)
        for line in article.candidates:
            weighed = Weighed.offered(line.text, line.sentence, line.score, line.free, line.log_probs)
            found = features(surveyed, weighed)
            yield Labelled(place, Task(line.slot), line.label, found, line.text, line.sentence or 0)


def by(known: Acceptance, lines: Sequence[Labelled], verdicts: Sequence[Verdict] | None = None) -> Unseen:
    """The probabilities of some weights, for lines of articles that these were not fitted on.

    ``verdicts``: what a judge that reads says of each; without them what is counted alone counts.
    """
    told = [(line, verdicts[place] if verdicts else None) for place, line in enumerate(lines)]
    printable = [known.printable(line.task, line.found, verdict) for line, verdict in told]
    return Unseen(np.array(printable), np.array([known.true(line.found, verdict) for line, verdict in told]))


def fit(lines: Sequence[Labelled]) -> tuple[dict[str, Any], Unseen]:
    """The content of ``acceptance.json``: a judge a task of what is printed, one of what is true, and a card."""
    card: dict[str, Any] = {"labelled by": "a large language model in the part of a strict editor"}
    printable: dict[str, Any] = {}
    chances = np.zeros(len(lines))
    for task in Task:
        places = np.array([place for place, line in enumerate(lines) if line.task is task])
        own = [lines[place] for place in places]
        judge, unseen = _judge(own, [line.label == "ok" for line in own])
        printable[task.value] = [judge.to_json()]
        chances[places] = calibrated(judge, unseen)
        known = {"auc printable": _auc(own, unseen, lambda label: label == "ok")}
        known["calibration error"] = _error(chances[places], [line.label == "ok" for line in own])
        card[task.value] = _worth(own) | known | _kinds(own)
    # False lines are few: those of all tasks are told together.
    judge, unseen = _judge(lines, [line.label != "false" for line in lines])
    for task in Task:
        places = np.array([place for place, line in enumerate(lines) if line.task is task])
        card[task.value]["auc true"] = _auc([lines[place] for place in places], unseen[places], _not("false"))
    true = calibrated(judge, unseen)
    card["calibration error of true"] = _error(true, [line.label != "false" for line in lines])
    found = {"version": VERSION, "names": list(lines[0].found), "card": card}
    return {**found, "printable": printable, "true": [judge.to_json()]}, Unseen(chances, true)


def beside(table: dict[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """``table`` with the judges of ``other`` beside its own: of each question the mean of the log-odds counts.

    ``DataError`` where they were not fitted on the same features.
    """
    if other.get("version") != VERSION or other.get("names") != table["names"]:
        raise DataError(expected="weights of the same features", got="others", hint="fit on all labels at once")
    printable = {task: [*kept, *other["printable"][task]] for task, kept in table["printable"].items()}
    card = {**table["card"], "beside": other["card"]}
    return {**table, "card": card, "printable": printable, "true": [*table["true"], *other["true"]]}


def together(lines: Sequence[Labelled], unseen: Unseen, other: Mapping[str, Any]) -> Unseen:
    """The probabilities of :func:`beside`, where ``other`` was not fitted on any of ``lines``."""
    told = by(Acceptance(other), lines)
    return Unseen(_mean(unseen.printable, told.printable), _mean(unseen.true, told.true))


def _mean(one: Floats, two: Floats) -> Floats:
    """The probabilities of the mean log-odds."""
    one, two = (np.clip(value, _LEAST_CHANCE, 1 - _LEAST_CHANCE) for value in (one, two))
    odds = (np.log(one / (1 - one)) + np.log(two / (1 - two))) / 2
    found: Floats = 1 / (1 + np.exp(-odds))
    return found


def _not(label: str) -> Callable[[str], bool]:
    return lambda other: other != label


def _kinds(own: Sequence[Labelled]) -> dict[str, float]:
    """How well each kind of fault would be told by a judge of its own."""
    found = {line.label for line in own}
    return {
        f"auc {kind}": _auc(own, _judge(own, [line.label != kind for line in own])[1], _not(kind))
        for kind in KINDS
        if kind in found
    }


def _error(chance: Floats, truth: Sequence[bool]) -> float:
    """The expected calibration error: mean distance of chance and share, in ``BINS`` bins of chance.

    Guo et al. 2017, https://arxiv.org/abs/1706.04599.
    """
    true = np.asarray(truth, dtype=np.float64)
    place = np.minimum((chance * BINS).astype(int), BINS - 1)
    gaps = [abs(chance[place == one].sum() - true[place == one].sum()) for one in range(BINS)]
    return round(float(sum(gaps) / max(1, len(true))), 3)


def _judge(lines: Sequence[Labelled], truth: Sequence[bool]) -> tuple[Judge, Floats]:
    """The judge of ``truth``, and each line's log-odds by one that was fitted on other articles."""
    table = np.array([list(line.found.values()) for line in lines])
    return fit_judge(table, np.array(truth), np.array([line.article for line in lines]), RECIPE)


def _auc(lines: Sequence[Labelled], odds: Floats, true: Callable[[str], bool]) -> float:
    return round(auc(np.array([true(line.label) for line in lines]), odds), 3)


def _worth(own: Sequence[Labelled]) -> dict[str, Any]:
    """How many lines there are of each label."""
    kinds = Counter(line.label for line in own)
    return {"lines": len(own), "articles": len({line.article for line in own}), "labels": dict(kinds)}
