"""How likely an editor prints a line, and how likely it is true: the learned weights.

Fitted by ``python -m training.acceptance`` on lines that a strict reader labelled; the weights, and what they were
fitted on, are in ``acceptance.json``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from summarizer.briefing.choice.learned import Judge, refuse_others
from summarizer.errors import DataError
from summarizer.schema import Task, Verdict

VERSION = 3
"""Raised whenever a feature or the form of the file changes: weights of another version are refused."""
TRUE = "true"
"""Names the weights of being true beside those of each task."""
_CERTAIN = 30.0
"""Log-odds of what is as good as certain."""
_NEARLY_NONE = 1e-9
COMMITTED = Path(__file__).with_name("acceptance.json")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a judge that counts and one that reads come together: what the log-odds of each weigh, and what is added."""

    counted: float
    read: float
    bias: float

    def odds(self, counted: float, read: float) -> float:
        """The log-odds of both."""
        return self.counted * counted + self.read * read + self.bias


class Acceptance:
    """The learned weights of each task: of one judge, or of several that were fitted on other labels.

    These count (``features``); ``reading`` says how what a judge says that reads (``training.judge``) is added.
    """

    def __init__(self, table: Mapping[str, Any], where: str = COMMITTED.name) -> None:
        """``table``: the content of ``acceptance.json``; ``DataError`` for one of other features."""
        refuse_others(VERSION, table, where, "training.acceptance")
        self.names: tuple[str, ...] = tuple(table["names"])
        self._printable = {Task(task): [Judge.of(one) for one in kept] for task, kept in table["printable"].items()}
        self._true = [Judge.of(one) for one in table["true"]]
        self._reading = {name: Reading(*kept) for name, kept in table.get("reading", {}).items()}

    def alone(self, place: int) -> Acceptance:
        """One of the judges by itself, from 0; ``DataError`` where there are not so many."""
        one = copy(self)
        judges = [*self._printable.values(), self._true]
        if not 0 <= place < min(map(len, judges)):
            fewest = min(map(len, judges))
            raise DataError(expected=f"a judge from 0 to {fewest - 1}", got=str(place), hint="name one of these")
        one._printable = {task: [kept[place]] for task, kept in self._printable.items()}
        one._true = [self._true[place]]
        return one

    def printable(self, task: Task, found: Mapping[str, float], verdict: Verdict | None = None) -> float:
        """The probability in [0, 1] that an editor prints a line of ``task`` with these features."""
        read = None if verdict is None else odds_of(verdict["ok"])
        return chance(self._with(task.value, self._odds(self._printable[task], found), read))

    def true(self, found: Mapping[str, float], verdict: Verdict | None = None) -> float:
        """The probability in [0, 1] that a line of any task says nothing that the article does not."""
        read = None if verdict is None else -odds_of(verdict["false"])
        return chance(self._with(TRUE, self._odds(self._true, found), read))

    def _odds(self, judges: Sequence[Judge], found: Mapping[str, float]) -> float:
        """The mean of the judges' log-odds."""
        row = np.array([[found[name] for name in self.names]])
        return float(np.mean([judge.odds(row)[0] for judge in judges]))

    def _with(self, name: str, counted: float, read: float | None) -> float:
        """The log-odds with those of a judge that reads, where there is one and its weights are known."""
        known = self._reading.get(name)
        return counted if known is None or read is None else known.odds(counted, read)


def chance(odds: float) -> float:
    """Log-odds as a probability in [0, 1]."""
    return 1 / (1 + math.exp(-min(max(odds, -_CERTAIN), _CERTAIN)))


def odds_of(log_chance: float) -> float:
    """The log-odds of a probability that is given as its logarithm."""
    return log_chance - math.log(-math.expm1(min(log_chance, -_NEARLY_NONE)))


@cache
def committed() -> Acceptance:
    """The weights in the package."""
    return Acceptance(json.loads(COMMITTED.read_text("utf-8")))
