"""Which places lost a full stop: the learned weights, and an article's sentences as they are read afterwards."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from summarizer.briefing.choice.learned import Floats, Judge, refuse_others
from summarizer.briefing.lost_stops.places import Place, log_share, places
from summarizer.schema import Likelihoods, Sentence, Span

VERSION = 1
"""Raised whenever a feature changes: weights of another version are refused."""
COMMITTED = Path(__file__).with_name("lost_stops.json")


class Weights:
    """The learned weights, and from which chance on a full stop is put back."""

    def __init__(self, table: Mapping[str, Any], where: str = COMMITTED.name) -> None:
        """``table``: the content of ``lost_stops.json``; ``DataError`` for one of other features."""
        refuse_others(VERSION, table, where, "training.lost_stops")
        self.bar = float(table["bar"])
        self._names, self._judge = tuple(table["names"]), Judge.of(table["judge"])

    def chances(self, rows: Sequence[Mapping[str, float]]) -> Floats:
        """How likely a full stop was lost, in [0, 1], at each place with these features."""
        return self._judge.chance(np.array([[row[name] for name in self._names] for row in rows]))

    def parts(self, place: Place, likely: Sequence[tuple[float, float]]) -> bool:
        """True where a full stop is put back."""
        return bool(self.chances([features(place, likely)])[0] >= self.bar)


@cache
def committed() -> Weights:
    """The weights in the package."""
    return Weights(json.loads(COMMITTED.read_text("utf-8")))


def features(place: Place, likely: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Named numbers of a place, always the same names in the same order.

    ``likely``: of the words as they stand, and with a full stop, their log-probability and that of what is behind.
    """
    (joined, behind_joined), (stopped, behind_stopped) = likely
    return {
        "gain": stopped + behind_stopped - joined - behind_joined,
        "gain_behind": behind_stopped - behind_joined,
        "joined": joined,
        "stopped": stopped,
        "opens": log_share(place),
        "before": float(place.before),
        "behind": float(place.behind),
        "first": float(place.sentence == 0),
    }


def parted(articles: Sequence[Sequence[Sentence]], likelihoods: Likelihoods) -> list[tuple[Sentence, ...]]:
    """The sentences of each article, parted where a full stop was lost; the model is asked about all at once."""
    known = committed()
    found = [list(places([one.text for one in sentences])) for sentences in articles]
    told = iter(likelihoods([place.fork for ones in found for place in ones]))
    lost = [[one for one in ones if (likely := next(told)) and known.parts(one, likely)] for ones in found]
    return [
        tuple(
            part
            for number, sentence in enumerate(sentences)
            for part in _parts(sentence, [one.start for one in ones if one.sentence == number])
        )
        for sentences, ones in zip(articles, lost, strict=True)
    ]


def _parts(sentence: Sentence, starts: Sequence[int]) -> list[Sentence]:
    """The sentence cut before each of ``starts``; each part stands in the whole where its own span is not known."""
    text, span = sentence.text, sentence.span
    exact = span.end - span.start == len(text)
    found: list[Sentence] = []
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        part = text[start:end].rstrip()
        own = Span(span.start + start, span.start + start + len(part)) if exact else span
        found.append(Sentence(own, part, sentence.paragraph))
    return found
