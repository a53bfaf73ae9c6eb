"""What an editor sees at once in a list of bullets: how many, how long, and whether each is whole.

Each bullet is a line of the output. All are of the text alone: no reference, no article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from eval.metrics.base import Item, Measurement, mean_of, ratio
from summarizer.arabic.centrality import jaccard
from summarizer.arabic.clauses import ends_weakly, is_balanced
from summarizer.arabic.words import content_keys, count_words
from summarizer.briefing.draft import Draft
from summarizer.briefing.rules import bare_role, fault, no_speaker, points_back
from summarizer.briefing.source import Source

_LEANING = (no_speaker.RULE, points_back.RULE, bare_role.RULE)
_SAME = 0.8
"""Content-word Jaccard from which two bullets are one."""


def lines(output: str) -> list[str]:
    """The bullets of an output."""
    return [line.strip() for line in output.split("\n") if line.strip()]


def bullet_count(items: Sequence[Item]) -> Measurement:
    """Bullets an article."""
    return mean_of([len(lines(item.output)) for item in items], avg="macro", unit="bullets")


def bullet_words(items: Sequence[Item]) -> Measurement:
    """Words a bullet, over all bullets together."""
    return _per_bullet(items, count_words, tok="mujaz-words", unit="words")


def dangling(items: Sequence[Item]) -> Measurement:
    """The share of bullets that open by pointing back («وأضاف», «وهو») or with a nameless role, in per cent."""
    return _per_bullet(items, lambda text: 100.0 * _points_back(text), rule="dangling_opening,bare_role")


def truncated(items: Sequence[Item]) -> Measurement:
    """The share of bullets that stop in mid-sentence, in per cent: on a preposition, «…», or an open quotation."""
    return _per_bullet(items, lambda text: 100.0 * _is_cut(text), rule="weak-end,ellipsis,open-pair")


def duplicates(items: Sequence[Item]) -> Measurement:
    """The share of bullets that say again what one before them said, in per cent."""
    counts = []
    for item in items:
        keys = [content_keys(text) for text in lines(item.output)]
        again = {later for (_, one), (later, other) in combinations(enumerate(keys), 2) if jaccard(one, other) >= _SAME}
        counts.append((100.0 * len(again), len(keys)))
    return _micro(counts, tok="mujaz-keys", rule=f"jaccard>={_SAME}")


def redundancy_max(items: Sequence[Item]) -> Measurement:
    """The content-word Jaccard of an output's most similar pair of bullets, in per cent, mean over the outputs.

    Does not apply to an output of one bullet.
    """
    values = []
    for item in items:
        keys = [content_keys(text) for text in lines(item.output)]
        values.append(max((100.0 * jaccard(a, b) for a, b in combinations(keys, 2)), default=float("nan")))
    return mean_of(values, tok="mujaz-keys", pairs="max-jaccard", avg="macro")


def _points_back(text: str) -> bool:
    return bool(fault(Draft(text), Source.of(""), _LEANING))


def _is_cut(text: str) -> bool:
    return ends_weakly(text) or text.endswith(("…", "...", "..")) or not is_balanced(text)


def _per_bullet(items: Sequence[Item], value: Callable[[str], float], **fields: str) -> Measurement:
    found = [[value(text) for text in lines(item.output)] for item in items]
    return _micro([(sum(values), len(values)) for values in found], **fields)


def _micro(counts: Sequence[tuple[float, int]], **fields: str) -> Measurement:
    """Sums over all bullets of all outputs, from each output's sum and number of bullets."""
    statistics = np.asarray(counts, dtype=np.float64).reshape(len(counts), 2)  # (items, 2)
    return Measurement(statistics, ratio, ratio(statistics), {**fields, "avg": "micro"})
