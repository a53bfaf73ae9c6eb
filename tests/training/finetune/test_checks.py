"""A wrong checkpoint is refused before a step is taken, with what to do about it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from summarizer.backends.files.checkpoint import open_transformers
from summarizer.errors import ConfigError
from tests.tiny_checkpoints import make_gemma, make_mbart, make_t5
from tests.tiny_seq2seq import make_t5gemma2
from training.export.convert import convert
from training.finetune.checks import check_lengths
from training.finetune.main import main
from training.finetune.models import load
from training.finetune.recipe import read_recipe

SMOKE = "training/recipes/smoke-seq2seq.toml"


@pytest.fixture(scope="module")
def arabart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_mbart(tmp_path_factory.mktemp("arabart") / "checkpoint")


@pytest.fixture
def copied(arabart: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(arabart, tmp_path / "copied"))


def change(folder: Path, **values: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **values}), "utf-8")


def without_tokenizer(folder: Path) -> None:
    for path in (*folder.glob("tokenizer*"), *folder.glob("*.model")):
        path.unlink()


def without_a_layer(folder: Path) -> None:
    weights = load_file(folder / "model.safetensors")
    kept = {name: value for name, value in weights.items() if "decoder.layers.1" not in name}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})


def gemma_weights(folder: Path) -> None:
    shutil.copy(make_gemma(folder / "gemma") / "model.safetensors", folder)


def other_tokenizer(folder: Path) -> None:
    """A tokenizer of more pieces than the table has rows."""
    without_tokenizer(folder)
    for path in make_gemma(folder / "gemma").glob("tokenizer*"):
        shutil.copy(path, folder)


def a_longer_table(folder: Path) -> None:
    """A tokenizer of 95 pieces for a table of 2,000 rows."""
    weights = load_file(folder / "model.safetensors")
    longer = torch.nn.functional.pad(weights["model.shared.weight"], (0, 0, 0, 2000 - 95))
    weights["model.shared.weight"] = longer[:2000]
    weights["final_logits_bias"] = torch.zeros(1, 2000)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    change(folder, vocab_size=2000)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda folder: change(folder, model_type="bert"), "an encoder that cannot write.*AraBART"),
        (lambda folder: change(folder, model_type="gpt2"), r"gpt2.*docs/families\.md"),
        (lambda folder: change(folder, model_type="no-such-kind"), "transformers checkpoint"),
        (lambda folder: (folder / "config.json").unlink(), "transformers checkpoint"),
        (without_tokenizer, "no tokenizer.*copy it"),
        (without_a_layer, r"without 26 of them, such as model\.decoder\.layers\.1"),
        (gemma_weights, "without 98 of them.*one checkpoint"),
        (lambda folder: change(folder, d_model=64, encoder_ffn_dim=32), "one checkpoint"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"nothing"), "one checkpoint"),
        (other_tokenizer, "at most 95 tokens.*of 500 tokens"),
        (a_longer_table, "not many fewer.*of 95 tokens"),
    ],
)
def test_a_wrong_checkpoint_is_refused(copied: Path, harm: Callable[[Path], object], told: str) -> None:
    harm(copied)
    with pytest.raises(ConfigError, match=told):
        load(str(copied), "float32")


def test_a_model_of_the_other_family_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.touch()
    places = [*(f"--set={name}={rows}" for name in ("train", "heldout")), "--set=extra=[]"]
    gemma = make_gemma(tmp_path / "gemma")
    assert main(["training/recipes/arabart.toml", "--model", str(gemma), *places, f"--set=out={tmp_path / 'r'}"]) == 4
    message = capsys.readouterr().err
    assert "expected an encoder-decoder" in message
    assert "mujaz-270m.toml" in message
    assert not (tmp_path / "r").exists()


def test_a_length_of_1e30_is_no_licence(arabart: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """AraBART's tokenizer says that texts may be 1e30 tokens long; its positions say how long."""
    assert load(str(arabart), "float32").tokenizer.model_max_length > 1e29
    long = ["--set=max_source_tokens=127", f"--set=out={tmp_path / 'r'}"]
    assert main([SMOKE, "--model", str(arabart), *long]) == 4
    message = capsys.readouterr().err
    assert "128 positions" in message
    assert "lower max_source_tokens to 126" in message
    prompt = replace(open_transformers(arabart).prompt, max_source_tokens=127)
    with pytest.raises(ConfigError, match="--max-source-tokens 126"):
        convert(arabart, tmp_path / "engine", "float32", prompt)


def test_t5_has_no_positions_to_run_out_of(tmp_path: Path) -> None:
    loaded = load(str(make_t5(tmp_path / "mt5", "mt5")), "float32")
    recipe = read_recipe(Path(SMOKE), {"max_source_tokens": 100_000, "batch_tokens": 200_000})
    check_lengths(loaded.model.config, loaded.frame, recipe)


def test_float16_is_refused_and_never_computed_in(tmp_path: Path) -> None:
    """mT5 overflows in float16, also when its weights are stored so."""
    with pytest.raises(ConfigError, match="overflow in float16"):
        read_recipe(Path("training/recipes/mt5-base.toml"), {"dtype": "float16"})
    folder = make_t5(tmp_path / "mt5", "mt5")
    weights = {name: value.half() for name, value in load_file(folder / "model.safetensors").items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    change(folder, dtype="float16")
    assert load(str(folder), "float32").model.dtype == torch.float32
    served = open_transformers(folder)
    assert served.engine.model.dtype == torch.float32  # type: ignore[attr-defined]


def test_what_ctranslate2_would_read_otherwise_is_not_exported(tmp_path: Path) -> None:
    folder = make_t5gemma2(tmp_path / "t5gemma2", window=64)
    with pytest.raises(ConfigError, match="sliding window"):
        convert(folder, tmp_path / "engine", "float32", open_transformers(folder).prompt)
    assert not (tmp_path / "engine").exists()
