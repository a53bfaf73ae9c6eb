"""The table of engines: figures of real exports in processes of their own, and how texts are compared."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.engines.main import agreement, main, table
from eval.engines.measure import Measured, Order, Written, measure
from summarizer.backends.files.checkpoint import open_transformers
from summarizer.backends.files.weights import write_model
from summarizer.errors import DataError
from tests.tiny_checkpoints import SENTENCES, make_gemma
from training.export.onnx_export import convert_onnx

KEYS = ("source_s", "step_s", "brief_s", "batch_s")


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_gemma(tmp_path_factory.mktemp("gemma") / "checkpoint", window=512)


@pytest.fixture(scope="module")
def export(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    prompt = replace(open_transformers(checkpoint).prompt, max_source_tokens=256)
    convert_onnx(checkpoint, folder / "engine", "float32", prompt)
    (folder / "engine" / "prompt.json").write_text(prompt.to_json(), "utf-8")
    (folder / "engine" / "tokenizer.json").write_bytes((checkpoint / "tokenizer.json").read_bytes())
    (folder / "model").mkdir()
    about = {"name": "tiny", "family": "causal", "engine": "onnxruntime", "quantization": "float32"}
    write_model(folder / "model", {path.name: path for path in (folder / "engine").iterdir()}, about)
    return folder / "model"


@pytest.fixture
def heldout(tmp_path: Path) -> Path:
    rows = [
        {"id": f"a{at}{part}", "source": " ".join(SENTENCES[at : at + 3]), "targets": {"headline": SENTENCES[at]}}
        for at in range(4)
        for part in ("", "~rest")
    ]
    (tmp_path / "heldout.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return tmp_path / "heldout.jsonl"


def test_an_export_and_its_checkpoint_side_by_side(
    export: Path, checkpoint: Path, heldout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tmp_path / "figures.json"
    arguments = [
        str(export),
        "--checkpoint",
        str(checkpoint),
        "--heldout",
        str(heldout),
        "--threads",
        "1",
        "--articles",
        "1",
    ]
    assert main([*arguments, "--json", str(told)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("4 held-out texts")
    one, other = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines[-2:])
    assert one[0] == "model (onnxruntime float32)"
    assert one[2:4] == ["100.0 %", "100.0 %"]
    assert one[1] == other[1]
    assert other[0] == "checkpoint (checkpoint)"
    assert other[4:] == ["-"] * 7
    speed = json.loads(told.read_text("utf-8"))[str(export)]["speed"]
    assert all(len(speed[key]) == 2 for key in KEYS)
    assert min(speed["source_s"] + speed["brief_s"] + speed["batch_s"]) > 0


def test_only_what_is_asked_for_is_measured(export: Path, heldout: Path, tmp_path: Path) -> None:
    order = Order(str(export), str(heldout), 3, threads=1, articles=0)
    found = measure(order)
    assert (len(found.written), found.speed) == (3, {})
    assert found.disk_mb == pytest.approx(sum(path.stat().st_size for path in export.iterdir()) / 1e6, rel=0.05)
    (tmp_path / "none.jsonl").write_text('{"id": "a"}\n', "utf-8")
    with pytest.raises(DataError, match="source and targets"):
        measure(replace(order, heldout=str(tmp_path / "none.jsonl")))


def test_an_export_that_cannot_be_measured_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nothing")]) == DataError.exit_code
    assert "nothing" in capsys.readouterr().err


def text(*ids: int) -> Written:
    return Written(ids, "", "")


def test_agreement_ends_at_the_first_token_that_differs() -> None:
    left, right = [text(1, 2, 3, 4), text(5, 6), text()], [text(1, 2, 9, 4), text(5, 6), text()]
    assert agreement(left, right) == pytest.approx((2.5 / 3, 2 / 3))
    assert agreement([text(1, 2)], [text(1, 2, 3, 4)]) == (0.5, 0.0)


def test_the_table_has_a_line_an_export() -> None:
    speed = dict(zip(KEYS, ([0.2, 0.3], [0.01, 0.02], [1.5, 2.5], [8.0, 16.0]), strict=True))
    written = [Written((1,), "وصل الوفد أمس", "وصل الوفد أمس")]
    one = Measured("ctranslate2", "int8", 2, 8, 120.4, 200.0, 300.0, written, speed)
    cells = [cell.strip() for cell in table({Path("a/b"): one}, None).splitlines()[-1].strip("|").split("|")]
    assert cells == [
        *("b (ctranslate2 int8)", "100.00", "-", "-", "0.20 / 0.30", "10.0 / 20.0", "1.50 / 2.50"),
        *("1.00 / 0.50", "120", "200", "300"),
    ]
