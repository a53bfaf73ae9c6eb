"""An exported model, opened: checked parts to engine, tokenizer and prompt. One line a family in the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from summarizer.backends import causal, seq2seq
from summarizer.backends.base import EMBEDDED_MODEL
from summarizer.backends.engines.base import Engine
from summarizer.backends.engines.ctranslate import CausalEngine, Seq2SeqEngine
from summarizer.backends.engines.onnx.engine import OnnxEngine
from summarizer.backends.files.tokens import TextTokenizer
from summarizer.backends.files.weights import MANIFEST, Manifest, read_file, read_files, read_manifest
from summarizer.backends.model import ModelBackend
from summarizer.backends.prompt import read_prompt
from summarizer.errors import BackendError

ReadFiles = Callable[[], Mapping[str, bytes]]

COMPUTE_TYPES = {"int8": "int8_float32", "int16": "int16", "float32": "float32"}
"""How weights are stored → what CTranslate2 computes in: a CPU has no 16-bit floats."""

_PROMPTS = {"causal": causal.make_prompt, "seq2seq": seq2seq.make_prompt}


def _ctranslate(manifest: Manifest, read: ReadFiles, end: int, threads: int | None) -> Engine:
    kind = CausalEngine if manifest.family == "causal" else Seq2SeqEngine
    return kind(read, end, COMPUTE_TYPES[manifest.quantization], threads)


def _onnx(manifest: Manifest, read: ReadFiles, end: int, threads: int | None) -> Engine:  # noqa: ARG001 - one family
    return OnnxEngine(read, end, threads)


_BLOCKS = ("int8", "int8-blocks", "int4", "float32")
_ENGINES = {
    ("ctranslate2", "causal"): (_ctranslate, tuple(COMPUTE_TYPES)),
    ("ctranslate2", "seq2seq"): (_ctranslate, tuple(COMPUTE_TYPES)),
    ("onnxruntime", "causal"): (_onnx, _BLOCKS),
}
"""Engine and family → how to open it, and how its weights may be stored."""


def embedded() -> ModelBackend:
    """The model inside the package; ``BackendError`` when the package was built without one."""
    if not (EMBEDDED_MODEL / MANIFEST).is_file():
        raise BackendError(
            expected="a model inside the package",
            got=f"no {MANIFEST} in {EMBEDDED_MODEL}",
            hint="install a release that carries it, or use --backend extractive or a path to an exported model",
        )
    return open_export(EMBEDDED_MODEL)


def open_export(folder: Path, threads: int | None = None) -> ModelBackend:
    """The model that ``training.export`` wrote to ``folder``. ``threads``: CPU cores to use, all by default.

    ``DamagedModel`` when a part is missing or changed.
    """
    manifest = read_manifest(folder)
    tokenizer = TextTokenizer(read_file(folder, manifest, "tokenizer.json"))
    prompt = read_prompt(read_file(folder, manifest, "prompt.json"), tokenizer)
    open_engine, quantizations = _ENGINES.get((manifest.engine, manifest.family), (_onnx, ()))
    if manifest.family != prompt.family or manifest.quantization not in quantizations:
        raise BackendError(
            expected=f"a model of {' or '.join(' '.join(key) for key in _ENGINES)}, in a quantization that it has",
            got=f"{manifest.family} and {prompt.family} of {manifest.engine} in {manifest.quantization}",
            hint="export the model again",
        )
    read = partial(read_files, folder, manifest)
    engine = open_engine(manifest, read, tokenizer.id_of(prompt.end), threads)
    return ModelBackend(f"{manifest.name}@{manifest.digest}", engine, tokenizer, prompt, _PROMPTS[prompt.family])
