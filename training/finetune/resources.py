"""What a run needs of memory and disk, against what there is: asked before the first step."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import torch

from summarizer.errors import ConfigError
from training.finetune.models import Loaded
from training.finetune.recipe import Recipe

BYTES_OF_STATE = 12
"""For each trained parameter beside its weight: gradient and AdamW's two moments, float32."""

ACTIVATIONS_A_LAYER = 34
"""Values of size ``d`` kept for the backward pass, a token and layer (Korthikanti et al. 2022, arXiv 2205.05198)."""

STATES_ON_DISK = 4
"""Two states, the one being written, and ``best`` (weights and two moments each, at most)."""


def needed_memory(loaded: Loaded, recipe: Recipe) -> int:
    """An upper estimate in bytes for one device: weights, optimiser, activations, logits of one batch."""
    config = loaded.model.config
    weights = sum(value.numel() * value.element_size() for value in loaded.model.parameters())
    state = BYTES_OF_STATE * sum(value.numel() for value in loaded.trainable().values())
    layers, width = _shape(config)
    activations = recipe.batch_tokens * layers * width * ACTIVATIONS_A_LAYER * (2 if recipe.dtype == "bfloat16" else 4)
    logits = recipe.batch_tokens // 4 * config.vocab_size * 8
    return int(weights + state + activations + logits)


def _shape(config: Any) -> tuple[int, int]:
    """Layers of both halves, and their width. An encoder-decoder may have a configuration for each (T5Gemma 2)."""
    if getattr(config, "decoder", None) is not None:
        texts = config.encoder.text_config, config.decoder
        return sum(half.num_hidden_layers for half in texts), int(texts[0].hidden_size)
    second = getattr(config, "decoder_layers", 0) or getattr(config, "num_decoder_layers", 0)
    return int(config.num_hidden_layers + second), int(config.hidden_size)


def free_memory() -> int:
    """Bytes that can still be taken: of the accelerator when there is one, else of the machine (0: unknown)."""
    if torch.cuda.is_available():
        return int(torch.cuda.mem_get_info()[0])
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable")), 0)


def check_resources(loaded: Loaded, recipe: Recipe) -> None:
    """Raise :class:`ConfigError` when memory or the disk under ``out`` is plainly too small for the run."""
    needed, free = needed_memory(loaded, recipe), free_memory()
    if free and needed > free:
        raise ConfigError(
            expected=f"{needed / 1e9:.1f} GB of free memory",
            got=f"{free / 1e9:.1f} GB",
            hint="lower batch_tokens, or train adapters (lora_rank)",
        )
    states = STATES_ON_DISK * BYTES_OF_STATE * sum(value.numel() for value in loaded.trainable().values())
    folder = next(
        parent for parent in (Path(recipe.out).resolve(), *Path(recipe.out).resolve().parents) if parent.exists()
    )
    room = shutil.disk_usage(folder).free
    if states > room:
        raise ConfigError(
            expected=f"{states / 1e9:.1f} GB of free disk for checkpoints",
            got=f"{room / 1e9:.1f} GB under {folder}",
            hint="free space or set out to another disk",
        )


def peak_memory() -> int:
    """Greatest memory of this process so far, in bytes: of the accelerator when there is one."""
    if torch.cuda.is_available():
        return int(torch.cuda.max_memory_allocated())
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
