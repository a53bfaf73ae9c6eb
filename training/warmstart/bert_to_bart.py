"""BART on the weights of a BERT: the encoder as it is, a decoder that starts from the same layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarizer.errors import DataError
from training.warmstart.e5 import E5
from training.warmstart.vocabulary import Trimmed

OFFSET = 2
"""BART's position 0 is row 2 of its table."""

_RENAMED = {
    "attention.self.query": "self_attn.q_proj",
    "attention.self.key": "self_attn.k_proj",
    "attention.self.value": "self_attn.v_proj",
    "attention.output.dense": "self_attn.out_proj",
    "attention.output.LayerNorm": "self_attn_layer_norm",
    "intermediate.dense": "fc1",
    "output.dense": "fc2",
    "output.LayerNorm": "final_layer_norm",
}


def build(base: E5, trimmed: Trimmed, decoder_layers: int) -> Any:
    """A ``BartForConditionalGeneration`` on the kept pieces of ``base``, float32, tied embeddings."""
    import torch
    from transformers import BartConfig, BartForConditionalGeneration

    config: Any = BartConfig
    settings = config(
        vocab_size=len(trimmed.old_ids),
        d_model=base.width,
        max_position_embeddings=base.positions,
        encoder_layers=base.layers,
        decoder_layers=decoder_layers,
        encoder_attention_heads=base.heads,
        decoder_attention_heads=base.heads,
        encoder_ffn_dim=base.inner,
        decoder_ffn_dim=base.inner,
        activation_function="gelu",
        scale_embedding=False,
        **_special_ids(trimmed),
    )
    model: Any = BartForConditionalGeneration(settings)
    state = {name: torch.from_numpy(value) for name, value in base.weights.items()}
    wanted = _embeddings(state, trimmed) | _encoder(state, base.layers) | _decoder(state, base.layers, decoder_layers)
    missing, unknown = model.load_state_dict(wanted, strict=False)
    # The output layer and both halves' tables are tied to the shared one; the bias of the logits is a row of zeros.
    own = (
        "final_logits_bias",
        "lm_head.weight",
        "model.encoder.embed_tokens.weight",
        "model.decoder.embed_tokens.weight",
    )
    untied = sorted(set(missing) - set(own))
    if unknown or untied:
        raise DataError(expected="all weights of a BART", got=f"{unknown} unknown, {untied} missing", hint="report it")
    model.tie_weights()
    # As BART: texts are framed <s> … </s> like sources, so the decoder reads </s> <s> before it writes.
    model.generation_config.forced_bos_token_id = settings.bos_token_id
    return model.eval()


def _special_ids(trimmed: Trimmed) -> dict[str, int]:
    ids = {entry["content"]: entry["id"] for entry in trimmed.tokenizer["added_tokens"]}
    begin, end = ids["<s>"], ids["</s>"]
    starts = {"decoder_start_token_id": end, "forced_eos_token_id": end}
    return {"bos_token_id": begin, "pad_token_id": ids["<pad>"], "eos_token_id": end, **starts}


def _embeddings(state: dict[str, Any], trimmed: Trimmed) -> dict[str, Any]:
    """Words, positions and their layer norm; a text is all of token type 0, so its row is added to the positions."""
    import torch

    positions = state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
    table = torch.cat([positions[:1].repeat(OFFSET, 1), positions])
    found = {"model.shared.weight": state["embeddings.word_embeddings.weight"][torch.tensor(trimmed.old_ids)]}
    for half in ("encoder", "decoder"):
        found[f"model.{half}.embed_positions.weight"] = table
        for kind in ("weight", "bias"):
            found[f"model.{half}.layernorm_embedding.{kind}"] = state[f"embeddings.LayerNorm.{kind}"]
    return found


def _encoder(state: dict[str, Any], layers: int) -> dict[str, Any]:
    return {
        f"model.encoder.layers.{layer}.{new}.{kind}": state[f"encoder.layer.{layer}.{old}.{kind}"]
        for layer in range(layers)
        for old, new in _RENAMED.items()
        for kind in ("weight", "bias")
    }


def _decoder(state: dict[str, Any], layers: int, decoder_layers: int) -> dict[str, Any]:
    """Decoder layers from evenly spaced encoder layers, the first and the last among them."""
    found = {}
    for layer, origin in enumerate(spread(layers, decoder_layers)):
        for old, new in _RENAMED.items():
            for kind in ("weight", "bias"):
                value = state[f"encoder.layer.{origin}.{old}.{kind}"]
                found[f"model.decoder.layers.{layer}.{new}.{kind}"] = value
                if new.startswith("self_attn"):
                    crossed = new.replace("self_attn", "encoder_attn")
                    found[f"model.decoder.layers.{layer}.{crossed}.{kind}"] = value.clone()
    # e5's last norm makes small vectors of one direction (0.23 a value): no logit could stand out. A plain norm learns
    # faster (loss 6.92 against 7.80 after 30 steps of 8 headlines at 5e-4).
    last = f"model.decoder.layers.{decoder_layers - 1}.final_layer_norm"
    found[f"{last}.weight"] = found[f"{last}.weight"].new_ones(found[f"{last}.weight"].shape)
    found[f"{last}.bias"] = found[f"{last}.bias"].new_zeros(found[f"{last}.bias"].shape)
    return found


def spread(layers: int, count: int) -> list[int]:
    """``count`` of ``layers`` layers, evenly spaced, the first and the last among them."""
    return [round(index * (layers - 1) / max(1, count - 1)) for index in range(count)]


def encoder_difference(base: E5, model: Any, trimmed: Trimmed, ids: Sequence[int]) -> float:
    """The greatest difference of a hidden state between ``model``'s encoder and a BERT of ``base``, on new ``ids``."""
    import torch
    from transformers import BertConfig, BertModel

    config: Any = BertConfig
    reference: Any = BertModel(
        config(
            vocab_size=base.vocabulary,
            hidden_size=base.width,
            num_hidden_layers=base.layers,
            num_attention_heads=base.heads,
            intermediate_size=base.inner,
            max_position_embeddings=base.positions,
            type_vocab_size=base.types,
            layer_norm_eps=base.epsilon,
        ),
        add_pooling_layer=False,
    )
    reference.load_state_dict({name: torch.from_numpy(value) for name, value in base.weights.items()})
    reference.eval()
    with torch.no_grad():
        old = reference(torch.tensor([[trimmed.old_ids[index] for index in ids]])).last_hidden_state
        new = model.get_encoder()(torch.tensor([list(ids)])).last_hidden_state
    return float((old - new).abs().max())
