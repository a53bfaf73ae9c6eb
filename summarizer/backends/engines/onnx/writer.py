"""Texts about one source side by side: each step writes a token of all of them, and a text that ends makes room.

One caller, one cache; many may write at once, each in its own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from summarizer.backends.engines import search
from summarizer.backends.engines.base import Allowed, Prompt
from summarizer.backends.engines.onnx.cache import Ids, Prefixes, Shared
from summarizer.backends.engines.onnx.session import Model
from summarizer.backends.engines.search import Search
from summarizer.backends.stopping import Gone, Stopped
from summarizer.config import Decoding


@dataclass(slots=True, eq=False)
class Text:
    """One prompt whose texts are being written."""

    place: int
    prompt: Prompt
    decoding: Decoding
    search: Search
    allowed: Allowed | None
    rows: list[int] = field(default_factory=list)
    """Its rows of the cache."""
    past: int = 0
    """Tokens that each of them has."""
    tokens: list[int] = field(default_factory=list)
    """What they read next."""


class Writer:
    """Writes texts about ``source`` in at most ``rows`` rows at once."""

    def __init__(self, model: Model, source: Shared, rows: int, gone: Gone) -> None:
        self._model, self._source, self._most, self._gone = model, source, rows, gone
        self._cache = model.cache(rows)
        self._rows: list[Text] = []
        """The text that each row is of."""

    def run(self, waiting: deque[Text]) -> Iterator[Text]:
        """Each text as it ends, in whose room those that wait begin; ``Stopped`` when none is wanted."""
        while waiting or self._rows:
            begun: list[Text] = []
            while waiting and len(self._rows) + waiting[0].search.width <= self._most:
                begun.append(waiting.popleft())
                self._begin(begun[-1], begun[-2] if len(begun) > 1 else None)
            if self._gone():
                raise Stopped
            yield from self._step()

    def _begin(self, text: Text, before: Text | None) -> None:
        """Read the start of a text but its last token; what the text ``before`` begins with too is copied."""
        first, width = len(self._rows), text.search.width
        text.rows, start = list(range(first, first + width)), text.prompt.start
        self._rows += [text] * width
        same = begin(text.prompt)
        if same and before is not None and same == begin(before.prompt):
            self._cache.copy([before.rows[0]], [first], 0, len(same))
        elif same:
            self._model.read(self._source, self._cache, first, 0, same)
        if rest := start[len(same) : -1]:
            self._model.read(self._source, self._cache, first, len(same), rest)
        if width > 1:
            self._cache.copy([first] * width, text.rows, 0, len(start) - 1)
        text.past, text.tokens = len(start) - 1, [start[-1]] * width

    def _step(self) -> list[Text]:
        """One token for every row; the texts that are over leave."""
        texts = list(dict.fromkeys(self._rows))
        ids = [0] * len(self._rows)
        for text in texts:
            for row, token in zip(text.rows, text.tokens, strict=True):
                ids[row] = token
        logits = self._model.step(self._source, self._cache, ids, [text.past for text in self._rows])
        over = [text for text in texts if not self._advance(text, logits[text.rows])]
        for text in over:
            self._leave(text)
        return over

    def _advance(self, text: Text, logits: search.Logits) -> bool:
        """Go on with the logits [rows, V] of a text; False when it is over."""
        search.constrain(logits, text.search.written, text.decoding, text.allowed)
        text.past += 1
        moves = text.search.advance(logits, search.log_sum_exp(logits))
        if moves is None:
            return False
        text.tokens, parents = moves
        moved = [place for place, parent in enumerate(parents) if place != parent]
        if moved and text.past > len(text.prompt.start):
            sources, targets = [text.rows[parents[place]] for place in moved], [text.rows[place] for place in moved]
            self._cache.copy(sources, targets, len(text.prompt.start), text.past)
        return True

    def _leave(self, text: Text) -> None:
        """The last rows take the places of a text that is over."""
        kept = len(self._rows) - len(text.rows)
        last = [row for row in range(kept, len(self._rows)) if self._rows[row] is not text]
        free = [row for row in text.rows if row < kept]
        if free:
            self._cache.copy(last, free, 0, max(self._rows[row].past for row in last))
        for source, target in zip(last, free, strict=True):
            moved = self._rows[source]
            self._rows[target] = moved
            moved.rows[moved.rows.index(source)] = target
        del self._rows[kept:]


_JUDGED = -1
"""Before what the judge has read, where it is remembered: no token."""


def begin(prompt: Prompt) -> Ids:
    """What a prompt begins with behind its source as others do; never all of its start."""
    return prompt.start[: min(prompt.common, len(prompt.start) - 1)]


def read_source(model: Model, prefixes: Prefixes, source: Ids, judging: bool = False) -> Shared:
    """``source``, read or remembered; ``judging``: as the judge reads."""
    if not source:
        return model.no_source
    key = (_JUDGED, *source) if judging else source
    with prefixes.turn(key):
        kept = prefixes.get(key)
        if kept is None:
            kept = model.source(source, judging)
            prefixes.put(key, kept)
        return kept
