"""The word lists beside this module, read once and folded: linguistic knowledge as data.

A file is UTF-8; ``#`` opens a comment line, ``[name]`` a section, and entries are parted by white space (an entry of
several words has underscores). Words before the first section belong to the section ``""``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from summarizer.arabic.text.normalize import fold

_FOLDER = Path(__file__).with_name("data")


@lru_cache(maxsize=16)
def _sections(name: str) -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {"": set()}
    section = ""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("["):
            section = line.strip("[] ")
            words.setdefault(section, set())
            continue
        words[section].update(fold(word).replace("_", " ") for word in line.split())
    return {section: frozenset(found) for section, found in words.items()}


def word_list(name: str, section: str = "") -> frozenset[str]:
    """The folded entries of one section of ``data/<name>.txt``. Raises ``KeyError`` for a section that is not there."""
    return _sections(name)[section]


def sections(name: str) -> dict[str, list[str]]:
    """The lines of ``data/<name>`` under each «=title» line, "" before the first; lines with # are comments."""
    sections: dict[str, list[str]] = {"": []}
    current = sections[""]
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            current = sections.setdefault(line[1:], [])
        elif line and not line.startswith("#"):
            current.append(line)
    return {title: lines for title, lines in sections.items() if title or lines}
