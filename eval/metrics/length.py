"""How long the output is: in words, and as a share of the article."""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.base import Item, Measurement, mean_of
from summarizer.arabic.words import count_words


def length(items: Sequence[Item]) -> Measurement:
    """Words of the output, as editorial limits count them."""
    return mean_of([count_words(item.output) for item in items], tok="mujaz-words", avg="macro", unit="words")


def compression(items: Sequence[Item]) -> Measurement:
    """The output's words per hundred words of the article's body: the lower, the shorter."""
    values = []
    for item in items:
        body = count_words(item.source)
        values.append(100.0 * count_words(item.output) / body if body else float("nan"))
    return mean_of(values, tok="mujaz-words", source="body", avg="macro")
