"""``mujaz batch``: the flags, and what is said at the end."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.service.shape import add_shape, options_of, whole

if TYPE_CHECKING:
    from summarizer.backends.base import Backend
    from summarizer.service.batch.engines import Engine
    from summarizer.service.batch.run import Job, Summary

_BATCH_ROWS, _SHARD_ROWS = 8, 64
"""Measured: a model gains little from more articles at once. A kill costs at most a shard: 64 articles are a minute and
a half of the embedded model on two cores."""
_EPILOG = (
    "Interrupted? The same command goes on where it stopped. A row that cannot be briefed is listed in "
    "OUTPUT.rejected.jsonl and stops nothing. See docs/batch.md."
)


def add_batch(parser: argparse.ArgumentParser) -> None:
    """The flags of ``mujaz batch``."""
    parser.epilog = f"{_EPILOG} {parser.epilog or ''}".strip()
    parser.add_argument("input", type=Path, metavar="INPUT", help=_INPUT_HELP)
    parser.add_argument(
        "output", type=Path, metavar="OUTPUT", help=".jsonl[.gz] or .parquet, one brief a row; - stdout"
    )
    parser.add_argument("--from", dest="kind", metavar="KIND", help=_FROM_HELP)
    parser.add_argument(
        "--keep", action="append", default=[], metavar="COLUMN", help="a column of INPUT that the brief carries along"
    )
    parser.add_argument("--backend", default="default", metavar="NAME", help="see `mujaz models`, or a folder")
    add_shape(parser)
    parser.add_argument("--engine", choices=("local", "ray"), default="local", help="who runs the workers (local)")
    parser.add_argument("--workers", type=whole(1, 4096), default=1, metavar="N", help="processes, a model each (1)")
    parser.add_argument("--batch-rows", type=whole(1, 256), default=_BATCH_ROWS, metavar="N", help=_BATCH_HELP)
    parser.add_argument("--shard-rows", type=whole(1, 100_000), default=_SHARD_ROWS, metavar="N", help=_SHARD_HELP)
    parser.add_argument("--ray-address", metavar="HOST:PORT", help="a running cluster; without it Ray starts here")
    parser.add_argument("--worker-cpus", type=float, default=1.0, metavar="N", help="cores of a Ray worker (1)")
    parser.add_argument("--worker-gpus", type=float, default=0.0, metavar="N", help="GPUs of a Ray worker (0)")
    parser.add_argument("--quiet", action="store_true", help="no progress and no summary")
    parser.set_defaults(run=_batch)


_INPUT_HELP = (
    ".jsonl .json .csv .tsv .rss .atom .xml, each also .gz and .zst, .parquet, or a folder of .txt .docx .html .md; "
    "- standard input"
)
_FROM_HELP = "what INPUT is when its name does not say: json, jsonl, csv, feed or parquet (look)"
_BATCH_HELP = f"articles written together ({_BATCH_ROWS})"
_SHARD_HELP = f"articles kept at once: the most that a kill costs ({_SHARD_ROWS})"


def _batch(arguments: argparse.Namespace) -> int:
    """`mujaz batch`: run, then say how it went."""
    from summarizer.backends.base import load_backend
    from summarizer.config import InputLimits
    from summarizer.service.batch.input import Source
    from summarizer.service.batch.opening import STANDARD
    from summarizer.service.batch.run import Job, run_batch
    from summarizer.service.batch.work import Work

    keep = tuple(dict.fromkeys(arguments.keep))
    work = Work(arguments.backend, options_of(arguments), InputLimits(), arguments.batch_rows, keep)
    source = Source(arguments.input, work.limits, arguments.shard_rows, arguments.kind, keep)
    backend = load_backend(arguments.backend)
    job = Job(source, work, arguments.output, backend.name, arguments.quiet)
    engine = _engine(arguments, backend)
    summary = _to_standard_output(job, engine) if arguments.output == STANDARD else run_batch(job, engine)
    if not arguments.quiet:
        sys.stderr.writelines(f"mujaz: {line}\n" for line in summary.lines())
    return 0


def _to_standard_output(job: Job, engine: Engine) -> Summary:
    """Standard input, if it is asked for, is kept in a file meanwhile: it is read twice."""
    from summarizer.service.batch.opening import STANDARD
    from summarizer.service.batch.stream import stream_batch

    with tempfile.TemporaryDirectory(prefix="mujaz-") as folder:
        if job.source.path == STANDARD:
            path = Path(folder) / "input"
            with path.open("wb") as kept:
                shutil.copyfileobj(sys.stdin.buffer, kept)
            job = replace(job, source=replace(job.source, path=path, name="standard input"))
        return stream_batch(job, engine, sys.stdout.buffer, sys.stderr)


def _engine(arguments: argparse.Namespace, backend: Backend) -> Engine:
    from summarizer.service.batch.engines import local, processes

    if arguments.engine == "ray":
        from summarizer.service.batch.ray import RayOptions, on_ray

        options = RayOptions(arguments.workers, arguments.ray_address, arguments.worker_cpus, arguments.worker_gpus)
        return on_ray(options)
    return local(backend) if arguments.workers == 1 else processes(arguments.workers)
