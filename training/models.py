"""The two families that can be trained, behind one small interface: load, make trainable, loss of a batch, write.

A checkpoint is a transformers folder: ``config.json``, ``model.safetensors``, ``tokenizer.json``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from summarizer.errors import ConfigError
from training.batches import Batch, CausalBatch, attention_masks
from training.lora import adapt
from training.prompts import CONTROL_TOKENS
from training.tiny import resolve

FAMILIES = {"gemma3_text": "causal", "mbart": "seq2seq", "bart": "seq2seq", "t5": "seq2seq", "mt5": "seq2seq"}
"""``model_type`` of a checkpoint's config -> how it is trained."""


@dataclass(slots=True)
class Loaded:
    """A checkpoint in memory, with the name of its family."""

    model: Any
    tokenizer: Any
    family: str

    @property
    def pad(self) -> int:
        """The id that fills short lines; the end token where a tokenizer has no padding token."""
        pad = self.tokenizer.pad_token_id
        return int(self.tokenizer.eos_token_id if pad is None else pad)

    def trainable(self) -> dict[str, Tensor]:
        """The parameters that training changes, by name."""
        return {name: value for name, value in self.model.named_parameters() if value.requires_grad}


def family_of(checkpoint: str) -> str:
    """``causal`` or ``seq2seq``; raises :class:`ConfigError` for a model that cannot be trained here."""
    from transformers import AutoConfig

    try:
        kind = AutoConfig.from_pretrained(checkpoint, trust_remote_code=False).model_type
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(
            expected="a transformers checkpoint (folder or hub id)",
            got=checkpoint,
            hint=f"make one with training.warmstart ({str(error).splitlines()[0]})",
        ) from error
    if kind not in FAMILIES:
        raise ConfigError(expected=f"a model of {sorted(FAMILIES)}", got=f"{checkpoint}: {kind}", hint="see FAMILIES")
    return FAMILIES[kind]


def load(checkpoint: str, dtype: str) -> Loaded:
    """Read a checkpoint. ``dtype`` is ``bfloat16`` or ``float32``. Its tokenizer must match the model."""
    from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM

    checkpoint = resolve(checkpoint)
    family = family_of(checkpoint)
    kind: Any = AutoModelForCausalLM if family == "causal" else AutoModelForSeq2SeqLM
    # Plain matrix products: PyTorch's fused attention is three times slower on CPUs with heads of 256 (measured).
    attention = "sdpa" if torch.cuda.is_available() else "eager"
    model = kind.from_pretrained(
        checkpoint, dtype=getattr(torch, dtype), attn_implementation=attention, trust_remote_code=False
    )
    tokenizer = load_tokenizer(checkpoint)
    rows = model.get_input_embeddings().weight.shape[0]
    controls = [tokenizer.convert_tokens_to_ids(token) for token in CONTROL_TOKENS.values()]
    lacks = family == "causal" and (tokenizer.unk_token_id in controls or None in controls)
    if len(tokenizer) > rows or lacks or not tokenizer.is_fast:
        raise ConfigError(
            expected=f"a fast tokenizer of at most {rows} tokens with the control tokens",
            got=f"{type(tokenizer).__name__} of {len(tokenizer)} tokens in {checkpoint}",
            hint="take tokenizer and weights from one checkpoint; training.warmstart writes both",
        )
    model.config.use_cache = False
    return Loaded(model, tokenizer, family)


def load_tokenizer(checkpoint: str) -> Any:
    """The tokenizer of a checkpoint."""
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(resolve(checkpoint), trust_remote_code=False)


def make_trainable(loaded: Loaded, rank: int, alpha: float, frozen_layers: int) -> None:
    """Adapters when ``rank`` > 0, else the whole model but its first ``frozen_layers`` layers and their embedding."""
    model = loaded.model
    if rank:
        adapt(model, rank, alpha)
    else:
        model.requires_grad_(True)
        if frozen_layers:
            model.get_input_embeddings().requires_grad_(False)
            for layer in _layers(loaded)[:frozen_layers]:
                layer.requires_grad_(False)
    model.train()


def compile_layers(loaded: Loaded) -> None:
    """Fuse the element-wise work of every layer (norms, activations); one compilation serves layers of one shape."""
    torch._dynamo.config.cache_size_limit = 64
    for layer in _layers(loaded):
        layer.compile(dynamic=True)


def _layers(loaded: Loaded) -> Sequence[Any]:
    if loaded.family == "causal":
        return list(loaded.model.model.layers)
    base = loaded.model.get_encoder(), loaded.model.get_decoder()
    return [layer for half in base for layer in getattr(half, "layers", getattr(half, "block", []))]


def summed_loss(loaded: Loaded, batch: Batch) -> tuple[Tensor, int]:
    """Cross-entropy summed over the learned tokens of ``batch``, and how many these are."""
    logits, labels = _logits(loaded, batch)
    loss = functional.cross_entropy(logits.float(), labels, reduction="sum")
    return loss, int((labels >= 0).sum())


def training_loss(loaded: Loaded, batch: Batch) -> tuple[Tensor, float]:
    """The weighted sum of cross-entropy that a step lowers, and the weight of the target tokens, to divide it by."""
    if not isinstance(batch, CausalBatch):
        return summed_loss(loaded, batch)
    logits, labels = _logits(loaded, batch)
    losses = functional.cross_entropy(logits.float(), labels, reduction="none")  # [N]
    return (losses * batch.weights).sum(), batch.target_weight


def _logits(loaded: Loaded, batch: Batch) -> tuple[Tensor, Tensor]:
    """Logits [N, vocabulary] and labels [N]."""
    if isinstance(batch, CausalBatch):
        return _causal_logits(loaded, batch), batch.labels
    output = loaded.model(
        input_ids=batch.input_ids,
        attention_mask=batch.attention_mask,
        decoder_input_ids=loaded.model.prepare_decoder_input_ids_from_labels(batch.labels),
    )
    return output.logits.flatten(0, 1), batch.labels.flatten()


def _causal_logits(loaded: Loaded, batch: CausalBatch) -> Tensor:
    """Logits [N, vocabulary] at the learned tokens only: as a rule the output layer is not computed on the source."""
    model = loaded.model
    masks = attention_masks(batch, model.config.sliding_window, model.dtype)
    hidden = model.model(
        input_ids=batch.input_ids, attention_mask=masks, position_ids=batch.position_ids, use_cache=False
    ).last_hidden_state  # [B, T, d]
    chosen = hidden.flatten(0, 1)[batch.places]  # [N, d]
    logits: Tensor = model.lm_head(chosen)
    return logits


def save_checkpoint(loaded: Loaded, folder: Path) -> None:
    """Write a transformers folder (safetensors, config, tokenizer) that inference and export can load."""
    loaded.model.config.use_cache = True
    # AraBART's says 1e30, and a longer text would index past the positions.
    positions = getattr(loaded.model.config, "max_position_embeddings", None)
    if positions and loaded.tokenizer.model_max_length > positions:
        loaded.tokenizer.model_max_length = positions
    loaded.model.save_pretrained(folder)
    loaded.tokenizer.save_pretrained(folder)
