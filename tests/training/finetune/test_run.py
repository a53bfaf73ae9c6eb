from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from summarizer.errors import ConfigError, DataError, MujazError
from training.finetune import resources
from training.finetune import run as finetune
from training.finetune.main import main
from training.finetune.models import load
from training.finetune.recipe import Recipe, read_recipe
from training.finetune.run import Finetune
from training.merge import merge_run

RECIPES = {"causal": "training/recipes/smoke.toml", "seq2seq": "training/recipes/smoke-seq2seq.toml"}


def recipe(family: str, out: Path, **changes: Any) -> Recipe:
    return read_recipe(Path(RECIPES[family]), {"out": str(out), "generate_steps": 0, **changes})


def events(out: Path, kind: str) -> list[dict[str, Any]]:
    lines = (out / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return [event for event in map(json.loads, lines) if event["event"] == kind]


def last_weights(out: Path) -> dict[str, torch.Tensor]:
    state = sorted((out / "state").iterdir())[-1]
    weights: dict[str, torch.Tensor] = load_file(state / "trainable.safetensors")
    return weights


@pytest.mark.parametrize("family", ["causal", "seq2seq"])
def test_a_smoke_run_learns_and_its_merge_can_be_loaded(family: str, tmp_path: Path) -> None:
    out = tmp_path / "run"
    assert main([RECIPES[family], "--set", f"out={out}", "--set", "epochs=25"]) == 0
    losses = [event["loss"] for event in events(out, "train")]
    assert sum(losses[-5:]) < 0.75 * sum(losses[:5])
    held = [event["loss"] for event in events(out, "heldout")]
    place = json.loads((out / "best" / "state.json").read_text())
    assert place["best_loss"] == min(held) < losses[0]
    assert events(out, "texts")[0]["texts"][0].keys() == {"headline", "standfirst"} if family == "causal" else True
    run = merge_run(out, tmp_path / "merged")
    assert run["place"] == place
    assert run["recipe"]["out"] == "run"
    assert run["recipe"]["checkpoint"].startswith("random:")
    assert [event["loss"] for event in run["curve"]] == held
    card = (tmp_path / "merged" / "README.md").read_text(encoding="utf-8")
    assert f"value: {round(place['best_loss'], 4)}" in card
    assert "base_model" not in card, "a random model has no base"
    merged = load(str(tmp_path / "merged"), "float32")
    best = load_file(out / "best" / "trainable.safetensors")
    for name, value in merged.model.named_parameters():
        assert torch.allclose(value, best[name].bfloat16().float()), name


@pytest.mark.parametrize(("family", "rank"), [("causal", 0), ("causal", 4), ("seq2seq", 0)])
def test_a_stopped_run_goes_on_bit_for_bit(family: str, rank: int, tmp_path: Path) -> None:
    """Six steps at once, and three, a stop, a new process's worth of objects, and three more: the same weights."""
    whole = Finetune(recipe(family, tmp_path / "whole", epochs=3, lora_rank=rank))
    whole.total_steps = 6
    whole.run()
    halved = Finetune(recipe(family, tmp_path / "halved", epochs=3, lora_rank=rank))
    halved.total_steps = 6
    step = halved.step

    def stop_at_three(*arguments: Any) -> tuple[float, int]:
        halved.stopping = halved.place.step == 3
        return step(*arguments)

    halved.step = stop_at_three  # type: ignore[method-assign]
    assert halved.run().step == 3
    torch.manual_seed(12345)
    resumed = Finetune(recipe(family, tmp_path / "halved", epochs=3, lora_rank=rank), resume=True)
    resumed.total_steps = 6
    assert resumed.run().step == 6
    expected, got = last_weights(tmp_path / "whole"), last_weights(tmp_path / "halved")
    assert expected.keys() == got.keys()
    assert all(torch.equal(expected[name], got[name]) for name in expected)
    steps = [event["step"] for event in events(tmp_path / "halved", "train")]
    assert steps == [1, 2, 3, 4, 5, 6]


def test_a_killed_run_goes_on_from_its_last_state(tmp_path: Path) -> None:
    """SIGKILL between two states: the steps after the last one are done again, with the same result."""
    changes = ["--set", "epochs=30", "--set", "save_steps=4", "--set", "eval_steps=100", "--set", "generate_steps=0"]
    out = tmp_path / "killed"
    command = [sys.executable, "-m", "training.finetune", RECIPES["causal"], "--set", f"out={out}", *changes]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 240
    while not list(out.glob("state/step-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert main([*command[3:], "--resume"]) == 0
    assert main([RECIPES["causal"], "--set", f"out={tmp_path / 'whole'}", *changes]) == 0
    expected, got = last_weights(tmp_path / "whole"), last_weights(out)
    assert all(torch.equal(expected[name], got[name]) for name in expected)
    assert [event["step"] for event in events(out, "train")] == list(range(1, len(events(out, "train")) + 1))


def test_a_run_is_not_overwritten(tmp_path: Path) -> None:
    Finetune(recipe("causal", tmp_path, epochs=0.5)).run()
    with pytest.raises(ConfigError, match="--resume"):
        Finetune(recipe("causal", tmp_path))


def test_patience_ends_a_run_that_no_longer_improves(tmp_path: Path) -> None:
    place = Finetune(recipe("causal", tmp_path, eval_steps=1, patience=3, learning_rate=1e-12, epochs=50)).run()
    assert place.step < 12
    assert place.worse == 3


def test_the_best_by_texts_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    qualities = iter([0.2, 0.5, 0.1])
    monkeypatch.setattr(finetune, "score_texts", lambda *_: ({}, next(qualities)))
    changes = {"eval_steps": 1, "generate_steps": 1, "best_by": "texts", "epochs": 50, "max_target_tokens": 90}
    run = Finetune(recipe("causal", tmp_path, **changes))
    run.total_steps = 3
    run.run()
    assert json.loads((tmp_path / "best" / "state.json").read_text())["step"] == 2


def test_frozen_layers_stay_as_they_were(tmp_path: Path) -> None:
    run = Finetune(recipe("causal", tmp_path, frozen_layers=1, epochs=1))
    before = {name: value.clone() for name, value in run.loaded.model.named_parameters()}
    run.run()
    changed = {name for name, value in run.loaded.model.named_parameters() if not torch.equal(value, before[name])}
    assert changed
    assert not any("layers.0." in name or "embed_tokens" in name for name in changed)


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([RECIPES["causal"], "--set", f"out={tmp_path / 'run'}", "--dry-run", "--limit", "4"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["examples"] == 4
    assert told["steps"] > 0
    assert told["memory_gb"] > 0
    assert list(tmp_path.iterdir()) == []


GOOD = {"id": "1", "source": "نص", "targets": {"headline": "عنوان"}}


BAD_LINES = (
    "{",
    '"text"',
    "{}",
    '{"text": ""}',
    '{"text": 3}',
    '{"source": "", "targets": {}}',
    '{"source": "x", "targets": []}',
    '{"source": 3, "targets": {"headline": "x"}}',
    '{"source": "x", "targets": {"poem": "x"}}',
)


@pytest.mark.parametrize("line", BAD_LINES)
def test_a_bad_row_is_told_with_its_line(line: str, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps(GOOD) + "\n" + line + "\n")
    with pytest.raises(DataError, match=r"rows\.jsonl:2"):
        Finetune(recipe("causal", tmp_path / "run", train=str(rows)))
    assert not (tmp_path / "run").exists()


def test_rows_whose_targets_never_fit(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="max_target_tokens"):
        Finetune(recipe("causal", tmp_path, max_target_tokens=2))


def test_too_few_rows_for_a_step(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="accumulate"):
        Finetune(recipe("causal", tmp_path, accumulate=100))


def test_a_checkpoint_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([RECIPES["causal"], "--set", f"checkpoint={tmp_path}", "--set", f"out={tmp_path / 'r'}"]) == 4
    assert "transformers checkpoint" in capsys.readouterr().err


def test_an_unsupported_family(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    with pytest.raises(ConfigError, match="bert"):
        load(str(tmp_path), "float32")


def test_an_unknown_random_family() -> None:
    with pytest.raises(ConfigError, match="gemma3_text"):
        load("random:gemma", "float32")


def test_a_tokenizer_of_another_model(tmp_path: Path) -> None:
    loaded = load("random:gemma3_text", "float32")
    loaded.model.save_pretrained(tmp_path)
    loaded.tokenizer.add_tokens(["زائد"])
    loaded.tokenizer.save_pretrained(tmp_path)
    with pytest.raises(ConfigError, match="tokenizer"):
        load(str(tmp_path), "float32")


def test_too_little_memory_or_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "free_memory", lambda: 1000)
    with pytest.raises(ConfigError, match="free memory"):
        Finetune(recipe("causal", tmp_path))
    monkeypatch.setattr(resources, "free_memory", lambda: 0)
    monkeypatch.setattr(resources.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10}))
    with pytest.raises(ConfigError, match="free disk"):
        Finetune(recipe("causal", tmp_path))


def test_warming_up_changes_no_weight_and_draws_no_number_of_the_run(tmp_path: Path) -> None:
    run = Finetune(recipe("seq2seq", tmp_path, seed=3))
    drawn, before = torch.get_rng_state(), {name: value.clone() for name, value in run.trainable.items()}
    run._warm_up()
    assert torch.equal(torch.get_rng_state(), drawn)
    assert all(torch.equal(value, before[name]) for name, value in run.trainable.items())
    assert all(value.grad is None for value in run.trainable.values())


def test_a_loss_that_is_no_number_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Finetune(recipe("causal", tmp_path))
    nan = torch.tensor(float("nan"), requires_grad=True)
    monkeypatch.setattr(finetune, "training_loss", lambda *_: (nan * 1, 3))
    with pytest.raises(DataError, match="NaN"):
        run.run()


def test_merging_what_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(MujazError, match=r"recipe\.json"):
        merge_run(tmp_path, tmp_path / "merged")
    (tmp_path / "there").mkdir()
    with pytest.raises(ConfigError, match="does not exist"):
        merge_run(tmp_path, tmp_path / "there")
