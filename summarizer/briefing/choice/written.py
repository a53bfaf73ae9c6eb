"""Whether a bullet about a sentence will come out: asked before a word is written, so that none is written in vain.

Of long sentences many give no line that is short enough, and of others many none that an editor prints.
The weights are in ``written.json``; ``python -m training.choice.written`` fits them on labelled offers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from summarizer.briefing.choice import features as counted
from summarizer.briefing.choice.learned import Floats, Judge, log_odds, refuse_others
from summarizer.briefing.choice.outlook import Outlook
from summarizer.briefing.choice.sentence import Sentence
from summarizer.errors import DataError

COMMITTED = Path(__file__).with_name("written.json")
_VIEWS = ("important", "stands", "news")


class Written:
    """The learned weights."""

    def __init__(self, table: Mapping[str, Any], where: str = COMMITTED.name) -> None:
        """``table``: the content of ``written.json``; ``DataError`` for one of other features."""
        refuse_others(counted.VERSION, table, where, "training.choice.written")
        self._names, self._judge = tuple(table["names"]), Judge.of(table["judge"])

    def chances(self, sentences: Sequence[Sentence], seen: Sequence[Outlook]) -> list[float]:
        """How likely a bullet about each sentence of an article comes out, in [0, 1].

        ``DataError`` when the weights know other features.
        """
        names, found = table_of(sentences, seen)
        if names != self._names:
            got, hint = f"weights for {len(self._names)}, other ones", "fit them again: training.choice.written"
            raise DataError(expected=f"weights for {len(names)} features", got=got, hint=hint)
        return [float(one) for one in self._judge.chance(found)] if len(found) else []


def table_of(sentences: Sequence[Sentence], seen: Sequence[Outlook]) -> tuple[tuple[str, ...], Floats]:
    """The names of the features and their values, [sentences, features]: what is counted, the outlooks' log-odds."""
    names, found = counted.features(sentences)
    odds = np.array([[log_odds(getattr(one, view)) for view in _VIEWS] for one in seen]).reshape(len(seen), len(_VIEWS))
    return (*names, *_VIEWS), np.column_stack([found, odds])


@cache
def committed() -> Written:
    """The weights in the package."""
    return Written(json.loads(COMMITTED.read_text("utf-8")))
