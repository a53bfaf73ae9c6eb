"""How likely given texts are behind their contexts: all side by side, a token of each at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from summarizer.backends.engines import search
from summarizer.backends.engines.onnx.cache import Cache, Ids
from summarizer.backends.engines.onnx.session import Model


def read_texts(model: Model, contexts: Sequence[Ids], texts: Sequence[Sequence[Ids]]) -> list[list[tuple[float, ...]]]:
    """The log-probabilities of the tokens of each text behind its context; each of these has a token at least."""
    # The longest first: those that are over are the last rows.
    places = [(which, turn) for which, ways in enumerate(texts) for turn in range(len(ways))]
    places.sort(key=lambda place: -len(texts[place[0]][place[1]]))
    cache = _behind_contexts(model, contexts, texts, [which for which, _ in places])
    read = [(contexts[which][-1], *texts[which][turn]) for which, turn in places]
    past = [len(contexts[which]) - 1 for which, _ in places]
    found: dict[tuple[int, int], list[float]] = {place: [] for place in places}
    for step in range(len(read[0]) - 1):
        going = [row for row in read if step + 1 < len(row)]
        at = [before + step for before in past[: len(going)]]
        logits = model.step(model.no_source, cache, [row[step] for row in going], at)
        said = np.array([row[step + 1] for row in going])
        values = logits[np.arange(len(going)), said] - search.log_sum_exp(logits)
        for place, value in zip(places, values.tolist(), strict=False):
            found[place].append(value)
    return [[tuple(found[which, turn]) for turn in range(len(ways))] for which, ways in enumerate(texts)]


def _behind_contexts(
    model: Model, contexts: Sequence[Ids], texts: Sequence[Sequence[Ids]], rows: Sequence[int]
) -> Cache:
    """A cache in which each row has read its context but for the last token; ``rows``: the context of each."""
    cache = model.cache(len(rows))
    longest = max(len(context) + max(map(len, ways)) for context, ways in zip(contexts, texts, strict=True))
    cache.make_room(len(rows), longest)
    for which, context in enumerate(contexts):
        first, *others = (row for row, other in enumerate(rows) if other == which)
        if len(context) > 1:
            model.read(model.no_source, cache, first, 0, context[:-1])
            cache.copy([first] * len(others), others, 0, len(context) - 1)
    return cache
