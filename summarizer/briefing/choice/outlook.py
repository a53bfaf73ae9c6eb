"""How each sentence of an article looks to an editor, and the set of sentences that a brief is made of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from summarizer.arabic.centrality import containment
from summarizer.arabic.words import content_keys
from summarizer.briefing.choice.features import features
from summarizer.briefing.choice.learned import Floats, Judge
from summarizer.briefing.choice.sentence import Sentence, read_all
from summarizer.briefing.choice.weights import Viewed, Weights, read
from summarizer.errors import ConfigError, DataError

FIRST = 10
"""Among so many first sentences the headline's news is looked for."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Probabilities: it is among the most ``important`` points; it ``stands`` as it is; it bears the headline's
    ``news`` (0 for the sentences after the first ``FIRST``).
    """

    important: float
    stands: float
    news: float


@dataclass(frozen=True, slots=True)
class Choosing:
    """How a set is chosen. ``standing``: how much the chance to be printed as it stands counts beside importance (the
    exponent: on held-out articles 0 reaches 71 % of the reference bullets, 0.15 68 %, 0.4 63 %). ``repeats``:
    containment from which two sentences say the same. ``diversity``: what nearness below that costs, as a share of the
    score.
    """

    standing: float = 0.05
    repeats: float = 0.7
    diversity: float = 0.3


def outlooks(sentences: Sequence[str], views: Floats | None = None, weights: Weights | None = None) -> list[Outlook]:
    """The outlook of each of the ``sentences`` of one article, in order.

    ``views``: a model's own log-odds, [sentences, k]. ``ConfigError`` when the weights were not fitted with k of them,
    ``DataError`` when the weights know other features.
    """
    return outlooks_of(read_all(sentences), views, weights)


def outlooks_of(
    sentences: Sequence[Sentence], views: Floats | None = None, weights: Weights | None = None
) -> list[Outlook]:
    """As :func:`outlooks`, of sentences that are counted already."""
    known = weights or read()
    if not sentences:
        return []
    table = _counted(sentences, known)
    told = with_brief(table, known.brief)
    important, stands = known.important.chance, known.stands.chance
    news = known.news.chance(table)
    if views is not None:
        viewed = _fitted_for(views, len(table), known)
        told, table = with_views(told, views), with_views(table, views)
        important, stands = viewed.important.chance, viewed.stands.chance
    news[FIRST:] = 0.0
    return [Outlook(*map(float, row)) for row in zip(important(told), stands(table), news, strict=True)]


def _counted(sentences: Sequence[Sentence], weights: Weights) -> Floats:
    names, table = features(sentences)
    if names != weights.names:
        raise DataError(
            expected=f"weights for {len(names)} features",
            got=f"weights for {len(weights.names)}, other ones",
            hint="fit them again: python -m training.choice",
        )
    return table


def _fitted_for(views: Floats, sentences: int, weights: Weights) -> Viewed:
    viewed = weights.viewed
    if viewed is None or views.shape != (sentences, viewed.views):
        raise ConfigError(
            expected=f"views of shape ({sentences}, {viewed.views})" if viewed else "no views: the weights have none",
            got=f"views of shape {views.shape}",
            hint="fit the weights with this model's views: python -m training.choice --views FILE",
        )
    return viewed


def with_views(table: Floats, views: Floats) -> Floats:
    """The features of one article with a model's views beside them, and these less the article's mean."""
    return np.concatenate([table, views, views - views.mean(axis=0)], axis=1)


def with_brief(table: Floats, brief: Judge) -> Floats:
    """The features of one article with the log-odds of standing in a brief beside them: value, rank, less the mean."""
    odds = brief.raw(table)
    rank = np.argsort(np.argsort(-odds, kind="stable"), kind="stable").clip(max=40)
    return np.column_stack([table, odds, rank, odds - odds.mean()])


def choose(
    sentences: Sequence[str],
    seen: Sequence[Outlook],
    count: int,
    besides: Collection[int] = (),
    how: Choosing | None = None,
    worth: Sequence[float] | None = None,
) -> list[int]:
    """Indices of at most ``count`` sentences, best first: important, printable, no two that say the same.

    ``besides``: the sentences that headline and standfirst are made of; they are not chosen, and none that repeats
    them. Where too few are left, those that repeat come after the others. ``worth``: what the importance of each is
    multiplied by, in the place of the chance that it stands as it is.
    """
    how = how or Choosing()
    keys = [frozenset(content_keys(sentence)) for sentence in sentences]
    worth = worth or [one.stands**how.standing for one in seen]
    scores = [one.important * value for one, value in zip(seen, worth, strict=True)]
    near = [max((containment(own, keys[i]) for i in besides), default=0.0) for own in keys]
    left = [i for i in range(len(sentences)) if i not in besides]
    chosen: list[int] = []
    while left and len(chosen) < count:
        best = max(left, key=lambda i: (near[i] < how.repeats, scores[i] * (1 - how.diversity * near[i]), -i))
        chosen.append(best)
        left.remove(best)
        near = [max(nearest, containment(own, keys[best])) for nearest, own in zip(near, keys, strict=True)]
    return chosen


def news_sentence(seen: Sequence[Outlook]) -> int:
    """The index of the sentence that bears the news; of none, ``ValueError``."""
    return max(range(len(seen)), key=lambda i: (seen[i].news, -i))
