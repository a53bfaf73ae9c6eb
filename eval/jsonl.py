"""JSONL files, read so that whatever is wrong is said with its file and line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.errors import DataError


class Line(NamedTuple):
    """One object of a JSONL file and where it stands: ``place`` is ``FILE line N``."""

    place: str
    fields: dict[str, Any]


def read_lines(path: Path) -> list[Line]:
    """Every object of a UTF-8 JSONL file; blank lines are passed over.

    ``DataError`` names file and line for a cut or broken line, another encoding, text that cannot be encoded (lone
    surrogates) or anything but an object; also when the file is missing or holds no line at all.
    """
    lines = [parse_line(f"{path} line {number}", raw) for number, raw in _raw_lines(path) if raw.strip()]
    if not lines:
        raise DataError(expected="at least one JSON object", got=f"{path}: no line", hint="check that it was written")
    return lines


def _raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            yield from enumerate(file, start=1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DataError(expected="a JSONL file", got=f"{path}: {reason}", hint="check the path") from error


def parse_line(place: str, raw: bytes) -> Line:
    """One line as an object; ``place`` is for messages. ``DataError`` as in :func:`read_lines`."""
    try:
        fields = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DataError(expected="UTF-8", got=f"{place}: {error.reason}", hint="save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise DataError(
            expected="one whole JSON object a line",
            got=f"{place}: {error} (…{raw.decode('utf-8', 'replace').rstrip()[-30:]!r})",
            hint="the line is cut or broken: write the file again, or remove the line",
        ) from error
    if not isinstance(fields, dict):
        raise DataError(expected="a JSON object", got=f"{place}: {type(fields).__name__}", hint="one object a line")
    return Line(place, fields)


def text_field(line: Line, name: str) -> str:
    """The text of column ``name``, trimmed; empty when the column is missing or null. ``DataError`` if not text."""
    value = line.fields.get(name)
    return "" if value is None else _text(line.place, name, value)


def texts_field(line: Line, name: str) -> tuple[str, ...]:
    """The texts of a list column (a lone text counts as a list of one), empty ones left out."""
    value = line.fields.get(name)
    values = [] if value is None else value if isinstance(value, list) else [value]
    return tuple(text for one in values if (text := _text(line.place, name, one)))


def id_field(line: Line) -> str:
    """The row's id, a text or a whole number; ``DataError`` when it is missing or empty."""
    value = line.fields.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and value.strip():
        return _text(line.place, "id", value)
    raise DataError(expected='an "id"', got=f"{line.place}: {value!r}", hint="every row needs its own id")


def refuse_twice(seen: dict[str, str], key: str, place: str) -> None:
    """Note where ``key`` stands; ``DataError`` naming both places when it was there before."""
    if key in seen:
        raise DataError(
            expected="each id once", got=f"{key!r} in {seen[key]} and {place}", hint="remove one of the two"
        )
    seen[key] = place


def _text(place: str, name: str, value: object) -> str:
    if not isinstance(value, str):
        raise DataError(
            expected=f"text in {name!r}", got=f"{place}: {type(value).__name__}", hint="write it as a JSON string"
        )
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise DataError(
            expected=f"text that can be encoded in {name!r}",
            got=f"{place}: a lone surrogate at character {error.start}",
            hint="the text was cut in the middle of a character before it was written",
        ) from error
    return value.strip()
