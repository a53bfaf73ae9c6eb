"""JSONL rows to values; whatever is wrong with one is a :class:`Fault` with its place, and all faults are reported."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from summarizer.errors import DataError

_SHOWN = 3


class Fault(NamedTuple):
    """What is wrong with one row: ``place`` is ``FILE line N``, ``id`` the article's (empty when it has none)."""

    place: str
    id: str
    what: str


class RowError(ValueError):
    """Raised by a row's maker: what is wrong, in a few words that are the same for the same kind of fault."""


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Read(Generic[Row]):
    """A file that was read: its usable rows in order, and a fault for each other line."""

    path: Path
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]

    def checked(self) -> tuple[Row, ...]:
        """The rows. ``DataError`` that counts and names the faults when there is any."""
        if self.faults:
            kinds = Counter(fault.what for fault in self.faults)
            counts = ", ".join(f"{count} × {what}" for what, count in kinds.most_common())
            first = "; ".join(f"{place} ({key}): {what}" for place, key, what in self.faults[:_SHOWN])
            raise DataError(
                expected=f"usable rows only in {self.path}",
                got=f"{len(self.faults)} others: {counts} (first: {first})",
                hint="mend these lines; `python -m training.corpora.annotated` lists all",
            )
        return self.rows


def read_rows(
    path: Path,
    make: Callable[[Mapping[str, Any]], Row],
    known: Container[str] | None = None,
    unique: Mapping[str, Callable[[Row], object]] = MappingProxyType({}),
) -> Read[Row]:
    """``make`` of every JSON object of ``path``. ``DataError`` when there is no such file or no line in it.

    ``known``, where given, has every id of the corpora that the rows may be of: others are faults. ``unique`` says, by
    name, what no two rows may have in common. A blank line is a fault as well: these files are written by machine,
    and a blank line is a row that was lost.
    """
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: set[tuple[str, object]] = set()
    for number, raw in enumerate(_raw_lines(path), 1):
        key = ""
        try:
            fields = _parsed(raw)
            key = text(fields, "id")
            if known is not None and key not in known:
                raise RowError("an id that no corpus has")
            row = make(fields)
            for what, of in unique.items():
                if (what, of(row)) in seen:
                    raise RowError(f"{what} twice")
        except RowError as error:
            faults.append(Fault(f"{path.name} line {number}", key, str(error)))
        else:
            seen.update((what, of(row)) for what, of in unique.items())
            rows.append(row)
    return Read(path, tuple(rows), tuple(faults))


def read_objects(path: Path) -> list[Mapping[str, Any]]:
    """Every JSON object of ``path``, whatever it holds; ``DataError`` names the first line that is none."""
    found = []
    for number, raw in enumerate(_raw_lines(path), 1):
        try:
            found.append(_parsed(raw))
        except RowError as error:
            where = f"{path.name} line {number}"
            raise DataError(expected="a JSON object a line", got=f"{error} in {where}", hint="mend it") from error
    return found


def _raw_lines(path: Path) -> Iterator[bytes]:
    try:
        raw = path.read_bytes().splitlines()
    except OSError as error:
        raise DataError(
            expected="a JSONL file", got=f"{path}: {error.strerror}", hint="check MUJAZ_DATA, or the path"
        ) from error
    if not raw:
        raise DataError(expected="at least one row", got=f"{path}: no line", hint="check that it was written")
    yield from raw


def _parsed(raw: bytes) -> Mapping[str, Any]:
    if not raw.strip():
        raise RowError("a blank line")
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise RowError("no JSON object") from error
    if not isinstance(fields, dict):
        raise RowError("no JSON object")
    return fields


def text(fields: Mapping[str, Any], name: str, *, empty: bool = False) -> str:
    """The text under ``name``, trimmed. ``RowError`` when it is missing, no text, or (unless ``empty``) has nothing."""
    value = fields.get(name)
    if not isinstance(value, str):
        raise RowError(f"no text in {name!r}")
    if not value.strip() and not empty:
        raise RowError(f"nothing in {name!r}")
    return value.strip()


def whole(fields: Mapping[str, Any], name: str, below: int | None = None) -> int:
    """The whole number under ``name``, at least 0 and, where given, under ``below``. ``RowError`` otherwise."""
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0 or (below is not None and value >= below):
        raise RowError(f"no number in {name!r}, or one out of range")
    return value


def objects(fields: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The list of objects under ``name``. ``RowError`` when it is anything else or empty."""
    value = fields.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
        raise RowError(f"no list of objects in {name!r}")
    return value


def texts(fields: Mapping[str, Any], name: str, *, empty: bool = False) -> tuple[str, ...]:
    """The list of texts under ``name``; ``empty`` allows "" among them. ``RowError`` when it is anything else."""
    value = fields.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise RowError(f"no list of texts in {name!r}")
    if not empty and not all(one.strip() for one in value):
        raise RowError(f"an empty text in {name!r}")
    return tuple(one.strip() for one in value)


def refuse_repeats(values: Sequence[object], what: str) -> None:
    """``RowError`` when ``values``, those that are empty aside, has one of them twice."""
    filled = [value for value in values if value]
    if len(set(filled)) < len(filled):
        raise RowError(f"{what} twice")
