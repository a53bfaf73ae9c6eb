"""Model folders: what is written is read back, and every kind of damage is named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.backends.base import EMBEDDED_MODEL
from summarizer.backends.files import weights
from summarizer.errors import BackendError, DamagedModel

ABOUT = {"name": "m", "family": "causal", "engine": "ctranslate2", "quantization": "int8"}
DATA = {"model.bin": bytes(range(256)) * 10, "config.json": b"{}", "empty.txt": b""}


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(weights, "PART_BYTES", 1000)
    sources = tmp_path / "sources"
    sources.mkdir()
    for name, data in DATA.items():
        (sources / name).write_bytes(data)
    folder = tmp_path / "model"
    folder.mkdir()
    weights.write_model(folder, {name: sources / name for name in DATA}, ABOUT)
    return folder


def test_parts_are_joined_to_the_same_bytes(model: Path) -> None:
    manifest = weights.read_manifest(model)
    assert weights.read_files(model, manifest) == DATA
    assert [part.name for part in manifest.files["model.bin"].parts] == [f"model.bin.{i:02d}" for i in range(3)]
    assert max(path.stat().st_size for path in model.glob("model.bin.*")) <= 1000


def test_the_digest_is_of_the_content_alone(model: Path) -> None:
    before = weights.read_manifest(model)
    weights.write_manifest(model, weights.Manifest("other", "causal", "e", "q", before.files, {"run": 1}))
    assert weights.read_manifest(model).digest == before.digest
    assert len(before.digest) == 8


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[5] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    "harm",
    [flip, Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-1]), lambda path: path.write_bytes(b"")],
    ids=["one bit", "missing", "cut short", "empty"],
)
def test_a_damaged_part_is_named(model: Path, harm: Callable[[Path], object]) -> None:
    harm(model / "model.bin.01")
    with pytest.raises(DamagedModel, match=r"model\.bin\.01"):
        weights.read_files(model, weights.read_manifest(model))


def test_swapped_parts_are_noticed(model: Path) -> None:
    first, second = model / "model.bin.00", model / "model.bin.01"
    one, two = first.read_bytes(), second.read_bytes()
    first.write_bytes(two)
    second.write_bytes(one)
    assert one != two
    with pytest.raises(DamagedModel, match="SHA-256"):
        weights.read_files(model, weights.read_manifest(model))


def change(folder: Path, alter: Callable[[dict], object]) -> None:
    path = folder / weights.MANIFEST
    table = json.loads(path.read_text("utf-8"))
    alter(table)
    path.write_text(json.dumps(table), "utf-8")


@pytest.mark.parametrize(
    ("alter", "error"),
    [
        (lambda table: table["files"]["model.bin"]["parts"].pop(), DamagedModel),
        (lambda table: table["files"]["config.json"]["parts"][0].update(name="../config.json"), DamagedModel),
        (lambda table: table["files"]["config.json"]["parts"][0].update(name="/etc/passwd"), DamagedModel),
        (lambda table: table["files"]["config.json"].pop("parts"), DamagedModel),
        (lambda table: table.pop("files"), DamagedModel),
        (lambda table: table.update(extra=1), DamagedModel),
        (lambda table: table.update(format=99), BackendError),
    ],
)
def test_a_wrong_manifest_is_refused(model: Path, alter: Callable[[dict], object], error: type[Exception]) -> None:
    change(model, alter)
    with pytest.raises(error):
        weights.read_files(model, weights.read_manifest(model))


@pytest.mark.parametrize("content", [None, b"", b"[]", b"\xff\xfe", b'{"files": 3}'])
def test_no_manifest_or_something_else(model: Path, content: bytes | None) -> None:
    path = model / weights.MANIFEST
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DamagedModel, match=r"manifest\.json"):
        weights.read_manifest(model)


def test_a_file_that_the_manifest_lacks(model: Path) -> None:
    with pytest.raises(DamagedModel, match=r"tokenizer\.json"):
        weights.read_file(model, weights.read_manifest(model), "tokenizer.json")


def test_the_embedded_model_names_no_place_on_a_machine() -> None:
    for name in ("manifest.json", "MODEL_CARD.md"):
        text = (EMBEDDED_MODEL / name).read_text("utf-8")
        assert not re.search(r'"/(?!/)|/(?:tmp|home|root|work)/', text)
