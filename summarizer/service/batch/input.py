"""What a batch reads: the rows of a file or folder, raw and in order, cut into shards.

Nothing is parsed here, so that a restart passes over what is done at the speed of the disk. Read: JSONL (and a JSON
list), alone or compressed by gzip (``.gz``) or Zstandard (``.zst``); Parquet; a folder of text and HTML files. Parquet
and Zstandard are read by pyarrow, one library for both (``mujaz[batch]``); the rest needs nothing beyond Python.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from summarizer.article.encoding import decode, detect
from summarizer.article.formats import FORMATS
from summarizer.article.formats.collection import Row, byte_lines, row_of_text
from summarizer.article.formats.records import FIELDS, parse_json
from summarizer.article.read import read_bytes
from summarizer.config import InputLimits
from summarizer.errors import ConfigError, EmptyInput, InputError, InputTooLarge, UnreadableInput

_HEAD_BYTES = 65_536
_MAX_SHARD_BYTES = 16_000_000
"""A shard is closed when it holds so much, however few rows it has: a shard is held in memory."""
_MAX_LIST_BYTES = 200_000_000
_COMPRESSED = (".gz", ".zst")
_JSON = (".jsonl", ".ndjson", ".json")
_FILES = tuple(suffix for one in FORMATS.values() if one.in_folders for suffix in one.suffixes)
_EXPECTED = "JSONL (.jsonl, also .gz and .zst), Parquet, or a folder of .txt and .html files"


class RawRow(NamedTuple):
    """One row as it came: its number (from 1: the line of a JSONL file) and its bytes, None for more than the limit.

    ``name`` is a file's path in its folder, else ""; ``codec`` is that of a JSONL line.
    """

    number: int
    name: str
    data: bytes | None
    codec: str = "utf-8"


class RawShard(NamedTuple):
    """Neighbouring rows that are briefed and written as one. ``number`` from 0; ``digest``: SHA-256 of the rows."""

    number: int
    rows: tuple[RawRow, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Source:
    """An input of a batch; it can be read again, and from another process that sees the same path."""

    path: Path
    limits: InputLimits
    shard_rows: int

    def shards(self) -> Iterator[RawShard]:
        """The rows in shards, in constant memory. ``UnreadableInput`` when the input breaks off or is not there."""
        held: list[RawRow] = []
        number = size = 0
        for row in self.rows():
            held.append(row)
            size += len(row.data or b"")
            if len(held) >= self.shard_rows or size >= _MAX_SHARD_BYTES:
                yield RawShard(number, tuple(held), _digest(held))
                held, number, size = [], number + 1, 0
        if held:
            yield RawShard(number, tuple(held), _digest(held))

    def rows(self) -> Iterator[RawRow]:
        """The rows of the input in order, blank lines left out."""
        with _readable(self.path):
            yield from _reader(self.path)(self.path, self.limits)


def parse_row(raw: RawRow, limits: InputLimits) -> Row:
    """The article of a row, or the ``InputError`` why there is none; the row's id, its file's name, or its number."""
    if raw.data is None:
        got = f"more than {limits.max_bytes:,} bytes"
        error = InputTooLarge(expected="one article a row", got=got, hint="split the row")
        return Row(raw.number, raw.name or str(raw.number), error=error)
    if not raw.name:
        row = row_of_text(raw.number, raw.data.decode(raw.codec, errors="replace").lstrip("\ufeff"), limits)
        return row._replace(id=row.id or str(raw.number))
    try:
        return Row(raw.number, raw.name, article=read_bytes(raw.data, limits, name=raw.name))
    except InputError as error:
        return Row(raw.number, raw.name, error=error)


def _digest(rows: list[RawRow]) -> str:
    whole = hashlib.sha256()
    for row in rows:
        size = -1 if row.data is None else len(row.data)
        whole.update(f"{row.number}\0{row.name}\0{row.codec}\0{size}\0".encode())
        whole.update(row.data or b"")
    return whole.hexdigest()


_Reader = Callable[[Path, InputLimits], Iterator[RawRow]]


def _reader(path: Path) -> _Reader:
    """Who reads ``path``, by its suffix."""
    if path.is_dir():
        return _folder_rows
    plain = path.with_suffix("") if path.suffix.lower() in _COMPRESSED else path
    if plain.suffix.lower() in _JSON:
        return _json_rows
    if path.suffix.lower() == ".parquet":
        return _parquet_rows
    got = f"no file at {path}" if not path.exists() else f"{path.name}"
    raise UnreadableInput(expected=_EXPECTED, got=got, hint="check the path, or convert the file to JSONL")


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """A block whose errors of reading are raised as ``UnreadableInput``."""
    try:
        yield
    except FileNotFoundError as error:
        where = error.filename or path
        raise UnreadableInput(
            expected=_EXPECTED, got=f"no file at {where}", hint="put it back, or check the path"
        ) from error
    except (OSError, EOFError, zlib.error, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        hint = "check that it is whole and may be read"
        raise UnreadableInput(expected=_EXPECTED, got=f"{path}: {reason}", hint=hint) from error


def _json_rows(path: Path, limits: InputLimits) -> Iterator[RawRow]:
    with _open(path) as stream:
        head = stream.read(_HEAD_BYTES)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield from _list_rows(path)
        return
    if not head.strip():
        raise EmptyInput(expected="rows", got=f"{path} with nothing in it", hint="check the path")
    codec = detect(head)
    with _open(path) as stream:
        for number, line in enumerate(byte_lines(stream, "\n".encode(codec), limits.max_bytes), start=1):
            if line is None or line.strip(b" \t\r\n\0"):
                yield RawRow(number, "", line, codec)


def _list_rows(path: Path) -> Iterator[RawRow]:
    with _open(path) as stream:
        data = stream.read(_MAX_LIST_BYTES + 1)
    if len(data) > _MAX_LIST_BYTES:
        got, hint = f"more than {_MAX_LIST_BYTES:,} bytes of it", "convert it to JSONL"
        raise InputTooLarge(expected="a JSON list that fits in memory", got=got, hint=hint)
    for number, record in enumerate(parse_json(decode(data).text), start=1):
        yield RawRow(number, "", _as_json(record))


def _as_json(record: object) -> bytes:
    return json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", errors="backslashreplace")


def _open(path: Path) -> BinaryIO:
    """The bytes of a file, decompressed."""
    if path.suffix.lower() == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    if path.suffix.lower() == ".zst":
        stream = arrow("Zstandard files").input_stream(str(path), compression="zstd")
        return cast(BinaryIO, io.BufferedReader(stream, _HEAD_BYTES))
    return path.open("rb")


def _parquet_rows(path: Path, limits: InputLimits) -> Iterator[RawRow]:  # noqa: ARG001 - a reader's signature
    arrow("Parquet files")
    import pyarrow.parquet

    names = {name for known in FIELDS.values() for name in known}
    # Without pre_buffer a row group is streamed, else all of it would be held.
    with pyarrow.parquet.ParquetFile(path, pre_buffer=False, buffer_size=1 << 16) as file:
        columns = [name for name in file.schema_arrow.names if name in names]
        number = 0
        for batch in file.iter_batches(batch_size=64, columns=columns):
            for record in batch.to_pylist():
                number += 1
                yield RawRow(number, "", _as_json({key: value for key, value in record.items() if value is not None}))


def _folder_rows(path: Path, limits: InputLimits) -> Iterator[RawRow]:
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
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.is_file() and entry.name.lower().endswith(_FILES):
            yield Path(entry.path)


def arrow(what: str) -> Any:
    """The package, for ``what``; ``ConfigError`` when it is not installed."""
    try:
        import pyarrow as package
    except ImportError as error:
        raise ConfigError(expected=f"pyarrow for {what}", got=str(error), hint='pip install "mujaz[batch]"') from error
    return package
