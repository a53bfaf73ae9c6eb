"""onnxruntime sessions of the graphs of ``training.export.onnx_graph``: tokens into a cache, logits out.

A cache is one block of memory that the graph reads and writes in place, and a row of it is one text. Many threads may
run one session at once, each on a cache of its own: the weights are in memory once.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import BackendError, DamagedModel, OutOfMemory

Ids = tuple[int, ...]
_HINT = "export the model again"


class Cache:
    """Keys and values of rows of tokens: ``data`` is [2 * layers, rows, kv heads, tokens, head size] in float32.

    What lies behind a row's last token is never read.
    """

    def __init__(self, layers: int, rows: int, heads: int, tokens: int, size: int) -> None:
        self.data = np.empty((2 * layers, rows, heads, tokens, size), np.float32)
        self.steps: dict[int, _Step] = {}
        """Bound steps of one token by how many rows they have."""

    def take(self, row: int, tokens: int) -> NDArray[np.float32]:
        """A copy of the first ``tokens`` of a row: [2 * layers, kv heads, tokens, head size]."""
        return self.data[:, row, :, :tokens].copy()

    def put(self, rows: slice, kept: NDArray[np.float32]) -> None:
        """Begin each of ``rows`` with what :meth:`take` returned."""
        self.data[:, rows, :, : kept.shape[2]] = kept[:, None]

    def copy(self, sources: list[int], targets: list[int], start: int, end: int) -> None:
        """Tokens ``start`` to ``end`` of rows to other rows, all at once: a row may be both."""
        self.data[:, targets, :, start:end] = self.data[:, sources, :, start:end]


class _Step:
    """Inputs and outputs of one run, bound to memory: ``rows`` rows from ``row`` on, ``size`` tokens each."""

    def __init__(self, model: Model, cache: Cache, row: int, rows: int, size: int) -> None:
        self.ids = np.empty((rows, size), np.int64)
        self.last = np.empty(rows, np.int32)
        self.total = np.empty((), np.int32)
        self.logits = np.empty((rows, model.vocabulary), np.float32)
        self.binding = model.session.io_binding()
        for name, array in (("ids", self.ids), ("last", self.last), ("total", self.total)):
            self.binding.bind_input(name, "cpu", 0, array.dtype, array.shape, array.ctypes.data)
        self.binding.bind_output("logits", "cpu", 0, np.float32, self.logits.shape, self.logits.ctypes.data)
        layer, each = cache.data.strides[:2]
        shape = (rows, *cache.data.shape[2:])
        for index in range(cache.data.shape[0]):
            name = f"{('key', 'value')[index % 2]}_{index // 2}"
            place = cache.data.ctypes.data + index * layer + row * each
            self.binding.bind_input(name, "cpu", 0, np.float32, shape, place)
            self.binding.bind_output(f"new_{name}", "cpu", 0, np.float32, shape, place)


class Model:
    """A loaded graph: tokens into a cache, logits out. It has one thread; whoever calls it brings more."""

    def __init__(self, graph: bytes, name: str, weights: bytes) -> None:
        """``graph``: an ONNX model whose weights are in a file ``name``. ``DamagedModel`` when they do not fit."""
        self.session = _open(graph, name, weights)
        try:
            shapes = {one.name: one.shape for one in (*self.session.get_inputs(), *self.session.get_outputs())}
            self.vocabulary = int(shapes["logits"][1])
            self.layers = sum(name.startswith("key_") for name in shapes)
            _, self._heads, _, self._size = shapes["key_0"]
        except (KeyError, ValueError, IndexError) as error:
            raise DamagedModel(expected="a graph of training.export.onnx_graph", got=repr(error), hint=_HINT) from error

    def cache(self, rows: int, tokens: int) -> Cache:
        """Room for ``rows`` rows of up to ``tokens`` tokens."""
        return Cache(self.layers, rows, self._heads, tokens, self._size)

    def read(self, cache: Cache, row: int, past: int, ids: Ids) -> NDArray[np.float32]:
        """Put ``ids`` behind the ``past`` tokens of one row; the logits [V] behind the last of them."""
        step = _Step(self, cache, row, 1, len(ids))
        step.ids[0] = ids
        step.last[0] = past + len(ids) - 1
        self._run(step)
        logits: NDArray[np.float32] = step.logits[0]
        return logits

    def step(self, cache: Cache, ids: list[int], past: list[int]) -> NDArray[np.float32]:
        """One token more for each of the first rows; their logits [rows, V], which the next step overwrites."""
        step = cache.steps.get(len(ids)) or cache.steps.setdefault(len(ids), _Step(self, cache, 0, len(ids), 1))
        step.ids[:, 0] = ids
        step.last[:] = past
        self._run(step)
        return step.logits

    def _run(self, step: _Step) -> None:
        step.total[...] = step.last.max() + 1
        try:
            self.session.run_with_iobinding(step.binding)
        except Exception as error:  # the library raises plain Exception
            raise BackendError(
                expected="an engine that writes", got=str(error), hint="free memory, or ask for less at once"
            ) from error


class Prefixes:
    """What was read last, so that the same source is not read again: source → its part of a cache.

    Headline, standfirst, the wider search and the verdicts on all of them share their sources. Safe to share among
    threads; what is kept is never changed.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes, self._bytes, self._lock = max_bytes, 0, Lock()
        self._kept: OrderedDict[Ids, NDArray[np.float32]] = OrderedDict()
        self._turns: dict[Ids, Lock] = {}

    def turn(self, source: Ids) -> Lock:
        """Held while a source is read: who comes meanwhile waits, and finds it read."""
        with self._lock:
            return self._turns.setdefault(source, Lock())

    def get(self, source: Ids) -> NDArray[np.float32] | None:
        """What :meth:`put` was given, if it is still there."""
        with self._lock:
            if source in self._kept:
                self._kept.move_to_end(source)
            return self._kept.get(source)

    def put(self, source: Ids, kept: NDArray[np.float32]) -> None:
        """Keep it until the memory is needed for others."""
        with self._lock:
            if source not in self._kept:
                self._kept[source] = kept
                self._bytes += kept.nbytes
            while self._bytes > self._max_bytes:
                forgotten, oldest = self._kept.popitem(last=False)
                self._bytes -= oldest.nbytes
                self._turns.pop(forgotten, None)


def _open(graph: bytes, name: str, weights: bytes) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise BackendError(
            expected="the package onnxruntime", got=str(error), hint="pip install onnxruntime"
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        options.add_external_initializers_from_files_in_memory([name], [weights], [len(weights)])
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library raises plain Exception
        if isinstance(error, MemoryError) or "alloc" in str(error):
            raise OutOfMemory(str(error)) from error
        raise DamagedModel(expected="an ONNX model", got=str(error), hint=_HINT) from error
