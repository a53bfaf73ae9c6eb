"""The one reader of ``data``, where every word list of the product is: linguistic knowledge as data.

A file is UTF-8. A line that opens with ``#`` is a comment, ``[name]`` opens a section (lines before the first belong to
the section ``""``), and entries are parted by white space; one of several words has underscores. In some sections each
line is a row of its own: its first entry is what the others are about. Each file is read once.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from summarizer.arabic.text.normalize import fold

_FOLDER = Path(__file__).with_name("data")


@cache
def sections(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Every section of ``data/<name>.txt`` by its name, in order: its rows of entries as written."""
    found: dict[str, list[tuple[str, ...]]] = {"": []}
    section = ""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
            found.setdefault(section, [])
        elif line and not line.startswith("#"):
            found[section].append(tuple(entry.replace("_", " ") for entry in line.split()))
    return {section: tuple(rows) for section, rows in found.items() if section or rows}


def rows(name: str, section: str = "") -> tuple[tuple[str, ...], ...]:
    """The rows of one section of ``data/<name>.txt`` as written. Raises ``KeyError`` for one that is not there."""
    return sections(name)[section]


def entries(name: str, section: str = "") -> tuple[str, ...]:
    """The entries of one section as written, in order. Raises ``KeyError`` for a section that is not there."""
    return tuple(entry for row in rows(name, section) for entry in row)


@cache
def word_list(name: str, section: str = "") -> frozenset[str]:
    """The entries of one section, folded. Raises ``KeyError`` for a section that is not there."""
    return frozenset(map(fold, entries(name, section)))
