"""Texts side by side in one cache: each step writes a token of all of them, and a text that ends makes room.

One caller, one cache; many may write at once, each in its own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from summarizer.backends.engines import search
from summarizer.backends.engines.base import Allowed, Hypothesis, Prompt
from summarizer.backends.engines.onnx.session import Cache, Ids, Model, Prefixes
from summarizer.backends.engines.search import Search
from summarizer.config import Decoding

Group = tuple[Ids, tuple[int, ...]]
"""A source and the places of prompts that begin with it."""


@dataclass(slots=True)
class Text:
    """One prompt whose texts are being written."""

    place: int
    prompt: Prompt
    search: Search
    allowed: Allowed | None
    past: int = 0
    """Tokens of each of its rows in the cache."""
    tokens: list[int] = field(default_factory=list)
    """What its rows read next."""

    @property
    def shared(self) -> int:
        """Tokens that all its rows have in common."""
        return len(self.prompt.source) + len(self.prompt.start)


class Writer:
    """Writes the texts of one caller side by side in one cache, text ``i`` in rows ``i * width`` and following."""

    def __init__(self, model: Model, prefixes: Prefixes, cache: Cache, decoding: Decoding) -> None:
        self._model, self._prefixes, self._cache, self._decoding = model, prefixes, cache, decoding
        self._width = search.width(decoding)
        self._texts: list[Text] = []

    def run(
        self, groups: deque[Group], slots: int, begin: Callable[[int], Text]
    ) -> Iterator[tuple[int, list[Hypothesis]]]:
        """Each text's place and hypotheses as it ends; groups are taken until there are none."""
        while True:
            while group := next_group(groups, slots - len(self._texts)):
                self._begin(group[0], [begin(place) for place in group[1]])
            if not self._texts:
                return
            for text in self._step():
                yield text.place, text.search.hypotheses()

    def _begin(self, source: Ids, texts: list[Text]) -> None:
        first, width = len(self._texts) * self._width, self._width
        kept = read_source(self._model, self._prefixes, self._cache, first, source)
        if kept is not None:
            self._cache.put(slice(first, first + len(texts) * width), kept)
        known: Ids = ()
        for row, text in zip(range(first, first + len(texts) * width, width), texts, strict=True):
            known = self._read_start(row, text, known)
            text.past, text.tokens = text.shared - 1, [text.prompt.start[-1]] * width
            self._texts.append(text)

    def _read_start(self, row: int, text: Text, known: Ids) -> Ids:
        """Read the start of a text but its last token into its rows; what it begins with.

        ``known``: what the text in the rows before begins with, which is copied where it is the same.
        """
        past, width, same = len(text.prompt.source), self._width, begin(text.prompt)
        if same and same == known:
            self._cache.copy([row - width], [row], past, past + len(same))
        elif same:
            self._model.read(self._cache, row, past, same)
        if rest := text.prompt.start[len(same) : -1]:
            self._model.read(self._cache, row, past + len(same), rest)
        if width > 1:
            self._cache.copy([row] * width, list(range(row, row + width)), past, text.shared - 1)
        return same

    def _step(self) -> list[Text]:
        """One token for every row; the texts that are over leave."""
        width = self._width
        ids = [token for text in self._texts for token in text.tokens]
        logits = self._model.step(self._cache, ids, [text.past for text in self._texts for _ in range(width)])
        parts = [slice(start, start + width) for start in range(0, len(ids), width)]
        for text, part in zip(self._texts, parts, strict=True):
            search.constrain(logits[part], text.search.written, self._decoding, text.allowed)
        norms = search.log_sum_exp(logits)
        over = []
        for text, part in zip(self._texts, parts, strict=True):
            text.past += 1
            moves = text.search.advance(logits[part], norms[part])
            if moves is None:
                over.append(text)
            else:
                text.tokens = moves[0]
                self._reorder(part.start, moves[1], text)
        for text in over:
            self._leave(text)
        return over

    def _reorder(self, first: int, parents: list[int], text: Text) -> None:
        moved = [row for row, parent in enumerate(parents) if row != parent]
        if moved and text.past > text.shared:
            sources, targets = [first + parents[row] for row in moved], [first + row for row in moved]
            self._cache.copy(sources, targets, text.shared, text.past)

    def _leave(self, text: Text) -> None:
        """The last text takes the rows of one that is over."""
        at, last = self._texts.index(text), self._texts.pop()
        if last is not text:
            start, end = len(self._texts) * self._width, at * self._width
            rows = range(self._width)
            self._cache.copy([start + row for row in rows], [end + row for row in rows], 0, last.past)
            self._texts[at] = last


def begin(prompt: Prompt) -> Ids:
    """What a prompt begins with behind its source as others do; never all of its start."""
    return prompt.start[: min(prompt.common, len(prompt.start) - 1)]


def read_source(model: Model, prefixes: Prefixes, cache: Cache, row: int, source: Ids) -> NDArray[np.float32] | None:
    """Read ``source`` into a row, or remember it; what was read, None of nothing."""
    if not source:
        return None
    with prefixes.turn(source):
        kept = prefixes.get(source)
        if kept is None:
            model.read(cache, row, 0, source)
            kept = cache.take(row, len(source))
            prefixes.put(source, kept)
            return kept
    cache.put(slice(row, row + 1), kept)
    return kept


def next_group(groups: deque[Group], free: int) -> Group | None:
    """The next group, unless it needs more than the ``free`` places."""
    try:
        group = groups.popleft()
    except IndexError:
        return None
    if len(group[1]) > free:
        groups.appendleft(group)
        return None
    return group
