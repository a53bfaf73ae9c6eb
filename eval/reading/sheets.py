"""What is put before a reader: an article's sentences and the statements of its briefs, and who wrote them.

A folder of a round has ``statements.jsonl``, which names no system, and ``key.json``, which does. Both hold text of
articles or point to it: for reading, not for publishing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.jsonl import Line, id_field, read_lines
from eval.systems.outputs import write_json
from summarizer.errors import DataError
from training.corpora.annotated.labels import Slot

STATEMENTS, KEY = "statements.jsonl", "key.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement to be judged: its number within the article, the letter of its brief, and the indices of the
    sentences it stands on, empty where the writer does not say. ``method`` is not written down.
    """

    number: int
    brief: str
    slot: Slot
    text: str
    sentences: tuple[int, ...]
    method: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article and its statements, brief after brief."""

    id: str
    sentences: tuple[str, ...]
    statements: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote a lettered brief, and which of headline and standfirst it left without a word."""

    system: str
    empty: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A round's sheets; ``writers`` has, by article and letter, who wrote what; ``about`` is what else the key says."""

    sheets: tuple[Sheet, ...]
    writers: Mapping[str, Mapping[str, Writer]]
    systems: tuple[str, ...]
    about: Mapping[str, Any]


def write_round(folder: Path, made: Round) -> None:
    """Write both files. ``DataError`` when the folder has other statements, whose labels would be lost."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / STATEMENTS
    text = "".join(json.dumps(_record(sheet), ensure_ascii=False) + "\n" for sheet in made.sheets)
    if path.exists() and path.read_text("utf-8") != text:
        raise DataError(
            expected="a folder without statements, or with these", got=f"others in {path}", hint="take another --out"
        )
    path.write_text(text, encoding="utf-8")
    briefs = {
        key: {letter: {"system": one.system, "empty": list(one.empty)} for letter, one in letters.items()}
        for key, letters in made.writers.items()
    }
    head = {"format": FORMAT, "statements": _digest(path), "systems": list(made.systems)}
    write_json(folder / KEY, {**head, **made.about, "briefs": briefs})


def read_round(folder: Path) -> Round:
    """What :func:`write_round` wrote. ``DataError`` when a file is missing or the statements are not the key's."""
    path, key = folder / STATEMENTS, _read_key(folder / KEY)
    sheets = tuple(_sheet(line) for line in read_lines(path))
    if key.get("format") != FORMAT or key.get("statements") != _digest(path):
        raise DataError(
            expected=f"the statements that {folder / KEY} was written with", got=f"others in {path}", hint="write anew"
        )
    writers = {
        article: {letter: Writer(one["system"], tuple(one["empty"])) for letter, one in letters.items()}
        for article, letters in key["briefs"].items()
    }
    return Round(sheets, writers, tuple(key["systems"]), key)


def _record(sheet: Sheet) -> dict[str, object]:
    statements = [
        {"n": one.number, "brief": one.brief, "slot": one.slot, "text": one.text, "s": list(one.sentences)}
        for one in sheet.statements
    ]
    return {"id": sheet.id, "sentences": numbered(sheet.sentences), "statements": statements}


def numbered(sentences: Sequence[str]) -> list[str]:
    """Each sentence behind its index: «0: …»."""
    return [f"{place}: {text}" for place, text in enumerate(sentences)]


def _sheet(line: Line) -> Sheet:
    fields = line.fields
    sentences = tuple(text.split(": ", 1)[1] for text in fields["sentences"])
    statements = tuple(
        Asked(one["n"], one["brief"], one["slot"], one["text"], tuple(one["s"])) for one in fields["statements"]
    )
    return Sheet(id_field(line), sentences, statements)


def _read_key(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            expected="a round to read labels of", got=f"{path}: {error}", hint="name its folder with --out"
        ) from error
    return found if isinstance(found, dict) else {}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
