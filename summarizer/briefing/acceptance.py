"""How likely an editor prints a line as it stands: learned from what is counted of it and from a model's own view.

Fitted by ``python -m training.acceptance`` on lines that a strict reader labelled; the weights, and what they were
fitted on, are in ``acceptance.json``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from summarizer.arabic.centrality import words_in_order
from summarizer.arabic.words import content_keys, count_words, folded_words
from summarizer.briefing.choice.learned import Judge
from summarizer.briefing.choice.outlook import Outlook
from summarizer.errors import DataError
from summarizer.schema import Task

VERSION = 1
"""Raised whenever a feature changes: weights of another version are refused."""
COMMITTED = Path(__file__).with_name("acceptance.json")
_LEAST = 1e-4
_HINT = "fit them again: python -m training.acceptance"


def features(
    text: str, sentence: str, score: float, outlook: Outlook, labels: Sequence[float], *, lifted: bool
) -> dict[str, float]:
    """What is counted of a line about ``sentence``.

    ``score``: its mean log-probability, 0 for a sentence as it stands; ``labels``: a model's probabilities of
    ``backends.asks.LABELS``.
    """
    line, source = folded_words(text), folded_words(sentence)
    common, words = words_in_order(line, source), count_words(text)
    added = len(set(content_keys(text)) - set(content_keys(sentence)))
    odds = {f"said_{name}": _odds(one) for name, one in zip(_LABELS, labels, strict=True)}
    return {
        "score": score,
        "kept": common / max(1, len(source)),
        "added": float(added),
        "strange": 1 - common / max(1, len(line)),
        "words": words / 10,
        "long_source": len(source) / 10,
        "lifted": float(lifted),
        "label": float(":" in text[:40]),
        "important": _odds(outlook.important),
        "stands": _odds(outlook.stands),
        "news": _odds(outlook.news),
        **odds,
    }


_LABELS = ("ok", "false", "broken", "unclear", "trivial", "copy")


def _odds(chance: float) -> float:
    """Log-odds of a probability, held away from 0 and 1."""
    held = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(held / (1 - held))


class Acceptance:
    """The learned weights of each task."""

    def __init__(self, table: Mapping[str, Any], where: str = COMMITTED.name) -> None:
        """``table``: the content of ``acceptance.json``; ``DataError`` for one of other features."""
        if table.get("version") != VERSION:
            got = f"version {table.get('version')!r} in {where}"
            raise DataError(expected=f"weights of version {VERSION}", got=got, hint=_HINT)
        self.names: tuple[str, ...] = tuple(table["names"])
        self._printable = {Task(task): Judge.of(kept) for task, kept in table["printable"].items()}
        self._true = Judge.of(table["true"])

    def printable(self, task: Task, found: Mapping[str, float]) -> float:
        """The probability in [0, 1] that an editor prints a line of ``task`` with these features."""
        return self._chance(self._printable[task], found)

    def true(self, found: Mapping[str, float]) -> float:
        """The probability in [0, 1] that a line of any task says nothing that the article does not."""
        return self._chance(self._true, found)

    def _chance(self, judge: Judge, found: Mapping[str, float]) -> float:
        row = np.array([[found[name] for name in self.names]])
        return float(judge.chance(row)[0])


@cache
def committed() -> Acceptance:
    """The weights in the package."""
    return Acceptance(json.loads(COMMITTED.read_text("utf-8")))
