"""Which examples are read together and in which order, and the tensors that they become.

The order is a function of the seed and the epoch alone, so a killed run finds its place again. A batch holds
examples of nearly one length: padding costs as much as text.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import torch
from torch import Tensor

from training.finetune.data.examples import Example

POOL_BATCHES = 24
"""Examples are sorted by length within pools of about this many batches: less padding, and still a random order."""

MASKED = -100
"""The label that PyTorch's cross-entropy ignores."""

ANSWER_WEIGHTS = {"verify": 5.0, "judge": 5.0, "rank": 3.0, "reached": 3.0}
"""An answer is one token and a text two dozen: as many answers as texts would otherwise teach a fraction of theirs."""


@dataclass(frozen=True, slots=True)
class CausalBatch:
    """Tensors of one batch for a decoder-only model. B examples, T tokens (padded), N target tokens in all."""

    input_ids: Tensor  # [B, T]
    position_ids: Tensor  # [B, T]: every target counts on from the end of its source
    segments: Tensor  # [B, T]: 0 source, 1… the targets, -1 padding
    places: Tensor  # [N]: index into the flattened [B * T] of the token before each token that is learned
    labels: Tensor  # [N]
    weights: Tensor  # [N]: how much each counts in training; 1 but for verdicts and tokens of the source
    target_weight: float
    """The sum of the weights of target tokens."""

    def to(self, device: torch.device) -> CausalBatch:
        """The same batch on ``device``."""
        tensors = {name: value.to(device, non_blocking=True) for name, value in _tensors(self).items()}
        return replace(self, **tensors)


@dataclass(frozen=True, slots=True)
class Seq2SeqBatch:
    """Tensors of one batch for an encoder-decoder. B examples, S source tokens, T target tokens (padded)."""

    input_ids: Tensor  # [B, S]
    attention_mask: Tensor  # [B, S]
    labels: Tensor  # [B, T], MASKED where padded

    def to(self, device: torch.device) -> Seq2SeqBatch:
        """The same batch on ``device``."""
        return replace(self, **{name: value.to(device, non_blocking=True) for name, value in _tensors(self).items()})


Batch = CausalBatch | Seq2SeqBatch


def _tensors(batch: Batch) -> dict[str, Any]:
    values = {item.name: getattr(batch, item.name) for item in fields(batch)}
    return {name: value for name, value in values.items() if isinstance(value, Tensor)}


def repeats(names: Sequence[str], weights: Mapping[str, float], epoch: int) -> list[int]:
    """Indices of the examples of one epoch: each as often as the weight of its source says.

    A weight of 2.5 is two times, and a third time in every second epoch. Unnamed sources have weight 1.
    """
    indices: list[int] = []
    for index, name in enumerate(names):
        weight = weights.get(name, 1.0)
        times = int(weight * (epoch + 1) + index % 97 / 97) - int(weight * epoch + index % 97 / 97)
        indices.extend([index] * times)
    return indices


