"""Smoothing changes nothing in floating point and much in int8, where channels are loud."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForCausalLM

from tests.tiny_checkpoints import make_gemma
from training.export.smooth import smooth_gemma

SEQUENCES = [[2, *range(20, 60)], [2, *range(300, 330)]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_gemma(tmp_path / "checkpoint")


def loud(folder: Path) -> Any:
    """A tiny Gemma with two channels of every norm turned up and the weights behind them turned down a hundredfold.

    It writes what it wrote before; in int8 the other channels lose their digits, as in grown models.
    """
    torch.set_num_threads(1)
    model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    scale = torch.ones(model.config.hidden_size)
    scale[3] = scale[17] = 100.0
    with torch.no_grad():
        for layer in model.model.layers:
            attention, mlp = layer.self_attn, layer.mlp
            for norm, readers in (
                (layer.input_layernorm, (attention.q_proj, attention.k_proj, attention.v_proj)),
                (layer.pre_feedforward_layernorm, (mlp.gate_proj, mlp.up_proj)),
            ):
                norm.weight.copy_((1 + norm.weight) * scale - 1)
                for reader in readers:
                    reader.weight.div_(scale)
    return model


def logits(model: Any) -> torch.Tensor:
    with torch.no_grad():
        return torch.stack([model(input_ids=torch.tensor([ids])).logits[0, -1] for ids in SEQUENCES])


def as_int8(tensor: torch.Tensor) -> torch.Tensor:
    """Rows rounded to 127 steps of their largest value, as CTranslate2 does with weights and activations."""
    scale = tensor.abs().amax(-1, keepdim=True).clamp(min=1e-9) / 127
    return (tensor / scale).round() * scale


def in_int8(model: Any) -> torch.Tensor:
    """The logits with every linear's weights and inputs rounded."""
    hooks = []
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            with torch.no_grad():
                module.weight = torch.nn.Parameter(as_int8(module.weight))
            hooks.append(module.register_forward_pre_hook(lambda _module, inputs: (as_int8(inputs[0]),)))
    found = logits(model)
    for hook in hooks:
        hook.remove()
    return found


def test_nothing_changes_in_floating_point(folder: Path) -> None:
    model = loud(folder)
    before = logits(model)
    weights = [layer.mlp.down_proj.weight.clone() for layer in model.model.layers]
    smooth_gemma(model, SEQUENCES)
    assert torch.allclose(before, logits(model), atol=1e-3 * float(before.abs().max()))
    for old, layer in zip(weights, model.model.layers, strict=True):
        assert not torch.equal(old, layer.mlp.down_proj.weight)


def test_int8_comes_much_nearer(folder: Path) -> None:
    plain, smoothed = loud(folder), loud(folder)
    exact = logits(plain)
    smooth_gemma(smoothed, SEQUENCES)
    assert (in_int8(smoothed) - exact).abs().mean() < 0.3 * (in_int8(plain) - exact).abs().mean()


def test_input_and_output_tables_part(folder: Path) -> None:
    model = loud(folder)
    embedding = model.get_input_embeddings().weight.clone()
    smooth_gemma(model, SEQUENCES)
    assert torch.equal(model.get_input_embeddings().weight, embedding)
    assert not torch.equal(model.lm_head.weight, embedding)
