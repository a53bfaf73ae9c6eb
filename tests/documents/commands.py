"""The commands that the documents tell a reader to type: those of their ``bash`` and ``console`` blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "seeds/README.md"]

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"(^|\s+)#\s.*$", re.MULTILINE)
_LOOP = re.compile(r"^for .*?^done$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: where it stands (``README.md:8``), its language (empty when none is named) and what is in it."""

    place: str
    language: str
    text: str


class Command(NamedTuple):
    """One command as the shell takes it, on one line, without its comment; ``shown`` is the output printed under it."""

    place: str
    text: str
    shown: str = ""


def blocks() -> Iterator[Block]:
    """Every fenced block of every document."""
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        for found in _BLOCK.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield Block(f"{path.relative_to(ROOT)}:{line}", found[1], found[2])


def commands() -> list[Command]:
    """Every command, in the order of the documents. What ``&&`` joins are several, a loop and a pipe are one."""
    found = []
    for block in blocks():
        if block.language == "console":
            found += [Command(block.place, text, shown) for text, shown in _typed(block.text)]
        elif block.language == "bash":
            found += [Command(block.place, text) for text in _lines(block.text)]
    return found


def inline() -> list[Command]:
    """What the running text names of our commands: ``mujaz …`` and ``python -m …`` between single backticks."""
    found = []
    for path in DOCUMENTS:
        text = _BLOCK.sub("", path.read_text(encoding="utf-8"))
        spans = re.findall(r"(?:`|<code dir=\"ltr\">)((?:mujaz|python -m (?:training|eval)\.)[^`<]*)", text)
        found += [Command(str(path.relative_to(ROOT)), " ".join(span.split())) for span in spans]
    return found


def _lines(text: str) -> Iterator[str]:
    """The commands of a script."""
    joined = _COMMENT.sub("", text.replace("\\\n", " "))
    for loop in _LOOP.findall(joined):
        yield _plain(loop.replace("; do\n", "; do ").replace("\n", "; "))
    for line in _LOOP.sub("", joined).splitlines():
        yield from (_plain(part) for part in line.split(" && ") if part.strip())


def _typed(text: str) -> Iterator[tuple[str, str]]:
    """The commands behind ``$``, each with the lines under it."""
    for part in re.split(r"^\$ ", text.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        yield _plain(line), shown


def _plain(text: str) -> str:
    return " ".join(text.split())
