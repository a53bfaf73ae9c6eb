"""onnxruntime sessions of the graphs of ``training.export.onnx_graph``: tokens behind a source in, logits out.

Many threads may run one session at once, each on a cache of its own: the weights are in memory once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from summarizer.backends.engines.onnx.cache import Cache, Floats, Ids, Shared, shared
from summarizer.errors import BackendError, DamagedModel, OutOfMemory

JUDGING, VERDICT = "judging", "verdict"
"""Input and output of a graph with a judge (``training.judge``)."""
_HINT = "export the model again"
_HIDDEN = np.float32(-1e9)
"""Added to the score of what is not seen: its share is 0."""


class Model:
    """A loaded graph: tokens in, logits out. It has one thread; whoever calls it brings more."""

    def __init__(self, graph: bytes, name: str, weights: bytes) -> None:
        """``graph``: an ONNX model whose weights are in a file ``name``. ``DamagedModel`` when they do not fit."""
        self._session = _open(graph, name, weights)
        try:
            about = json.loads(self._session.get_modelmeta().custom_metadata_map["gemma3"])
            groups, self._size = about["num_key_value_heads"], about["head_dim"]
            self._heads, self._units = about["num_attention_heads"] // groups, about["num_hidden_layers"] * groups
            slides = {"sliding_attention": about["sliding_window"]}
            self._windows = {kind: slides.get(kind) for kind in sorted(set(about["layer_types"]))}
            sizes = {one.name: int(one.shape[1]) for one in self._session.get_outputs() if len(one.shape) == 2}
            self.vocabulary, self.labels = sizes["logits"], sizes.get(VERDICT, 0)
        except (KeyError, ValueError, IndexError, TypeError) as error:
            raise DamagedModel(expected="a graph of training.export.onnx_graph", got=repr(error), hint=_HINT) from error
        self._nothing = Cache(self._units, 1, self._size)
        empty = np.zeros((self._units, self._size, 0), np.float32)
        self.no_source = shared(empty, empty.swapaxes(1, 2))

    def cache(self, rows: int) -> Cache:
        """Room for ``rows`` rows."""
        return Cache(self._units, rows, self._size)

    def source(self, ids: Ids, judging: bool = False) -> Shared:
        """A source, read; ``judging``: as the judge reads."""
        run = self._run(self.no_source, self._nothing, 0, [ids], [0], judging)
        return shared(run.keys[:, 0], run.values[:, 0])

    def verdict(self, source: Shared, ids: Ids) -> Floats:
        """The judge's logits [labels] behind ``ids``, which stand behind a source that the judge has read."""
        run = self._run(source, self._nothing, 0, [ids], [0], judging=True)
        found: Floats = run.verdict[0]
        return found

    def read(self, source: Shared, cache: Cache, row: int, past: int, ids: Ids) -> Floats:
        """Put ``ids`` behind the ``past`` tokens of one row; the logits [V] behind the last of them."""
        cache.make_room(row + 1, past + len(ids))
        run = self._run(source, cache, row, [ids], [past])
        cache.put_all(row, past, run.keys, run.values)
        logits: Floats = run.logits[0]
        return logits

    def step(self, source: Shared, cache: Cache, ids: Sequence[int], past: Sequence[int]) -> Floats:
        """One token more for each of the first rows, behind the ``past`` tokens of each; their logits [rows, V]."""
        cache.make_room(len(ids), max(past) + 1)
        run = self._run(source, cache, 0, [(token,) for token in ids], past)
        cache.put(past, run.keys, run.values)
        return run.logits

    def _run(
        self, source: Shared, cache: Cache, row: int, ids: Sequence[Ids], past: Sequence[int], judging: bool = False
    ) -> _Run:
        """Equally many tokens for each row from ``row`` on, behind the ``past`` of each."""
        binding = self._session.io_binding()
        run = _Run(binding, self._units, self._size, (self.vocabulary, self.labels), len(ids), len(ids[0]))
        if self.labels:
            run.give(JUDGING, np.array(judging))
        behind = np.array(past, np.int64)[:, None]
        run.give("ids", np.array(ids, np.int64))
        run.give("places", source.length + behind + np.arange(run.size, dtype=np.int64))
        for kind, window in self._windows.items():
            run.give(f"seen_{kind}", _seen(source, cache.room, behind, run.size, window, self._heads))
        rows = slice(row, row + run.rows)
        for unit in range(self._units):
            run.give(f"shared_key_{unit}", source.keys[unit])
            run.give(f"shared_value_{unit}", source.values[unit])
            run.give(f"key_{unit}", cache.keys[unit][rows])
            run.give(f"value_{unit}", cache.values[unit][rows])
        try:
            self._session.run_with_iobinding(run.binding)
        except Exception as error:  # the library raises plain Exception
            raise BackendError(
                expected="an engine that writes", got=str(error), hint="free memory, or ask for less at once"
            ) from error
        return run


class _Run:
    """Inputs and outputs of one run of ``rows`` rows, ``size`` tokens each, bound to memory."""

    def __init__(self, binding: Any, units: int, width: int, told: tuple[int, int], rows: int, size: int) -> None:
        """``width``: the size of a head; ``told``: of a row of logits, and of a row of verdicts."""
        self.rows, self.size, self.binding = rows, size, binding
        self.logits, self.verdict = (np.empty((rows, one), np.float32) for one in told)
        self.keys = np.empty((units, rows, width, size), np.float32)
        self.values = np.empty((units, rows, size, width), np.float32)
        self._held: list[Any] = []
        self._take("logits", self.logits)
        if self.verdict.size:
            self._take(VERDICT, self.verdict)
        for unit in range(units):
            self._take(f"new_key_{unit}", self.keys[unit])
            self._take(f"new_value_{unit}", self.values[unit])

    def give(self, name: str, array: Any) -> None:
        """An input, which is kept until the run is over."""
        self._held.append(array)
        self.binding.bind_input(name, "cpu", 0, array.dtype, array.shape, array.ctypes.data)

    def _take(self, name: str, array: Floats) -> None:
        self.binding.bind_output(name, "cpu", 0, np.float32, array.shape, array.ctypes.data)


def _seen(source: Shared, room: int, past: Any, size: int, window: int | None, heads: int) -> Floats:
    """What is added to the scores, [rows * size * heads, size + source + room]: 0 for what a token sees.

    ``past`` [rows, 1]: tokens of each row; ``window``: how many tokens are seen, the last one among them.
    """
    width = source.keys.shape[2]
    new, common, own = np.arange(size), np.arange(width), np.arange(room)
    rows = len(past)
    at = source.length + past + new  # [rows, size]
    places = np.concatenate(
        [at, np.broadcast_to(common, (rows, width)), np.broadcast_to(source.length + own, (rows, room))], axis=1
    )
    there = np.concatenate(
        [np.ones((rows, size), bool), np.broadcast_to(common < source.length, (rows, width)), own < past], axis=1
    )
    seen = there[:, None] & (places[:, None] <= at[..., None])  # [rows, size, all]
    if window is not None:
        seen &= places[:, None] > at[..., None] - window
    added = np.where(seen, np.float32(0), _HIDDEN)
    return np.repeat(added.reshape(rows * size, -1), heads, axis=0)


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
