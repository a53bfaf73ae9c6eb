"""The onnxruntime engine: rows of different lengths, masks, sampling, quantised graphs, damaged files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from summarizer.backends.engines import search
from summarizer.backends.engines.base import Hypothesis, Prompt
from summarizer.backends.engines.onnx import engine as onnx_engine
from summarizer.backends.engines.onnx.cache import Cache, Prefixes, Shared, shared
from summarizer.backends.engines.onnx.engine import OnnxEngine
from summarizer.backends.engines.onnx.session import Model
from summarizer.backends.files.checkpoint import open_transformers
from summarizer.backends.prompt import PromptFormat
from summarizer.backends.stopping import Stopped, unless
from summarizer.config import Decoding
from summarizer.errors import BackendError, ConfigError, DamagedModel
from tests.processor import saturates
from training.export.onnx_export import convert_onnx

END = 1
GREEDY = Decoding(candidates=1, beam=1, no_repeat_ngram=0)
SEARCHES = [
    GREEDY,
    Decoding(candidates=3, beam=3, no_repeat_ngram=2),
    replace(GREEDY, candidates=3, temperature=1.3, seed=5),
]


def sources(count: int) -> list[tuple[int, ...]]:
    chance = np.random.default_rng(0)
    return [(2, *chance.integers(300, 400, size).tolist()) for size in chance.integers(1, 60, count)]


PROMPTS = [
    Prompt(source, start, limit)
    for source, limit in zip(sources(7), (5, 12, 3, 20, 1, 9, 14), strict=True)
    for start in ((4,), (7, 310, 320, 8))
]
"""Sources of 2 to 60 tokens, each with one start token and with four, and different limits."""


@pytest.fixture(scope="module")
def made(checkpoint: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], OnnxEngine]:
    prompt = replace(open_transformers(checkpoint("gemma3")).prompt, max_source_tokens=100)
    folder = tmp_path_factory.mktemp("onnx")

    def engine(quantization: str, threads: int = 2) -> OnnxEngine:
        if not (folder / quantization).exists():
            convert_onnx(checkpoint("gemma3"), folder / quantization, quantization, prompt)
        return OnnxEngine(lambda: {p.name: p.read_bytes() for p in (folder / quantization).iterdir()}, END, threads)

    return engine


def ids(found: list[list[Hypothesis]]) -> list[list[tuple[int, ...]]]:
    return [[one.ids for one in hypotheses] for hypotheses in found]


@pytest.mark.parametrize("quantization", ["float32", "int8"])
@pytest.mark.parametrize("decoding", SEARCHES)
def test_a_text_does_not_depend_on_its_company(
    made: Callable[[str], OnnxEngine], quantization: str, decoding: Decoding, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bit by bit: alone, in one batch of all, on two threads, in batches so small that texts make room for others."""
    alone = [made(quantization).write([prompt], decoding)[0] for prompt in PROMPTS]
    assert made(quantization).write(PROMPTS, decoding) == alone
    assert made(quantization, 1).write(PROMPTS, decoding) == alone
    monkeypatch.setattr(onnx_engine, "_MAX_ROWS", 6)
    assert made(quantization, 1).write(PROMPTS[::-1], decoding) == alone[::-1]
    for prompt, found in zip(PROMPTS, alone, strict=True):
        assert all(one.ended or len(one.ids) == prompt.max_new_tokens for one in found)
        assert all(len(one.ids) + one.ended <= prompt.max_new_tokens for one in found)
    assert len({found[0].ids for found in alone}) > len(PROMPTS) // 2


def test_what_is_remembered_changes_nothing(made: Callable[[str], OnnxEngine], monkeypatch: pytest.MonkeyPatch) -> None:
    decoding, engine = SEARCHES[1], made("int8")
    first = engine.write(PROMPTS, decoding), engine.compare(PROMPTS, 9, 10)
    assert (engine.write(PROMPTS, decoding), engine.compare(PROMPTS, 9, 10)) == first
    monkeypatch.setattr(onnx_engine, "_KEPT_BYTES", 0)
    forgetful = made("int8")
    assert (forgetful.write(PROMPTS, decoding), forgetful.compare(PROMPTS, 9, 10)) == first


