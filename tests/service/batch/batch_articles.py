"""Articles for the batch tests, made from the seed's sentences, and the command in a process of its own."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from summarizer.article.read import read_path

ROOT = Path(__file__).resolve().parents[3]
SEED = ROOT / "seeds" / "islamic-state-last-pocket.txt"
COMMAND = [sys.executable, "-m", "summarizer.service.cli", "batch"]
OPTIONS = ["--backend", "extractive", "--shard-rows", "5", "--batch-rows", "2"]


@cache
def _sentences() -> tuple[str, ...]:
    return tuple(sentence.text for sentence in read_path(SEED).sentences)


def records(count: int, seed: int = 7, sentences: int = 5) -> Iterator[dict[str, Any]]:
    """Articles of a few sentences of the seed in a random order, the same ones for the same ``seed``."""
    chance = random.Random(seed)
    for number in range(count):
        chosen = chance.sample(_sentences(), sentences)
        paragraphs = [" ".join(chosen[start : start + 2]) for start in range(0, sentences, 2)]
        yield {"id": f"article-{number}", "body": "\n\n".join(paragraphs)}


def jsonl(rows: Iterator[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def batch(source: Path, output: Path, *more: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """`mujaz batch` run to its end."""
    command = [*COMMAND, str(source), str(output), *OPTIONS, *more]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=300, cwd=ROOT, check=False, **options
    )


def left_beside(output: Path) -> set[str]:
    """Names of the files beside an output, without its own."""
    return {path.name for path in output.parent.iterdir() if path != output}
