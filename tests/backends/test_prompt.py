"""Prompts: the same format as training writes, sources cut at sentence ends within the budget, wrong files refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.backends.asks import AskFormat
from summarizer.backends.files.tokens import TextTokenizer
from summarizer.backends.prompt import (
    CONTROL_TOKENS,
    LISTED,
    LISTED_PREFIX,
    TASK_PREFIXES,
    PromptFormat,
    VerifyTokens,
    join_sentences,
    read_prompt,
    source_ids,
)
from summarizer.errors import BackendError, DamagedModel
from summarizer.schema import Passage, Sentence, Span
from tests.tiny_checkpoints import SENTENCES
from training import prompts
from training.export.agreement import as_passage

PROMPT = PromptFormat("causal", CONTROL_TOKENS, "<eos>", before=("<bos>",))


@pytest.fixture(scope="module")
def tokenizer(checkpoint: Callable[[str], Path]) -> TextTokenizer:
    return TextTokenizer((checkpoint("gemma3") / "tokenizer.json").read_bytes())


def passage(*texts: tuple[str, int]) -> Passage:
    return Passage(tuple(Sentence(Span(0, 1), text, paragraph) for text, paragraph in texts))


def test_words_and_spacing_are_those_of_training() -> None:
    assert {task: prompts.CONTROL_TOKENS[task] for task in CONTROL_TOKENS} == CONTROL_TOKENS
    assert {task: prompts.SEQ2SEQ_PREFIXES[task] for task in TASK_PREFIXES} == TASK_PREFIXES
    assert prompts.SEQ2SEQ_PREFIXES[LISTED] == LISTED_PREFIX
    source = f"{SENTENCES[0]}  {SENTENCES[1]}\n\n{SENTENCES[2]}"
    for prefix in ("", TASK_PREFIXES["headline"]):
        assert join_sentences(as_passage(source), prefix)[0] == prompts.spaced(prefix + source)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([("أ ب.", 0)], " أ ب."),
        ([("أ ب.", 0), ("ج.", 0)], " أ ب. ج."),
        ([("أ ب.", 0), ("ج.", 3)], " أ ب.\nج."),
        ([("أ \n ب.", 0)], " أ ب."),
    ],
)
def test_sentences_are_joined_as_they_stood(texts: list[tuple[str, int]], expected: str) -> None:
    text, ends = join_sentences(passage(*texts))
    assert text == expected
    assert ends[-1] == len(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.integers(1, 200))
def test_the_budget_holds_and_cuts_fall_on_sentence_ends(
    tokenizer: TextTokenizer, sentences: list[str], budget: int
) -> None:
    whole = passage(*((text, index) for index, text in enumerate(sentences)))
    ids = source_ids(whole, "", tokenizer, budget)
    assert 1 <= len(ids) <= budget
    text, full = tokenizer.decode(ids), join_sentences(whole)[0]
    assert full.startswith(text)
    if len(full) > len(text):
        first = " " + sentences[0]
        assert text.endswith(".") or (len(text) < len(first) and (budget < 20 or full[len(text)] == " "))
        # One more sentence would not have fitted.
        assert tokenizer.count(full) > budget


def test_a_prompt_is_read_as_it_was_written(tokenizer: TextTokenizer) -> None:
    assert read_prompt(PROMPT.to_json().encode(), tokenizer) == PROMPT


@pytest.mark.parametrize(
    "change",
    [
        {"family": "encoder"},
        {"max_source_tokens": 0},
        {"end": "<no such token>"},
        {"before": ["<no such token>"]},
        {"tasks": {"headline": "<no such token>"}},
        {"tasks": {"poem": "<unused0>"}},
        {"tasks": {"bullets": "<unused4>"}},
        {"decoding": {"beams": 3}},
        {"surprise": 1},
        {"end": None},
    ],
)
def test_a_wrong_prompt_is_refused(tokenizer: TextTokenizer, change: dict[str, object]) -> None:
    table = {**json.loads(PROMPT.to_json()), **change}
    with pytest.raises(BackendError):
        read_prompt(json.dumps(table).encode(), tokenizer)


def test_a_prompt_says_whether_its_model_verifies(tokenizer: TextTokenizer) -> None:
    table = json.loads(PROMPT.to_json())
    assert table.pop("verify") is None
    assert read_prompt(json.dumps(table).encode(), tokenizer).verify is None  # written before there were verifiers
    trained = replace(PROMPT, verify=VerifyTokens())
    assert read_prompt(trained.to_json().encode(), tokenizer) == trained


@pytest.mark.parametrize(
    "change",
    [
        {"verify": {"statement": "<no such token>"}},
        {"verify": {"maybe": "<unused6>"}},
        {"verify": "yes"},
        {"verify": {}, "family": "seq2seq"},
    ],
)
def test_a_wrong_verifier_is_refused(tokenizer: TextTokenizer, change: dict[str, object]) -> None:
    with pytest.raises(BackendError):
        read_prompt(json.dumps({**json.loads(PROMPT.to_json()), **change}).encode(), tokenizer)


def test_an_encoder_decoder_may_write_all_bullets(tokenizer: TextTokenizer) -> None:
    prompt = PromptFormat("seq2seq", {**TASK_PREFIXES, LISTED: LISTED_PREFIX}, "<eos>")
    assert read_prompt(prompt.to_json().encode(), tokenizer) == prompt


def test_a_prompt_says_what_its_model_is_asked(tokenizer: TextTokenizer) -> None:
    table = json.loads(PROMPT.to_json())
    assert table.pop("asks") is None
    assert read_prompt(json.dumps(table).encode(), tokenizer).asks is None  # written before models were asked
    trained = replace(PROMPT, asks=AskFormat(reading_tokens=99))
    assert read_prompt(trained.to_json().encode(), tokenizer) == trained
    assert PROMPT.most_tokens == 1 + 256 + 1 + PROMPT.decoding.max_new_tokens
    assert trained.most_tokens == 1 + 99 + 40 + 200 + 110 + 4


@pytest.mark.parametrize(
    "change",
    [
        {"asks": {"rank": "<no such token>"}},
        {"asks": {"labels": {"ok": "<no such token>"}}},
        {"asks": {"surprise": "<unused6>"}},
        {"asks": "yes"},
        {"asks": {"rank": 4}},
        {"asks": {"reading_tokens": 0}},
        {"asks": {"reading_tokens": "480"}},
        {"asks": {"labels": ["<unused6>"]}},
        {"asks": {"reaches": {"yes": "<unused6>"}}},
        {"asks": {"reaches": {"no": "<unused6>", "yes": "<unused7>"}}},
        {"asks": {"reaches": {"yes": "<unused6>", "no": 7}}},
        {"asks": {}, "family": "seq2seq"},
    ],
)
def test_wrong_questions_are_refused(tokenizer: TextTokenizer, change: dict[str, object]) -> None:
    with pytest.raises(BackendError):
        read_prompt(json.dumps({**json.loads(PROMPT.to_json()), **change}).encode(), tokenizer)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff"])
def test_no_prompt_at_all(tokenizer: TextTokenizer, data: bytes) -> None:
    with pytest.raises(BackendError):
        read_prompt(data, tokenizer)


@pytest.mark.parametrize("data", [b"", b"{}", b'{"model": 1}', b"\xff\x00"])
def test_a_broken_tokenizer_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedModel, match=r"tokenizer\.json"):
        TextTokenizer(data)


def test_text_survives_the_tokenizer(tokenizer: TextTokenizer) -> None:
    text = " قال: «كلّفنا 45 مليون يورو» 😀 Ω"
    ids, ends = tokenizer.encode(text)
    assert tokenizer.decode(ids) == text
    assert ends[-1] == len(text)
    assert tokenizer.count(text) == len(ids)