def test_the_oldest_source_is_forgotten_first() -> None:
    kept = shared(np.ones((2, 4, 3), np.float32), np.ones((2, 3, 4), np.float32))
    prefixes = Prefixes(2 * kept.nbytes)
    prefixes.put((1,), kept)
    prefixes.put((2,), kept)
    assert prefixes.get((1,)) is kept
    prefixes.put((3,), kept)
    assert [prefixes.get((index,)) is kept for index in (1, 2, 3)] == [True, False, True]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_a_source_is_read_once_by_all_workers(
    made: Callable[[str], OnnxEngine], threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[tuple[int, ...]] = []
    before = Model.source

    def counted(model: Model, tokens: tuple[int, ...], judging: bool) -> Shared:
        read.append(tokens)
        return before(model, tokens, judging)

    monkeypatch.setattr(Model, "source", counted)
    many = [Prompt(source, (4, place), 4) for place in range(300, 306) for source in sources(3)]
    made("float32", threads).write_each(many, [SEARCHES[place % 2] for place in range(len(many))])
    assert sorted(read) == sorted(sources(3))


@pytest.mark.parametrize("decoding", SEARCHES)
def test_only_what_is_allowed_is_written(made: Callable[[str], OnnxEngine], decoding: Decoding) -> None:
    fixed = np.array([END, 301, 305, 333, 390])

    def alternating(written: tuple[int, ...]) -> np.ndarray:
        return np.arange(300, 350) if len(written) % 2 else np.array([END, *range(350, 400)])

    masks = [fixed if place % 3 == 0 else alternating if place % 3 == 1 else None for place in range(len(PROMPTS))]
    found = made("float32").write_each(PROMPTS, [decoding] * len(PROMPTS), masks)
    for texts in found[0::3]:
        assert all(set(one.ids) <= set(fixed.tolist()) for one in texts)
    for texts in found[1::3]:
        assert all((token < 350) == bool(at % 2) for one in texts for at, token in enumerate(one.ids))
        assert all(len(one.ids) % 2 == 0 for one in texts if one.ended)
    assert found[2::3] == made("float32").write(PROMPTS, decoding)[2::3]
    assert all(found)


@pytest.mark.parametrize("threads", [1, 2])
def test_texts_that_nobody_waits_for_are_not_written_to_their_end(
    made: Callable[[str], OnnxEngine], threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []
    before, engine = Model.step, made("float32", threads)

    def counted(model: Model, source: Shared, cache: Cache, ids: list[int], past: list[int]) -> np.ndarray:
        steps.append(len(ids))
        return before(model, source, cache, ids, past)

    written = engine.write(PROMPTS, GREEDY)
    monkeypatch.setattr(Model, "step", counted)
    with pytest.raises(Stopped), unless(lambda: len(steps) >= 3):
        engine.write(PROMPTS, GREEDY)
    assert len(steps) <= 3 + threads
    assert engine.write(PROMPTS, GREEDY) == written


def test_where_nothing_is_allowed_nothing_is_written(made: Callable[[str], OnnxEngine]) -> None:
    for decoding in SEARCHES[:2]:
        found = made("float32").write_each(PROMPTS[:2], [decoding] * 2, [np.array([], np.int64), None])
        assert found[0] == []
        assert found[1]


def test_a_single_path_is_found_by_beams(made: Callable[[str], OnnxEngine]) -> None:
    """Masks that leave one text leave one hypothesis, whatever the number of beams, with probability 1."""
    path = (320, 330, 340)
    masks = [lambda written: np.array([path[len(written)] if len(written) < 3 else END])]
    ((found,),) = made("float32").write_each([replace(PROMPTS[2], max_new_tokens=9)], SEARCHES[1:2], masks)
    assert (found.ids, found.ended) == (path, True)
    assert [found.score, *found.log_probs] == pytest.approx([0] * 5, abs=1e-5)


def test_the_score_is_the_mean_of_the_log_probabilities(made: Callable[[str], OnnxEngine]) -> None:
    for decoding in SEARCHES[:2]:
        for found in made("float32").write(PROMPTS, decoding):
            for one in found:
                assert len(one.log_probs) == len(one.ids) + one.ended
                assert one.score == pytest.approx(sum(one.log_probs) / len(one.log_probs), abs=1e-5)


def test_what_prompts_have_in_common_is_read_once_and_changes_nothing(made: Callable[[str], OnnxEngine]) -> None:
    engine = made("float32")
    alike = [Prompt((1, 7, 8), (20, 21, 22, last), 6, common) for common in (0, 3, 9) for last in (9, 10)]
    written = engine.write(alike, SEARCHES[1])
    for place, one in enumerate(alike):
        assert [found.ids for found in written[place]] == [found.ids for found in engine.write([one], SEARCHES[1])[0]]
        assert [found.ids for found in written[place]] == [found.ids for found in written[place % 2]]
    weighed = engine.weigh(alike, (9, 10, 11))
    np.testing.assert_allclose(weighed, np.tile(weighed[:2], (3, 1)), atol=1e-5)


@pytest.mark.parametrize(("quantization", "close"), [("int8", 0.3), ("int8-blocks", 0.4), ("int4", 4.0)])
def test_quantised_graphs_are_near(made: Callable[[str], OnnxEngine], quantization: str, close: float) -> None:
    exact, found = (np.array(made(name).compare(PROMPTS, 9, 10)) for name in ("float32", quantization))
    # Random weights are as often large as small: where products saturate they do so at every step.
    rough = quantization == "int4" or (quantization == "int8" and saturates())
    assert 0 < np.abs(exact - found).max() < (4.0 if rough else close)
    assert np.corrcoef(exact, found)[0, 1] > (0.6 if rough else 0.99)


def test_no_prompts_no_texts(made: Callable[[str], OnnxEngine]) -> None:
    assert made("float32").write([], GREEDY) == []
    assert made("float32").compare([], 9, 10) == []


def test_a_prompt_without_a_source_is_written_from(made: Callable[[str], OnnxEngine]) -> None:
    prompt = PROMPTS[5]
    bare = replace(prompt, source=(), start=prompt.source + prompt.start)
    assert ids(made("float32").write([bare], GREEDY)) == ids(made("float32").write([prompt], GREEDY))


def test_what_is_no_graph_is_refused(made: Callable[[str], OnnxEngine]) -> None:
    with pytest.raises(DamagedModel, match="model"):
        Model(b"no graph", "weights.bin", b"")
    with pytest.raises(DamagedModel, match=r"model\.onnx and weights\.bin"):
        OnnxEngine(lambda: {"model.bin": b""}, END)


def test_weights_that_were_cut_are_refused(checkpoint: Callable[[str], Path], tmp_path: Path) -> None:
    prompt = replace(open_transformers(checkpoint("gemma3")).prompt, max_source_tokens=100)
    convert_onnx(checkpoint("gemma3"), tmp_path / "out", "int8", prompt)
    graph, weights = ((tmp_path / "out" / name).read_bytes() for name in ("model.onnx", "weights.bin"))
    with pytest.raises(DamagedModel):
        Model(graph, "weights.bin", weights[: len(weights) // 2])


def test_an_id_beyond_the_vocabulary_is_an_error_of_the_backend(made: Callable[[str], OnnxEngine]) -> None:
    with pytest.raises(BackendError):
        made("float32").write([Prompt((2, 10**6), (4,), 3)], GREEDY)


def test_a_checkpoint_of_another_kind_is_refused(checkpoint: Callable[[str], Path], tmp_path: Path) -> None:
    prompt = PromptFormat("seq2seq", {}, "</s>")
    with pytest.raises(ConfigError, match="gemma3_text"):
        convert_onnx(checkpoint("mbart"), tmp_path / "out", "float32", prompt)
    assert not (tmp_path / "out").exists()


def test_the_tokens_that_would_repeat() -> None:
    assert search.repeats((1, 2, 3, 1, 2), 3) == [3]
    assert search.repeats((1, 2, 3, 1, 2), 2) == [3]
    assert search.repeats((1, 1, 1), 2) == [1, 1]
    assert search.repeats((1, 2), 3) == []
    assert search.repeats((5, 6, 5), 1) == [5, 6, 5]


def test_beams_find_the_best_texts_of_a_small_tree() -> None:
    """As wide as all texts there are, a search must return what counting them all returns."""
    chance, vocabulary, length = np.random.default_rng(3), 4, 3
    tree: dict[tuple[int, ...], np.ndarray] = {}

    def logits(written: tuple[int, ...]) -> np.ndarray:
        return tree.setdefault(written, chance.standard_normal(vocabulary).astype(np.float32))

    beams = 64
    found = search.start(Prompt((), (0,), length), Decoding(beams, beams, no_repeat_ngram=0), end=3)
    moves: search.Moves | None = ([], [])
    while moves is not None:
        rows = np.stack([logits(written) for written in found.written])
        moves = found.advance(rows.copy(), search.log_sum_exp(rows))
    expected: list[tuple[float, tuple[int, ...]]] = []

    def count(written: tuple[int, ...], score: float) -> None:
        row = logits(written).astype(np.float64)
        for token, value in enumerate(row - np.log(np.exp(row).sum())):
            text = (*written, token)
            if token == 3 or len(text) == length:
                expected.append(((score + value) / len(text), tuple(one for one in text if one != 3)))
            else:
                count(text, score + value)

    count((), 0.0)
    expected.sort(reverse=True)
    assert [one.ids for one in found.hypotheses()] == [text for _, text in expected]
    assert [one.score for one in found.hypotheses()] == pytest.approx([score for score, _ in expected], abs=1e-5)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_every_text_has_its_own_search(made: Callable[[str], OnnxEngine], threads: int) -> None:
    wanted = [SEARCHES[place % len(SEARCHES)] for place in range(len(PROMPTS))]
    alone = [made("float32").write([prompt], decoding)[0] for prompt, decoding in zip(PROMPTS, wanted, strict=True)]
    assert made("float32", threads).write_each(PROMPTS, wanted) == alone
