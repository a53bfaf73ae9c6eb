"""From an export back to a checkpoint: the same model, as far as its quantization kept it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import onnx
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from summarizer.backends.files.checkpoint import open_transformers
from summarizer.backends.files.weights import read_file, read_manifest, write_model
from summarizer.errors import BackendError, ConfigError, DamagedModel
from tests.tiny_checkpoints import make_gemma
from training.export.onnx_export import convert_onnx
from training.restore import main, restore

IDS = torch.tensor([[2, 40, 300, 17, 250, 9, 310, 77]])


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_gemma(tmp_path_factory.mktemp("gemma") / "checkpoint", window=64)


@pytest.fixture(scope="module")
def export(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    def made(quantization: str, engine: str = "onnxruntime", smoothed: bool = False) -> Path:
        folder = tmp_path_factory.mktemp("export")
        prompt = replace(open_transformers(checkpoint).prompt, max_source_tokens=256)
        heard = [IDS[0].tolist()] if smoothed else []
        convert_onnx(checkpoint, folder / "engine", quantization, prompt, heard)
        (folder / "engine" / "tokenizer.json").write_bytes((checkpoint / "tokenizer.json").read_bytes())
        (folder / "model").mkdir()
        about = {"name": "tiny", "family": "causal", "engine": engine, "quantization": quantization}
        write_model(folder / "model", {path.name: path for path in (folder / "engine").iterdir()}, about)
        (folder / "model" / "NOTICE").write_text("whose it is\n", "utf-8")
        return folder / "model"

    return made


def logits(folder: Path) -> torch.Tensor:
    factory: Any = AutoModelForCausalLM
    with torch.no_grad():
        return torch.as_tensor(factory.from_pretrained(folder, dtype=torch.float32).eval()(IDS).logits)


@pytest.mark.parametrize(("quantization", "smoothed", "nearest"), [("float32", False, 0.999), ("int8", True, 0.99)])
def test_what_was_exported_comes_back(
    export: Callable[..., Path], checkpoint: Path, tmp_path: Path, quantization: str, smoothed: bool, nearest: float
) -> None:
    parameters = restore(export(quantization, smoothed=smoothed), tmp_path / "back")
    before, after = logits(checkpoint), logits(tmp_path / "back")
    assert torch.cosine_similarity(before, after, dim=-1).min() > nearest
    assert parameters == sum(one.numel() for one in _model(checkpoint).parameters())
    text = "أعلنت الحكومة ميزانية العام"
    both = [AutoTokenizer.from_pretrained(folder)(text).input_ids for folder in (checkpoint, tmp_path / "back")]
    assert both[0] == both[1]
    assert (tmp_path / "back" / "NOTICE").read_text("utf-8") == "whose it is\n"


def _model(folder: Path) -> Any:
    factory: Any = AutoModelForCausalLM
    return factory.from_pretrained(folder)


def test_what_is_restored_is_what_was_configured(export: Callable[..., Path], checkpoint: Path, tmp_path: Path) -> None:
    restore(export("float32"), tmp_path / "back")
    wanted, found = _model(checkpoint).config.to_dict(), _model(tmp_path / "back").config.to_dict()
    keys = (
        "hidden_size intermediate_size num_hidden_layers num_attention_heads num_key_value_heads head_dim layer_types "
        "rope_parameters rms_norm_eps query_pre_attn_scalar sliding_window vocab_size tie_word_embeddings"
    ).split()
    assert {key: found[key] for key in keys} == {key: wanted[key] for key in keys}


def test_what_cannot_be_restored_is_refused(
    export: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(ConfigError, match="does not exist yet"):
        restore(tmp_path, tmp_path / "there")
    with pytest.raises(DamagedModel):
        restore(tmp_path / "nothing", tmp_path / "back")
    with pytest.raises(BackendError, match="ctranslate2"):
        restore(export("float32", engine="ctranslate2"), tmp_path / "back")
    with pytest.raises(BackendError, match="blocks"):
        restore(export("int4"), tmp_path / "back")
    assert main([str(tmp_path / "nothing"), "--to", str(tmp_path / "back")]) == DamagedModel.exit_code
    assert "manifest.json" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["there"], "something half-written was left"


def test_a_graph_of_before_is_refused_in_one_line(export: Callable[..., Path], tmp_path: Path) -> None:
    """Graphs did not always say of what model they are."""
    folder = export("float32")
    parts = {name: read_file(folder, read_manifest(folder), name) for name in read_manifest(folder).files}
    graph = onnx.load_from_string(parts["model.onnx"])
    del graph.metadata_props[:]
    (tmp_path / "files").mkdir()
    for name, data in {**parts, "model.onnx": graph.SerializeToString()}.items():
        (tmp_path / "files" / name).write_bytes(data)
    (tmp_path / "old").mkdir()
    about = {"name": "tiny", "family": "causal", "engine": "onnxruntime", "quantization": "float32"}
    write_model(tmp_path / "old", {path.name: path for path in (tmp_path / "files").iterdir()}, about)
    with pytest.raises(BackendError, match="does not say of what model"):
        restore(tmp_path / "old", tmp_path / "back")
    assert not (tmp_path / "back").exists()
