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
from training.finetune import checks
from training.finetune.data.batches import MASKED, Batch, CausalBatch, attention_masks
from training.finetune.data.frames import IdFrame, read_frame
from training.finetune.lora import adapt
from training.prompts import CONTROL_TOKENS
from training.warmstart.tiny import resolve

FAMILIES = {"gemma3_text": "causal", **dict.fromkeys(("bart", "mbart", "t5", "mt5", "t5gemma2"), "seq2seq")}
"""``model_type`` of a checkpoint's config -> how it is trained."""


@dataclass(slots=True)
class Loaded:
    """A checkpoint in memory, with the name of its family."""

    model: Any
    tokenizer: Any
    family: str
    frame: IdFrame | None = None
    """What stands around the texts of an encoder-decoder."""

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
            hint=f"--model FOLDER names one, training.warmstart makes one ({str(error).splitlines()[0]})",
        ) from error
    if kind not in FAMILIES:
        raise checks.refuse_kind(kind, FAMILIES, checkpoint)
    return FAMILIES[kind]


def load(checkpoint: str, dtype: str, wanted: str = "", weights: bool = True) -> Loaded:
    """Read a checkpoint. ``dtype`` is ``bfloat16`` or ``float32``. Its tokenizer must match the model.

    ``wanted``: the family that it has to be of. Without ``weights`` the model has random ones of the same shapes: what
    a dry run needs, and no download.
    """
    checkpoint = resolve(checkpoint)
    family = family_of(checkpoint)
    checks.check_family(family, wanted, checkpoint)
    tokenizer = load_tokenizer(checkpoint)
    model = _read_model(checkpoint, family, getattr(torch, dtype), weights)
    controls = CONTROL_TOKENS.values() if family == "causal" else ()
    checks.check_vocabulary(tokenizer, model.get_input_embeddings().weight.shape[0], controls, checkpoint)
    model.config.use_cache = False
    frame = None
    if family == "seq2seq":
        frame = read_frame(checkpoint, tokenizer)
        # What generate() begins with, and what a saved checkpoint says about itself.
        model.generation_config.decoder_start_token_id = frame.start[0]
        model.generation_config.forced_bos_token_id = frame.start[1] if len(frame.start) > 1 else None
    return Loaded(model, tokenizer, family, frame)


def _read_model(checkpoint: str, family: str, dtype: torch.dtype, weights: bool) -> Any:
    from safetensors import SafetensorError
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM

    kind: Any = AutoModelForCausalLM if family == "causal" else AutoModelForSeq2SeqLM
    # Plain matrix products: PyTorch's fused attention is three times slower on CPUs with heads of 256 (measured).
    options = {"dtype": dtype, "attn_implementation": "sdpa" if torch.cuda.is_available() else "eager"}
    if not weights:
        return kind.from_config(AutoConfig.from_pretrained(checkpoint, trust_remote_code=False), **options)
    try:
        model, found = kind.from_pretrained(checkpoint, output_loading_info=True, trust_remote_code=False, **options)
    except (OSError, RuntimeError, SafetensorError) as error:
        raise ConfigError(
            expected="weights of the model that config.json describes",
            got=f"{checkpoint}: {(str(error).splitlines() or [repr(error)])[0]}",
            hint="take configuration and weights from one checkpoint",
        ) from error
    checks.check_weights(found["missing_keys"], checkpoint)
    return model


def load_tokenizer(checkpoint: str) -> Any:
    """The tokenizer of a checkpoint; :class:`ConfigError` when there is none."""
    from transformers import AutoTokenizer

    checkpoint = resolve(checkpoint)
    checks.check_tokenizer_files(checkpoint)
    try:
        return AutoTokenizer.from_pretrained(checkpoint, trust_remote_code=False)
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(
            expected="a tokenizer beside the weights",
            got=f"{checkpoint}: {(str(error).splitlines() or [repr(error)])[0]}",
            hint="copy it from where the weights came from",
        ) from error


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
    halves = loaded.model.get_encoder(), loaded.model.get_decoder()
    # T5Gemma 2's encoder has a tower for images beside its text model.
    texts = [getattr(half, "text_model", half) for half in halves]
    return [layer for half in texts for layer in (half.block if hasattr(half, "block") else half.layers)]


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
        return causal_logits(loaded, batch), batch.labels
    # Not the model's own shift: MBart's begins with the last token of the text.
    start = batch.labels.new_full((len(batch.labels), 1), loaded.model.generation_config.decoder_start_token_id)
    before = torch.cat([start, batch.labels[:, :-1]], dim=1)  # [B, T]
    output = loaded.model(
        input_ids=batch.input_ids,
        attention_mask=batch.attention_mask,
        decoder_input_ids=before.masked_fill(before == MASKED, loaded.pad),
    )
    return output.logits.flatten(0, 1), batch.labels.flatten()


def causal_logits(loaded: Loaded, batch: CausalBatch) -> Tensor:
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
