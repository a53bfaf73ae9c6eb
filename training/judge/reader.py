"""A causal model that labels lines: frozen, with adapters on its upper layers and a head behind its last norm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from summarizer.backends.asks import LABELS
from training.finetune.lora import adapt
from training.judge.rows import Group

_HIDDEN = -1e9


@dataclass(frozen=True, slots=True)
class Batch:
    """Groups side by side: ids [B, S], what each token sees [B, 1, S, S] (added), its place; where the lines end.

    ``labels`` [lines, labels]: 0 where a line may have the label, else far below.
    """

    ids: Tensor
    seen: Tensor
    places: Tensor
    rows: tuple[int, ...]
    ends: tuple[int, ...]
    labels: Tensor


class Reader(nn.Module):
    """``frozen``: layers from below that are as they were, so that what they give is worked out once."""

    def __init__(self, checkpoint: Path | str, answers: Sequence[int], frozen: int, rank: int) -> None:
        """``answers``: the token of each label, whose embeddings the head begins with."""
        super().__init__()
        from transformers import Gemma3ForCausalLM

        kind: Any = Gemma3ForCausalLM
        loaded = kind.from_pretrained(checkpoint, dtype=torch.float32, use_safetensors=True)
        loaded.requires_grad_(False)
        self.model, self.frozen = loaded.model, frozen
        for layer in self.model.layers[frozen:]:
            adapt(layer, rank, 2.0 * rank)
        self.head = nn.Linear(loaded.config.hidden_size, len(LABELS))
        with torch.no_grad():
            self.head.weight.copy_(loaded.lm_head.weight[list(answers)])
            self.head.bias.zero_()

    def below(self, batch: Batch) -> Tensor:
        """What the frozen layers give [B, S, d]."""
        with torch.no_grad():
            return self._through(self.model.embed_tokens(batch.ids), batch, 0, self.frozen)

    def forward(self, below: Tensor, batch: Batch) -> Tensor:
        """The logits [lines, labels] of the lines, in the order of ``batch.rows``."""
        hidden = self._through(below, batch, self.frozen, len(self.model.layers))
        told: Tensor = self.head(self.model.norm(hidden[list(batch.rows), list(batch.ends)]))
        return told

    def _through(self, hidden: Tensor, batch: Batch, first: int, end: int) -> Tensor:
        kinds = self.model.config.layer_types
        turned = {kind: self.model.rotary_emb(hidden, batch.places, kind) for kind in set(kinds)}
        for index in range(first, end):
            layer = self.model.layers[index]
            hidden = layer(hidden, position_embeddings=turned[kinds[index]], attention_mask=batch.seen)
        return hidden


def batch_of(groups: Sequence[Group]) -> Batch:
    """Groups side by side, the shorter ones padded."""
    size = max(len(group.ids) for group in groups)

    def padded(name: str, filler: int) -> Tensor:
        rows = [(*getattr(group, name), *[filler] * (size - len(group.ids))) for group in groups]
        return torch.tensor(rows)

    parts = padded("parts", -1)
    behind = torch.tril(torch.ones(size, size, dtype=torch.bool))
    seen = behind & ((parts[:, None] == 0) | (parts[:, None] == parts[:, :, None]))
    added = torch.where(seen, 0.0, _HIDDEN)[:, None]
    rows = tuple(row for row, group in enumerate(groups) for _ in group.ends)
    ends = tuple(end for group in groups for end in group.ends)
    labels = torch.full((len(rows), len(LABELS)), _HIDDEN)
    for row, label in enumerate(label for group in groups for label in group.labels):
        labels[row, list(label)] = 0.0
    return Batch(padded("ids", 0), added, padded("places", 0), rows, ends, labels)
