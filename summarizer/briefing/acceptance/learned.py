"""How likely an editor prints a line, and how likely it is true: the learned weights.

Fitted by ``python -m training.acceptance`` on lines that a strict reader labelled; the weights, and what they were
fitted on, are in ``acceptance.json``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from summarizer.briefing.choice.learned import Judge, refuse_others
from summarizer.errors import DataError
from summarizer.schema import Task

VERSION = 3
"""Raised whenever a feature or the form of the file changes: weights of another version are refused."""
COMMITTED = Path(__file__).with_name("acceptance.json")


class Acceptance:
    """The learned weights of each task: of one judge, or of several that were fitted on other labels."""

    def __init__(self, table: Mapping[str, Any], where: str = COMMITTED.name) -> None:
        """``table``: the content of ``acceptance.json``; ``DataError`` for one of other features."""
        refuse_others(VERSION, table, where, "training.acceptance")
        self.names: tuple[str, ...] = tuple(table["names"])
        self._printable = {Task(task): [Judge.of(one) for one in kept] for task, kept in table["printable"].items()}
        self._true = [Judge.of(one) for one in table["true"]]

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

    def printable(self, task: Task, found: Mapping[str, float]) -> float:
        """The probability in [0, 1] that an editor prints a line of ``task`` with these features."""
        return self._chance(self._printable[task], found)

    def true(self, found: Mapping[str, float]) -> float:
        """The probability in [0, 1] that a line of any task says nothing that the article does not."""
        return self._chance(self._true, found)

    def _chance(self, judges: Sequence[Judge], found: Mapping[str, float]) -> float:
        """The mean of the judges' log-odds as a probability."""
        row = np.array([[found[name] for name in self.names]])
        odds = float(np.mean([judge.odds(row)[0] for judge in judges]))
        return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


@cache
def committed() -> Acceptance:
    """The weights in the package."""
    return Acceptance(json.loads(COMMITTED.read_text("utf-8")))
