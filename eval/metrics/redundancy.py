"""Do the bullets repeat each other?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from eval.metrics.base import Item, Measurement, mean_of
from eval.metrics.rouge import sentences
from summarizer.arabic.words import content_keys


def redundancy(items: Sequence[Item]) -> Measurement:
    """The mean content-word Jaccard over the pairs of an output's lines (or sentences), in per cent.

    Does not apply to an output of one statement.
    """
    values = [_repeated([frozenset(content_keys(text)) for text in sentences(item.output)]) for item in items]
    return mean_of(values, tok="mujaz-keys", pairs="mean-jaccard", avg="macro")


def _repeated(keys: list[frozenset[str]]) -> float:
    pairs = [(a, b) for a, b in combinations(keys, 2) if a or b]
    if not pairs:
        return float("nan")
    return 100.0 * sum(len(a & b) / len(a | b) for a, b in pairs) / len(pairs)
