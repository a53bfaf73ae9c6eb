"""`mujaz batch` on many articles: how many a second, and how much memory its largest process took."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from eval.speed.articles import shuffled_bodies
from eval.speed.bars import load_told
from eval.speed.measure import peak_mb
from summarizer.errors import DataError


def measure_batch(rows: int, words: int, workers: int, backend: str, folder: Path | None) -> tuple[str, float]:
    """One line: rows, rate, peak memory of the largest process, that every row has its brief; and that memory in MB.

    ``DataError`` when the command fails or a row is missing. Needs some 10 kB of disk a row, at ``folder``.
    """
    with tempfile.TemporaryDirectory(dir=folder) as name:
        source, output = Path(name) / "in.jsonl", Path(name) / "out.jsonl"
        with source.open("w", encoding="utf-8") as stream:
            for number, body in enumerate(shuffled_bodies(rows, words)):
                stream.write(json.dumps({"id": str(number), "body": body}, ensure_ascii=False) + "\n")
        command = [sys.executable, "-m", "summarizer.service.cli", "batch", str(source), str(output)]
        started = time.perf_counter()
        done = subprocess.run([*command, "--backend", backend, "--workers", str(workers)], check=False)
        seconds = time.perf_counter() - started
        written = 0
        if done.returncode == 0:
            with output.open("rb") as lines:
                written = sum(1 for _ in lines)
        if written != rows:
            raise DataError(expected=f"{rows:,} briefs", got=f"{written:,}", hint="see the messages above")
        size = output.stat().st_size / 1e6
    peak = peak_mb(resource.RUSAGE_CHILDREN)
    told = (
        f"mujaz batch --backend {backend} --workers {workers}: {rows:,} articles of {words} words or a few more, "
        f"{seconds:,.0f} s from start to end, {rows / seconds:,.3g} articles/s, "
        f"peak {peak:.0f} MB a process, output {size:,.0f} MB{load_told()}"
    )
    return told, peak
