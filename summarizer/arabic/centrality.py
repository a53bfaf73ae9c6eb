"""Which sentences carry a text: centroid centrality and maximal marginal relevance.

Centroid: Radev et al. 2004, "Centroid-based summarization of multiple documents", here with term frequency
damped by its logarithm. Maximal marginal relevance: Carbonell and Goldstein 1998. Both are linear in the length
of the text for a bounded number of picks, so a text of ten thousand sentences costs no more per sentence than
one of ten.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence

#: Positions past this share of the largest weight add nothing: news puts the story first (inverted pyramid).
_POSITION_FLOOR = 0.25


def centroid_scores(sentences: Sequence[Sequence[str]]) -> list[float]:
    """How much of the text's recurring vocabulary each sentence carries, in [0, 1].

    ``sentences`` holds the content keys of each sentence (``arabic.words.content_keys``). A key counts with the
    logarithm of the number of sentences it stands in, so that names and subjects that recur weigh most and
    words said once weigh nothing. Divided by the square root of the length, long sentences do not win by size.
    """
    frequency = Counter(key for keys in sentences for key in set(keys))
    weights = [
        math.fsum(math.log(frequency[key]) for key in set(keys)) / math.sqrt(len(set(keys)) + 4.0) for keys in sentences
    ]
    top = max(weights, default=0.0)
    return [weight / top if top else 0.0 for weight in weights]


def position_scores(count: int) -> list[float]:
    """The prior of the inverted pyramid: 1 for the first of ``count`` sentences, falling to a floor."""
    return [max(_POSITION_FLOOR, 1.0 / (1.0 + 0.25 * index)) for index in range(count)]


def jaccard(one: Collection[str], other: Collection[str]) -> float:
    """Shared keys over all keys, in [0, 1]; 0 when both are empty."""
    left, right = set(one), set(other)
    union = len(left | right)
    return len(left & right) / union if union else 0.0


def containment(one: Collection[str], other: Collection[str]) -> float:
    """Shared keys over the smaller set, in [0, 1]: 1 when one says nothing that the other does not."""
    left, right = set(one), set(other)
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def pick_diverse(
    scores: Sequence[float], keys: Sequence[Collection[str]], count: int, trade_off: float = 0.7
) -> list[int]:
    """Indices of ``count`` items, best first, each chosen for its score and its distance from those before it.

    ``trade_off`` is the lambda of maximal marginal relevance: 1 looks at the score alone. Ties go to the earlier
    item, so that the result is the same on every run.
    """
    nearest = [0.0] * len(scores)
    chosen: list[int] = []
    left = set(range(len(scores)))
    while left and len(chosen) < count:
        best = min(left, key=lambda i: (nearest[i] * (1 - trade_off) - scores[i] * trade_off, i))
        chosen.append(best)
        left.discard(best)
        for index in left:
            nearest[index] = max(nearest[index], containment(keys[index], keys[best]))
    return chosen


def words_in_order(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words the two have in common in the same order: the length of their longest common subsequence."""
    row = [0] * (len(other) + 1)
    for word in one:
        before = 0
        for place, theirs in enumerate(other, start=1):
            before, row[place] = row[place], before + 1 if word == theirs else max(row[place], row[place - 1])
    return row[-1]
