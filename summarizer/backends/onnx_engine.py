"""The onnxruntime engine: decoder-only models whose rows need not be equally long, on any CPU.

Measured choices (``eval.engines`` prints the table):

- A source is read alone and once, and its keys and values are copied to whoever writes from it. They are kept for a
  while: the wider search and the verdicts ask about the same sources.
- Texts are written side by side, each row at its own place, and a text that ends makes room for the next.
- One session of one thread and a caller a core: products of few rows gain less from a second thread than from a
  second batch, and the weights are in memory once.
- Nothing is padded and products are exact in whole numbers, so that a text does not depend on its company.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from summarizer.backends import search
from summarizer.backends.engine import Allowed, Hypothesis, Prompt
from summarizer.backends.onnx_session import Cache, Ids, Model, Prefixes
from summarizer.backends.search import Search
from summarizer.config import Decoding
from summarizer.errors import DamagedModel

MODEL, WEIGHTS = "model.onnx", "weights.bin"
_MAX_WORKERS = 8
_MAX_ROWS = 16
"""Rows of one batch: with 24 a row costs a seventh less, and each takes up to 13 MB."""
_KEPT_BYTES = 128_000_000
"""Of sources that were read: about 3,500 tokens of Gemma 3 270M."""

_Group = tuple[Ids, tuple[int, ...]]
"""A source and the places of prompts that begin with it."""


class OnnxEngine:
    """See :class:`summarizer.backends.engine.Engine`, ``Masker`` and ``Comparer``."""

    def __init__(self, read: Callable[[], Mapping[str, bytes]], end: int, threads: int | None = None) -> None:
        """``read``: the engine's files; ``end``: id of the end token; ``threads``: CPU cores to use, by default all
        that this process may.
        """
        files = read()
        if missing := {MODEL, WEIGHTS} - files.keys():
            raise DamagedModel(
                expected=" and ".join(sorted(missing)), got=", ".join(files) or "nothing", hint="export the model again"
            )
        self._model = Model(files[MODEL], WEIGHTS, files[WEIGHTS])
        self._end = end
        self.workers = min(threads or _cores(), _MAX_WORKERS)
        self._prefixes = Prefixes(_KEPT_BYTES)

    def write(self, prompts: Sequence[Prompt], decoding: Decoding) -> list[list[Hypothesis]]:
        """Up to ``decoding.candidates`` hypotheses a prompt, best first. ``BackendError`` when the engine gives up."""
        return self.write_within(prompts, decoding, [None] * len(prompts))

    def write_within(
        self, prompts: Sequence[Prompt], decoding: Decoding, allowed: Sequence[Allowed | None]
    ) -> list[list[Hypothesis]]:
        """As :meth:`write`; for each prompt the ids that may be written, or None for all."""
        written: list[list[Hypothesis]] = [[] for _ in prompts]
        share = -(-len(prompts) // self.workers)
        rows = search.width(decoding)
        slots = max(1, min(share, _MAX_ROWS // rows))
        groups = deque(_groups(prompts, slots))
        tokens = max((len(one.source) + len(one.start) + one.max_new_tokens for one in prompts), default=0)

        def begin(place: int) -> _Text:
            return _Text(place, prompts[place], search.start(prompts[place], decoding, self._end), allowed[place])

        def work() -> None:
            cache = self._model.cache(slots * rows, tokens)
            writer = _Writer(self._model, self._prefixes, cache, decoding)
            for place, hypotheses in writer.run(groups, slots, begin):
                written[place] = hypotheses

        self._together(work, len(groups))
        return written

    def compare(self, prompts: Sequence[Prompt], one: int, other: int) -> list[float]:
        """Of the token behind each prompt: log P(``one``) - log P(``other``). ``BackendError`` as :meth:`write`."""
        odds = [0.0] * len(prompts)
        groups = deque(_groups(prompts, len(prompts)))
        tokens = max((len(prompt.source) + len(prompt.start) for prompt in prompts), default=0)

        def work() -> None:
            cache = self._model.cache(1, tokens)
            while group := _next(groups, len(prompts)):
                source, places = group
                _read(self._model, self._prefixes, cache, 0, source)
                for place in places:
                    logits = self._model.read(cache, 0, len(source), prompts[place].start)
                    odds[place] = float(logits[one]) - float(logits[other])

        self._together(work, len(groups))
        return odds

    def _together(self, work: Callable[[], None], most: int) -> None:
        """Run ``work`` on as many threads as there are workers, at most ``most``; the first error is raised."""
        count = min(self.workers, most)
        if count < 2:
            work() if count else None
            return
        with ThreadPoolExecutor(count) as pool:
            for done in [pool.submit(work) for _ in range(count)]:
                done.result()


@dataclass(slots=True)
class _Text:
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


class _Writer:
    """One caller: texts side by side in one cache, text ``i`` in rows ``i * width`` and following."""

    def __init__(self, model: Model, prefixes: Prefixes, cache: Cache, decoding: Decoding) -> None:
        self._model, self._prefixes, self._cache, self._decoding = model, prefixes, cache, decoding
        self._width = search.width(decoding)
        self._texts: list[_Text] = []

    def run(
        self, groups: deque[_Group], slots: int, begin: Callable[[int], _Text]
    ) -> Iterator[tuple[int, list[Hypothesis]]]:
        """Take groups until there are none; each text's place and hypotheses as it ends."""
        while True:
            while group := _next(groups, slots - len(self._texts)):
                self._begin(group[0], [begin(place) for place in group[1]])
            if not self._texts:
                return
            for text in self._step():
                yield text.place, text.search.hypotheses()

    def _begin(self, source: Ids, texts: list[_Text]) -> None:
        first, width = len(self._texts) * self._width, self._width
        kept = _read(self._model, self._prefixes, self._cache, first, source)
        if kept is not None:
            self._cache.put(slice(first, first + len(texts) * width), kept)
        for row, text in zip(range(first, first + len(texts) * width, width), texts, strict=True):
            *before, last = text.prompt.start
            if before:
                self._model.read(self._cache, row, len(source), tuple(before))
                rows = list(range(row, row + width))
                self._cache.copy([row] * width, rows, len(source), len(source) + len(before))
            text.past, text.tokens = len(source) + len(before), [last] * width
            self._texts.append(text)

    def _step(self) -> list[_Text]:
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

    def _reorder(self, first: int, parents: list[int], text: _Text) -> None:
        moved = [row for row, parent in enumerate(parents) if row != parent]
        if moved and text.past > text.shared:
            sources, targets = [first + parents[row] for row in moved], [first + row for row in moved]
            self._cache.copy(sources, targets, text.shared, text.past)

    def _leave(self, text: _Text) -> None:
        """The last text takes the rows of one that is over."""
        at, last = self._texts.index(text), self._texts.pop()
        if last is not text:
            start, end = len(self._texts) * self._width, at * self._width
            rows = range(self._width)
            self._cache.copy([start + row for row in rows], [end + row for row in rows], 0, last.past)
            self._texts[at] = last


def _read(model: Model, prefixes: Prefixes, cache: Cache, row: int, source: Ids) -> NDArray[np.float32] | None:
    """Read ``source`` into a row, or remember it; what was read, None of nothing."""
    if not source:
        return None
    kept = prefixes.get(source)
    if kept is None:
        model.read(cache, row, 0, source)
        kept = cache.take(row, len(source))
        prefixes.put(source, kept)
    else:
        cache.put(slice(row, row + 1), kept)
    return kept


def _groups(prompts: Sequence[Prompt], most: int) -> list[_Group]:
    """Prompts of one source together, at most ``most`` of them; long sources first, since they take longest."""
    places: dict[Ids, list[int]] = {}
    for place, prompt in enumerate(prompts):
        places.setdefault(prompt.source, []).append(place)
    return [
        (source, tuple(places[source][start : start + most]))
        for source in sorted(places, key=lambda source: -len(source))
        for start in range(0, len(places[source]), most)
    ]


def _next(groups: deque[_Group], free: int) -> _Group | None:
    """The next group, unless it needs more than the ``free`` places."""
    try:
        group = groups.popleft()
    except IndexError:
        return None
    if len(group[1]) > free:
        groups.appendleft(group)
        return None
    return group


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
