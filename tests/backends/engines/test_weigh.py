"""Answers weighed, and rows longer than a sliding window: the exported graph against transformers, in float32."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from transformers import AutoModelForCausalLM

from summarizer.backends.engines.base import Comparer, Prompt, Reader, Weigher, shares
from summarizer.backends.engines.onnx.engine import OnnxEngine
from summarizer.backends.engines.onnx.session import Model
from summarizer.backends.files.checkpoint import open_transformers
from summarizer.backends.files.weights import write_model
from summarizer.config import Decoding
from tests.tiny_checkpoints import make_gemma
from training.export.onnx_export import convert_onnx
from training.restore import restore

WINDOW = 48
ANSWERS = (10, 11, 12, 17, 9)
CHANCE = np.random.default_rng(0)
LINES = [tuple(map(int, CHANCE.integers(300, 400, size))) for size in (5, 30, 47, 60, 200)]
PROMPTS = [Prompt((2, *line), (*start, 9), 4) for line in LINES for start in ((8,), (7, *LINES[1]))]
"""Some shorter than the window, some that begin within it and end outside, some outside from the start."""


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_gemma(tmp_path_factory.mktemp("narrow") / "checkpoint", window=WINDOW)


@pytest.fixture(scope="module")
def exported(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("engine") / "engine"
    convert_onnx(checkpoint, folder, "float32", replace(open_transformers(checkpoint).prompt, max_source_tokens=700))
    return folder


@pytest.fixture(scope="module")
def logits_of(checkpoint: Path) -> Callable[[Sequence[int]], NDArray[Any]]:
    factory: Any = AutoModelForCausalLM
    model = factory.from_pretrained(checkpoint, dtype=torch.float32, attn_implementation="eager").eval()

    def logits(ids: Sequence[int]) -> NDArray[Any]:
        with torch.no_grad():
            found: NDArray[Any] = model(torch.tensor([list(ids)])).logits[0, -1].numpy()
        return found

    return logits


def engine(folder: Path, threads: int = 2) -> OnnxEngine:
    return OnnxEngine(lambda: {path.name: path.read_bytes() for path in folder.iterdir()}, 1, threads)


def test_both_engines_weigh_as_the_plain_model_does(
    checkpoint: Path, exported: Path, logits_of: Callable[..., NDArray[Any]]
) -> None:
    plain = np.stack([logits_of(prompt.source + prompt.start)[list(ANSWERS)] for prompt in PROMPTS])
    expected = np.exp(plain) / np.exp(plain).sum(axis=1, keepdims=True)
    for one in (engine(exported), engine(exported, threads=1), open_transformers(checkpoint).engine):
        assert isinstance(one, Weigher)
        assert isinstance(one, Comparer)
        found = one.weigh(PROMPTS, ANSWERS)
        assert found.shape == (len(PROMPTS), len(ANSWERS))
        assert np.abs(found - expected).max() < 1e-4
        assert one.compare(PROMPTS, 10, 11) == pytest.approx((plain[:, 0] - plain[:, 1]).tolist(), abs=1e-4)
        assert one.weigh([], ANSWERS).shape == (0, len(ANSWERS))
    # A random model must not make this an empty test.
    assert len({tuple(row) for row in expected.round(3)}) == len(PROMPTS)


def test_shares_add_up_whatever_the_logits() -> None:
    found = shares(np.array([[1000, 1000], [-1000, 1000], [0, 0]], np.float32))
    assert found.tolist() == [[0.5, 0.5], [0.0, 1.0], [0.5, 0.5]]


@pytest.mark.parametrize("tokens", [WINDOW - 1, WINDOW, WINDOW + 1, WINDOW + 2, 700])
def test_a_row_longer_than_the_window_is_read_as_transformers_reads_it(
    exported: Path, logits_of: Callable[..., NDArray[Any]], tokens: int
) -> None:
    ids = tuple(map(int, np.random.default_rng(tokens).integers(50, 400, tokens)))
    model = Model((exported / "model.onnx").read_bytes(), "weights.bin", (exported / "weights.bin").read_bytes())
    expected = logits_of(ids)
    for part in (tokens, tokens // 2, 20, 1):
        source = model.source(ids[:-part]) if part < tokens else model.no_source
        assert np.abs(model.read(source, model.cache(1), 0, 0, ids[-part:]) - expected).max() < 1e-4
        cache = model.cache(1)
        if part < tokens:
            model.read(model.no_source, cache, 0, 0, ids[:-part])
        assert np.abs(model.read(model.no_source, cache, 0, tokens - part, ids[-part:]) - expected).max() < 1e-4


def test_texts_behind_long_rows_are_those_of_transformers(checkpoint: Path, exported: Path) -> None:
    greedy = Decoding(candidates=1, beam=1, no_repeat_ngram=0)
    ours, other = (one.write(PROMPTS, greedy) for one in (open_transformers(checkpoint).engine, engine(exported)))
    assert [found[0].ids for found in ours] == [found[0].ids for found in other]


def test_heads_that_share_keys_in_several_groups(tmp_path: Path) -> None:
    """The package's model has one head of keys and values a layer; others of the family have more."""
    folder, greedy = make_gemma(tmp_path / "checkpoint", WINDOW, groups=2), Decoding(1, 1, no_repeat_ngram=0)
    plain = open_transformers(folder).engine
    convert_onnx(
        folder, tmp_path / "engine", "float32", replace(open_transformers(folder).prompt, max_source_tokens=700)
    )
    ours = engine(tmp_path / "engine")
    assert [found[0].ids for found in plain.write(PROMPTS, greedy)] == [
        found[0].ids for found in ours.write(PROMPTS, greedy)
    ]
    assert isinstance(plain, Weigher)
    np.testing.assert_allclose(ours.weigh(PROMPTS, ANSWERS), plain.weigh(PROMPTS, ANSWERS), atol=1e-4)


