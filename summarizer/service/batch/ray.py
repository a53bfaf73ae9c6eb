"""The workers of a batch on a Ray cluster (``mujaz[ray]``): ``read → map_batches → the shards of the local engine``.

One task reads the input and cuts it into shards, which stream to the workers: actors that keep a model each, on CPUs or
GPUs. Finished shards come back to this process, which alone writes. A worker that is killed is started again by Ray,
and its shard with it; since a shard's text depends on its rows alone, the output is that of the local engine.

Ray runs whatever code it is sent, on every port it opens, and checks nobody's identity unless told to: only ever use a
cluster on a closed network. See docs/batch.md.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from summarizer.errors import BackendError, ConfigError, MujazError
from summarizer.service.batch.engines import Engine
from summarizer.service.batch.input import RawShard, Source
from summarizer.service.batch.readers import RawRow
from summarizer.service.batch.work import DoneShard, Tick, Work, Worker

_BLOCK_BYTES = 1024
"""Less than a shard, so that each is a block of its own: else one worker would get all of a small input."""


@dataclass(frozen=True, slots=True)
class RayOptions:
    """``workers`` actors of so many CPUs and GPUs. ``address`` None: Ray is started on this machine and stopped."""

    workers: int = 1
    address: str | None = None
    cpus: float = 1.0
    gpus: float = 0.0


def on_ray(options: RayOptions) -> Engine:
    """The engine. ``ConfigError`` without Ray, ``BackendError`` when the cluster gives up."""

    def run(source: Source, todo: Collection[int], work: Work, tick: Tick) -> Iterator[DoneShard]:
        ray = _started(options)
        here = replace(source, path=Path(source.path).resolve())
        try:
            for block in _dataset(ray, here, frozenset(todo), work, options).iter_batches(
                batch_size=None, batch_format="pyarrow"
            ):
                for row in block.to_pylist():
                    tick(row["rows"])
                    yield DoneShard(row["shard"], row["text"], row["rows"])
        except ray.exceptions.RayError as error:
            raise _as_mujaz_error(error) from error
        finally:
            ray.shutdown()

    return run


def _started(options: RayOptions) -> Any:
    """The package, connected: to the cluster at ``options.address``, or to one of this machine's own."""
    # Usage reports go to a third party; nothing that reads articles sends any.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise ConfigError(
            expected="Ray", got=str(error), hint='in a clone: pip install -c constraints.txt ".[ray]"'
        ) from error
    own: dict[str, Any] = {"num_cpus": options.workers * options.cpus + 1, "include_dashboard": False}
    try:
        ray.init(
            address=options.address or "local",
            log_to_driver=False,
            logging_level=logging.ERROR,
            **({} if options.address else own),
        )
    except Exception as error:  # Ray raises bare ones, when a node does not start in time for instance
        hint = "check --ray-address, that the cluster runs the same Ray and Python, and that memory is free"
        raise ConfigError(expected="a Ray cluster", got=f"{options.address or 'none'} ({error})", hint=hint) from error
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.target_max_block_size = _BLOCK_BYTES
    context.target_min_block_size = 1
    return ray


def _dataset(ray: Any, source: Source, todo: frozenset[int], work: Work, options: RayOptions) -> Any:
    """The finished shards, as they come."""
    read = ray.data.read_datasource(_datasource(source, todo), override_num_blocks=1)
    return read.map_batches(
        _RayWorker,
        fn_constructor_args=(work,),
        batch_size=1,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(size=options.workers),
        num_cpus=options.cpus,
        num_gpus=options.gpus or None,
    )


def _datasource(source: Source, todo: frozenset[int]) -> Any:
    """Ray's view of a source: one task that reads it all, shard by shard."""
    from ray.data import Datasource, ReadTask
    from ray.data.block import BlockMetadata

    class Shards(Datasource):
        def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[Any]:  # noqa: ARG002 - Ray's signature
            return [ReadTask(lambda: _blocks(source, todo), BlockMetadata(len(todo), None, None))]

        def estimate_inmemory_data_size(self) -> int | None:
            return None

    shards: Any = Shards
    return shards()


def _blocks(source: Source, todo: frozenset[int]) -> Iterable[Any]:
    """A table of one row for each shard that is to be done."""
    import pyarrow

    for shard in source.shards():
        if shard.number in todo:
            rows = [row._asdict() for row in shard.rows]
            yield pyarrow.table(
                {"shard": [shard.number], "digest": [shard.digest], "rows": pyarrow.array([rows], type=_rows_type())}
            )


def _rows_type() -> Any:
    import pyarrow as pa

    row = pa.struct(
        [
            ("number", pa.int64()),
            ("name", pa.string()),
            ("data", pa.binary()),
            ("codec", pa.string()),
            ("fault", pa.string()),
        ]
    )
    return pa.list_(row)


class _RayWorker:
    """What an actor runs."""

    def __init__(self, work: Work) -> None:
        self.worker = Worker(work)

    def __call__(self, block: Any) -> Any:
        import pyarrow

        done = []
        for row in block.to_pylist():
            raw = tuple(RawRow(**one) for one in row["rows"])
            done.append(self.worker.brief(RawShard(row["shard"], raw, row["digest"])))
        return pyarrow.table(
            {
                "shard": [one.number for one in done],
                "text": pyarrow.array([one.text for one in done], type=pyarrow.binary()),
                "rows": [one.rows for one in done],
            }
        )


def _as_mujaz_error(error: Exception) -> MujazError:
    """An error of ours that crossed the cluster, or the cluster's own in one line."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, MujazError):
            return cause
        cause = cause.__cause__ or getattr(cause, "cause", None)
    return BackendError(
        expected="a cluster that works to the end",
        got=(str(error).strip().splitlines() or [type(error).__name__])[-1],
        hint="run the same command again: what is finished is kept",
    )
