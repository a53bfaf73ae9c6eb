"""Measure systems on a benchmark.

    python -m eval.run --benchmark seeds --system extractive --system lead-1 --out runs/seeds
    python -m eval.run --benchmark xlsum-sample --system default --limit 50 --out runs/xlsum
    python -m eval.run --benchmark articles.jsonl --system outputs.jsonl --task headline --out runs/mine

Writes DIR/results.json (scores with intervals and signatures), DIR/outputs.jsonl and DIR/scores.jsonl. A run that was
killed goes on where it stopped. A later run into the same folder adds its systems to the table.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval.benchmarks.table import BENCHMARKS, Benchmark, load_benchmark
from eval.command import guarded, positive
from eval.metrics.base import PlainMetric
from eval.run.runner import TASKS, RunOptions, run
from eval.systems.table import resolve
from eval.tables import markdown
from summarizer.config import BriefOptions, Decoding


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.run", _main, argv)


def _main(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    task = TASKS[arguments.task] if arguments.task else None
    benchmark = load_benchmark(arguments.benchmark, task, arguments.data, arguments.hub_copy).first(arguments.limit)
    _say_what_benchmark(benchmark)
    options = _brief_options(arguments)
    systems = [
        system for name in arguments.system for system in resolve(name, benchmark.task, options, raw=arguments.raw)
    ]
    run_options = RunOptions(arguments.out, arguments.batch, arguments.exclude_bad, not arguments.quiet)
    print(markdown(run(benchmark, systems, run_options, _extra(arguments.bertscore))))
    return 0


def _brief_options(arguments: argparse.Namespace) -> BriefOptions:
    """The defaults, with what the flags say otherwise."""
    searched = {"beam": arguments.beam, "candidates": arguments.candidates}
    decoding = replace(Decoding(), **{name: value for name, value in searched.items() if value})
    return BriefOptions(arguments.bullets, arguments.max_source_tokens, decoding=decoding)


def _say_what_benchmark(benchmark: Benchmark) -> None:
    """Name the articles on standard error: how many, which version, and what is left out and why."""
    print(
        f"eval.run: {benchmark.name}, {len(benchmark.rows)} articles, licence: {benchmark.licence}, "
        f"SHA-256 {benchmark.digest[:12]}…",
        file=sys.stderr,
    )
    if benchmark.name in BENCHMARKS and BENCHMARKS[benchmark.name].digest and not benchmark.known_digest:
        print(f"eval.run: this is not the version of {benchmark.name} that the table knows", file=sys.stderr)
    for reason, count in benchmark.excluded.items():
        print(f"eval.run: left out: {count} rows with {reason}", file=sys.stderr)


def _extra(bertscore_model: str) -> dict[str, PlainMetric]:
    if not bertscore_model:
        return {}
    from eval.metrics.bertscore import bertscore

    return {"bertscore": bertscore(bertscore_model)}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="eval.run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--benchmark", required=True, metavar="NAME_OR_PATH", help=f"{', '.join(BENCHMARKS)}, a .jsonl or a folder")
    add(
        "--system",
        required=True,
        action="append",
        metavar="NAME_OR_FILE",
        help="lead-N, oracle, a backend, a checkpoint folder or a .jsonl of outputs; NAME=SYSTEM renames; repeatable",
    )
    add("--task", choices=list(TASKS), help="the benchmark's first one when not given")
    add("--limit", type=positive, metavar="N", help="only the first N articles")
    add("--out", required=True, type=Path, metavar="DIR")
    add("--data", type=Path, metavar="DIR", help="folder of the corpora (default: MUJAZ_DATA)")
    add("--hub-copy", default="", metavar="DIR", help="a folder to read a hub benchmark from")
    add("--batch", type=positive, default=8, metavar="N", help="articles a call (default 8)")
    add("--bullets", type=positive, metavar="N", help="bullets a brief (default: by length; none for the other tasks)")
    add("--beam", type=positive, metavar="N", help=f"beams of a model (default {Decoding().beam})")
    add("--candidates", type=positive, metavar="N", help=f"candidates a request (default {Decoding().candidates})")
    add("--max-source-tokens", type=positive, metavar="N", help="how much of an article a model reads at once")
    add("--raw", action="store_true", help="the backend's first candidate, without the pipeline's checks")
    add("--exclude-bad", action="store_true", help="leave missing and empty rows of a file out, counted")
    add("--bertscore", default="", metavar="MODEL", help="also BERTScore with this encoder (folder or hub name)")
    add("--quiet", action="store_true", help="no progress bar")
    return parser
