"""The finished output: all shards in order, as JSONL or as Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigError
from summarizer.service.batch.files import Parts, atomic, sync_folder, writing
from summarizer.service.batch.input import arrow

_FORMATS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
_GROUP_ROWS = 1000
_GROUP_BYTES = 16_000_000


def format_of(output: Path) -> str:
    """``jsonl`` or ``parquet``, by the suffix; ``ConfigError`` for another one."""
    kind = _FORMATS.get(output.suffix.lower())
    if kind is None:
        raise ConfigError(
            expected=f"an output ending in {', '.join(_FORMATS)}", got=output.name, hint="give it one of these suffixes"
        )
    if kind == "parquet":
        arrow("Parquet output")
    return kind


def rejected_path(output: Path) -> Path:
    """Where rows that could not be briefed are listed."""
    return output.with_name(output.name + ".rejected.jsonl")


def assemble(parts: Parts, shards: int, output: Path, kind: str) -> None:
    """Put the briefs at ``output`` and the rejected rows, if any, beside it, each whole or not at all.

    Made inside the folder of the parts, on the same disk, and renamed; rejected rows first, so that an output is never
    there without them. ``DataError`` when it cannot be written: the parts stay.
    """
    draft, rejected = parts.folder / "output", parts.folder / "rejected"
    with atomic(rejected) as stream:
        stream.writelines(line for mark, line in parts.lines(shards) if mark == b"-")
    with atomic(draft) as stream:
        good = (line for mark, line in parts.lines(shards) if mark == b"+")
        if kind == "jsonl":
            stream.writelines(good)
        else:
            _write_parquet(stream, good)
    _move(rejected, rejected_path(output), keep=rejected.stat().st_size > 0)
    _move(draft, output, keep=True)


def _move(draft: Path, place: Path, *, keep: bool) -> None:
    with writing(place):
        if keep:
            draft.replace(place)
        else:
            draft.unlink()
            place.unlink(missing_ok=True)
        sync_folder(place.parent)


def _write_parquet(stream: Any, lines: Iterable[bytes]) -> None:
    """Row groups of a bounded size, so that memory does not grow with the output."""
    import pyarrow
    import pyarrow.parquet

    schema = brief_schema()
    with pyarrow.parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        for group in _groups(lines):
            writer.write_table(pyarrow.Table.from_pylist([json.loads(line) for line in group], schema=schema))


def _groups(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    group: list[bytes] = []
    size = 0
    for line in lines:
        group.append(line)
        size += len(line)
        if len(group) >= _GROUP_ROWS or size >= _GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def brief_schema() -> Any:
    """The Arrow schema of a brief's JSON, the row's id first."""
    import pyarrow as pa

    text, number, yes = pa.string(), pa.int64(), pa.bool_()
    source = pa.struct([("start", number), ("end", number), ("text", text)])
    claim = pa.struct(
        [("kind", text), ("text", text), ("start", number), ("end", number), ("supported", yes), ("reason", text)]
    )
    support = pa.struct([("score", pa.float64()), ("supported", yes), ("claims", pa.list_(claim))])
    chances = pa.struct([("printable", pa.float64()), ("true", pa.float64())])
    known = [("text", text), ("sources", pa.list_(source)), ("method", text)]
    statement = pa.struct([*known, ("support", support), ("chances", chances)])
    return pa.schema(
        [
            ("id", text),
            ("headline", statement),
            ("standfirst", statement),
            ("bullets", pa.list_(statement)),
            ("checked", pa.list_(text)),
            ("warnings", pa.list_(text)),
            ("model", text),
        ]
    )
