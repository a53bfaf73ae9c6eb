"""Collections of articles: JSONL files, read line by line in constant memory, JSON lists, and small tables and feeds.

A bad row is an answer like any other, so that a batch goes on.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from summarizer.article.encoding import decode, detect
from summarizer.article.formats.feeds import feed_records, looks_like_feed
from summarizer.article.formats.records import known_as, looks_like_jsonl, parse_json, read_record, records_of
from summarizer.article.formats.tables import Lines, looks_like_table, table_rows
from summarizer.config import InputLimits
from summarizer.errors import InputError, InputTooLarge, UnreadableInput
from summarizer.schema import Article

_HEAD_BYTES = 65_536
_MAX_LIST_FACTOR = 20
"""A JSON list has to be held in memory: at most this many times what one article may weigh."""


class Row(NamedTuple):
    """One row of a collection: its number (from 1: the line of a JSONL file), and either an article or why not."""

    number: int
    id: str
    article: Article | None = None
    error: InputError | None = None
    kept: dict[str, Any] | None = None
    """The columns that were asked for, None where the row has none of that name."""


def read_records(path: Path, limits: InputLimits) -> Iterator[Row]:
    """The rows of a JSONL file (or of a ``.json`` file that holds a list), good and bad, in order; blank lines skipped.

    Only opening the file can raise (``UnreadableInput``, ``UndecodableInput``); after that every ``InputError`` is a
    row's own. A JSONL file is never held in memory: a row longer than ``limits.max_bytes`` is skipped over, and said.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
            stream.seek(0)
            if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
                yield from _list_rows(stream, limits)
            elif head.strip():
                yield from _jsonl_rows(stream, detect(head), limits)
    except OSError as error:
        raise UnreadableInput(
            expected="a JSONL file", got=f"{path} ({error.strerror})", hint="check the path and its permissions"
        ) from error


def _list_rows(stream: BinaryIO, limits: InputLimits) -> Iterator[Row]:
    most = _MAX_LIST_FACTOR * limits.max_bytes
    data = stream.read(most + 1)
    if len(data) > most:
        raise InputTooLarge(expected=f"a JSON list of at most {most:,} bytes", got="more", hint="convert it to JSONL")
    for number, record in enumerate(parse_json(decode(data).text), start=1):
        yield _row(number, record, limits)


def _jsonl_rows(stream: BinaryIO, codec: str, limits: InputLimits) -> Iterator[Row]:
    newline = "\n".encode(codec)
    for number, line in enumerate(byte_lines(stream.read, newline, limits.max_bytes), start=1):
        if line is None:
            got = f"a row of more than {limits.max_bytes:,} bytes"
            error = InputTooLarge(expected="one article a row", got=got, hint="split the row")
            yield Row(number, "", error=error)
            continue
        text = line.decode(codec, errors="replace").lstrip("\ufeff")
        if text.strip():
            yield row_of_text(number, text, limits)


def collection_rows(path: Path, kind: str, limits: InputLimits) -> Iterator[Row]:
    """The rows of a file of many articles that may be held in memory, good and bad, in order.

    ``kind``: as :func:`collection_of` names it. Raises what reading such a file raises where it is none.
    """
    if kind == "jsonl":
        yield from read_records(path, limits)
        return
    text = decode(path.read_bytes()).text
    if kind != "csv":
        records = feed_records(text) if kind == "feed" else records_of(parse_json(text))
        yield from (_row(number, record, limits) for number, record in enumerate(records, start=1))
        return
    for row in table_rows(Lines(io.StringIO(text, newline="")), limits.max_chars):
        if row.record is None:
            error = UnreadableInput(expected="a row of cells", got=row.fault, hint="save the table again as CSV")
            yield Row(row.number, "", error=error)
        else:
            yield _row(row.number, row.record, limits)


def byte_lines(read: Callable[[int], bytes], newline: bytes, max_bytes: int) -> Iterator[bytes | None]:
    """The lines of what ``read`` reads, never holding more than ``max_bytes`` and a block; None for a longer line."""
    pending, too_long = b"", False
    while block := read(1 << 16):
        pending += block
        *lines, pending = _split(pending, newline)
        for line in lines:
            yield None if too_long or len(line) > max_bytes else line
            too_long = False
        if len(pending) > max_bytes:  # keep only what may be half of a character
            pending, too_long = pending[len(pending) - len(pending) % len(newline) :], True
    if pending or too_long:
        yield None if too_long else pending


def _split(data: bytes, newline: bytes) -> list[bytes]:
    """``data`` at each ``newline`` that stands on a whole character (in UTF-16 the same bytes may straddle two)."""
    if len(newline) == 1:
        return data.split(newline)
    parts, start, at = [], 0, data.find(newline)
    while at >= 0:
        if at % len(newline) == start % len(newline):
            parts.append(data[start:at])
            start = at + len(newline)
        at = data.find(newline, at + 1)
    return [*parts, data[start:]]


def collection_of(head: str) -> str | None:
    """The name of the format of many articles that a text which begins with ``head`` is in; None for another text."""
    if looks_like_feed(head):
        return "feed"
    if head.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return "jsonl" if looks_like_jsonl(head) and "\n" in head.strip() else "json"
    return "csv" if looks_like_table(head) else None


def row_of_text(number: int, text: str, limits: InputLimits, keep: Sequence[str] = ()) -> Row:
    """The row that one line of a JSONL file holds, good or bad."""
    try:
        record = parse_json(text)
    except InputError as error:
        return Row(number, "", error=error)
    return _row(number, record, limits, keep)


def _row(number: int, record: object, limits: InputLimits, keep: Sequence[str] = ()) -> Row:
    kept = _kept(record, keep) if keep else None
    name = str(record.get("id") or "") if isinstance(record, Mapping) else ""
    try:
        article = read_record(record, limits)
    except InputError as error:
        return Row(number, name, error=error, kept=kept)
    return Row(number, article.id or name, article=article, kept=kept)


def _kept(record: object, keep: Sequence[str]) -> dict[str, Any]:
    found = {known_as(name): value for name, value in record.items()} if isinstance(record, Mapping) else {}
    return {name: found.get(known_as(name)) for name in keep}
