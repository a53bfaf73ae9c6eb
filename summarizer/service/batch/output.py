"""The finished output: all shards in order, as JSONL or as Parquet."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigError
from summarizer.service.batch.files import Parts, atomic, sync_folder, writing
from summarizer.service.batch.opening import arrow

_FORMATS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".jsonl.gz": "jsonl.gz",
    ".ndjson.gz": "jsonl.gz",
}
_GROUP_ROWS = 1000
_GROUP_BYTES = 16_000_000


def format_of(output: Path) -> str:
    """``jsonl``, ``jsonl.gz`` or ``parquet``, by the suffix; ``ConfigError`` for another one."""
    last = output.suffix.lower()
    kind = _FORMATS.get("".join(output.suffixes[-2:]).lower() if last == ".gz" else last)
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


def assemble(parts: Parts, shards: int, output: Path, kind: str, keep: tuple[str, ...] = ()) -> None:
    """Put the briefs at ``output`` and the rejected rows, if any, beside it, each whole or not at all.

    Made inside the folder of the parts, on the same disk, and renamed; rejected rows first, so that an output is never
    there without them. ``DataError`` when it cannot be written: the parts stay.
    """
    draft, rejected = parts.folder / "output", parts.folder / "rejected"
    with atomic(rejected) as stream:
        stream.writelines(line for mark, line in parts.lines(shards) if mark == b"-")
    with atomic(draft) as stream:
        good = (line for mark, line in parts.lines(shards) if mark == b"+")
        if kind == "parquet":
            _write_parquet(stream, good, keep)
        elif kind == "jsonl.gz":
            # Without a name and a time, so that the same rows are the same bytes.
            with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:
                packed.writelines(good)
        else:
            stream.writelines(good)
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


def _write_parquet(stream: Any, lines: Iterable[bytes], keep: tuple[str, ...]) -> None:
    """Row groups of a bounded size, so that memory does not grow with the output."""
    import pyarrow
    import pyarrow.parquet

    schema = brief_schema(keep)
    with pyarrow.parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        for group in _groups(lines):
            writer.write_table(pyarrow.Table.from_pylist(list(map(_as_row, group)), schema=schema))


def _as_row(line: bytes) -> dict[str, Any]:
    """A brief's JSON with what is kept as text: a column has one type, and the rows of JSON need not."""
    row: dict[str, Any] = json.loads(line)
    for name, value in row.get("kept", {}).items():
        if value is not None and not isinstance(value, str):
            row["kept"][name] = json.dumps(value, ensure_ascii=False)
    return row


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


def brief_schema(keep: tuple[str, ...] = ()) -> Any:
    """The Arrow schema of a brief's JSON, the row's id first, the columns that are kept last."""
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
            ("warnings", pa.list_(pa.struct([("code", text), ("note", yes), ("text", text), ("arabic", text)]))),
            ("model", text),
            *([("kept", pa.struct([(name, text) for name in keep]))] if keep else []),
        ]
    )
