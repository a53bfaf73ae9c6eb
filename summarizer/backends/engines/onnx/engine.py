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
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarizer.backends.engines import search
from summarizer.backends.engines.base import Allowed, Hypothesis, Prompt, shares
from summarizer.backends.engines.onnx.session import Cache, Ids, Model, Prefixes
from summarizer.backends.engines.onnx.writer import Group, Text, Writer, begin, next_group, read_source
from summarizer.config import Decoding
from summarizer.errors import DamagedModel

MODEL, WEIGHTS = "model.onnx", "weights.bin"
_MAX_WORKERS = 8
_MAX_ROWS = 16
"""Rows of one batch: with 24 a row costs a seventh less, and each takes up to 13 MB."""
_MAX_TOKENS = 6_000
"""Of all rows of one batch together: 220 MB of keys and values of Gemma 3 270M."""
_KEPT_BYTES = 128_000_000
"""Of sources that were read: about 3,500 tokens of Gemma 3 270M."""


class OnnxEngine:
    """See :class:`summarizer.backends.engines.base.Engine`, ``Mixer``, ``Comparer`` and ``Weigher``."""

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
        return self.write_each(prompts, [decoding] * len(prompts))

    def write_each(
        self, prompts: Sequence[Prompt], decodings: Sequence[Decoding], allowed: Sequence[Allowed | None] | None = None
    ) -> list[list[Hypothesis]]:
        """As :meth:`write`; for each prompt its own search, and the ids that may be written, or None for all.

        Workers begin with different searches and help with the others when theirs is done.
        """
        written: list[list[Hypothesis]] = [[] for _ in prompts]
        shifts = [self._shift(prompts, decodings, decoding) for decoding in dict.fromkeys(decodings)]

        def started(place: int) -> Text:
            found = search.start(prompts[place], decodings[place], self._end)
            return Text(place, prompts[place], found, allowed[place] if allowed else None)

        def work(worker: int) -> None:
            for shift in (*shifts[worker % len(shifts) :], *shifts[: worker % len(shifts)]):
                if not shift.groups:
                    continue
                cache = self._model.cache(shift.slots * search.width(shift.decoding), shift.tokens)
                writer = Writer(self._model, self._prefixes, cache, shift.decoding)
                for place, hypotheses in writer.run(shift.groups, shift.slots, started):
                    written[place] = hypotheses

        self._together(work, sum(len(shift.groups) for shift in shifts))
        return written

    def _shift(self, prompts: Sequence[Prompt], decodings: Sequence[Decoding], decoding: Decoding) -> _Shift:
        """The prompts of one search, in groups that fit side by side."""
        places = [place for place, other in enumerate(decodings) if other == decoding]
        share = -(-len(places) // self.workers)
        # Headline and standfirst of one source: one worker reads it, for both.
        share = max(share, 2) if len(set(decodings)) > 1 else share
        tokens = max(len(one.source) + len(one.start) + one.max_new_tokens for one in map(prompts.__getitem__, places))
        rows = min(_MAX_ROWS, max(1, _MAX_TOKENS // tokens))
        slots = max(1, min(share, rows // search.width(decoding)))
        return _Shift(decoding, deque(_groups(prompts, places, slots)), slots, tokens)

    def compare(self, prompts: Sequence[Prompt], one: int, other: int) -> list[float]:
        """Of the token behind each prompt: log P(``one``) - log P(``other``). ``BackendError`` as :meth:`write`."""
        logits = self._logits(prompts, (one, other))
        return [float(odds) for odds in logits[:, 0] - logits[:, 1]]

    def weigh(self, prompts: Sequence[Prompt], answers: Sequence[int]) -> NDArray[np.float32]:
        """See :class:`summarizer.backends.engines.base.Weigher`. ``BackendError`` as :meth:`write`."""
        return shares(self._logits(prompts, answers))

    def _logits(self, prompts: Sequence[Prompt], tokens: Sequence[int]) -> NDArray[np.float32]:
        """The logits [prompts, tokens] behind each prompt."""
        found = np.zeros((len(prompts), len(tokens)), np.float32)
        groups = deque(_groups(prompts, range(len(prompts)), len(prompts)))
        room = max((len(prompt.source) + len(prompt.start) for prompt in prompts), default=0)

        def work(_: int) -> None:
            cache = self._model.cache(1, room)
            while group := next_group(groups, len(prompts)):
                source, places = group
                read_source(self._model, self._prefixes, cache, 0, source)
                for place, logits in self._behind(cache, len(source), {place: prompts[place] for place in places}):
                    found[place] = logits[list(tokens)]

        self._together(work, len(groups))
        return found

    def _behind(
        self, cache: Cache, past: int, prompts: Mapping[int, Prompt]
    ) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Place and logits [V] behind each of some prompts whose source is read; what they have in common is read once.

        It is read by itself in any case, so that no prompt's logits depend on its company.
        """
        known: Ids = ()
        for place, prompt in sorted(prompts.items(), key=lambda item: (begin(item[1]), item[0])):
            if begin(prompt) != known:
                known = begin(prompt)
                self._model.read(cache, 0, past, known)
            yield place, self._model.read(cache, 0, past + len(known), prompt.start[len(known) :])

    def _together(self, work: Callable[[int], None], most: int) -> None:
        """Run ``work`` on as many threads as there are workers, at most ``most``; the first error is raised.

        It is told which worker it is, from 0.
        """
        count = min(self.workers, most)
        if count < 2:
            work(0) if count else None
            return
        with ThreadPoolExecutor(count) as pool:
            for done in [pool.submit(work, worker) for worker in range(count)]:
                done.result()


@dataclass(frozen=True, slots=True)
class _Shift:
    """The prompts of one search that wait for a worker; ``slots`` texts of up to ``tokens`` tokens fit side by side."""

    decoding: Decoding
    groups: deque[Group]
    slots: int
    tokens: int


def _groups(prompts: Sequence[Prompt], wanted: Sequence[int], most: int) -> list[Group]:
    """The ``wanted`` prompts of one source together, at most ``most``; long sources first, since they take longest.

    Of each source a first group before all second ones: while one worker reads a source, others have another to read.
    """
    places: dict[Ids, list[int]] = {}
    for place in wanted:
        places.setdefault(prompts[place].source, []).append(place)
    longest = max(map(len, places.values()), default=0)
    return [
        (source, tuple(places[source][start : start + most]))
        for start in range(0, longest, max(1, most))
        for source in sorted(places, key=lambda source: -len(source))
        if start < len(places[source])
    ]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
