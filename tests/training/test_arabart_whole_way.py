"""The command lines of arabart.toml, on a checkpoint of AraBART's shape and files with random weights."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from transformers import MBartConfig, MBartForConditionalGeneration

from tests.tiny_checkpoints import SENTENCES, train_sentencepiece

RECIPE = "training/recipes/arabart.toml"
SEED = "seeds/islamic-state-last-pocket.txt"
POSITIONS = 1024


def make_arabart(folder: Path) -> Path:
    """Six layers a side, 12 heads, 1,024 positions as AraBART has; narrow, with the vocabulary of eight sentences.

    The files are those of the hub: a sentencepiece model without ``tokenizer.json``, lengths of 1e30, and a
    configuration that says ``normalize_before`` and ``tokenizer_class``.
    """
    torch.manual_seed(0)
    train_sentencepiece(folder / "sentencepiece.bpe.model", ["<mask>"], bos_id=0, pad_id=1, eos_id=2, unk_id=3)
    table = {"tokenizer_class": "BarthezTokenizer", "model_max_length": int(1e30)}
    (folder / "tokenizer_config.json").write_text(json.dumps(table), "utf-8")
    config = MBartConfig(
        vocab_size=95,
        d_model=96,
        encoder_layers=6,
        decoder_layers=6,
        encoder_attention_heads=12,
        decoder_attention_heads=12,
        encoder_ffn_dim=384,
        decoder_ffn_dim=384,
        max_position_embeddings=POSITIONS,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_eos_token_id=2,
        init_std=0.1,
        normalize_before=True,
        tokenizer_class="BarthezTokenizer",
    )
    MBartForConditionalGeneration(config).save_pretrained(folder)
    return folder


def write_rows(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def edited() -> list[dict[str, object]]:
    """Rows as ``training.edit_rows`` makes them: all bullets of a body, and a line behind a reading."""
    listed = {"id": "b", "source": " ".join(SENTENCES), "targets": {"bullets": "\n".join(SENTENCES[:3])}}
    ask = {"task": "bullet", "about": SENTENCES[2], "manner": "light", "text": SENTENCES[2][:40]}
    rank = {"task": "rank", "about": SENTENCES[2], "text": "1"}
    return [listed, {"id": "r", "reading": list(SENTENCES[:3]), "asks": [ask, rank]}]


def python(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *map(str, arguments)], capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.mark.slow
def test_the_recipe_trains_resumes_exports_and_briefs_the_seed(tmp_path: Path) -> None:
    checkpoint = make_arabart(tmp_path / "AraBART")
    rows = tmp_path / "rows.jsonl"
    texts = [(" ".join(SENTENCES[i:] + SENTENCES[:i]), SENTENCES[i][:60]) for i in range(8)]
    made = [{"id": str(i), "source": text, "targets": {"headline": title}} for i, (text, title) in enumerate(texts)]
    write_rows(rows, made)
    edits = write_rows(tmp_path / "edits.jsonl", edited())
    run, merged, model = tmp_path / "run", tmp_path / "merged", tmp_path / "model"
    places = [f"--set=train={rows}", f"--set=heldout={rows}", f"--set=out={run}", "--set=threads=1"]
    places.append(f"--set=extra=['{edits}']")
    small = ["--set=dtype=float32", "--set=batch_tokens=1500", "--set=accumulate=1", "--set=save_steps=2"]
    steps = ["--set=eval_steps=4", "--set=generate_steps=4", "--set=generate_rows=2"]
    command = ["training.finetune", RECIPE, "--model", checkpoint, *places, *small, *steps]

    first = python(*command, "--set=epochs=2")
    assert first.returncode == 0, first.stderr
    again = python(*command, "--set=epochs=4", "--resume")
    assert again.returncode == 0, again.stderr
    events = [json.loads(line) for line in (run / "log.jsonl").read_text("utf-8").splitlines()]
    trained = [event["step"] for event in events if event["event"] == "train"]
    assert trained == list(range(1, len(trained) + 1))
    assert [event["event"] for event in events].count("start") == 2

    assert python("training.merge", run, "--to", merged).returncode == 0
    assert json.loads((merged / "tokenizer_config.json").read_text("utf-8"))["model_max_length"] == POSITIONS
    exported = python("training.export", merged, "--out", model, "--name", "arabart", "--heldout", rows,
                      "--quantization", "float32", "--rows", "4")  # fmt: skip
    assert exported.returncode == 0, exported.stderr
    assert json.loads((model / "manifest.json").read_text("utf-8"))["source"]["agreement"]["same_texts"] == 1.0

    assert "bullets" in json.loads((model / "prompt.json").read_text("utf-8"))["tasks"]

    brief = python("summarizer.service.cli", "brief", SEED, "--backend", model, "--json")
    assert brief.returncode == 0, brief.stderr
    told = json.loads(brief.stdout)
    assert told["model"].startswith("arabart@")
    assert told["headline"]["text"]
    assert len(told["bullets"]) >= 1
