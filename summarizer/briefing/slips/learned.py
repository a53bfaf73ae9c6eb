"""Which doubted words are mended: the learned weights, and an article's sentences as they are read afterwards."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from summarizer.arabic.word_counts import bare
from summarizer.arabic.words import tokenize
from summarizer.briefing.choice.learned import Judge, refuse_others
from summarizer.briefing.slips.doubts import Doubt, doubts
from summarizer.briefing.slips.features import VERSION, counted, features
from summarizer.schema import Likelihoods

COMMITTED = Path(__file__).with_name("slips.json")
PARTS = ("asked", "right")
"""Which forms the model is asked about, and which it is right to put in."""
_FORMS_ASKED = 4
"""Forms of one word that the model is asked about."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A doubted word, what an editor would most likely put there, and how likely that is; ``sure``: it is put in."""

    doubt: Doubt
    becomes: str
    chance: float
    sure: bool


class Weights:
    """The learned weights: which forms are worth asking the model about, and which of these are put in."""

    def __init__(self, table: Mapping[str, Any], where: str = COMMITTED.name) -> None:
        """``table``: the content of ``slips.json``; ``DataError`` for one of other features."""
        refuse_others(VERSION, table, where, "training.slips")
        self._names = {part: tuple(table[part]["names"]) for part in PARTS}
        self._bars = {part: float(table[part]["bar"]) for part in PARTS}
        self._judges = {part: Judge.of(table[part]["judge"]) for part in PARTS}

    def worth_asking(self, doubt: Doubt) -> Doubt | None:
        """``doubt`` with the forms that may be meant by counts, the likeliest; None when there is none."""
        chances = self.chances("asked", counted(doubt))
        best = sorted(range(len(chances)), key=lambda place: -chances[place])[:_FORMS_ASKED]
        meant = tuple(doubt.meant[place] for place in best if chances[place] >= self._bars["asked"])
        return replace(doubt, meant=meant) if meant else None

    def suspect(self, doubt: Doubt, likely: Sequence[tuple[float, float]]) -> Suspect:
        """What an editor would most likely put in the place of a doubted word."""
        chances = self.chances("right", features(doubt, likely))
        best = max(range(len(chances)), key=chances.__getitem__)
        return Suspect(doubt, doubt.meant[best].word, chances[best], chances[best] >= self._bars["right"])

    def chances(self, part: str, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """The probability in [0, 1] of each row that an editor would put that form."""
        table = np.array([[row[name] for name in self._names[part]] for row in rows])
        return [float(one) for one in self._judges[part].chance(table)]


@cache
def committed() -> Weights:
    """The weights in the package."""
    return Weights(json.loads(COMMITTED.read_text("utf-8")))


def suspects(articles: Sequence[Sequence[str]], likelihoods: Likelihoods) -> list[list[Suspect]]:
    """The suspected words of each article, in their order; the model is asked about all at once."""
    known = committed()
    found = [[one for doubt in doubts(texts) if (one := known.worth_asking(doubt))] for texts in articles]
    told = iter(likelihoods([one.fork for ones in found for one in ones]))
    return [[known.suspect(one, likely) for one in ones if (likely := next(told))] for ones in found]


def respelt(sentences: Sequence[str], found: Sequence[Suspect]) -> list[str]:
    """The sentences with what is surely a slip mended."""
    texts = list(sentences)
    for one in reversed(found):
        if one.sure:
            text, span = texts[one.doubt.place], one.doubt.span
            texts[one.doubt.place] = text[: span.start] + one.becomes + text[span.end :]
    return texts


def unslipped(line: str, place: int, found: Sequence[Suspect]) -> float:
    """The chance in [0, 1] that a line about the sentence at ``place`` has none of the slips that were left there."""
    left = [one for one in found if not one.sure and one.doubt.place == place]
    return math.prod(1 - one.chance for one in left if _has(line, one.doubt.word))


def mended(line: str, place: int, found: Sequence[Suspect]) -> list[str]:
    """What was mended in a line about the sentence at ``place``: «slip ← word»."""
    made = [one for one in found if one.sure and one.doubt.place == place]
    return [f"«{one.doubt.word}» ← «{one.becomes}»" for one in made if _has(line, one.becomes)]


def _has(line: str, words: str) -> bool:
    said = [bare(token.text) for token in tokenize(line)]
    return all(word in said for word in words.split())
