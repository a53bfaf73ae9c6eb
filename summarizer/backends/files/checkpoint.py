"""Any folder that holds a model: an export, or a transformers checkpoint of either family.

A checkpoint says how it wants to be asked in ``prompt.json``; where there is none, the format is found out from its
configuration, its tokenizer and, when it was trained here, its ``run.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from summarizer.backends import causal, seq2seq
from summarizer.backends.asks import AskFormat
from summarizer.backends.files import exported
from summarizer.backends.files.tokens import TextTokenizer
from summarizer.backends.files.weights import MANIFEST
from summarizer.backends.frames import find_frame, named_token
from summarizer.backends.model import ModelBackend
from summarizer.backends.prompt import (
    CONTROL_TOKENS,
    LISTED,
    LISTED_PREFIX,
    TASK_PREFIXES,
    Family,
    PromptFormat,
    VerifyTokens,
    read_prompt,
)
from summarizer.errors import BackendError

FAMILIES: Mapping[str, Family] = {
    "gemma3_text": "causal",
    "bart": "seq2seq",
    "mbart": "seq2seq",
    "t5": "seq2seq",
    "mt5": "seq2seq",
    "t5gemma2": "seq2seq",
}
"""``model_type`` of a checkpoint's configuration → how it is asked."""

DEFAULT_SOURCE_TOKENS = 512
"""For a checkpoint that does not say what it was trained on. ``model_max_length`` is no answer: AraBART's is 1e30."""


def open_checkpoint(folder: Path) -> ModelBackend:
    """A backend on the model in ``folder``; ``BackendError`` when there is none that can be served."""
    if (folder / MANIFEST).is_file():
        return exported.open_export(folder)
    return open_transformers(folder)


def open_transformers(folder: Path, precision: Literal["auto", "float32"] = "auto") -> ModelBackend:
    """A transformers checkpoint on the transformers engine, on the GPU when there is one.

    ``precision`` ``auto``: bfloat16 on a GPU, float32 on a CPU.
    """
    config = read_config(folder)
    tokenizer = read_tokenizer(folder, config)
    prompt = prompt_format(folder, config, tokenizer)
    from summarizer.backends.engines.transformers import TransformersEngine, open_model

    model = open_model(str(folder), prompt.family, precision)
    end = tokenizer.id_of(prompt.end)
    pad = model.config.pad_token_id
    engine = TransformersEngine(model, prompt.family, end, end if pad is None else int(pad))
    make = causal.make_prompt if prompt.family == "causal" else seq2seq.make_prompt
    return ModelBackend(f"{folder.name} (transformers)", engine, tokenizer, prompt, make)


def read_config(folder: Path) -> Mapping[str, Any]:
    """``config.json`` of a checkpoint of a family that is served; ``BackendError`` when it is none."""
    if not (folder / "config.json").is_file():
        run = (folder / "recipe.json").is_file()
        raise BackendError(
            expected="an export (manifest.json) or a transformers checkpoint (config.json)",
            got=f"the out folder of a training run: {folder}" if run else str(folder),
            hint="make a checkpoint of it: python -m training.merge OUT --to FOLDER" if run else "check the path",
        )
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        kind = config["model_type"]
    except (ValueError, KeyError, TypeError) as error:
        raise BackendError(
            expected="a config.json with model_type", got=repr(error), hint="check the folder"
        ) from error
    if kind not in FAMILIES:
        raise BackendError(
            expected=f"a model of {', '.join(sorted(FAMILIES))}",
            got=f"{kind} in {folder}",
            hint="see checkpoint.FAMILIES",
        )
    if not any(folder.glob("*.safetensors")):
        raise BackendError(
            expected="weights in *.safetensors", got=str(folder), hint="save them with save_pretrained()"
        )
    return config


def read_tokenizer(folder: Path, config: Mapping[str, Any]) -> TextTokenizer:
    """``tokenizer.json`` of a checkpoint; ``BackendError`` when missing or larger than the model's vocabulary."""
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise BackendError(
            expected="tokenizer.json",
            got=f"none in {folder}",
            hint="AutoTokenizer.from_pretrained(folder).save_pretrained(folder) makes one of a sentencepiece model",
        )
    tokenizer = TextTokenizer(path.read_bytes())
    if len(tokenizer) > int(config.get("vocab_size", 0)):
        raise BackendError(
            expected=f"a tokenizer of at most {config.get('vocab_size')} tokens",
            got=f"{len(tokenizer)} in {path}",
            hint="take tokenizer and weights from one checkpoint",
        )
    return tokenizer


def prompt_format(folder: Path, config: Mapping[str, Any], tokenizer: TextTokenizer) -> PromptFormat:
    """How the checkpoint in ``folder`` is asked; ``BackendError`` when that cannot be known."""
    own = folder / "prompt.json"
    if own.is_file():
        return read_prompt(own.read_bytes(), tokenizer)
    run = _json(folder / "run.json").get("recipe", {})
    family = FAMILIES[config["model_type"]]
    budget = int(run.get("max_source_tokens") or _default_budget(config))
    end = named_token(config, "eos_token_id", tokenizer)
    if family == "causal":
        for control in CONTROL_TOKENS.values():
            tokenizer.id_of(control)
        begin = named_token(config, "bos_token_id", tokenizer)
        verify = VerifyTokens() if "verify" in run.get("tasks", ()) else None
        asks = AskFormat() if "rank" in run.get("tasks", ()) else None
        return PromptFormat(family, CONTROL_TOKENS, end, (begin,), max_source_tokens=budget, verify=verify, asks=asks)
    generation = _json(folder / "generation_config.json")
    known = {**config, **{key: value for key, value in generation.items() if value is not None}}
    frame = find_frame(known, tokenizer)
    tasks = {**TASK_PREFIXES, **({LISTED: LISTED_PREFIX} if LISTED in run.get("tasks", ()) else {})}
    return PromptFormat(family, tasks, end, frame.before, frame.after, frame.start, budget)


def _default_budget(config: Mapping[str, Any]) -> int:
    positions = config.get("max_position_embeddings") or config.get("n_positions") or DEFAULT_SOURCE_TOKENS
    # Room for the special tokens of the encoder.
    return max(1, min(DEFAULT_SOURCE_TOKENS, int(positions) - 4))


def _json(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}
