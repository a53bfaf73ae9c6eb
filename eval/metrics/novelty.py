"""How much of the output's wording is its own: the share of its bigrams that the article does not have."""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.base import Item, Measurement, mean_of
from eval.metrics.settings import load_setting


def novelty(items: Sequence[Item]) -> Measurement:
    """New bigrams among the output's, in per cent; does not apply to an output of one word. Always ``normalized``."""
    words = load_setting("normalized")
    values = []
    for item in items:
        said, read = words.tokens(item.output).bigrams, words.tokens(item.source).bigrams
        new = sum(count for gram, count in said.items() if gram not in read)
        values.append(100.0 * new / said.total() if said else float("nan"))
    return mean_of(values, setting=words.name, **words.fields(), order="2", source="body", avg="macro")
