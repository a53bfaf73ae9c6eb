"""Every engine writes the same tokens with the same scores as transformers, family by family, in float32."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from summarizer.backends.asks import AskFormat
from summarizer.backends.engines.base import Engine
from summarizer.backends.engines.ctranslate import CausalEngine, Seq2SeqEngine
from summarizer.backends.engines.onnx.engine import OnnxEngine
from summarizer.backends.files.checkpoint import open_transformers
from summarizer.backends.model import ModelBackend
from summarizer.config import Decoding
from summarizer.errors import ConfigError
from summarizer.schema import Passage, Request, Sentence, Span, Task
from tests.tiny_checkpoints import SENTENCES, make_gemma
from training.export.convert import convert
from training.export.onnx_export import convert_onnx

GREEDY = Decoding(candidates=1, beam=1, no_repeat_ngram=0, max_new_tokens=20)
SEARCHES = {
    "greedy": GREEDY,
    "no repeats": replace(GREEDY, no_repeat_ngram=2),
    "penalty": replace(GREEDY, repetition_penalty=1.5),
    "beam": replace(GREEDY, beam=2, candidates=2),
    "four beams": replace(GREEDY, beam=4, candidates=3),
}


def request(task: Task, *indices: int) -> Request:
    return Request(task, Passage(tuple(Sentence(Span(0, 1), SENTENCES[i], i // 2) for i in indices)), 14)


# Two tasks share a source, two sources are equally long, one is alone and one is cut.
REQUESTS = [
    request(task, *indices) for indices in [(0, 1), (2,), (3, 4, 5), (6, 7, 0, 1, 2, 3, 4)] for task in list(Task)[:2]
] + [request(Task.BULLET, 2), request(Task.BULLET, 5)]


SHAPES = ["gemma3", "gemma3 on onnxruntime", "bart", "mbart", "mbart-25", "mbart-50", "t5", "t5-1.1", "mt5", "t5gemma2"]


@pytest.fixture(scope="module")
def pair(checkpoint: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple]:
    made: dict[str, tuple[ModelBackend, ModelBackend]] = {}

    def engines(name: str) -> tuple[ModelBackend, ModelBackend]:
        if name not in made:
            shape = name.removesuffix(" on onnxruntime")
            ours = open_transformers(checkpoint(shape))
            ours.prompt = replace(ours.prompt, max_source_tokens=100)
            engine = open_engine(name, ours, checkpoint(shape), tmp_path_factory.mktemp(name) / "engine")
            made[name] = ours, ModelBackend(name, engine, ours.tokenizer, ours.prompt, ours.make_prompt)
        return made[name]

    return engines


def open_engine(name: str, ours: ModelBackend, source: Path, folder: Path) -> Engine:
    end = ours.tokenizer.id_of(ours.prompt.end)

    def read() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    if name.endswith("onnxruntime"):
        convert_onnx(source, folder, "float32", ours.prompt)
        return OnnxEngine(read, end, threads=2)
    convert(source, folder, "float32", ours.prompt)
    return (CausalEngine if ours.prompt.family == "causal" else Seq2SeqEngine)(read, end, "float32", threads=2)


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("name", SHAPES)
def test_the_same_tokens_and_scores(pair: Callable[[str], tuple], name: str, search: str) -> None:
    ours, other = pair(name)
    left, right = (backend.hypotheses(REQUESTS, SEARCHES[search]) for backend in (ours, other))
    for a, b in zip(left, right, strict=True):
        assert [h.score for h in a] == pytest.approx([h.score for h in b], abs=2e-3)
        # Which text comes in last, and which just does not, may be a tie that processors round differently.
        sure = max(1, len(a) - 1)
        assert [(h.ids, h.ended) for h in a[:sure]] == [(h.ids, h.ended) for h in b[:sure]]
    # A random model must not make this an empty test.
    assert len({found[0].ids for found in left}) > len(REQUESTS) // 2


def test_the_stricter_search_is_the_same_on_both_engines_that_serve(pair: Callable[[str], tuple]) -> None:
    """transformers forbids repeats without sharing out their probability, so that its beams score otherwise."""
    strict = Decoding(candidates=4, beam=4, no_repeat_ngram=2, max_new_tokens=20)
    left, right = (pair(name)[1].hypotheses(REQUESTS, strict) for name in ("gemma3", "gemma3 on onnxruntime"))
    assert [[h.ids for h in found] for found in left] == [[h.ids for h in found] for found in right]
    for a, b in zip(left, right, strict=True):
        assert [h.score for h in a] == pytest.approx([h.score for h in b], abs=2e-3)


@pytest.mark.parametrize("name", ["gemma3", "gemma3 on onnxruntime", "mbart"])
def test_a_text_does_not_depend_on_its_company(pair: Callable[[str], tuple], name: str) -> None:
    for backend in pair(name):
        decoding = SEARCHES["no repeats"]
        together = backend.hypotheses(REQUESTS, decoding)
        alone = [backend.hypotheses([one], decoding)[0] for one in REQUESTS]
        assert [h[0].ids for h in together] == [h[0].ids for h in alone]


@pytest.mark.parametrize("name", ["gemma3", "gemma3 on onnxruntime", "mbart"])
def test_sampling_is_repeatable_by_its_seed(pair: Callable[[str], tuple], name: str) -> None:
    for backend in pair(name):
        sampling = replace(GREEDY, candidates=4, temperature=1.5)
        first, again, other = (
            [[h.ids for h in found] for found in backend.hypotheses(REQUESTS, replace(sampling, seed=seed))]
            for seed in (3, 3, 4)
        )
        assert first == again != other
        assert all(len(found) == 4 for found in first)
        # Greedy search keeps its answer after a call that sampled.
        assert backend.hypotheses(REQUESTS[:1], GREEDY) == backend.hypotheses(REQUESTS[:1], GREEDY)


def test_the_source_may_be_said_again(pair: Callable[[str], tuple]) -> None:
    """No-repeat counts the text alone: with every pair of the source forbidden, these texts would be others."""
    for backend in (*pair("gemma3"), pair("gemma3 on onnxruntime")[1]):
        prompt = backend.make_prompt(REQUESTS[0], backend.prompt, backend.tokenizer, 6)
        free = backend.engine.write([prompt], GREEDY)[0][0].ids
        longer = replace(prompt, source=prompt.source + free)
        bound = replace(GREEDY, no_repeat_ngram=3)
        free_after, bound_after = (backend.engine.write([longer], how)[0][0].ids for how in (GREEDY, bound))
        triples = list(zip(free_after, free_after[1:], free_after[2:], strict=False))
        if len(set(triples)) == len(triples):
            assert free_after == bound_after


def test_new_tokens_are_limited(pair: Callable[[str], tuple]) -> None:
    for backend in (*pair("gemma3"), pair("gemma3 on onnxruntime")[1]):
        found = backend.hypotheses(REQUESTS[:3], replace(GREEDY, max_new_tokens=4))
        assert all(len(h[0].ids) <= 4 and (h[0].ended or len(h[0].ids) == 4) for h in found)
        assert any(not h[0].ended for h in found)


@pytest.mark.parametrize(
    ("engine", "change", "said"),
    [
        (convert, {"max_source_tokens": 60}, "sliding window of 64"),
        (
            convert,
            {"max_source_tokens": 1, "decoding": replace(GREEDY, max_new_tokens=9), "asks": AskFormat()},
            "of 64",
        ),
        (convert_onnx, {"max_source_tokens": 1000}, "1024 positions"),
        (convert_onnx, {"asks": AskFormat(reading_tokens=900)}, "1024 positions"),
    ],
)
def test_what_an_engine_cannot_read_in_one_piece_is_refused(
    tmp_path: Path, engine: Callable[..., object], change: dict[str, Any], said: str
) -> None:
    folder = make_gemma(tmp_path / "narrow", window=64)
    with pytest.raises(ConfigError, match=said):
        engine(folder, tmp_path / "engine", "float32", replace(open_transformers(folder).prompt, **change))
    assert not (tmp_path / "engine").exists()
