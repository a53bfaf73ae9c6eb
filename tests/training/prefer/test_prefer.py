"""Preferences: the pairs of labelled lines, how they are asked, and what a tiny model learns of them."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import distributed

import training.prefer.main as command
from summarizer.backends.asks import AskFormat
from summarizer.backends.causal import make_prompt
from summarizer.backends.files.tokens import TextTokenizer
from summarizer.backends.model import ModelBackend
from summarizer.backends.prompt import CONTROL_TOKENS, PromptFormat
from summarizer.errors import DataError
from training.corpora.annotated.labels import JudgedArticle, read_candidates
from training.finetune.data.examples import Example
from training.finetune.models import Loaded, load, make_trainable
from training.prefer.loss import line_log_probs, margins, preference_loss
from training.prefer.pairs import lessons, pairs_of
from training.prefer.run import Hyperparameters, train
from training.warmstart.tiny import random_checkpoint

SENTENCES = ["وصل القطار الأول إلى المدينة صباح الأحد.", "وقال الوزير إنه تأخر ساعة كاملة."]
OK = {"slot": "bullet", "sentence": 1, "text": "قال الوزير إن القطار تأخر ساعة", "label": "ok"}
BAD = {"slot": "bullet", "sentence": 1, "text": "إنه تأخر", "label": "unclear", "why": "who"}
BROKEN = {"slot": "headline", "sentence": 0, "text": "وصل القطار", "label": "broken", "why": "where"}
CURED = {**BROKEN, "cure": "وصول القطار إلى المدينة"}
FREE = {"slot": "headline", "sentence": 0, "text": "القطار يصل", "label": "ok", "free": True}


class Engine:
    """Stands for one that writes and weighs; nothing is written here."""

    def write(self, prompts: Any, decoding: Any) -> Any:
        raise AssertionError

    def weigh(self, prompts: Any, answers: Any) -> Any:
        raise AssertionError


def article(*candidates: dict[str, Any], key: str = "a") -> dict[str, Any]:
    return {"id": key, "reader": "a test", "sentences": SENTENCES, "candidates": list(candidates)}


def judged(*candidates: dict[str, Any], folder: Path) -> JudgedArticle:
    path = folder / "labels.jsonl"
    path.write_text(json.dumps(article(*candidates), ensure_ascii=False) + "\n", encoding="utf-8")
    return read_candidates(path).checked()[0]


@pytest.fixture(scope="module")
def backend() -> ModelBackend:
    tokenizer = TextTokenizer((Path(random_checkpoint("gemma3_text")) / "tokenizer.json").read_bytes())
    prompt = PromptFormat("causal", CONTROL_TOKENS, "<eos>", ("<bos>",), asks=AskFormat())
    return ModelBackend("tiny", Engine(), tokenizer, prompt, make_prompt)


@pytest.fixture
def gemma() -> Loaded:
    return load("random:gemma3_text", "float32")


@pytest.mark.parametrize(
    ("candidates", "pairs"),
    [
        ((OK, BAD), [("bullet", 1, OK["text"], BAD["text"])]),
        ((OK,), []),
        ((BAD,), []),
        ((CURED,), [("headline", 0, CURED["cure"], CURED["text"])]),
        ((OK, {**BAD, "label": "trivial"}), []),
        (
            (OK, BAD, {**BAD, "text": "تأخر"}, {**BAD, "text": "ساعة"}),
            [("bullet", 1, OK["text"], one) for one in ("إنه تأخر", "تأخر")],
        ),
        ((CURED, FREE), [("headline", 0, CURED["cure"], CURED["text"])]),
    ],
)
def test_what_is_preferred_to_what(
    candidates: tuple[dict[str, Any], ...], pairs: list[tuple[str, int, str, str]], tmp_path: Path
) -> None:
    found = [(one.slot, one.place, one.chosen, one.rejected) for one in pairs_of(judged(*candidates, folder=tmp_path))]
    assert found == pairs


def learned(backend: ModelBackend, *candidates: dict[str, Any], folder: Path) -> list[Example]:
    end = (backend.tokenizer.id_of("<eos>"),)
    return list(lessons(judged(*candidates, folder=folder), backend.asker, end))


def test_both_lines_of_a_pair_stand_behind_one_reading(backend: ModelBackend, tmp_path: Path) -> None:
    (example,) = learned(backend, OK, BAD, CURED, folder=tmp_path)
    assert [task for task, _, _ in example.targets] == ["bullet", "bullet", "headline", "headline"]
    assert all(ids[-1] == backend.tokenizer.id_of("<eos>") for _, _, ids in example.targets)
    texts = [backend.tokenizer.decode(ids[:-1]).strip() for _, _, ids in example.targets]
    assert texts == [OK["text"], BAD["text"], CURED["cure"], CURED["text"]]
    assert all(sentence in backend.tokenizer.decode(example.source) for sentence in SENTENCES)


def test_long_readings_are_split_between_pairs(
    backend: ModelBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.prefer.pairs._LONG", 1)
    made = learned(backend, OK, BAD, CURED, folder=tmp_path)
    assert [len(one.targets) for one in made] == [2, 2]
    assert len({one.source for one in made}) == 1


def test_the_loss_falls_with_the_margin() -> None:
    example = Example((), (("bullet", (), (1, 2)), ("bullet", (), (1,))))
    before, better = torch.tensor([-4.0, -3.0]), torch.tensor([-2.0, -5.0])
    assert margins(better, before).tolist() == [4.0]
    assert preference_loss(before, before, example, 0.5, 0.0).item() == pytest.approx(0.6931, abs=1e-3)
    assert preference_loss(better, before, example, 0.5, 0.0).item() == pytest.approx(0.1269, abs=1e-3)
    assert preference_loss(before, before, example, 0.5, 1.0).item() == pytest.approx(0.6931 + 2.0, abs=1e-3)


def test_a_tiny_model_learns_its_pairs(backend: ModelBackend, gemma: Loaded, tmp_path: Path) -> None:
    torch.manual_seed(0)
    make_trainable(gemma, 4, 4, 0)
    examples = learned(backend, OK, BAD, CURED, folder=tmp_path)
    before = [line_log_probs(gemma, one).detach() for one in examples]
    shares = train(gemma, examples, examples, Hyperparameters(epochs=6, rate=3e-2, beta=1.0, likelihood=0.0))
    assert shares[-1] == 1.0
    after = [line_log_probs(gemma, one).detach() for one in examples]
    assert all(float(margins(now, then).min()) > 0.5 for now, then in zip(after, before, strict=True))


def train_a_part(rank: int, folder: str, examples: list[Example], processes: int) -> None:
    """One of some processes that train a tiny model together; the first keeps what came out."""
    if processes > 1:
        where = f"file://{folder}/meet"
        distributed.init_process_group("gloo", init_method=where, rank=rank, world_size=processes)
    torch.manual_seed(0)
    torch.set_num_threads(1)
    loaded = load("random:gemma3_text", "float32")
    make_trainable(loaded, 4, 4, 0)
    shares = train(loaded, examples, examples, Hyperparameters(epochs=2, rate=3e-2, beta=1.0))
    if rank == 0:
        torch.save({"shares": torch.tensor(shares), **loaded.trainable()}, f"{folder}/by-{processes}.pt")
    if processes > 1:
        distributed.destroy_process_group()


@pytest.mark.slow
def test_two_processes_learn_what_one_does(backend: ModelBackend, tmp_path: Path) -> None:
    examples = learned(backend, OK, BAD, CURED, folder=tmp_path) * 3
    train_a_part(0, str(tmp_path), examples, 1)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.starmap(train_a_part, [(rank, str(tmp_path), examples, 2) for rank in range(2)], chunksize=1)
    one, two = (torch.load(tmp_path / f"by-{count}.pt", weights_only=True) for count in (1, 2))
    assert one.keys() == two.keys()
    for name, value in one.items():
        torch.testing.assert_close(two[name], value, rtol=1e-3, atol=1e-5)


def test_the_command_writes_a_checkpoint(
    backend: ModelBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "load_backend", lambda name: backend)
    labels, out = tmp_path / "labels.jsonl", tmp_path / "out"
    rows = [article(OK, BAD, CURED, key=str(number)) for number in range(3)]
    labels.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    arguments = ["--labels", str(labels), "--checkpoint", "random:gemma3_text", "--out", str(out), "--rank", "2"]
    assert command.main([*arguments, "--epochs", "1"]) == 0
    assert "of pairs right" in capsys.readouterr().out
    assert load(str(out), "float32").family == "causal"
    assert command.main(arguments) != 0
    assert "does not exist yet" in capsys.readouterr().err


def test_labels_without_a_pair_are_refused(
    backend: ModelBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "load_backend", lambda name: backend)
    judged(OK, folder=tmp_path)
    with pytest.raises(DataError, match="turned down beside better ones"):
        command.examples([tmp_path / "labels.jsonl"], "tiny")
