"""Texts for continued pre-training: whole sentences, nothing held out, learned token by token."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from summarizer.errors import ConfigError, DataError
from training.finetune.data.batches import collate_causal
from training.finetune.data.examples import Encoder, read_rows
from training.finetune.models import load, summed_loss, training_loss
from training.texts import main, pieces


@pytest.mark.parametrize(
    ("paragraphs", "max_words", "expected"),
    [
        (["وصل القطار. ثم غادر.", "وعاد مساء."], 99, ["وصل القطار. ثم غادر.\nوعاد مساء."]),
        (["وصل القطار. ثم غادر.", "وعاد مساء."], 4, ["وصل القطار. ثم غادر.", "وعاد مساء."]),
        (["وصل القطار. ثم غادر.", "وعاد مساء."], 2, ["وصل القطار.", "ثم غادر.", "وعاد مساء."]),
        (["جملة أطول من الحد المسموح به."], 2, ["جملة أطول من الحد المسموح به."]),
        ([], 5, []),
    ],
)
def test_pieces_are_whole_sentences(paragraphs: list[str], max_words: int, expected: list[str]) -> None:
    assert list(pieces(paragraphs, max_words, min_words=1)) == expected


def test_a_short_last_piece_is_left_out() -> None:
    assert list(pieces(["وصل القطار. ثم غادر المدينة كلها."], 4, min_words=3)) == [
        "وصل القطار.",
        "ثم غادر المدينة كلها.",
    ]
    assert list(pieces(["ثم غادر المدينة كلها. وصل القطار."], 4, min_words=3)) == ["ثم غادر المدينة كلها."]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    body = " ".join(
        f"أعلن الوزير في اليوم {word} أن المشروع الجديد سيبدأ في المدينة القديمة قريبا." for word in "أبتثجحخد"
    )
    records = [{"id": name, "title": "عنوان الخبر الأول", "body": body, "source": "BBC"} for name in ("a", "b")]
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (tmp_path / "c.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "r.toml").write_text('[[corpus]]\nreader = "jsonl"\npath = "c.jsonl"\n', encoding="utf-8")
    return tmp_path


def test_held_out_articles_are_left_out_and_nothing_is_overwritten(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "held.jsonl").write_text('{"group": "b"}\n', encoding="utf-8")
    out = corpus / "t.jsonl"
    arguments = ["--recipe", str(corpus / "r.toml"), "--data", str(corpus), "--out", str(out), "--jobs", "1"]
    assert main([*arguments, "--without", str(corpus / "held.jsonl"), "--max-words", "60"]) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {row["id"].partition("~")[0] for row in rows} == {"a"}
    assert all(len(row["text"].split()) <= 60 and row["text"].endswith(".") for row in rows)
    assert main(arguments) == ConfigError.exit_code
    assert (
        main([*arguments[:-4], "--out", str(corpus / "u.jsonl"), "--without", str(corpus / "none")])
        == DataError.exit_code
    )
    assert not (corpus / "u.jsonl").exists()
    assert "rows of training.prepare" in capsys.readouterr().err


def test_every_token_of_a_text_is_learned(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"id": "1", "text": "وصل القطار إلى المدينة."}\n', encoding="utf-8")
    gemma = load("random:gemma3_text", "float32")
    (row,) = read_rows(tmp_path / "t.jsonl", ("text",))
    (example,) = Encoder(gemma.tokenizer, "causal", 50, 30).encode(row)
    batch = collate_causal([example], gemma.pad)
    assert batch.labels.tolist() == list(example.source[1:])
    assert batch.target_weight == len(example.source) - 1
    with torch.no_grad():
        assert torch.isclose(training_loss(gemma, batch)[0], summed_loss(gemma, batch)[0])
    assert not Encoder(gemma.tokenizer, "seq2seq", 50, 30).encode(row)
    assert not list(read_rows(tmp_path / "t.jsonl", ("headline",)))
