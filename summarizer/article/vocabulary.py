"""The word lists in ``data``: knowledge as data, one list a file, entries on lines or between «|»."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from summarizer.arabic.text.normalize import fold

_FOLDER = Path(__file__).with_name("data")


@lru_cache(maxsize=16)
def vocabulary(name: str) -> frozenset[str]:
    """The folded entries of ``name.txt``; lines that open with «#» are comments."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    entries = (entry.strip() for line in lines if not line.startswith("#") for entry in line.split("|"))
    return frozenset(fold(entry) for entry in entries if entry)
