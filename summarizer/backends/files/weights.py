"""Model folders: every file in parts of less than 50 MB, a manifest with their SHA-256, read into memory and checked.

model/
├── manifest.json      what the model is, its files, their parts, sizes and digests
├── model.bin.00       the engine's file in parts, to be joined in this order
├── model.bin.01
├── config.json        small files are one part under their own name
├── vocabulary.json
├── tokenizer.json
├── prompt.json        see ``summarizer.backends.prompt``
└── MODEL_CARD.md      and the notices: for readers, not in the manifest
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from summarizer.errors import BackendError, DamagedModel

MANIFEST = "manifest.json"
FORMAT = 1
PART_BYTES = 45_000_000
"""The most a part may hold: under the 50 MB from which code hosts warn about a file."""
OWN_FILES = ("tokenizer.json", "prompt.json")
_HINT = "restore the model folder, or export it again with training.export"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the folder: its name, size in bytes and SHA-256 in hexadecimal."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Stored:
    """One of the engine's files as a whole, and the parts that it is joined from, in order."""

    bytes: int
    sha256: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in ``manifest.json``. ``family`` is ``causal`` or ``seq2seq``; ``files`` by the engine's names."""

    name: str
    family: str
    engine: str
    quantization: str
    files: Mapping[str, Stored]
    source: Mapping[str, Any] = field(default_factory=dict)
    """What the model card is written from: checkpoint, run, data, agreement, versions. Nothing else depends on it."""
    format: int = FORMAT

    @property
    def digest(self) -> str:
        """The first eight digits of the SHA-256 of all files' digests: names the weights, prompt and tokenizer."""
        lines = "".join(f"{name} {stored.sha256}\n" for name, stored in sorted(self.files.items()))
        return hashlib.sha256(lines.encode()).hexdigest()[:8]


def write_model(folder: Path, files: Mapping[str, Path], about: Mapping[str, Any]) -> Manifest:
    """Copy ``files`` (engine's name → where it lies) into ``folder`` in parts and write the manifest last.

    ``about`` are the other fields of :class:`Manifest`. ``folder`` must exist; ``OSError`` passes through.
    """
    stored = {name: _store(folder, name, path) for name, path in sorted(files.items())}
    manifest = Manifest(files=stored, **about)
    write_manifest(folder, manifest)
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write ``manifest.json``; ``OSError`` passes through."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of ``folder``; ``DamagedModel`` when it is missing or not a manifest of this format."""
    path = folder / MANIFEST
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        files = {name: _stored(value) for name, value in table.pop("files").items()}
        manifest = Manifest(files=files, **table)
    except FileNotFoundError as error:
        raise DamagedModel(expected=f"{MANIFEST} in the model folder", got=f"none in {folder}", hint=_HINT) from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DamagedModel(expected=f"a model's {MANIFEST}", got=f"{path}: {error!r}", hint=_HINT) from error
    if manifest.format != FORMAT:
        raise BackendError(
            expected=f"a model of format {FORMAT}", got=f"format {manifest.format}", hint="upgrade, or export it again"
        )
    return manifest


def read_files(folder: Path, manifest: Manifest) -> dict[str, bytes]:
    """The engine's files as bytes, in memory, each checked against its SHA-256 (about 2 GB/s).

    Those that this package reads itself (:data:`OWN_FILES`) are left out: see :func:`read_file`. ``DamagedModel``
    names the first part that is missing, cut short or changed.
    """
    return {name: read_file(folder, manifest, name) for name in manifest.files if name not in OWN_FILES}


def read_file(folder: Path, manifest: Manifest, name: str) -> bytes:
    """One checked file of the manifest; ``DamagedModel`` as :func:`read_files`."""
    if name not in manifest.files:
        raise DamagedModel(expected=f"{name} in the manifest", got=", ".join(manifest.files), hint=_HINT)
    return _read(folder, manifest.files[name])


def _store(folder: Path, name: str, path: Path) -> Stored:
    size, whole, parts = path.stat().st_size, hashlib.sha256(), []
    with path.open("rb") as data:
        for index, block in enumerate(_blocks(data)):
            whole.update(block)
            part = Part(name if size <= PART_BYTES else f"{name}.{index:02d}", len(block), _sha256(block))
            (folder / part.name).write_bytes(block)
            parts.append(part)
    return Stored(size, whole.hexdigest(), tuple(parts))


def _blocks(data: BinaryIO) -> Iterator[bytes]:
    while block := data.read(PART_BYTES):
        yield block


def _stored(table: Mapping[str, Any]) -> Stored:
    parts = tuple(Part(**part) for part in table["parts"])
    for part in parts:
        # A manifest must not reach outside its folder.
        if not part.name or Path(part.name).name != part.name:
            raise ValueError(f"a part called {part.name!r}")
    return Stored(int(table["bytes"]), str(table["sha256"]), parts)


def _read(folder: Path, stored: Stored) -> bytes:
    blocks = [_part(folder, part) for part in stored.parts]
    data = blocks[0] if len(blocks) == 1 else b"".join(blocks)
    # The parts' digests were checked; the whole's size tells when a part is missing from the list.
    if len(data) != stored.bytes:
        raise DamagedModel(expected=f"{stored.bytes} bytes in all parts", got=str(len(data)), hint=_HINT)
    return data


def _part(folder: Path, part: Part) -> bytes:
    path = folder / part.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DamagedModel(expected=f"the part {part.name}", got=str(error), hint=_HINT) from error
    if len(data) != part.bytes:
        raise DamagedModel(expected=f"{part.name} of {part.bytes} bytes", got=f"{len(data)} bytes", hint=_HINT)
    if (found := _sha256(data)) != part.sha256:
        raise DamagedModel(expected=f"{part.name} with SHA-256 {part.sha256}", got=found, hint=_HINT)
    return data


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
