"""An exported model, opened: checked parts to engine, tokenizer and prompt. One line a family in the table."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from summarizer.backends import causal, seq2seq
from summarizer.backends.base import EMBEDDED_MODEL
from summarizer.backends.ctranslate import CausalEngine, Seq2SeqEngine
from summarizer.backends.model import ModelBackend
from summarizer.backends.prompt import read_prompt
from summarizer.backends.tokens import TextTokenizer
from summarizer.backends.weights import MANIFEST, read_file, read_files, read_manifest
from summarizer.errors import BackendError

COMPUTE_TYPES = {"int8": "int8_float32", "int16": "int16", "float32": "float32"}
"""How weights are stored → what CTranslate2 computes in: a CPU has no 16-bit floats."""

_FAMILIES = {"causal": (CausalEngine, causal.make_prompt), "seq2seq": (Seq2SeqEngine, seq2seq.make_prompt)}


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
    compute_type = COMPUTE_TYPES.get(manifest.quantization)
    if manifest.family != prompt.family or manifest.engine != "ctranslate2" or not compute_type:
        raise BackendError(
            expected=f"a causal or seq2seq model of the engine ctranslate2 in {', '.join(COMPUTE_TYPES)}",
            got=f"{manifest.family} and {prompt.family} of {manifest.engine} in {manifest.quantization}",
            hint="export the model again",
        )
    kind, make_prompt = _FAMILIES[prompt.family]
    engine = kind(partial(read_files, folder, manifest), tokenizer.id_of(prompt.end), compute_type, threads)
    return ModelBackend(f"{manifest.name}@{manifest.digest}", engine, tokenizer, prompt, make_prompt)
