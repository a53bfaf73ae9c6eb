"""Which of the candidates that passed is printed: one sum, whose weights were chosen on held-out articles.

A small model's own likelihood says little about which of its candidates an editor would take. How well the source
bears a text out says more, and so does how near it is to the first sentence, where news tells its story
(``support``, ``lead``), and how much the other candidates agree with it, as in minimum Bayes risk decoding (Kumar and
Byrne 2004; ``agreement``). Of two bullets that are as good, the one that says more (``fullness``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.arabic.words import content_keys, count_words
from summarizer.schema import Candidate, Request, Statement, Task

#: How fast a candidate's voice on the others falls with its mean log-probability.
_SHARPNESS = 4.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the mean log-probability (natural log) and of four numbers in [0, 1]."""

    likelihood: float = 1.0
    support: float = 1.0
    lead: float = 0.0
    agreement: float = 0.0
    fullness: float = 0.0


#: Chosen on held-out rows (``python -m eval.ranking``); a bullet's passage is short, so that nearly all its candidates
#: are borne out alike.
WEIGHTS: Mapping[Task, Weights] = {
    Task.HEADLINE: Weights(1.0, 2.0, 0.75, 1.0),
    Task.STANDFIRST: Weights(0.25, 2.0, 0.75, 1.0),
    Task.BULLET: Weights(fullness=0.8),
}
_FULL, _LONG = 12, 14
"""Words from which a bullet is full, and beyond which it is the worse the longer it is."""
_LIFTED_AGREEMENT = 0.8


def values(
    request: Request, passed: Sequence[tuple[Candidate, Statement]], written: Sequence[Candidate], weights: Weights
) -> list[float]:
    """What each of ``passed`` is worth, higher for better; ``written`` are all candidates of the same search."""
    lead = _grams(request.passage.sentences[0].text, pairs=False) if weights.lead else Counter()
    voices = [
        (one.text, math.exp(_SHARPNESS * one.score), _grams(one.text))
        for one in written
        if weights.agreement and not one.spans
    ]
    return [
        weights.likelihood * candidate.score
        + weights.support * said.support.score
        + (weights.lead and weights.lead * _f1(_grams(said.text, pairs=False), lead))
        + (weights.agreement and weights.agreement * _agreement(candidate, voices))
        + (weights.fullness and weights.fullness * _fullness(said.text))
        for candidate, said in passed
    ]


def _fullness(text: str) -> float:
    """How well a bullet uses its room: 1 for 12 to 14 words, less for each one fewer or more."""
    words = count_words(text)
    return min(words, _FULL) / _FULL - max(0, words - _LONG) / _FULL


def _agreement(candidate: Candidate, voices: Sequence[tuple[str, float, Counter[Hashable]]]) -> float:
    """The mean overlap with the others, in [0, 1]: 1 for a single candidate; a sentence lifted has a fixed one."""
    if candidate.spans:
        return _LIFTED_AGREEMENT
    others = [(voice, grams) for text, voice, grams in voices if text != candidate.text]
    total = math.fsum(voice for voice, _ in others)
    if not total:
        return 1.0
    own = _grams(candidate.text)
    return math.fsum(voice * _f1(own, grams) for voice, grams in others) / total


def _grams(text: str, *, pairs: bool = True) -> Counter[Hashable]:
    """The content words of ``text`` by their keys, with ``pairs`` those of neighbours too."""
    keys = content_keys(text)
    return Counter([*keys, *pairwise(keys)] if pairs else keys)


def _f1(one: Counter[Hashable], other: Counter[Hashable]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())