def test_a_restored_model_has_its_window_again(checkpoint: Path, exported: Path, tmp_path: Path) -> None:
    files = {path.name: path for path in exported.iterdir()} | {"tokenizer.json": checkpoint / "tokenizer.json"}
    (tmp_path / "model").mkdir()
    about = {"name": "tiny", "family": "causal", "engine": "onnxruntime", "quantization": "float32"}
    write_model(tmp_path / "model", files, about)
    restore(tmp_path / "model", tmp_path / "back")
    factory: Any = AutoModelForCausalLM
    assert factory.from_pretrained(tmp_path / "back").config.sliding_window == WINDOW


def test_both_engines_read_texts_as_the_plain_model_does(
    checkpoint: Path, exported: Path, logits_of: Callable[..., NDArray[Any]]
) -> None:
    contexts = [(2,), (2, *LINES[2]), (2, *LINES[3])]
    texts = [[LINES[0], LINES[1][:9], LINES[0][:1]], [LINES[1][:12]], [LINES[0], LINES[1][:3]]]
    for one in (engine(exported), engine(exported, threads=1), open_transformers(checkpoint).engine):
        assert isinstance(one, Reader)
        assert one.likelihoods([], []) == []
        for context, asked, found in zip(contexts, texts, one.likelihoods(contexts, texts), strict=True):
            for text, told in zip(asked, found, strict=True):
                assert told == pytest.approx(
                    [_told(logits_of, context + text[:at], text[at]) for at in range(len(text))], abs=1e-3
                )


def test_how_likely_a_text_is_does_not_depend_on_its_company(exported: Path) -> None:
    one = engine(exported)
    contexts = [(2, *LINES[place % 4]) for place in range(9)]
    texts = [[LINES[1][: 3 + place], LINES[0][: 1 + place % 4]] for place in range(9)]
    together = one.likelihoods(contexts, texts)
    alone = [one.likelihoods([context], [ways])[0] for context, ways in zip(contexts, texts, strict=True)]
    assert together == alone


def _told(logits_of: Callable[..., NDArray[Any]], before: tuple[int, ...], token: int) -> float:
    logits = logits_of(before).astype(np.float64)
    return float(logits[token] - np.log(np.exp(logits - logits.max()).sum()) - logits.max())
