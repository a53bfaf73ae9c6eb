"""The task ``bullets``: a tiny random encoder-decoder learns it, says so, and writes those of the seed article."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from summarizer.backends.base import load_backend
from summarizer.backends.files import exported
from summarizer.backends.files.checkpoint import open_transformers
from summarizer.backends.model import ModelBackend
from summarizer.backends.prompt import LISTED, LISTED_TOKENS
from summarizer.config import BriefOptions, Decoding
from summarizer.errors import ConfigError, DataError
from summarizer.pipeline import brief
from summarizer.schema import Request, Task
from tests.tiny_checkpoints import SENTENCES, make_mbart, make_t5
from training.export.agreement import as_passage
from training.export.convert import convert
from training.export.main import Order, export
from training.finetune.data.examples import Encoder, read_rows
from training.finetune.models import load
from training.finetune.recipe import read_recipe
from training.finetune.run import Finetune
from training.merge import merge_run

RECIPE = Path("training/recipes/smoke-seq2seq.toml")
TASKS = ["headline", "bullet", "bullets"]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.jsonl"
    made: list[dict[str, Any]] = [
        {"id": f"{n}", "source": " ".join(SENTENCES[n:]), "targets": {"bullets": "\n".join(SENTENCES[n : n + 2])}}
        for n in range(5)
    ]
    made.append({"id": "h", "source": SENTENCES[0], "targets": {"headline": "ثلاثة مستشفيات جديدة"}})
    ask = {"task": "bullet", "about": SENTENCES[2], "text": "كلفة المشروع 45 مليون دولار"}
    made.append({"id": "r", "reading": list(SENTENCES[:3]), "asks": [ask]})
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), "utf-8")
    return path


def test_the_whole_way(rows: Path, tmp_path: Path) -> None:
    torch.set_num_threads(1)
    raw = make_t5(tmp_path / "raw", "mt5")
    limits = {"max_source_tokens": 120, "max_target_tokens": 200, "batch_tokens": 900, "eval_steps": 4, "epochs": 4}
    places = {"checkpoint": str(raw), "train": str(rows), "heldout": str(rows), "out": str(tmp_path / "run")}
    Finetune(read_recipe(RECIPE, {**limits, **places, "tasks": TASKS, "generate_steps": 4})).run()
    merge_run(tmp_path / "run", tmp_path / "merged")
    heads = tmp_path / "heads.jsonl"
    (head,) = (line for line in rows.read_text("utf-8").splitlines() if "headline" in line)
    heads.write_text(head + "\n", "utf-8")
    export(Order(tmp_path / "merged", tmp_path / "model", "tiny", heads, quantization="float32", rows=1))
    asked = Request(Task.BULLET, as_passage(SENTENCES[0]), 14, listed=True)
    texts = []
    for backend in (load_backend(str(tmp_path / "merged")), exported.open_export(tmp_path / "model")):
        assert isinstance(backend, ModelBackend)
        assert backend.lists
        ((found, *_),) = backend.hypotheses([asked], Decoding(1, 1))
        assert found.ended or len(found.ids) == LISTED_TOKENS
        texts.append(found.ids[:40])
        result = brief(Path("seeds/islamic-state-last-pocket.txt"), backend, BriefOptions(bullets=2))
        assert result.bullets
    assert texts[0] == texts[1]


def test_it_is_no_task_of_a_decoder_only_model(rows: Path, tmp_path: Path) -> None:
    (row, *_) = read_rows(rows, ("bullets",))
    assert Encoder(load("random:gemma3_text", "float32").tokenizer, "causal", 90, 90).encode(row) == []
    smoke = Path("training/recipes/smoke.toml")
    places = {"train": str(rows), "heldout": str(rows), "out": str(tmp_path / "run")}
    with pytest.raises(DataError, match="rows with a target"):
        Finetune(read_recipe(smoke, {**places, "tasks": ["bullets"]}))


def test_texts_beyond_the_positions_are_refused(tmp_path: Path) -> None:
    folder = make_mbart(tmp_path / "short")
    prompt = replace(open_transformers(folder).prompt, max_source_tokens=50)
    convert(folder, tmp_path / "engine", "float32", prompt)
    longer = replace(prompt, tasks={**prompt.tasks, LISTED: "نقاط: "})
    with pytest.raises(ConfigError, match="128 positions"):
        convert(folder, tmp_path / "other", "float32", longer)
