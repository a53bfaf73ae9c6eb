"""Who runs the workers of a batch: this process, or several of this machine. Ray has its own file.

An engine takes the source, the numbers of the shards to do and the work, and yields finished shards in any order.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait

from summarizer.backends.base import Backend
from summarizer.errors import BackendError
from summarizer.service.batch.input import RawShard, Source
from summarizer.service.batch.work import DoneShard, Tick, Work, Worker

Engine = Callable[[Source, Collection[int], Work, Tick], Iterator[DoneShard]]

_QUEUED_PER_WORKER = 2
"""Shards read ahead for each worker: enough that none waits, few enough for constant memory."""


def local(backend: Backend) -> Engine:
    """Everything in this process, with ``backend``; a model uses all cores by itself."""

    def run(source: Source, todo: Collection[int], work: Work, tick: Tick) -> Iterator[DoneShard]:
        worker = Worker(work, backend)
        return (worker.brief(shard, tick) for shard in source.shards() if shard.number in todo)

    return run


def processes(count: int) -> Engine:
    """``count`` processes with a backend each: for the extractive backend, which uses one core.

    ``BackendError`` when one of them is killed.
    """

    def run(source: Source, todo: Collection[int], work: Work, tick: Tick) -> Iterator[DoneShard]:
        context = multiprocessing.get_context("spawn")
        shards = (shard for shard in source.shards() if shard.number in todo)
        with ProcessPoolExecutor(count, context, _start, (work,)) as pool:
            try:
                yield from _windowed(pool, shards, _QUEUED_PER_WORKER * count, tick)
            except BrokenProcessPool as error:
                raise BackendError(
                    expected=f"{count} workers",
                    got="one that was killed or could not start",
                    hint="free memory or ask for fewer, and run the same command again: what is finished is kept",
                ) from error
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    return run


def _windowed(pool: ProcessPoolExecutor, shards: Iterator[RawShard], window: int, tick: Tick) -> Iterator[DoneShard]:
    """Finished shards in order, at most ``window`` under way."""
    running: deque[Future[DoneShard]] = deque()
    for shard in shards:
        running.append(pool.submit(_brief, shard))
        if len(running) >= window:
            yield _result(running.popleft(), tick)
    while running:
        yield _result(running.popleft(), tick)


def _result(future: Future[DoneShard], tick: Tick) -> DoneShard:
    done = future.result()
    tick(done.rows)
    return done


_WORKERS: list[Worker] = []
"""The worker of this process, in a pool."""


def _start(work: Work) -> None:
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _WORKERS.append(Worker(work))


def _brief(shard: RawShard) -> DoneShard:
    return _WORKERS[0].brief(shard)


def _leave_with_parent() -> None:
    """A parent that was killed cannot stop its workers: they stop by themselves."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
