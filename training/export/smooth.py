"""Smoothing before int8: the loud channels of activations are turned down and the weights behind them up.

CTranslate2 quantises each token's activations by their largest value, and in Gemma a few channels are far louder than
the rest, so that the others lose their digits. SmoothQuant (Xiao et al. 2023, arXiv:2211.10438) divides channel j of an
activation by s_j and multiplies column j of the weights that read it, which changes nothing in floating point:

    s_j = max|x_j| ^ strength / max|w_j| ^ (1 - strength)

Every division is folded into what makes the activation: a norm's weight, or the rows of the layer before. The output
layer gets weights of its own for it, since its rows are also the embedding: 9 MB more.

Measured on 30 held-out rows of the first fine-tuned model (float32: 1.468 nats a target token): plain int8 1.510 with
the same best token at 91.6 % of places and a divergence of 0.047; smoothed 1.480, 96.6 % and 0.011.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import torch
from torch import Tensor

STRENGTH, OUTPUT_STRENGTH = 0.75, 0.5
"""Of layers and of the output layer: the best of (0.5, 0.6, 0.75, 0.85, 0.95) × (none, 0.5, 0.6, 0.75, 0.9)."""
_FLOOR = 1e-5


def smooth_gemma(
    model: Any, sequences: Sequence[Sequence[int]], strength: float = STRENGTH, output_strength: float = OUTPUT_STRENGTH
) -> None:
    """Smooth a ``Gemma3ForCausalLM`` in place. ``sequences``: token ids like those that it will read and write."""
    loudest = _listen(model, sequences)
    with torch.no_grad():
        for index, layer in enumerate(model.model.layers):
            attention, feedforward = layer.self_attn, layer.mlp
            for norm, readers, name in (
                (layer.input_layernorm, (attention.q_proj, attention.k_proj, attention.v_proj), "q_proj"),
                (layer.pre_feedforward_layernorm, (feedforward.gate_proj, feedforward.up_proj), "gate_proj"),
            ):
                scale = _scale(loudest[index, name], readers, strength)
                # Gemma's norms multiply by one plus their weight.
                norm.weight.copy_((1 + norm.weight) / scale - 1)
                _columns(readers, scale)
            scale = _scale(loudest[index, "down_proj"], (feedforward.down_proj,), strength)
            feedforward.up_proj.weight.div_(scale[:, None])
            _columns((feedforward.down_proj,), scale)
            _smooth_values(attention, loudest[index, "o_proj"], strength, model.config)

        table = model.lm_head.weight.clone()
        scale = _balance(loudest[-1, "lm_head"], table.abs().amax(0), output_strength)
        model.model.norm.weight.copy_((1 + model.model.norm.weight) / scale - 1)
        model.lm_head.weight = torch.nn.Parameter(table * scale)


def _smooth_values(attention: Any, loudest: Tensor, strength: float, config: Any) -> None:
    """The output projection reads [heads * size]; the heads of one group share the rows of one value head."""
    groups, size = config.num_key_value_heads, config.head_dim
    heads = config.num_attention_heads // groups
    of_group = loudest.view(groups, heads, size).amax(1)  # [groups, size]
    columns = attention.o_proj.weight.abs().amax(0).view(groups, heads, size).amax(1)
    scale = _balance(of_group, columns, strength)
    attention.v_proj.weight.div_(scale.reshape(-1)[:, None])
    _columns((attention.o_proj,), scale[:, None].expand(groups, heads, size).reshape(-1))


def _listen(model: Any, sequences: Sequence[Sequence[int]]) -> dict[tuple[int, str], Tensor]:
    """(layer, linear) → the largest magnitude of each channel of what the linear reads."""
    loudest: dict[tuple[int, str], Tensor] = {}

    def hook(key: tuple[int, str]) -> Any:
        def listen(_module: Any, inputs: tuple[Tensor, ...]) -> None:
            found = inputs[0].detach().abs().flatten(0, -2).amax(0)
            loudest[key] = torch.maximum(loudest[key], found) if key in loudest else found

        return listen

    with ExitStack() as hooks, torch.no_grad():
        for key, linear in _linears(model):
            hooks.callback(linear.register_forward_pre_hook(hook(key)).remove)
        for ids in sequences:
            model(input_ids=torch.tensor([list(ids)]), use_cache=False)
    return loudest


def _linears(model: Any) -> Iterator[tuple[tuple[int, str], Any]]:
    yield (-1, "lm_head"), model.lm_head
    for index, layer in enumerate(model.model.layers):
        yield (index, "q_proj"), layer.self_attn.q_proj
        yield (index, "o_proj"), layer.self_attn.o_proj
        yield (index, "gate_proj"), layer.mlp.gate_proj
        yield (index, "down_proj"), layer.mlp.down_proj


def _scale(loudest: Tensor, readers: Sequence[Any], strength: float) -> Tensor:
    columns = torch.stack([reader.weight.abs().amax(0) for reader in readers]).amax(0)
    return _balance(loudest, columns, strength)


def _balance(loudest: Tensor, columns: Tensor, strength: float) -> Tensor:
    return loudest.clamp(min=_FLOOR) ** strength / columns.clamp(min=_FLOOR) ** (1 - strength)


def _columns(readers: Sequence[Any], scale: Tensor) -> None:
    for reader in readers:
        reader.weight.mul_(scale)
