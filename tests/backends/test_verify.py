"""A model that is asked whether a passage bears out a statement: prompt, both engines, and models that cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from summarizer.backends.causal import verify_prompt
from summarizer.backends.engines.ctranslate import CausalEngine
from summarizer.backends.engines.onnx.engine import OnnxEngine
from summarizer.backends.extractive import Extractive
from summarizer.backends.files.checkpoint import open_transformers
from summarizer.backends.model import ModelBackend
from summarizer.backends.prompt import VerifyTokens
from summarizer.schema import Passage, Sentence, Span
from summarizer.service.queue.memory import remember
from tests.tiny_checkpoints import SENTENCES
from training.export.convert import convert
from training.export.onnx_export import convert_onnx
from training.prompts import CONTROL_TOKENS, VERDICTS, spaced

TOKENS = VerifyTokens()


def passage(*indices: int) -> Passage:
    return Passage(tuple(Sentence(Span(0, 1), SENTENCES[i], 0) for i in indices))


# Three statements of one passage, others alone, and one whose source is cut.
STATEMENTS = [
    *((passage(0, 1), text) for text in ("افتتاح ثلاثة مستشفيات", "الوزيرة تغلق المستشفيات", "افتتاح مدرسة")),
    (passage(2), "البنك الدولي يمول نصف المشروع"),
    (passage(3), "العمل تأخر عامين"),
    (passage(6, 7, 0, 1, 2, 3, 4), "الحكومة وعدت بعشرة مستشفيات"),
]


@pytest.fixture(scope="module")
def backends(checkpoint: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[ModelBackend, ...]:
    """The same tiny model on every engine, in float32, said to verify."""
    ours = open_transformers(checkpoint("gemma3"))
    ours.prompt = replace(ours.prompt, max_source_tokens=100, verify=TOKENS)
    folder, end = tmp_path_factory.mktemp("verify"), ours.tokenizer.id_of(ours.prompt.end)
    convert(checkpoint("gemma3"), folder / "ctranslate2", "float32", ours.prompt)
    convert_onnx(checkpoint("gemma3"), folder / "onnxruntime", "float32", ours.prompt)
    engines = (
        CausalEngine(lambda: read(folder / "ctranslate2"), end, "float32", threads=2),
        OnnxEngine(lambda: read(folder / "onnxruntime"), end, threads=2),
    )
    exported = (ModelBackend("exported", one, ours.tokenizer, ours.prompt, ours.make_prompt) for one in engines)
    return ours, *exported


def read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_prompt_is_that_of_training(backends: tuple[ModelBackend, ...]) -> None:
    assert asdict(TOKENS) == {"statement": CONTROL_TOKENS["verify"], **VERDICTS}
    backend, statement = backends[0], "العمل  تأخر\nعامين"
    prompt = verify_prompt(passage(3), statement, backend.prompt, TOKENS, backend.tokenizer)
    words = backend.tokenizer.encode(spaced("العمل تأخر عامين"))[0]
    ids = [backend.tokenizer.id_of(token) for token in (TOKENS.statement, TOKENS.ask)]
    assert prompt.start == (ids[0], *words, ids[1])
    source = (backend.tokenizer.id_of(backend.prompt.before[0]), *backend.tokenizer.encode(spaced(SENTENCES[3]))[0])
    assert prompt.source == source[:101]


def test_all_engines_say_the_same(backends: tuple[ModelBackend, ...]) -> None:
    ours, *exported = (backend.verify(STATEMENTS) for backend in backends)
    assert ours is not None
    assert all(ours == pytest.approx(odds, abs=2e-3) for odds in exported)
    # A random model must not make this an empty test.
    assert len({round(odds, 3) for odds in ours}) == len(STATEMENTS)


def test_a_verdict_does_not_depend_on_its_company(backends: tuple[ModelBackend, ...]) -> None:
    for backend in backends:
        assert len(set(backend.verify(STATEMENTS[:1] * 3) or ())) == 1
        together = backend.verify(STATEMENTS)
        alone = [odds for one in STATEMENTS for odds in backend.verify([one]) or ()]
        assert together == pytest.approx(alone, abs=2e-3)
        assert backend.verify(()) == []


def test_yes_and_no_are_opposites(backends: tuple[ModelBackend, ...]) -> None:
    for backend in backends:
        prompt = backend.prompt
        said = backend.verify(STATEMENTS)
        backend.prompt = replace(prompt, verify=replace(TOKENS, yes=TOKENS.no, no=TOKENS.yes))
        turned = backend.verify(STATEMENTS)
        backend.prompt = prompt
        assert said is not None
        assert turned == pytest.approx([-odds for odds in said], abs=1e-4)


def test_models_that_were_not_trained_to_verify_have_no_opinion(backends: tuple[ModelBackend, ...]) -> None:
    backend = backends[1]
    untrained = ModelBackend(
        "untrained", backend.engine, backend.tokenizer, replace(backend.prompt, verify=None), backend.make_prompt
    )
    assert untrained.verify(STATEMENTS) is None
    assert remember(untrained).verify(STATEMENTS) is None
    assert remember(backend).verify(STATEMENTS[:1]) == backend.verify(STATEMENTS[:1])
    assert Extractive().verify(STATEMENTS) is None
