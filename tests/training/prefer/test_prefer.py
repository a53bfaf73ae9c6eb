"""Preferences: the pairs of labelled lines, how they are asked, and what a tiny model learns of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch

import training.prefer.main as command
from summarizer.backends.asks import AskFormat
from summarizer.backends.causal import make_prompt
from summarizer.backends.files.tokens import TextTokenizer
from summarizer.backends.model import ModelBackend
from summarizer.backends.prompt import CONTROL_TOKENS, PromptFormat
from summarizer.errors import DataError
from training.corpora.annotated.labels import JudgedArticle, read_candidates
from training.finetune.models import Loaded, load, make_trainable
from training.prefer.loss import collated, line_log_probs, preference_loss
from training.prefer.pairs import Lessons, Paired, pairs_of
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
        ((OK,), [("bullet", 1, OK["text"], "")]),
        ((BAD,), []),
        ((CURED,), [("headline", 0, CURED["cure"], CURED["text"])]),
        ((OK, {**BAD, "label": "trivial"}), [("bullet", 1, OK["text"], "")]),
        ((CURED, FREE), [("headline", 0, CURED["cure"], CURED["text"]), ("headline", 0, FREE["text"], "")]),
    ],
)
def test_what_is_preferred_to_what(
    candidates: tuple[dict[str, Any], ...], pairs: list[tuple[str, int, str, str]], tmp_path: Path
) -> None:
    found = [(one.slot, one.place, one.chosen, one.rejected) for one in pairs_of(judged(*candidates, folder=tmp_path))]
    assert found == pairs


def test_lines_stand_behind_one_reading_and_free_ones_behind_the_beginning(
    backend: ModelBackend, tmp_path: Path
) -> None:
    about, free = Lessons(backend).of(judged(OK, BAD, FREE, folder=tmp_path))
    assert about.pairs == (0,)
    assert [task for task, _, _ in about.example.targets] == ["bullet", "bullet"]
    end = backend.tokenizer.id_of("<eos>")
    assert all(ids[-1] == end for _, _, ids in about.example.targets)
    decoded = backend.tokenizer.decode(about.example.source)
    assert all(sentence in decoded for sentence in SENTENCES)
    assert free.pairs == ()
    assert free.example.targets[0][1] == (backend.tokenizer.id_of(CONTROL_TOKENS["headline"]),)


def test_long_readings_are_split_between_pairs(
    backend: ModelBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.prefer.pairs._LONG", 1)
    made = list(Lessons(backend).of(judged(OK, BAD, CURED, folder=tmp_path)))
    assert [one.pairs for one in made] == [(0,), (0,)]
    assert len({one.example.source for one in made}) == 1


def test_the_loss_falls_with_the_margin() -> None:
    example = type("E", (), {"targets": (("bullet", (), (1, 2)), ("bullet", (), (1,)))})
    paired = Paired(example, (0,))  # type: ignore[arg-type]
    before = torch.tensor([-4.0, -3.0])
    same, pairs, right = preference_loss(before, before, paired, beta=0.5, likelihood=0.0)
    assert (pairs, right) == (1, 0)
    assert same.item() == pytest.approx(0.6931, abs=1e-3)
    better, _, right = preference_loss(torch.tensor([-2.0, -5.0]), before, paired, beta=0.5, likelihood=0.0)
    assert right == 1
    assert better.item() == pytest.approx(0.1269, abs=1e-3)
    with_likelihood, _, _ = preference_loss(before, before, paired, beta=0.5, likelihood=1.0)
    assert with_likelihood.item() == pytest.approx(0.6931 + 2.0, abs=1e-3)


def test_a_tiny_model_learns_its_pairs(backend: ModelBackend, gemma: Loaded, tmp_path: Path) -> None:
    torch.manual_seed(0)
    make_trainable(gemma, 4, 4, 0)
    lessons = list(Lessons(backend).of(judged(OK, BAD, CURED, folder=tmp_path)))
    before = [line_log_probs(gemma, *collated(one, gemma.pad)).detach() for one in lessons]
    shares = train(gemma, lessons, lessons, Hyperparameters(epochs=6, rate=3e-2, beta=1.0, likelihood=0.0))
    assert shares[-1] == 1.0
    after = [line_log_probs(gemma, *collated(one, gemma.pad)).detach() for one in lessons]
    margins = [(now - then)[0] - (now - then)[1] for now, then in zip(after, before, strict=True)]
    assert min(margins) > 0.5


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
        command.lessons([tmp_path / "labels.jsonl"], "tiny")
