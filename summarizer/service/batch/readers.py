"""The raw rows of every kind of input: JSONL and JSON, tables, feeds, Parquet, and folders of files."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from summarizer.article.encoding import decode, detect
from summarizer.article.formats import FORMATS
from summarizer.article.formats.collection import byte_lines
from summarizer.article.formats.feeds import feed_records
from summarizer.article.formats.records import FIELDS, known_as, looks_like_jsonl, parse_json, records_of
from summarizer.article.formats.tables import Lines, column_names, table_rows
from summarizer.config import InputLimits
from summarizer.errors import ConfigError, EmptyInput, InputTooLarge, UnknownName
from summarizer.service.batch.opening import File, arrow

_MAX_WHOLE_BYTES = 200_000_000
"""Of a JSON list or a feed, which are held in memory."""
_REFUSED = (".pdf", ".doc", ".rtf", ".odt")
"""Files of a folder that hold articles and cannot be read: rejected with a way out, not passed over in silence."""
_FILES = tuple(suffix for one in FORMATS.values() for suffix in one.suffixes) + _REFUSED


class RawRow(NamedTuple):
    """One row as it came: its number (from 1: the line of a JSONL file) and its bytes, None for more than the limit.

    ``name`` is a file's path in its folder, else ""; ``codec`` is that of a JSONL line. ``fault`` says what is wrong
    with a row of a table that cannot be read as one.
    """

    number: int
    name: str
    data: bytes | None
    codec: str = "utf-8"
    fault: str = ""


Reader = Callable[[File, InputLimits, tuple[str, ...]], Iterator[RawRow]]
"""The file, what is read at all, and the columns that are to be kept."""


def _json_rows(file: File, limits: InputLimits, keep: tuple[str, ...]) -> Iterator[RawRow]:
    """Of a ``.json`` file: a list, a record, an object around a list, or JSONL that is named so."""
    head = file.head()
    text = decode(head).text.strip()
    by_line = looks_like_jsonl(text) and "\n" in text
    return _jsonl_rows(file, limits, keep) if by_line else _whole(file, lambda data: records_of(parse_json(data)))


def _jsonl_rows(file: File, limits: InputLimits, keep: tuple[str, ...]) -> Iterator[RawRow]:  # noqa: ARG001
    head = file.head()
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield from _whole(file, lambda data: records_of(parse_json(data)))
        return
    codec = detect(head)
    with file.open() as stream:
        for number, line in enumerate(byte_lines(stream.read, "\n".encode(codec), limits.max_bytes), start=1):
            if line is None or line.strip(b" \t\r\n\0"):
                yield RawRow(number, "", line, codec)


def _feed_rows(file: File, limits: InputLimits, keep: tuple[str, ...]) -> Iterator[RawRow]:  # noqa: ARG001
    return _whole(file, feed_records)


def _whole(file: File, records: Callable[[str], Sequence[object]]) -> Iterator[RawRow]:
    """The rows of a file that has to be read whole."""
    with file.open() as stream:
        data = stream.read(_MAX_WHOLE_BYTES + 1)
    if len(data) > _MAX_WHOLE_BYTES:
        got, hint = f"more than {_MAX_WHOLE_BYTES:,} bytes of it", "convert it to JSONL"
        raise InputTooLarge(expected="a JSON list or feed that fits in memory", got=got, hint=hint)
    for number, record in enumerate(records(decode(data).text), start=1):
        yield RawRow(number, "", _as_json(record))


def _table_rows(file: File, limits: InputLimits, keep: tuple[str, ...]) -> Iterator[RawRow]:
    head = file.head()
    codec = detect(head)
    with file.open() as stream:
        _require_columns(keep, column_names(Lines(_text_lines(stream.read, head, codec, limits)))[1])
    with file.open() as stream:
        for row in table_rows(Lines(_text_lines(stream.read, head, codec, limits)), limits.max_bytes):
            yield RawRow(row.number, "", None if row.record is None else _as_json(row.record), fault=row.fault)


def _text_lines(read: Callable[[int], bytes], head: bytes, codec: str, limits: InputLimits) -> Iterator[str | None]:
    """The lines of a text with their ends; None for a longer one. Old files part them by a carriage return alone."""
    end = "\r" if "\n".encode(codec) not in head and "\r".encode(codec) in head else "\n"
    for line in byte_lines(read, end.encode(codec), limits.max_bytes):
        yield None if line is None else line.decode(codec, errors="replace") + end


def _parquet_rows(file: File, limits: InputLimits, keep: tuple[str, ...]) -> Iterator[RawRow]:  # noqa: ARG001
    arrow("Parquet files")
    import pyarrow.parquet

    names = {known_as(name) for known in FIELDS.values() for name in known} | {known_as(name) for name in keep}
    # Without pre_buffer a row group is streamed, else all of it would be held.
    with pyarrow.parquet.ParquetFile(file.path, pre_buffer=False, buffer_size=1 << 16) as stored:
        _require_columns(keep, stored.schema_arrow.names)
        columns = [name for name in stored.schema_arrow.names if known_as(name) in names]
        number = 0
        for batch in stored.iter_batches(batch_size=64, columns=columns):
            for record in batch.to_pylist():
                number += 1
                yield RawRow(number, "", _as_json({key: value for key, value in record.items() if value is not None}))


def _require_columns(keep: tuple[str, ...], columns: list[str] | tuple[str, ...]) -> None:
    known = set(map(known_as, columns))
    for name in keep:
        if known_as(name) not in known:
            raise UnknownName("column", name, columns)


def folder_rows(path: Path, limits: InputLimits, keep: tuple[str, ...]) -> Iterator[RawRow]:
    """The files below a folder, a row each, in the order of their names."""
    if keep:
        raise ConfigError(expected="a file of rows for --keep", got=f"the folder {path}", hint="leave --keep out")
    number = 0
    for file in _files(path):
        number += 1
        with file.open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
        name = file.relative_to(path).as_posix().encode("utf-8", errors="backslashreplace").decode()
        yield RawRow(number, name, None if len(data) > limits.max_bytes else data)
    if not number:
        raise EmptyInput(
            expected=f"files ending in {', '.join(_FILES)}", got=f"none in {path}", hint="check the folder"
        )


def _files(folder: Path) -> Iterator[Path]:
    """The article files below a folder by the bytes of their names; hidden ones and links to folders left out."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: os.fsencode(entry.name))
    for entry in entries:
        if entry.name.startswith((".", "~$")):  # «~$» are Word's own marks of open documents
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.is_file() and entry.name.lower().endswith(_FILES):
            yield Path(entry.path)


def _as_json(record: object) -> bytes:
    return json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", errors="backslashreplace")


READERS: dict[str, Reader] = {
    "json": _json_rows,
    "jsonl": _jsonl_rows,
    "csv": _table_rows,
    "feed": _feed_rows,
    "parquet": _parquet_rows,
}
"""What a file of many articles may be, as `--from` names it, to who reads it."""
