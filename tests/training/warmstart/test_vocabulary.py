from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from summarizer.errors import ConfigError, DataError
from training.finetune.models import load
from training.prompts import CONTROL_TOKENS, FIRST_WORDS, RESERVED_TOKENS, STYLES, VERDICTS, spaced
from training.warmstart import main as warmstart
from training.warmstart.tiny import tiny_tokenizer
from training.warmstart.vocabulary import Trimmed, closure, count_tokens, merge_path, trim

RANKS = {("ا", "ل"): 0, ("▁", "ال"): 1, ("ك", "ت"): 2, ("كت", "اب"): 3, ("ا", "ب"): 4, ("▁ال", "كتاب"): 5}
TEXTS = (" الكتاب في الدار", " القراء في الدار والسوق", " بلغت 12")


@pytest.fixture(scope="module")
def parsed() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(tiny_tokenizer().backend_tokenizer.to_str())
    return table


@pytest.fixture(scope="module")
def trimmed(parsed: dict[str, Any]) -> Trimmed:
    before = Tokenizer.from_str(json.dumps(parsed))
    return trim(parsed, count_tokens(TEXTS, before), len(parsed["model"]["vocab"]) - 4)


@pytest.mark.parametrize(
    ("token", "passed"),
    [
        ("كتاب", ("ك", "ت", "ا", "ب", "كت", "اب", "كتاب")),
        ("▁ال", ("▁", "ا", "ل", "ال", "▁ال")),
        ("ا", ("ا",)),
        ("زب", ("ز", "ب")),
    ],
)
def test_the_path_of_a_token(token: str, passed: tuple[str, ...]) -> None:
    assert merge_path(token, RANKS) == passed


def test_a_closure_holds_the_pieces_and_keeps_to_its_size() -> None:
    whole = closure(["▁الكتاب"], ["<pad>"], RANKS, 100)
    assert whole == {"<pad>", "▁", "ا", "ل", "ال", "▁ال", "ك", "ت", "كت", "ب", "اب", "كتاب", "▁الكتاب"}
    assert closure(["▁ال", "كتاب"], ["<pad>"], RANKS, 7) == {"<pad>", "▁", "ا", "ل", "ال", "▁ال"}


def test_specials_keep_their_ids_and_control_tokens_stay_whole(trimmed: Trimmed) -> None:
    after = Tokenizer.from_str(json.dumps(trimmed.tokenizer))
    assert [after.id_to_token(index) for index in range(5)] == ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"]
    for token in CONTROL_TOKENS.values():
        assert len(after.encode(token, add_special_tokens=False).ids) == 1


def test_old_ids_name_the_same_tokens(parsed: dict[str, Any], trimmed: Trimmed) -> None:
    old = {index: token for token, index in parsed["model"]["vocab"].items()}
    new = trimmed.tokenizer["model"]["vocab"]
    assert {old[before]: after for after, before in enumerate(trimmed.old_ids)} == new
    assert len(new) < len(old)


@settings(deadline=None)
@given(text=st.text(st.sampled_from([*"الفيوكتابدرسق هن٣«é中", "\n"]), max_size=40))
def test_any_text_survives_the_trimmed_tokenizer(trimmed: Trimmed, text: str) -> None:
    after = Tokenizer.from_str(json.dumps(trimmed.tokenizer))
    assert after.decode(after.encode(text, add_special_tokens=False).ids) == text


def test_counted_texts_are_cut_the_same_way(parsed: dict[str, Any], trimmed: Trimmed) -> None:
    before, after = (Tokenizer.from_str(json.dumps(table)) for table in (parsed, trimmed.tokenizer))
    assert warmstart.segmentation_agreement(TEXTS, before, after) == {
        "texts": 3,
        "same_segmentation": 1.0,
        "tokens_ratio": 1.0,
    }


def test_a_size_without_room_for_the_characters(parsed: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="at least"):
        trim(parsed, Counter(), 50)


@pytest.mark.parametrize("change", [{"type": "Unigram"}, {"byte_fallback": False}, {"vocab": {"a": 0}}])
def test_another_kind_of_tokenizer(parsed: dict[str, Any], change: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="Gemma"):
        trim({**parsed, "model": {**parsed["model"], **change}}, Counter(), 10_000)


def test_a_trimmed_model_says_what_the_whole_one_says(trimmed: Trimmed) -> None:
    loaded = load("random:gemma3_text", "float32")
    loaded.model.eval()
    small = warmstart.trim_model(loaded.model, loaded.tokenizer, trimmed)
    ids = Tokenizer.from_str(json.dumps(trimmed.tokenizer)).encode(TEXTS[1], add_special_tokens=False).ids
    assert warmstart.logit_difference(loaded.model, small, trimmed, ids) < 1e-5
    assert small.config.vocab_size == len(trimmed.old_ids)
    assert small.lm_head.weight is small.model.embed_tokens.weight


def test_control_tokens_start_from_words_at_their_length(trimmed: Trimmed) -> None:
    loaded = load("random:gemma3_text", "float32")
    small = warmstart.trim_model(loaded.model, loaded.tokenizer, trimmed)
    table = small.get_input_embeddings().weight.detach()
    rows = table[[trimmed.tokenizer["model"]["vocab"][token] for token in CONTROL_TOKENS.values()]]
    assert torch.allclose(rows.norm(dim=1), table[30:].norm(dim=1).mean(), rtol=0.25)
    assert torch.cdist(rows, rows).add(torch.eye(len(rows))).min() > 0.01


def test_mixed_up_rows_are_noticed(trimmed: Trimmed) -> None:
    loaded = load("random:gemma3_text", "float32")
    loaded.model.eval()
    wrong = Trimmed(trimmed.tokenizer, (*trimmed.old_ids[:-2], trimmed.old_ids[-1], trimmed.old_ids[-2]))
    small = warmstart.trim_model(loaded.model, loaded.tokenizer, wrong)
    assert warmstart.logit_difference(loaded.model, small, trimmed, [30, 31, 32]) > warmstart.MAX_LOGIT_DIFFERENCE


@pytest.mark.parametrize(
    ("text", "expected"),
    [("سوق", " سوق"), ("  سوق   كبير ", " سوق كبير"), ("سوق\n\n كبير\r\n", " سوق\nكبير"), ("", " ")],
)
def test_spaced(text: str, expected: str) -> None:
    assert spaced(text) == expected


def test_bad_places(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DataError, match="parquet"):
        list(warmstart.read_texts(tmp_path))
    assert warmstart.main(["--corpora", str(tmp_path), "--out", str(tmp_path)]) == 4
    assert "does not exist yet" in capsys.readouterr().err


def test_every_free_token_starts_from_words_of_its_own() -> None:
    used = {*CONTROL_TOKENS.values(), *VERDICTS.values(), *STYLES.values()}
    assert set(FIRST_WORDS) == used <= set(RESERVED_TOKENS)
    assert len(set(FIRST_WORDS.values())) == len(used)
