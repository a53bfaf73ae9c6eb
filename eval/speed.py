"""How fast a backend briefs, and how much memory the command takes.

    python -m eval.speed --backend extractive

Prints seconds per brief once loaded (median, 95th percentile) on an article of a stated number of words, made by
repeating the body of the seed article, and the peak resident memory of `mujaz brief` as its own process. A timing
is of this machine: compare figures of one run, not of two.
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from summarizer.arabic.words import count_words
from summarizer.article.read import read_path, read_text
from summarizer.backends.base import Backend, load_backend
from summarizer.pipeline import brief
from summarizer.schema import Article

SEED = Path(__file__).resolve().parent.parent / "seeds" / "islamic-state-last-pocket.txt"


def article_of(words: int) -> Article:
    """The seed's body repeated, paragraph by paragraph, until it has at least ``words`` words."""
    seed = read_path(SEED)
    paragraphs = [span.of(seed.text) for span in seed.paragraphs]
    chosen: list[str] = []
    total = 0
    while total < words:
        chosen.append(paragraphs[len(chosen) % len(paragraphs)])
        total += count_words(chosen[-1])
    return read_text("\n\n".join(chosen))


def latencies_s(backend: Backend, article: Article, runs: int) -> list[float]:
    """Wall-clock seconds of each of ``runs`` briefs, one unmeasured brief before them."""
    brief(article, backend)
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        brief(article, backend)
        seconds.append(time.perf_counter() - started)
    return seconds


def peak_memory_mb(backend: str) -> float:
    """Peak resident memory in MB (10**6 bytes) of one `mujaz brief` of the seed in a process of its own."""
    command = [sys.executable, "-m", "summarizer.service.cli", "brief", str(SEED), "--backend", backend]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, exit 0."""
    parser = argparse.ArgumentParser(prog="python -m eval.speed", description=__doc__.splitlines()[0])
    parser.add_argument("--backend", default="extractive", help="a name of `mujaz models`, or a checkpoint folder")
    parser.add_argument("--words", type=int, default=1_000, help="length of the article (default 1000)")
    parser.add_argument("--runs", type=int, default=50, help="briefs measured (default 50)")
    arguments = parser.parse_args(argv)
    article = article_of(arguments.words)
    seconds = sorted(latencies_s(load_backend(arguments.backend), article, arguments.runs))
    p95 = seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))]
    print(
        f"backend {arguments.backend}; {count_words(article.body)} words; {arguments.runs} runs; {platform.machine()}"
    )
    print(f"brief: median {statistics.median(seconds) * 1e3:.1f} ms, p95 {p95 * 1e3:.1f} ms")
    print(f"mujaz brief, peak resident memory: {peak_memory_mb(arguments.backend):.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
