"""How much of what the references speak of is in the output: their content words, by matching key."""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.base import Item, Measurement, mean_of, references_field
from summarizer.arabic.words import content_keys


def coverage(items: Sequence[Item]) -> Measurement:
    """The share of a reference's distinct content words that the output has, in per cent, mean over the references.

    Does not apply where no reference has a content word.
    """
    values = [_covered(frozenset(content_keys(item.output)), item.references) for item in items]
    return mean_of(values, tok="mujaz-keys", refs=references_field(items), multi="mean", avg="macro")


def _covered(said: frozenset[str], references: Sequence[str]) -> float:
    wanted = [keys for reference in references if (keys := frozenset(content_keys(reference)))]
    if not wanted:
        return float("nan")
    return 100.0 * sum(len(keys & said) / len(keys) for keys in wanted) / len(wanted)