def order(lengths: Sequence[int], indices: Sequence[int], batch_tokens: int, seed: int, epoch: int) -> list[list[int]]:
    """The batches of an epoch as lists of indices into ``lengths``.

    Padded, none is over ``batch_tokens``; an example that is longer is a batch of its own.
    """
    chance = random.Random(f"{seed}/{epoch}")
    shuffled = list(indices)
    chance.shuffle(shuffled)
    mean = max(1, sum(lengths[index] for index in shuffled) // max(1, len(shuffled)))
    pool = max(1, POOL_BATCHES * batch_tokens // mean)
    batches: list[list[int]] = []
    for start in range(0, len(shuffled), pool):
        chunk = sorted(shuffled[start : start + pool], key=lambda index: lengths[index])
        made = _fill(chunk, lengths, batch_tokens)
        chance.shuffle(made)
        batches.extend(made)
    return batches


def _fill(ascending: Sequence[int], lengths: Sequence[int], batch_tokens: int) -> list[list[int]]:
    batches: list[list[int]] = []
    current: list[int] = []
    for index in ascending:
        if current and (len(current) + 1) * lengths[index] > batch_tokens:
            batches.append(current)
            current = []
        current.append(index)
    return [*batches, current] if current else batches


def collate_causal(examples: Sequence[Example], pad: int, source_loss: float = 0.0, multiple: int = 1) -> CausalBatch:
    """Sources and targets in one line each, padded at the right to a ``multiple`` of tokens.

    With ``source_loss`` the tokens of the sources are learned too, with that weight; not those before a verdict,
    which hold statements made false on purpose.
    """
    width = -(-max(example.length for example in examples) // multiple) * multiple
    ids = torch.full((len(examples), width), pad)
    positions = torch.zeros((len(examples), width), dtype=torch.long)
    segments = torch.full((len(examples), width), -1)
    places: list[int] = []
    labels: list[int] = []
    weights: list[float] = []
    target_weight = 0.0
    for line, example in enumerate(examples):
        start = len(example.source)
        ids[line, :start] = torch.tensor(example.source)
        positions[line, :start] = torch.arange(start)
        segments[line, :start] = 0
        at = start
        for number, (task, before, target) in enumerate(example.targets, start=1):
            # What is read before a target takes the place of its end token, which nothing follows: [b1 … bm, t1 … tn].
            read = (*before, *target[:-1])
            end = at + len(read)
            ids[line, at:end] = torch.tensor(read)
            positions[line, at:end] = torch.arange(start, start + len(read))
            segments[line, at:end] = number
            weight = ANSWER_WEIGHTS.get(task, 1.0)
            places.extend(range(line * width + end - len(target), line * width + end))
            labels.extend(target)
            weights.extend([weight] * len(target))
            target_weight += weight * len(target)
            at = end
        if learned := _source_weight(example, source_loss):
            places.extend(range(line * width, line * width + start - 1))
            labels.extend(example.source[1:])
            weights.extend([learned] * (start - 1))
            target_weight += 0 if example.targets else start - 1
    taught = (torch.tensor(places), torch.tensor(labels), torch.tensor(weights))
    return CausalBatch(ids, positions, segments, *taught, target_weight)


def _source_weight(example: Example, source_loss: float) -> float:
    """What a token of the source counts: 1 where there is nothing else to learn, 0 before a verdict."""
    if not example.targets:
        return 1.0
    return 0.0 if example.targets[0][0] == "verify" else source_loss


def collate_seq2seq(examples: Sequence[Example], pad: int, multiple: int = 1) -> Seq2SeqBatch:
    """Sources and targets apart, both padded at the right to a ``multiple`` of tokens."""
    width = -(-max(len(example.source) for example in examples) // multiple) * multiple
    height = -(-max(len(example.targets[0][2]) for example in examples) // multiple) * multiple
    ids = torch.full((len(examples), width), pad)
    mask = torch.zeros((len(examples), width), dtype=torch.long)
    labels = torch.full((len(examples), height), MASKED)
    for line, example in enumerate(examples):
        target = example.targets[0][2]
        ids[line, : len(example.source)] = torch.tensor(example.source)
        mask[line, : len(example.source)] = 1
        labels[line, : len(target)] = torch.tensor(target)
    return Seq2SeqBatch(ids, mask, labels)


def collate(examples: Sequence[Example], pad: int, family: str, source_loss: float = 0.0) -> Batch:
    """The batch of ``examples`` for a model of ``family`` (``causal`` or ``seq2seq``)."""
    # Fused attention on accelerators wants aligned rows of its mask.
    multiple = 16 if torch.cuda.is_available() else 1
    if family != "causal":
        return collate_seq2seq(examples, pad, multiple)
    return collate_causal(examples, pad, source_loss, multiple)


def attention_masks(batch: CausalBatch, window: int, dtype: torch.dtype) -> dict[str, Tensor]:
    """Additive masks [B, 1, T, T] by Gemma's layer type: a target sees its source and itself, no other target.

    So every target is trained exactly as it will be asked for, though the source is read once for all of them.
    """
    segments, positions = batch.segments, batch.position_ids
    same = segments[:, None, :] == segments[:, :, None]  # [B, query, key]
    allowed = torch.tril(same | (segments[:, None, :] == 0))
    near = (positions[:, :, None] - positions[:, None, :]) < window
    low = torch.finfo(dtype).min
    bias = [
        torch.zeros(mask.shape, dtype=dtype, device=mask.device).masked_fill_(~mask, low)[:, None]
        for mask in (allowed, allowed & near)
    ]
    return {"full_attention": bias[0], "sliding_attention": bias[1]}
