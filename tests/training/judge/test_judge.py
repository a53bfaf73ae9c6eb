"""A judge that reads: what a tiny one learns, and that in the graph it says what it said while it learned."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

import training.judge.main as command
from summarizer.backends.asks import LABELS, Asker, AskFormat
from summarizer.backends.base import load_backend
from summarizer.backends.editor import Draft
from summarizer.backends.engines.base import Prompt
from summarizer.backends.engines.onnx.engine import OnnxEngine
from summarizer.backends.files.checkpoint import open_transformers
from summarizer.backends.files.exported import open_export
from summarizer.backends.files.weights import read_files, read_manifest, write_model
from summarizer.backends.model import ModelBackend
from summarizer.config import Decoding
from summarizer.errors import BackendError, ConfigError, DataError
from summarizer.schema import Task
from tests.tiny_checkpoints import make_gemma
from training.corpora.annotated.labels import JudgedArticle, held_out, read_candidates
from training.export.onnx_export import convert_onnx
from training.judge import kept
from training.judge.attach import attach, main
from training.judge.graph import Judge, Pair
from training.judge.reader import Reader, batch_of
from training.judge.rows import Group, judged_groups
from training.judge.run import Hyperparameters, Trainer, batches
from training.restore import restore

SENTENCES = ["وصل القطار الأول إلى المدينة صباح الأحد.", "وقال الوزير إنه تأخر ساعة كاملة."]
LINES = [
    {"slot": "bullet", "sentence": 1, "text": "قال الوزير إن القطار تأخر ساعة", "label": "ok"},
    {"slot": "bullet", "sentence": 1, "text": "إنه تأخر", "label": "unclear", "why": "who"},
    {"slot": "headline", "sentence": 0, "text": "وصل القطار", "label": "broken", "why": "where"},
    {"slot": "headline", "sentence": 0, "text": "وصول القطار إلى المدينة", "label": "ok"},
]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_gemma(tmp_path_factory.mktemp("judge") / "checkpoint", window=64)


@pytest.fixture(scope="module")
def exported(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    def made(quantization: str) -> Path:
        folder = tmp_path_factory.mktemp("export")
        prompt = replace(open_transformers(checkpoint).prompt, max_source_tokens=256, asks=AskFormat())
        convert_onnx(checkpoint, folder / "engine", quantization, prompt)
        (folder / "engine" / "tokenizer.json").write_bytes((checkpoint / "tokenizer.json").read_bytes())
        (folder / "engine" / "prompt.json").write_text(prompt.to_json(), encoding="utf-8")
        (folder / "model").mkdir()
        about = {"name": "tiny", "family": "causal", "engine": "onnxruntime", "quantization": quantization}
        write_model(folder / "model", {path.name: path for path in (folder / "engine").iterdir()}, about)
        return folder / "model"

    return made


@pytest.fixture(scope="module")
def asker(exported: Callable[[str], Path]) -> Asker:
    return open_export(exported("float32")).asker


@pytest.fixture
def articles(tmp_path: Path) -> tuple[JudgedArticle, ...]:
    return read_candidates(labels(tmp_path)).checked()


def labels(folder: Path, article: str = "a") -> Path:
    row = {"id": article, "reader": "a test", "sentences": SENTENCES, "candidates": LINES}
    path = folder / f"{article}.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def edits(data: Path, learned: str, back: str) -> None:
    """What an editor left of two articles, one of them held out, and a brief that nobody read again."""
    lines = [{"rank": 2, "as_is": True}, {"rank": 0}]
    rows = [{"id": name, "sentences": SENTENCES, "lines": lines} for name in (learned, back)]
    slots = {"headline": "h", "standfirst": "s"}
    bullets = [{"text": "b", "sentences": [0]}]
    brief = {"id": "b", "sentences": SENTENCES, **slots, "bullets": bullets, "cuts": {**slots, "bullets": ["c"]}}
    for folder, name, found in (("labels", "light", rows), ("briefs", "train", [brief])):
        (data / folder).mkdir()
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
        (data / folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


def a_reader(checkpoint: Path, asker: Asker, loud: float = 0.0) -> Reader:
    torch.manual_seed(1)
    reader = Reader(checkpoint, asker.answers(asker.asks.labels), frozen=1, rank=4)
    for name, value in reader.named_parameters():
        if loud and "lora_b" in name:
            torch.nn.init.normal_(value, std=loud)
    return reader


def test_a_tiny_judge_learns_its_labels(checkpoint: Path, asker: Asker, articles: tuple[JudgedArticle, ...]) -> None:
    rows = list(judged_groups(articles, asker))
    assert [len(one.ends) for one in rows] == [2, 2]
    trainer = Trainer(a_reader(checkpoint, asker), Hyperparameters(epochs=40, rate=3e-3))
    before = trainer.loss(rows)
    trainer.train([], rows)
    assert trainer.loss(rows) < before / 2


def test_no_line_sees_another_nor_what_is_beside_it(
    checkpoint: Path, asker: Asker, articles: tuple[JudgedArticle, ...]
) -> None:
    reader = a_reader(checkpoint, asker, loud=0.1)
    one, two = judged_groups(articles, asker)
    alone = [
        replace(one, ids=one.ids[: one.ends[0] + 1], places=one.places[: one.ends[0] + 1],
                parts=one.parts[: one.ends[0] + 1], ends=one.ends[:1], labels=one.labels[:1]),
    ]  # fmt: skip
    with torch.no_grad():
        together = reader(reader.below(batch_of([one, two])), batch_of([one, two]))
        by_itself = reader(reader.below(batch_of(alone)), batch_of(alone))
    assert torch.allclose(together[0], by_itself[0], atol=1e-4)


@pytest.mark.parametrize(("quantization", "alike"), [("float32", 0.999), ("int8", 0.9)])
def test_in_the_graph_a_judge_says_what_it_said(
    checkpoint: Path, exported: Callable[[str], Path], asker: Asker, articles: tuple[JudgedArticle, ...],
    tmp_path: Path, quantization: str, alike: float,
) -> None:  # fmt: skip
    reader = a_reader(checkpoint, asker, loud=0.1)
    judge = kept.judge_of(reader, {"lines": "4", "epochs": "1", "held_out_loss": "1.0"})
    kept.write(judge, tmp_path / "judge.safetensors")
    plain = exported(quantization)
    attach(plain, kept.read(tmp_path / "judge.safetensors"), tmp_path / "model")
    before, after = open_export(plain), open_export(tmp_path / "model")
    assert isinstance(before.engine, OnnxEngine)
    assert isinstance(after.engine, OnnxEngine)
    assert (before.engine.labels, after.engine.labels) == (0, len(LABELS))
    lines = [line for article in articles for line in article.candidates]
    drafts = [Draft(SENTENCES[line.sentence or 0], Task(line.slot), line.text) for line in lines]
    with torch.no_grad():
        rows = list(judged_groups(articles, asker))
        told = torch.log_softmax(reader(reader.below(batch_of(rows)), batch_of(rows)), dim=1).numpy()
    assert after.editor is not None
    found = after.editor.judge(drafts)
    said = np.array([[verdict[label] for label in LABELS] for verdict in found if verdict is not None])
    assert said.shape == told.shape
    assert np.corrcoef(said.ravel(), told.ravel())[0, 1] > alike
    # What is written is untouched, and so is what is said of a line, whatever its company.
    prompts = [Prompt((2, 40, 300, 17), (8, 9), 6), Prompt((2, 250, 9), (7, 9), 6)]
    assert before.engine.write(prompts, Decoding()) == after.engine.write(prompts, Decoding())
    assert after.editor.judge(drafts[1:2]) == found[1:2]
    assert before.editor is not None
    assert before.editor.judge(drafts) == [None] * len(drafts)


def test_a_judge_is_no_part_of_what_is_restored(
    checkpoint: Path, exported: Callable[[str], Path], asker: Asker, tmp_path: Path
) -> None:
    plain = exported("int8")
    about = {"lines": "4", "epochs": "1", "held_out_loss": "1.0"}
    judge = kept.judge_of(a_reader(checkpoint, asker, loud=0.1), about)
    made = attach(plain, judge, tmp_path / "model")
    # Another takes its place.
    attach(tmp_path / "model", replace(judge, bias=judge.bias + 1), tmp_path / "other")
    again = attach(tmp_path / "other", judge, tmp_path / "again")
    assert read_files(tmp_path / "again", again)["model.onnx"] == read_files(tmp_path / "model", made)["model.onnx"]
    assert "4 lines in 1 epochs" in (tmp_path / "model" / "MODEL_CARD.md").read_text("utf-8")
    assert made.digest != read_manifest(plain).digest
    assert read_files(tmp_path / "model", made)["weights.bin"] == read_files(plain, read_manifest(plain))["weights.bin"]
    for folder, to in ((plain, "one"), (tmp_path / "model", "two")):
        restore(folder, tmp_path / to)
    one, two = ((tmp_path / to / "model.safetensors").read_bytes() for to in ("one", "two"))
    assert one == two


def test_narrowed_adapters_keep_what_moves_most() -> None:
    chance = np.random.default_rng(0)
    loud = Pair(chance.normal(size=(4, 10)).astype(np.float32), chance.normal(size=(6, 4)).astype(np.float32))
    quiet = Pair(loud.down / 100, loud.up)
    judge = Judge({(0, "q_proj"): loud, (0, "k_proj"): quiet}, np.zeros((6, 3), np.float32), np.zeros(6, np.float32))
    whole, half = kept.narrowed(judge, 1.0), kept.narrowed(judge, 0.5)
    for name, pair in judge.adapters.items():
        again = whole.adapters[name]
        assert np.allclose(again.up @ again.down, pair.up @ pair.down, atol=1e-5)
    assert [len(half.adapters[0, part].down) for part in ("q_proj", "k_proj")] == [4, 1]


def test_what_cannot_be_judged_is_refused(
    checkpoint: Path, exported: Callable[[str], Path], asker: Asker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = exported("float32")
    judge = kept.judge_of(a_reader(checkpoint, asker), {"lines": "4", "epochs": "1", "held_out_loss": "1.0"})
    attach(plain, judge, tmp_path / "model")
    with pytest.raises(ConfigError, match="does not exist yet"):
        attach(plain, judge, tmp_path / "model")
    higher = replace(judge, adapters={(99, "q_proj"): Pair(np.zeros((1, 2), np.float32), np.zeros((2, 1), np.float32))})
    with pytest.raises(BackendError, match="layer 99"):
        attach(plain, higher, tmp_path / "higher")
    (tmp_path / "no.safetensors").write_bytes(b"no")
    assert main([str(plain), "--judge", str(tmp_path / "no.safetensors"), "--to", str(tmp_path / "x")]) != 0
    assert "expected a judge" in capsys.readouterr().err
    assert not list(tmp_path.glob("*higher*")) + list(tmp_path.glob(".*"))


def test_a_quarter_is_held_out_and_always_the_same() -> None:
    found = [held_out(f"article-{number}") for number in range(400)]
    assert found == [held_out(f"article-{number}") for number in range(400)]
    assert 60 < sum(found) < 140


@pytest.mark.parametrize("chance", [None, random.Random(3)])
def test_every_group_is_in_one_batch(chance: random.Random | None) -> None:
    rows = [Group((2,) * size, (0,) * size, (0,) * size, (size - 1,), ((0,),)) for size in (5, 900, 30, 30, 400, 7)]
    made = list(batches(rows, 500, chance))
    assert sorted(len(one.ids) for batch in made for one in batch) == sorted(len(one.ids) for one in rows)
    assert all(len(batch) == 1 or len(batch) * max(len(one.ids) for one in batch) <= 500 for batch in made)


def test_the_command_writes_a_judge_and_learns_nothing_from_what_is_held_out(
    checkpoint: Path, exported: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    backend = open_export(exported("float32"))
    monkeypatch.setattr(command, "load_backend", lambda _: backend)
    names = [f"article-{number}" for number in range(8)]
    learned = [labels(tmp_path, name) for name in names if not held_out(name)]
    kept_back = [labels(tmp_path, name) for name in names if held_out(name)]
    assert kept_back
    out = tmp_path / "judge.safetensors"
    options: list[Any] = ["--checkpoint", checkpoint, "--out", out, "--frozen", 1, "--epochs", 1]
    assert command.main(list(map(str, ["--labels", *kept_back, *options]))) != 0
    assert "expected labelled lines" in capsys.readouterr().err
    assert command.main(list(map(str, ["--labels", *learned, *kept_back, *options]))) == 0
    assert f"{4 * len(learned)} lines learned from" in capsys.readouterr().out
    assert kept.read(out).about["lines"] == str(4 * len(learned))
    edits(tmp_path, learned=next(name for name in names if not held_out(name)), back=kept_back[0].stem)
    more: list[Any] = ["--labels", *learned, *options[:2], "--out", tmp_path / "more.safetensors", *options[4:]]
    assert command.main(list(map(str, [*more, "--edits", tmp_path, "--start", out]))) == 0
    about = kept.read(tmp_path / "more.safetensors").about
    assert (about["epochs"], about["edited"]) == ("2", "2")


def test_the_mean_of_judges_moves_a_product_as_they_do_on_average(checkpoint: Path, asker: Asker) -> None:
    first, second = (kept.judge_of(a_reader(checkpoint, asker, loud=loud), {"lines": "4"}) for loud in (0.1, 0.3))
    mean = kept.averaged([first, second])
    for name, pair in mean.adapters.items():
        one, two = (judge.adapters[name] for judge in (first, second))
        assert np.allclose(pair.up @ pair.down, (one.up @ one.down + two.up @ two.down) / 2, atol=1e-6)
    assert np.allclose(mean.head, (first.head + second.head) / 2)
    assert mean.about == {"lines": "4", "averaged": "2"}
    assert kept.averaged([first]).about == first.about
    with pytest.raises(DataError, match="the same adapters"):
        kept.averaged([first, replace(second, adapters={})])


def test_a_judge_goes_on_from_what_another_learned(checkpoint: Path, asker: Asker, tmp_path: Path) -> None:
    first, second = a_reader(checkpoint, asker, loud=0.1), a_reader(checkpoint, asker)
    kept.write(kept.judge_of(first, {}), tmp_path / "judge.safetensors")
    kept.restore(kept.read(tmp_path / "judge.safetensors"), second)
    for one, two in zip(
        kept.judge_of(first, {}).adapters.items(), kept.judge_of(second, {}).adapters.items(), strict=True
    ):
        assert one[0] == two[0]
        assert np.allclose(one[1].up @ one[1].down, two[1].up @ two[1].down, atol=1e-6)
    narrow = kept.narrowed(kept.read(tmp_path / "judge.safetensors"), 0.3)
    with pytest.raises(DataError, match="the same --frozen and --rank"):
        kept.restore(narrow, second)


def test_a_file_that_is_no_judge_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="expected a judge"):
        kept.read(tmp_path / "nothing.safetensors")


def test_a_backend_without_a_model_is_refused() -> None:
    assert not isinstance(load_backend("extractive"), ModelBackend)
    assert command.main(["--labels", "x", "--checkpoint", "y", "--out", "z", "--model", "extractive"]) != 0
