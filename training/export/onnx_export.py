"""A Gemma 3 checkpoint as a file for onnxruntime: what ``training.export.convert`` is for CTranslate2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from summarizer.backends.engines.onnx.engine import MODEL, WEIGHTS
from summarizer.backends.files.checkpoint import read_config
from summarizer.backends.prompt import PromptFormat
from summarizer.errors import BackendError, ConfigError
from training.export.smooth import smooth_gemma

SMOOTHED = ("int8", "int4")
"""Quantizations that lose less of smoothed weights; blocks of eight bits need no help."""


def convert_onnx(
    checkpoint: Path, folder: Path, quantization: str, prompt: PromptFormat, calibration: Sequence[Sequence[int]] = ()
) -> list[str]:
    """Write ``model.onnx`` and ``weights.bin`` to the new ``folder``; returns their names.

    ``calibration``: token ids as the model reads and writes them; with them it is smoothed where that helps. Raises
    :class:`ConfigError` for a checkpoint of which the graph would be wrong.
    """
    config = read_config(checkpoint)
    positions = check_onnx(config, prompt)
    weights = _weights(checkpoint, calibration if quantization in SMOOTHED else ())
    try:
        import onnx

        from training.export.onnx_graph import build
    except ImportError as error:
        raise ConfigError(
            expected="the package onnx", got=str(error), hint='in a clone: pip install -c constraints.txt ".[train]"'
        ) from error
    try:
        model = build(weights, config, quantization, positions)
    except (KeyError, ValueError) as error:
        raise BackendError(
            expected="the tensors of a Gemma 3", got=repr(error), hint="serve it on transformers"
        ) from error
    folder.mkdir()
    # Apart from the graph the weights are in memory once; together, the session would keep a copy of its file.
    onnx.save_model(model, str(folder / MODEL), save_as_external_data=True, location=WEIGHTS)
    return [MODEL, WEIGHTS]


def check_onnx(config: Mapping[str, Any], prompt: PromptFormat) -> int:
    """How many tokens a row may have; :class:`ConfigError` when the graph would not compute what transformers does."""
    kind = config["model_type"]
    if kind != "gemma3_text":
        raise ConfigError(expected="a checkpoint of gemma3_text", got=kind, hint="export it for ctranslate2")
    wrong = [
        f"{name} {config[name]!r}"
        for name, right in (
            ("hidden_activation", "gelu_pytorch_tanh"),
            ("attention_bias", False),
            ("attn_logit_softcapping", None),
            ("final_logit_softcapping", None),
            ("use_bidirectional_attention", False),
        )
        if config.get(name, right) != right
    ]
    wrong += [f"rope {rope!r}" for rope in config["rope_parameters"].values() if rope.get("rope_type") != "default"]
    if wrong:
        raise ConfigError(expected="a plain Gemma 3", got=", ".join(wrong), hint="serve it on transformers")
    if prompt.most_tokens > int(config["max_position_embeddings"]):
        raise ConfigError(
            expected=f"source and text within the {config['max_position_embeddings']} positions of the model",
            got=f"{prompt.most_tokens} tokens",
            hint="lower max_source_tokens",
        )
    return max(prompt.most_tokens, int(config["sliding_window"]))


def _weights(
    checkpoint: Path, calibration: Sequence[Sequence[int]]
) -> dict[str, np.ndarray[Any, np.dtype[np.float32]]]:
    """Tensors in float32 by name, smoothed when there is something to listen to."""
    import torch
    from transformers import Gemma3ForCausalLM

    kind: Any = Gemma3ForCausalLM
    model = kind.from_pretrained(checkpoint, dtype=torch.float32, use_safetensors=True)
    if calibration:
        smooth_gemma(model, calibration)
    return {name: tensor.detach().numpy() for name, tensor in model.state_dict().items()}
