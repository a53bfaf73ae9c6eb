"""The onnxruntime engine: decoder-only models whose rows need not be equally long, on any CPU.

Measured choices (``eval.engines`` prints the table):

- A source is read once, and all that is written from it shares its keys and values
  (``training.export.onnx_attention``). They are kept for a while: further texts are about the same sources.
- Texts about a source are written side by side, each row at its own place, whatever its search, and a text that ends
  makes room for the next.
- One session of one thread and a caller a core: products of few rows gain less from a second thread than from a
  second batch, and the weights are in memory once.
- Nothing is padded that would count, and products are exact in whole numbers, so that a text does not depend on its
  company.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from summarizer.backends.engines import search
from summarizer.backends.engines.base import Allowed, Hypothesis, Prompt, shares
from summarizer.backends.engines.onnx.cache import Floats, Ids, Prefixes, Shared
from summarizer.backends.engines.onnx.reader import read_texts
from summarizer.backends.engines.onnx.session import Model
from summarizer.backends.engines.onnx.writer import Text, Writer, begin, read_source
from summarizer.backends.stopping import Stopped, asked
from summarizer.config import Decoding
from summarizer.errors import DamagedModel

Job = tuple[Ids, Sequence[int]]
"""A source and the places of prompts about it."""

MODEL, WEIGHTS = "model.onnx", "weights.bin"
_MAX_WORKERS = 8
_MAX_ROWS = 24
"""Rows of one batch: with more a row costs hardly less, and each takes 5 MB or more."""
_KEPT_BYTES = 40_000_000
"""Of sources that were read: about 1,100 tokens of Gemma 3 270M."""


class OnnxEngine:
    """See :mod:`summarizer.backends.engines.base`: ``Engine``, ``Mixer``, ``Comparer``, ``Weigher``, ``Reader``,
    ``Verdicts``.
    """

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

        Workers share out the sources; where there are fewer of these, they share out the texts about one.
        """
        written: list[list[Hypothesis]] = [[] for _ in prompts]
        widths = [search.width(decoding) for decoding in decodings]
        widest, share = max(widths, default=1), -(-sum(widths) // self.workers)
        jobs, gone = deque(_jobs(prompts, widths, max(widest, share), self.workers)), asked()

        def begun(place: int) -> Text:
            found = search.start(prompts[place], decodings[place], self._end)
            return Text(place, prompts[place], decodings[place], found, allowed[place] if allowed else None)

        def work(source: Ids, places: Sequence[int]) -> None:
            rows = min(max(widest, _MAX_ROWS), sum(widths[place] for place in places))
            writer = Writer(self._model, read_source(self._model, self._prefixes, source), rows, gone)
            for text in writer.run(deque(begun(place) for place in places)):
                written[text.place] = text.search.hypotheses()

        self._together(work, jobs)
        return written

    def compare(self, prompts: Sequence[Prompt], one: int, other: int) -> list[float]:
        """Of the token behind each prompt: log P(``one``) - log P(``other``). ``BackendError`` as :meth:`write`."""
        logits = self._logits(prompts, (one, other))
        return [float(odds) for odds in logits[:, 0] - logits[:, 1]]

    def weigh(self, prompts: Sequence[Prompt], answers: Sequence[int]) -> NDArray[np.float32]:
        """See :class:`summarizer.backends.engines.base.Weigher`. ``BackendError`` as :meth:`write`."""
        return shares(self._logits(prompts, answers))

    @property
    def labels(self) -> int:
        """See :class:`summarizer.backends.engines.base.Verdicts`."""
        return self._model.labels

    def verdicts(self, prompts: Sequence[Prompt]) -> NDArray[np.float32]:
        """See :class:`summarizer.backends.engines.base.Verdicts`. ``BackendError`` as :meth:`write`."""
        found, gone = np.zeros((len(prompts), self.labels), np.float32), asked()

        def work(source: Ids, places: Sequence[int]) -> None:
            if gone():
                raise Stopped
            read = read_source(self._model, self._prefixes, source, judging=True)
            for place in places:
                found[place] = self._model.verdict(read, prompts[place].start)

        self._together(work, deque(_jobs(prompts, [1] * len(prompts), max(1, len(prompts)), self.workers)))
        return found

    def likelihoods(self, contexts: Sequence[Ids], texts: Sequence[Sequence[Ids]]) -> list[list[tuple[float, ...]]]:
        """See :class:`summarizer.backends.engines.base.Reader`. ``BackendError`` as :meth:`write`."""
        found: list[list[tuple[float, ...]]] = [[] for _ in contexts]
        gone = asked()

        def work(_: Ids, places: Sequence[int]) -> None:
            if gone():
                raise Stopped
            read = read_texts(self._model, [contexts[place] for place in places], [texts[place] for place in places])
            for place, told in zip(places, read, strict=True):
                found[place] = told

        widths = [len(ways) for ways in texts]
        share = min(_MAX_ROWS, -(-sum(widths) // self.workers))
        parts = _parts(range(len(contexts)), widths, max(share, *widths)) if widths else []
        self._together(work, deque(((), part) for part in parts if part))
        return found

    def _logits(self, prompts: Sequence[Prompt], tokens: Sequence[int]) -> NDArray[np.float32]:
        """The logits [prompts, tokens] behind each prompt."""
        found = np.zeros((len(prompts), len(tokens)), np.float32)

        def work(source: Ids, places: Sequence[int]) -> None:
            read = read_source(self._model, self._prefixes, source)
            for place, logits in self._behind(read, {place: prompts[place] for place in places}):
                found[place] = logits[list(tokens)]

        self._together(work, deque(_jobs(prompts, [1] * len(prompts), len(prompts), self.workers)))
        return found

    def _behind(self, source: Shared, prompts: Mapping[int, Prompt]) -> Iterator[tuple[int, Floats]]:
        """Place and logits [V] behind each of some prompts of one source; what they have in common is read once.

        It is read by itself in any case, so that no prompt's logits depend on its company.
        """
        cache = self._model.cache(1)
        known: Ids = ()
        for place, prompt in sorted(prompts.items(), key=lambda item: (begin(item[1]), item[0])):
            if begin(prompt) != known:
                known = begin(prompt)
                self._model.read(source, cache, 0, 0, known)
            yield place, self._model.read(source, cache, 0, len(known), prompt.start[len(known) :])

    def _together(self, work: Callable[[Ids, Sequence[int]], None], jobs: deque[Job]) -> None:
        """Do ``jobs`` on as many threads as there are workers; the first error is raised."""
        count = min(self.workers, len(jobs))

        def until_done() -> None:
            while True:
                try:
                    job = jobs.popleft()
                except IndexError:
                    return
                work(*job)

        if count < 2:
            until_done()
            return
        with ThreadPoolExecutor(count) as pool:
            for done in [pool.submit(until_done) for _ in range(count)]:
                done.result()


def _jobs(prompts: Sequence[Prompt], widths: Sequence[int], most: int, workers: int) -> list[Job]:
    """The prompts of one source together, or in parts of at most ``most`` rows; long sources first, which take longest.

    Of as many sources as there are workers the first parts come before the second ones: while one worker reads a
    source, others have another to read. The next sources come when these are done with, and may be forgotten.
    """
    places: dict[Ids, list[int]] = {}
    for place in sorted(range(len(prompts)), key=lambda place: -widths[place]):
        places.setdefault(prompts[place].source, []).append(place)
    made: list[tuple[int, int, Job]] = []
    for number, source in enumerate(sorted(places, key=lambda source: -len(source))):
        parts = _parts(places[source], widths, most)
        made += [(number // workers, turn, (source, part)) for turn, part in enumerate(parts)]
    return [job for _, _, job in sorted(made, key=lambda item: item[:2])]


def _parts(places: Sequence[int], widths: Sequence[int], most: int) -> list[list[int]]:
    """As few parts of at most ``most`` rows as will do, alike in rows; the widest come first."""
    parts: list[list[int]] = [[] for _ in range(-(-sum(widths[place] for place in places) // most))]
    rows = [0] * len(parts)
    for place in places:
        least = rows.index(min(rows))
        parts[least].append(place)
        rows[least] += widths[place]
    return parts


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
