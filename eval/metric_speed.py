"""How long scoring takes: ROUGE-1/2/L of many pairs in each setting, and the bootstrap.

    python -m eval.metric_speed --benchmark bbc-2018h2 --pairs 10000

The pairs are pieces of about 28 words cut from the articles' bodies at random places, no two alike, so that neither
tokens nor pairs are remembered from one to the next. Each setting starts with an empty memory. One process.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from eval.benchmarks.table import load_benchmark
from eval.command import guarded, positive
from eval.metrics import SETTINGS, load_metric, score_all
from eval.metrics.base import Item, Measurement
from eval.metrics.settings import forget
from eval.run.provenance import machine
from summarizer.errors import ConfigError

_WORDS = 28
"""The mean length of a lead on xlsum-sample."""
_SEED = 7


def pairs(bodies: Sequence[str], count: int) -> list[Item]:
    """``count`` pairs of pieces of the bodies, always the same; ``ConfigError`` when no body is long enough."""
    texts = [words for body in bodies if len(words := body.split()) > 2 * _WORDS]
    if not texts:
        raise ConfigError(expected=f"bodies above {2 * _WORDS} words", got="none", hint="take another benchmark")
    draw = random.Random(_SEED)

    def piece(number: int) -> str:
        words = draw.choice(texts)
        start = draw.randrange(len(words) - _WORDS)
        return " ".join([*words[start : start + _WORDS], str(number)])

    return [Item(str(i), piece(2 * i), (piece(2 * i + 1),), "") for i in range(count)]


def _main(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(
        prog="eval.metric_speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--benchmark", default="seeds")
    parser.add_argument("--pairs", type=positive, default=10_000)
    parser.add_argument("--data", type=Path)
    arguments = parser.parse_args(argv)
    benchmark = load_benchmark(arguments.benchmark, None, arguments.data)
    items = pairs([row.body for row in benchmark.rows], arguments.pairs)
    print(f"{len(items)} pairs from {benchmark.name}; {machine()}")
    found: dict[str, Measurement] = {}
    for name, setting in SETTINGS.items():
        forget()
        with timed(f"{name}: ROUGE-1/2/L"):
            found = {metric: load_metric(metric)(items, setting) for metric in ("rouge1", "rouge2", "rougeL")}
    with timed("bootstrap of the three, 1,000 resamples"):
        score_all(found, resamples=1000)
    return 0


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took: by the clock, and in this process's own CPU time, which a busy machine leaves."""
    clock, own = time.perf_counter(), time.process_time()
    yield
    print(f"{what}: {time.perf_counter() - clock:.1f} s, CPU {time.process_time() - own:.1f} s")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.metric_speed", _main, argv)


if __name__ == "__main__":
    sys.exit(main())
