"""The articles that speed is measured on."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

from summarizer.arabic.words import count_words
from summarizer.article.formats.collection import read_records
from summarizer.article.read import read_path, read_text
from summarizer.config import InputLimits
from summarizer.errors import DataError
from summarizer.schema import Article

SEED = Path(__file__).resolve().parents[2] / "seeds" / "islamic-state-last-pocket.txt"


def shuffled_bodies(count: int, words: int, seed: int = 0) -> Iterator[str]:
    """Bodies of at least ``words`` words: the seed article's sentences in a random order, two a paragraph.

    The same ones for the same ``seed``. They repeat a small vocabulary, which flatters whatever remembers words.
    """
    sentences = [sentence.text for sentence in read_path(SEED).sentences]
    lengths = {sentence: count_words(sentence) for sentence in sentences}
    chance = random.Random(seed)
    for _ in range(count):
        chosen: list[str] = []
        while sum(lengths[sentence] for sentence in chosen) < words:
            chosen += chance.sample(sentences, len(sentences)) if len(chosen) % len(sentences) == 0 else []
            while sum(lengths[sentence] for sentence in chosen[:-1]) >= words:
                chosen.pop()
        yield "\n\n".join(" ".join(chosen[start : start + 2]) for start in range(0, len(chosen), 2))


def shuffled_articles(count: int, words: int) -> list[Article]:
    """:func:`shuffled_bodies` as articles."""
    return [read_text(body) for body in shuffled_bodies(count, words)]


def read_articles(path: Path, count: int) -> list[Article]:
    """The first ``count`` articles of a JSONL file; ``DataError`` when it has none."""
    rows = read_records(path, InputLimits())
    found = list(itertools.islice((row.article for row in rows if row.article is not None), count))
    if not found:
        raise DataError(expected="rows with articles", got=f"none in {path}", hint="give JSONL with a body a row")
    return found
