"""Keys and values: of a source that many texts share, and of what each text's rows have of their own."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

Ids = tuple[int, ...]
Floats = NDArray[np.float32]

_FULL = 64
"""Room comes in so many tokens: sums over what is seen then have the same order, whatever lies behind."""
_LEAST = 128
"""Room of a row: from here on products add up in the same blocks, however much room there is."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A source that was read: ``keys`` [units, head size, room] and ``values`` [units, room, head size]; never changed.

    A unit is a head of keys and values of a layer. Behind ``length`` tokens all is 0.
    """

    keys: Floats
    values: Floats
    length: int

    @property
    def nbytes(self) -> int:
        """Bytes of memory."""
        return self.keys.nbytes + self.values.nbytes


def shared(keys: Floats, values: Floats) -> Shared:
    """``keys`` [units, head size, tokens] and ``values`` [units, tokens, head size], with room behind them."""
    units, size, tokens = keys.shape
    room = max(_FULL, -(-tokens // _FULL) * _FULL)
    made = Shared(np.zeros((units, size, room), np.float32), np.zeros((units, room, size), np.float32), tokens)
    made.keys[:, :, :tokens], made.values[:, :tokens] = keys, values
    return made


class Cache:
    """Rows of tokens: for each unit ``keys`` [rows, head size, room] and ``values`` [rows, room, head size].

    What lies behind a row's last token is finite and not seen; the last token of the room stays free. Memory that was
    never written takes none.
    """

    def __init__(self, units: int, rows: int, size: int) -> None:
        self.keys = [np.zeros((rows, size, _LEAST), np.float32) for _ in range(units)]
        self.values = [np.zeros((rows, _LEAST, size), np.float32) for _ in range(units)]

    @property
    def room(self) -> int:
        """Tokens that a row has room for."""
        return self.keys[0].shape[2]

    def make_room(self, rows: int, tokens: int) -> None:
        """See that each row can have so many tokens; only the first ``rows`` have any yet."""
        wanted, had = -(-(tokens + 1) // _FULL) * _FULL, self.room
        if wanted <= had:
            return
        most, size, _ = self.keys[0].shape
        for unit, (keys, values) in enumerate(zip(self.keys, self.values, strict=True)):
            self.keys[unit] = np.zeros((most, size, wanted), np.float32)
            self.values[unit] = np.zeros((most, wanted, size), np.float32)
            self.keys[unit][:rows, :, :had], self.values[unit][:rows, :had] = keys[:rows], values[:rows]

    def put(self, past: Sequence[int], keys: Floats, values: Floats) -> None:
        """A token for each of the first rows: ``keys`` [units, rows, size, 1] and ``values`` [units, rows, 1, size]."""
        rows = range(len(past))
        for unit in range(len(self.keys)):
            self.keys[unit][rows, :, past] = keys[unit, ..., 0]
            self.values[unit][rows, past] = values[unit, :, 0]

    def put_all(self, row: int, past: int, keys: Floats, values: Floats) -> None:
        """Many tokens for one row: ``keys`` [units, 1, size, tokens] and ``values`` [units, 1, tokens, size]."""
        end = past + keys.shape[3]
        for unit in range(len(self.keys)):
            self.keys[unit][row, :, past:end], self.values[unit][row, past:end] = keys[unit, 0], values[unit, 0]

    def copy(self, sources: Sequence[int], targets: Sequence[int], start: int, end: int) -> None:
        """Tokens ``start`` to ``end`` of rows to other rows, all at once: a row may be both."""
        for keys, values in zip(self.keys, self.values, strict=True):
            keys[targets, :, start:end] = keys[sources, :, start:end]
            values[targets, start:end] = values[sources, start:end]


class Prefixes:
    """What was read last, so that the same source is not read again. Safe to share among threads.

    Headline, standfirst, bullets and all that is asked about them share their sources.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes, self._bytes, self._lock = max_bytes, 0, Lock()
        self._kept: OrderedDict[Ids, Shared] = OrderedDict()
        self._turns: dict[Ids, Lock] = {}

    def turn(self, source: Ids) -> Lock:
        """Held while a source is read: who comes meanwhile waits, and finds it read."""
        with self._lock:
            return self._turns.setdefault(source, Lock())

    def get(self, source: Ids) -> Shared | None:
        """What :meth:`put` was given, if it is still there."""
        with self._lock:
            if source in self._kept:
                self._kept.move_to_end(source)
            return self._kept.get(source)

    def put(self, source: Ids, kept: Shared) -> None:
        """Keep it until the memory is needed for others."""
        with self._lock:
            if source not in self._kept:
                self._kept[source] = kept
                self._bytes += kept.nbytes
            while self._bytes > self._max_bytes:
                forgotten, oldest = self._kept.popitem(last=False)
                self._bytes -= oldest.nbytes
                self._turns.pop(forgotten, None)
