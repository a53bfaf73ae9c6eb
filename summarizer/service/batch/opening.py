"""The file that a batch reads: opened, decompressed, and told what kind of collection it is."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from summarizer.article.encoding import decode
from summarizer.article.formats import FORMATS
from summarizer.article.formats.collection import collection_of
from summarizer.article.read import is_address
from summarizer.errors import ConfigError, EmptyInput, UnreadableInput

STANDARD = Path("-")
"""Standard input, or standard output."""
_HEAD_BYTES = 65_536
_SUFFIXES = {suffix: name for name, one in FORMATS.items() if one.collects for suffix in one.suffixes}
_COMPRESSED = {".gz": "gzip", ".zst": "zstd"}
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
EXPECTED = "JSONL, JSON, CSV, TSV, RSS or Atom (also .gz and .zst), Parquet, or a folder of articles"


@dataclass(frozen=True, slots=True)
class File:
    """A file, and what it is called in messages."""

    path: Path
    name: str

    def open(self) -> BinaryIO:
        """Its bytes, decompressed."""
        packed = _COMPRESSED.get(self.path.suffix.lower(), "") or self._packed()
        if packed == "gzip":
            return cast(BinaryIO, gzip.open(self.path, "rb"))
        if packed == "zstd":
            stream = arrow("Zstandard files").input_stream(str(self.path), compression="zstd")
            return cast(BinaryIO, io.BufferedReader(stream, _HEAD_BYTES))
        return self.path.open("rb")

    def head(self) -> bytes:
        """Its first 64 KiB. ``EmptyInput`` when it holds nothing but white space."""
        with self.open() as stream:
            head = stream.read(_HEAD_BYTES)
        if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
            raise EmptyInput(expected="rows", got=f"{self.name} with nothing in it", hint="check the path")
        return head

    def kind(self) -> str:
        """A name of ``readers.READERS``: by its suffix, else by what it begins with; else ``UnreadableInput``."""
        plain = self.path.with_suffix("") if self.path.suffix.lower() in _COMPRESSED else self.path
        if plain.suffix.lower() == ".parquet":
            return "parquet"
        if plain.suffix.lower() in _SUFFIXES:
            return _SUFFIXES[plain.suffix.lower()]
        if not self.path.exists():
            raise _missing(self.name)
        head = self.head()
        kind = "parquet" if head.startswith(b"PAR1") else collection_of(decode(head).text)
        if not kind:
            hint = "`mujaz brief` reads one article; if it is a collection, say of what kind with --from"
            raise UnreadableInput(expected=EXPECTED, got=f"{self.name}, which opens as none of them does", hint=hint)
        return kind

    def _packed(self) -> str:
        with self.path.open("rb") as stream:
            magic = stream.read(4)
        return next((name for mark, name in _MAGIC.items() if magic.startswith(mark)), "")


@contextmanager
def readable(name: str) -> Iterator[None]:
    """A block whose errors of reading are raised as ``UnreadableInput``; ``name`` for messages."""
    try:
        yield
    except FileNotFoundError as error:
        raise _missing(str(error.filename or name)) from error
    except (OSError, EOFError, zlib.error, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        hint = "check that it is whole and may be read"
        raise UnreadableInput(expected=EXPECTED, got=f"{name}: {reason}", hint=hint) from error


def _missing(name: str) -> UnreadableInput:
    if is_address(name):
        hint = "nothing is fetched: save it and give the file"
        return UnreadableInput(expected=EXPECTED, got=f"the address {name[:80]}", hint=hint)
    return UnreadableInput(expected=EXPECTED, got=f"no file at {name}", hint="check the path, or put it back")


def arrow(what: str) -> Any:
    """The package, for ``what``; ``ConfigError`` when it is not installed."""
    try:
        import pyarrow as package
    except ImportError as error:
        raise ConfigError(
            expected=f"pyarrow for {what}", got=str(error), hint='in a clone: pip install -c constraints.txt ".[batch]"'
        ) from error
    return package
