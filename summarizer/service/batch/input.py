"""What a batch reads: the rows of a file or folder, raw and in order, cut into shards.

No article is read here, so that a restart passes over what is done at the speed of the disk. The kinds of input are in
``readers``. Parquet and Zstandard need pyarrow (``mujaz[batch]``); the rest needs nothing more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from summarizer.article.formats.collection import Row, row_of_text
from summarizer.article.read import read_bytes
from summarizer.config import InputLimits
from summarizer.errors import InputError, InputTooLarge, UnknownName, UnreadableInput
from summarizer.service.batch.opening import File, readable
from summarizer.service.batch.readers import READERS, RawRow, folder_rows

_MAX_SHARD_BYTES = 16_000_000
"""A shard is closed when it holds so much, however few rows it has: a shard is held in memory."""


class RawShard(NamedTuple):
    """Neighbouring rows that are briefed and written as one. ``number`` from 0; ``digest``: SHA-256 of the rows."""

    number: int
    rows: tuple[RawRow, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Source:
    """An input of a batch; it can be read again, and from another process that sees the same path.

    ``kind``: a name of ``READERS``, None to look. ``keep``: columns that the rows' briefs carry along. ``name``:
    what the input is called in messages, if that is not its path.
    """

    path: Path
    limits: InputLimits
    shard_rows: int
    kind: str | None = None
    keep: tuple[str, ...] = ()
    name: str = ""

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
        file = File(self.path, self.name or str(self.path))
        with readable(file.name):
            if self.path.is_dir():
                yield from folder_rows(self.path, self.limits, self.keep)
            else:
                kind = self.kind or file.kind()
                if kind not in READERS:
                    raise UnknownName("kind of input", kind, READERS)
                yield from READERS[kind](file, self.limits, self.keep)


def parse_row(raw: RawRow, limits: InputLimits, keep: tuple[str, ...] = ()) -> Row:
    """The article of a row, or the ``InputError`` why there is none; the row's id, its file's name, or its number."""
    name = raw.name or str(raw.number)
    if raw.fault:
        hint = "mend the row, or save the table again as CSV"
        return Row(raw.number, name, error=UnreadableInput(expected="one article a row", got=raw.fault, hint=hint))
    if raw.data is None:
        got = f"more than {limits.max_bytes:,} bytes"
        return Row(raw.number, name, error=InputTooLarge(expected="one article a row", got=got, hint="split the row"))
    if not raw.name:
        text = raw.data.decode(raw.codec, errors="replace").lstrip("\ufeff")
        row = row_of_text(raw.number, text, limits, keep)
        return row._replace(id=row.id or name)
    try:
        return Row(raw.number, name, article=read_bytes(raw.data, limits, name=raw.name))
    except InputError as error:
        return Row(raw.number, name, error=error)


def _digest(rows: list[RawRow]) -> str:
    whole = hashlib.sha256()
    for row in rows:
        size = -1 if row.data is None else len(row.data)
        whole.update(f"{row.number}\0{row.name}\0{row.codec}\0{size}\0{row.fault}\0".encode())
        whole.update(row.data or b"")
    return whole.hexdigest()
