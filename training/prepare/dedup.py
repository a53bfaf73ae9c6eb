"""Near-duplicates by MinHash, and anything that touches a benchmark.

Shingles are three folded words. 64 permutations estimate a Jaccard similarity to about 0.06 (one standard error,
Broder 1997), enough for thresholds of 0.35-0.6.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from summarizer.arabic.text.normalize import fold
from summarizer.errors import DataError

PERMUTATIONS = 64
SCHEME = "affine32"
SHINGLE_WORDS = 3
RUN_WORDS = 8
"""Length of a word run that is counted as shared with a benchmark text."""
MAX_SHARED_RUNS = 2


_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of ``text`` folded, cut at every mark: only likeness is measured with them."""
    return _WORD.findall(fold(text))


def shingles(text: str, length: int = SHINGLE_WORDS) -> set[str]:
    """The runs of ``length`` folded words of ``text``."""
    tokens = words(text)
    return {" ".join(tokens[start : start + length]) for start in range(max(len(tokens) - length + 1, 0))}


def fingerprint(text: str) -> Sequence[int]:
    """The MinHash of the first 300 words of ``text`` as 64 integers."""
    sketch = _template().copy()
    head = " ".join(text.split()[:300])
    sketch.update_batch([shingle.encode() for shingle in shingles(head)] or [b""])
    return [int(value) for value in sketch.hashvalues]


class NearIndex:
    """Texts by likeness: ask for the names of those at least ``threshold`` (Jaccard) alike, then add."""

    def __init__(self, threshold: float) -> None:
        from datasketch import MinHashLSH

        self._lsh: Any = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
        self._threshold = threshold
        self._sketches: dict[str, Any] = {}

    def like(self, sketch: Sequence[int]) -> list[str]:
        """Names of the texts added so far whose estimated likeness reaches the threshold."""
        wanted = _sketch(sketch)
        return [name for name in self._lsh.query(wanted) if self._sketches[name].jaccard(wanted) >= self._threshold]

    def add(self, name: str, sketch: Sequence[int]) -> None:
        """Remember a text under a name that is not yet taken."""
        self._sketches[name] = _sketch(sketch)
        self._lsh.insert(name, self._sketches[name], check_duplication=False)


@lru_cache(maxsize=1)
def _template() -> Any:
    """An empty ``MinHash``: copying it saves drawing the permutations again."""
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, hashfunc=zlib.crc32, scheme=SCHEME)


def _sketch(values: Sequence[int]) -> Any:
    """A ``MinHash`` out of its stored integers."""
    import numpy

    sketch = _template().copy()
    sketch.hashvalues = numpy.array(values, dtype=sketch.hashvalues.dtype)
    return sketch


def drop_near_duplicates(names_and_sketches: Iterable[tuple[str, Sequence[int]]], threshold: float) -> dict[str, str]:
    """Map each later near-duplicate to the earlier text that it repeats; the earlier one stays."""
    index = NearIndex(threshold)
    repeated: dict[str, str] = {}
    for name, sketch in names_and_sketches:
        alike = index.like(sketch)
        if alike:
            repeated[name] = alike[0]
        else:
            index.add(name, sketch)
    return repeated


class Benchmarks:
    """What must never be trained on: word runs and titles of the benchmark files."""

    def __init__(self, texts: Iterable[str], titles: Iterable[str]) -> None:
        self._runs = {zlib.crc32(run.encode()) for text in texts for run in shingles(text, RUN_WORDS)}
        self._titles = {" ".join(words(title)) for title in titles if len(title.split()) > 2}

    def reason(self, title: str, standfirst: str, body: str) -> str:
        """``benchmark_title``, ``benchmark_text`` or, when the article is free of them, nothing."""
        if " ".join(words(title)) in self._titles:
            return "benchmark_title"
        runs = shingles(f"{standfirst}\n{body}", RUN_WORDS)
        shared = sum(zlib.crc32(run.encode()) in self._runs for run in runs)
        return "benchmark_text" if shared > MAX_SHARED_RUNS else ""


def read_benchmarks(paths: Sequence[Path]) -> Benchmarks:
    """Read benchmark files (JSON Lines with ``title``, ``abstract``, ``body``, ``reference``).

    Raises ``DataError`` for a file that is missing or not JSON Lines.
    """
    texts: list[str] = []
    titles: list[str] = []
    for row in _rows(paths):
        texts += [str(row[key]) for key in ("body", "abstract", "reference") if row.get(key)]
        titles += [str(row["title"])] if row.get("title") else []
    return Benchmarks(texts, titles)


def _rows(paths: Sequence[Path]) -> Iterator[dict[str, object]]:
    """Every object of every file."""
    for path in paths:
        try:
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    yield json.loads(line)
        except (OSError, ValueError) as error:
            raise DataError(
                expected="a JSON Lines benchmark", got=f"{path}: {error}", hint="check --benchmarks"
            ) from error
