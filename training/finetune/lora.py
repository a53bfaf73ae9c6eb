"""Low-rank adapters (LoRA, Hu et al. 2021, arXiv 2106.09685) on the linear layers of a transformer.

The frozen weights may be bfloat16; the adapters stay float32 and are cast where they are used, so that small updates
are not rounded away. (peft computes with them in float32, which takes a CPU longer and keeps more for the backward
pass.) ``merge`` folds them into the weights: what is left is an ordinary model.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

ADAPTED = frozenset(
    {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj", "out_proj", "fc1", "fc2"}
    | {"q", "k", "v", "o", "wi", "wi_0", "wi_1", "wo"}
)
"""Names of the projections that get an adapter: Gemma's seven, BART's, T5's."""


class LoraLinear(nn.Module):
    """``y = W x + b + (alpha / rank) * B A x``: ``W`` and ``b`` are frozen, ``B`` starts at zero."""

    def __init__(self, base: nn.Linear, rank: int, alpha: float) -> None:
        super().__init__()
        self.base, self.scale = base, alpha / rank
        self.lora_a = nn.Parameter(torch.empty(rank, base.in_features, dtype=torch.float32))
        self.lora_b = nn.Parameter(torch.zeros(base.out_features, rank, dtype=torch.float32))
        nn.init.kaiming_uniform_(self.lora_a, a=5**0.5)

    def forward(self, x: Tensor) -> Tensor:
        """``x`` [..., in_features] -> [..., out_features], in the type of ``x``."""
        low = functional.linear(x, self.lora_a.to(x.dtype))  # [..., rank]
        update: Tensor = functional.linear(low, (self.lora_b * self.scale).to(x.dtype))
        unchanged: Tensor = self.base(x)
        return update + unchanged

    def merged(self) -> nn.Linear:
        """The frozen layer with the adapter added to its weight (computed in float32)."""
        with torch.no_grad():
            update = (self.lora_b @ self.lora_a) * self.scale
            self.base.weight.copy_((self.base.weight.float() + update).to(self.base.weight.dtype))
        return self.base


def _linears(model: nn.Module, kind: type[nn.Module]) -> Iterator[tuple[nn.Module, str, Any]]:
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, kind) and name in ADAPTED:
                yield parent, name, child


def adapt(model: nn.Module, rank: int, alpha: float) -> int:
    """Freeze ``model`` and put an adapter on every projection of :data:`ADAPTED`; returns how many."""
    model.requires_grad_(False)
    count = 0
    for parent, name, linear in _linears(model, nn.Linear):
        setattr(parent, name, LoraLinear(linear, rank, alpha))
        count += 1
    return count


def merge(model: nn.Module) -> nn.Module:
    """Fold every adapter into its layer, in place; returns ``model``, which then has no adapters."""
    for parent, name, adapter in _linears(model, LoraLinear):
        setattr(parent, name, adapter.merged())
    return model
