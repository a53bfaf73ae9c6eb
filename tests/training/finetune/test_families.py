"""Every family of encoder-decoders goes the whole way: trained, resumed, merged, served, exported, and both agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from summarizer.backends.base import load_backend
from summarizer.config import Decoding
from summarizer.schema import Request, Task
from tests.tiny_checkpoints import SENTENCES
from tests.tiny_seq2seq import FAMILIES
from training.export.agreement import as_passage
from training.export.main import Order, export
from training.finetune.main import main
from training.finetune.recipe import Recipe, read_recipe
from training.finetune.run import Finetune
from training.merge import merge_run

SMOKE = Path("training/recipes/smoke-seq2seq.toml")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    texts = [(" ".join(SENTENCES[i : i + 2]), SENTENCES[i][:40]) for i in range(7)]
    made = [{"id": str(i), "source": text, "targets": {"headline": title}} for i, (text, title) in enumerate(texts)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), "utf-8")
    return path


@pytest.fixture(scope="module", params=FAMILIES)
def raw(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint as it comes from a hub."""
    torch.set_num_threads(1)
    return FAMILIES[request.param](tmp_path_factory.mktemp(request.param) / "raw")


def recipe(raw: Path, rows: Path, out: Path, epochs: int) -> Recipe:
    limits = {"max_source_tokens": 100, "max_target_tokens": 60, "batch_tokens": 300, "eval_steps": 5, "save_steps": 3}
    places = {"train": str(rows), "heldout": str(rows), "out": str(out), "checkpoint": str(raw)}
    # A hundred times the usual rate: the weights are random and few.
    return read_recipe(SMOKE, {**limits, **places, "epochs": epochs, "learning_rate": 1e-2, "generate_steps": 5})


def test_trained_resumed_served_and_exported(raw: Path, rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    first = Finetune(recipe(raw, rows, out, 10))
    total = first.total_steps
    first.total_steps = total // 2
    assert first.run().step == total // 2
    assert Finetune(recipe(raw, rows, out, 10), resume=True).run().step == total
    events = [json.loads(line) for line in (out / "log.jsonl").read_text("utf-8").splitlines()]
    losses = [event["loss"] for event in events if event["event"] == "train"]
    assert sum(losses[-3:]) < 0.95 * sum(losses[:3])
    assert any(event["event"] == "texts" for event in events)

    merged = tmp_path / "merged"
    for name in ("NOTICE", "GEMMA_TERMS.html"):
        (raw / name).write_text("whose it is", "utf-8")
    merge_run(out, merged)
    assert (merged / "NOTICE").read_text("utf-8") == "whose it is"
    requests = [Request(Task.HEADLINE, as_passage(sentence), 14) for sentence in SENTENCES[:4]]
    served = load_backend(str(merged))
    written = [found[0].ids for found in served.hypotheses(requests, Decoding(1, 1, 24))]  # type: ignore[attr-defined]
    assert any(written)
    made = export(Order(merged, tmp_path / "model", "tiny", rows, quantization="float32", rows=7))
    assert made.source["agreement"]["same_texts"] == 1.0
    for name in ("NOTICE", "GEMMA_TERMS.html"):
        assert (tmp_path / "model" / name).read_text("utf-8") == "whose it is"
    exported = load_backend(str(tmp_path / "model"))
    assert written == [found[0].ids for found in exported.hypotheses(requests, Decoding(1, 1, 24))]  # type: ignore[attr-defined]


def test_adapters_find_the_projections(raw: Path, rows: Path, tmp_path: Path) -> None:
    adapted = Finetune(read_recipe(SMOKE, {"checkpoint": str(raw), "lora_rank": 4, "out": str(tmp_path / "run")}
                                   | {"max_source_tokens": 100, "max_target_tokens": 24, "batch_tokens": 700}
                                   | {"train": str(rows), "heldout": str(rows)}))  # fmt: skip
    layers = {name.rpartition(".lora_")[0] for name in adapted.trainable}
    assert any("encoder" in name for name in layers)
    assert any("decoder" in name for name in layers)


@pytest.mark.parametrize("name", ["arabart", "mt5-base", "arat5"])
def test_the_recipe_runs_dry_without_weights(
    name: str, rows: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Configuration and tokenizer are enough: what a hub sends first, in kilobytes."""
    folder = FAMILIES[name.removesuffix("-base")](tmp_path / "raw")
    (folder / "model.safetensors").unlink()
    places = [f"--set=train={rows}", f"--set=heldout={rows}", f"--set=out={tmp_path / 'run'}", "--set=threads=1"]
    places.append("--set=extra=[]")
    short = ["--set=max_source_tokens=100", "--set=max_target_tokens=28", "--set=batch_tokens=128"]
    arguments = [f"training/recipes/{name}.toml", "--model", str(folder), *places, *short]
    assert main([*arguments, "--dry-run"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["tokens_an_epoch"] > 100
    assert told["steps"] >= 4
    assert told["memory_gb"] > 0
    assert told["hours"] >= 0
    assert not (tmp_path / "run").exists()
    # The run itself wants them.
    assert main(arguments) == 4
    assert "weights" in capsys.readouterr().err


def test_best_weights_are_those_of_the_run(raw: Path, rows: Path, tmp_path: Path) -> None:
    run = Finetune(recipe(raw, rows, tmp_path / "run", 1))
    run.run()
    best = load_file(tmp_path / "run" / "best" / "trainable.safetensors")
    assert best.keys() == run.trainable.keys()
