"""An encoder-decoder that training can start from: T5Gemma 2's architecture on the layers of a Gemma 3.

    python -m training.restore summarizer/model --to runs/mujaz-270m-restored
    python -m training.encoder_decoder runs/mujaz-270m-restored --to runs/encoder-decoder-base --encoder-layers 9

A decoder of T5Gemma 2 attends to its own tokens and to the encoder's output with one set of projections (Zhang et al.
2025, arXiv 2512.14856), so Gemma 3's layers fill both halves. The encoder has the first layers, which now see both
ways; the decoder all of them, or as many, evenly spaced. The norm behind the encoder is the one that the layer after
its last one had before it: that layer of the decoder begins with the keys and values that it knows.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from summarizer.errors import ConfigError
from training.command import guarded
from training.export.notices import keep_notice
from training.finetune.models import load
from training.warmstart.bert_to_bart import spread

_NORMS: Mapping[str, str] = {
    "input_layernorm": "pre_self_attn_layernorm",
    "post_attention_layernorm": "post_self_attn_layernorm",
    "pre_feedforward_layernorm": "pre_feedforward_layernorm",
    "post_feedforward_layernorm": "post_feedforward_layernorm",
}
"""Gemma 3's name of a norm → T5Gemma 2's."""
_SAME = ("self_attn", "mlp")
"""What has one name in both, with all that is in it."""
_KEPT = (
    *("vocab_size", "hidden_size", "intermediate_size", "num_attention_heads", "num_key_value_heads", "head_dim"),
    *("query_pre_attn_scalar", "sliding_window", "max_position_embeddings", "rms_norm_eps", "rope_parameters"),
    *("hidden_activation", "bos_token_id", "eos_token_id", "pad_token_id"),
)
"""What both halves take over from the base's configuration."""
_TOWER = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 1}
"""The architecture has a tower for images. No text passes through it: it is as small as it can be."""


def make_encoder_decoder(checkpoint: Path, to: Path, encoder_layers: int, decoder_layers: int = 0) -> int:
    """Write the checkpoint folder ``to``, all of it or nothing; returns its parameters.

    ``decoder_layers`` 0: as many as ``checkpoint`` has. Raises :class:`ConfigError` when that is no Gemma 3, has fewer
    layers than are asked for, or ``to`` exists.
    """
    if to.exists():
        raise ConfigError(expected="a folder that does not exist yet", got=str(to), hint="name another")
    base = load(str(checkpoint), "bfloat16", "causal")
    layers = base.model.config.num_hidden_layers
    if not (1 <= encoder_layers <= layers and 0 <= decoder_layers <= layers):
        raise ConfigError(
            expected=f"1 to {layers} layers a half",
            got=f"{encoder_layers} and {decoder_layers}",
            hint=f"{checkpoint} has {layers}",
        )
    encoder = list(range(encoder_layers))
    decoder = spread(layers, decoder_layers or layers)
    model = _build(base.model, encoder, decoder)
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=f".{to.name}-") as scratch:
        folder = Path(scratch) / "checkpoint"
        model.save_pretrained(folder)
        base.tokenizer.save_pretrained(folder)
        keep_notice(checkpoint, folder)
        shutil.move(folder, to)
    return int(sum(value.numel() for value in model.parameters()))


def _build(base: Any, encoder: Sequence[int], decoder: Sequence[int]) -> Any:
    from transformers import T5Gemma2ForConditionalGeneration

    kind: Any = T5Gemma2ForConditionalGeneration
    model = kind(_config(base.config, encoder, decoder))
    old = base.state_dict()
    table = {"model.encoder.text_model.embed_tokens.weight": old["model.embed_tokens.weight"]}
    behind = f"model.layers.{len(encoder)}.input_layernorm.weight"
    ends = {
        "model.encoder.text_model.norm.weight": old.get(behind, old["model.norm.weight"]),
        "model.decoder.norm.weight": old["model.norm.weight"],
    }
    found = table | ends | _half(old, "model.encoder.text_model", encoder) | _half(old, "model.decoder", decoder)
    _, unknown = model.load_state_dict(found, strict=False)
    unfilled = [name for name in model.state_dict() if name not in found and not _is_other(name)]
    if unknown or unfilled:
        raise ConfigError(
            expected="every weight of a T5Gemma 2", got=f"{unknown} unknown, {unfilled} missing", hint="report it"
        )
    model.tie_weights()
    return model.to(base.dtype)


def _is_other(name: str) -> bool:
    """True for what is tied to the table of embeddings, and for the tower that no text passes."""
    tied = ("model.decoder.embed_tokens.", "lm_head.", "model.encoder.text_model.embed_tokens.eoi_embedding")
    return name.startswith((*tied, "model.encoder.vision_tower.", "model.encoder.multi_modal_projector."))


def _half(old: Mapping[str, Any], half: str, origins: Sequence[int]) -> dict[str, Any]:
    """The weights of the layers of ``half``, the n-th from layer ``origins[n]``."""
    found = {}
    for layer, origin in enumerate(origins):
        start = f"model.layers.{origin}."
        for name, value in old.items():
            if not name.startswith(start):
                continue
            part, _, rest = name.removeprefix(start).partition(".")
            new = part if part in _SAME else _NORMS[part]
            found[f"{half}.layers.{layer}.{new}.{rest}"] = value
    return found


def _config(base: Any, encoder: Sequence[int], decoder: Sequence[int]) -> Any:
    from transformers import T5Gemma2Config
    from transformers.models.t5gemma2.configuration_t5gemma2 import T5Gemma2DecoderConfig, T5Gemma2EncoderConfig

    reads: Any = T5Gemma2EncoderConfig
    writes: Any = T5Gemma2DecoderConfig
    both: Any = T5Gemma2Config
    # No text has these two ids: images are not read.
    places = {"image_token_index": base.vocab_size - 1, "eoi_token_index": base.vocab_size}
    vision = {"model_type": "siglip_vision_model", **_TOWER, "image_size": 8, "patch_size": 4}
    encoder_config = reads(text_config=_side(base, encoder), vision_config=vision, mm_tokens_per_image=4, **places)
    special = {name: getattr(base, name) for name in ("bos_token_id", "eos_token_id", "pad_token_id")}
    return both(encoder=encoder_config, decoder=writes(**_side(base, decoder)), **places, **special)


def _side(base: Any, origins: Sequence[int]) -> dict[str, Any]:
    """The configuration of one half: the base's, with the kinds of its own layers."""
    own = {name: getattr(base, name) for name in _KEPT}
    kinds = [base.layer_types[origin] for origin in origins]
    return {**own, "num_hidden_layers": len(origins), "layer_types": kinds, "dropout_rate": 0.0}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="training.encoder_decoder", description="T5Gemma 2 on a Gemma 3's layers.")
    parser.add_argument("checkpoint", type=Path, help="folder of a Gemma 3 in transformers' format")
    parser.add_argument("--to", type=Path, required=True, help="checkpoint folder to write; must not exist")
    parser.add_argument("--encoder-layers", type=int, required=True, help="the first so many layers")
    parser.add_argument("--decoder-layers", type=int, default=0, help="evenly spaced; default: all")
    options = parser.parse_args(arguments)

    def run() -> None:
        made = make_encoder_decoder(**vars(options))
        print(f"{options.to}: {made:,} parameters")

    return guarded(run)


if __name__ == "__main__":
    sys.exit(main())
