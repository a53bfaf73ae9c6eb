"""What to say: how many bullets an article deserves, and which passages they are written from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.arabic.centrality import centroid_scores, containment, pick_diverse, position_scores
from summarizer.arabic.words import content_keys, count_words, tokenize
from summarizer.brief.lexicon import is_name
from summarizer.brief.openings import dangling_opening, strip_opening
from summarizer.brief.quotes import find_quotes
from summarizer.config import EditorialLimits
from summarizer.schema import Article, Passage

#: Body lengths in words up to which three and four bullets are enough; the editor's own articles in `seeds/`
#: carry five bullets for about 480 words.
_WORDS_FOR_THREE, _WORDS_FOR_FOUR = 180, 380


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign of salience counts: the first four are of [0, 1], the penalties are taken off whole.

    ``facts``: numbers and names among the words. ``lead``: nearness to the first passage, up to ``NEAR_ENOUGH``: what
    is said of the same thing as headline and standfirst, without repeating them. ``dangling``: it opens by pointing
    back. ``quoted``: it is mostly somebody's words. ``diversity``: distance from the passages chosen before, against
    all that. Chosen on EASC (coverage and ROUGE-1 of the extractive backend), where all optima are flat.
    """

    central: float = 0.65
    position: float = 0.3
    lead: float = 0.3
    facts: float = 0.05
    dangling: float = 0.25
    quoted: float = 0.15
    diversity: float = 0.3


WEIGHTS = Weights()
NEAR_ENOUGH = 0.6
"""Containment in the lead; a passage that is nearer says no more than the headline."""
_FACTS_OF_NEWS = 1 / 3
"""Numbers and names among the words, where a passage is full of them."""


def bullet_count(article: Article, limits: EditorialLimits, wanted: int | None = None) -> int:
    """``wanted`` as it is when given, else three to five by the body's length in words."""
    if wanted is not None:
        return wanted
    words = count_words(article.body)
    count = 3 if words <= _WORDS_FOR_THREE else 4 if words <= _WORDS_FOR_FOUR else 5
    return max(limits.min_bullets, min(limits.max_bullets, count))


def rank_passages(passages: Sequence[Passage], count: int, weights: Weights = WEIGHTS) -> list[Passage]:
    """At most ``count`` passages, the most worth saying first, each different from those before it."""
    keys = [content_keys(passage.text) for passage in passages]
    scores = salience(passages, keys, weights)
    return [passages[index] for index in pick_diverse(scores, keys, count, 1 - weights.diversity)]


def salience(passages: Sequence[Passage], keys: Sequence[Sequence[str]], weights: Weights = WEIGHTS) -> list[float]:
    """How much each passage is worth saying, by the content ``keys`` of the passages and by their text."""
    central, position = centroid_scores(keys), position_scores(len(passages))
    near = [min(containment(own, keys[0]), NEAR_ENOUGH) / NEAR_ENOUGH for own in keys]
    return [
        weights.central * central[place]
        + weights.position * position[place]
        + weights.lead * near[place]
        + weights.facts * _facts(passage)
        - _penalty(passage, weights)
        for place, passage in enumerate(passages)
    ]


def _facts(passage: Passage) -> float:
    """Numbers and names among the words, in [0, 1]."""
    words = tokenize(passage.text)
    told = sum(word.text[0].isdigit() or is_name(word.text) for word in words)
    return min(1.0, told / len(words) / _FACTS_OF_NEWS) if words else 0.0


def _penalty(passage: Passage, weights: Weights) -> float:
    """How much worse a passage is for leaning on its neighbours or for being mostly somebody's words."""
    text = passage.text
    dangling = weights.dangling if dangling_opening(strip_opening(text)) else 0.0
    quoted = sum(span.end - span.start for span in find_quotes(text))
    return dangling + (weights.quoted if quoted > len(text) / 2 else 0.0)
