from __future__ import annotations

import copy

import pytest
import torch

from training.finetune import lora
from training.finetune.models import load


@pytest.mark.parametrize(("family", "projections"), [("gemma3_text", 14), ("mbart", 16)])
def test_adapters_start_as_nothing_and_merge_exactly(family: str, projections: int) -> None:
    loaded = load(f"random:{family}", "float32")
    model = loaded.model.eval()
    ids = torch.tensor([[2, 30, 31, 32]])
    extra = {"decoder_input_ids": ids} if family == "mbart" else {}
    with torch.no_grad():
        before = model(ids, **extra).logits
        assert lora.adapt(model, rank=4, alpha=8.0) == projections
        assert torch.equal(model(ids, **extra).logits, before)
        for name, value in model.named_parameters():
            assert value.requires_grad == (".lora_" in name)
            if name.endswith("lora_b"):
                value.normal_(std=0.5)
        adapted = model(ids, **extra).logits
        assert not torch.allclose(adapted, before, atol=1e-3)
        merged = lora.merge(copy.deepcopy(model))
        assert not any(".lora_" in name for name in merged.state_dict())
        assert torch.allclose(merged(ids, **extra).logits, adapted, atol=1e-4)


def test_adapters_stay_float32_over_bfloat16_weights() -> None:
    layer = lora.LoraLinear(torch.nn.Linear(8, 4, dtype=torch.bfloat16), rank=2, alpha=2.0)
    assert layer(torch.ones(1, 8, dtype=torch.bfloat16)).dtype == torch.bfloat16
    assert layer.lora_a.dtype == layer.lora_b.dtype == torch.float32
