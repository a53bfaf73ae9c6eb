"""The loop: some epochs over labelled lines."""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.finetune.processes import add_up, fewest, first, own, total
from training.judge.reader import Batch, Reader, batch_of
from training.judge.rows import Group

_WARM_UP_STEPS = 40
_FINAL_SHARE = 0.05
_SORTED = 512
"""Groups that are sorted by length together."""


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """Of one run: see ``training.judge --help``."""

    epochs: int = 2
    rate: float = 6e-4
    tokens: int = 1000
    """Of a batch, with padding; each process takes one a step."""


class Trainer:
    """One reader on its way. What its frozen layers give for a group is worked out once and kept in bfloat16."""

    def __init__(self, reader: Reader, chosen: Hyperparameters) -> None:
        self.reader, self._chosen = reader, chosen
        self._values = [value for value in reader.parameters() if value.requires_grad]
        self._optimizer = torch.optim.AdamW(self._values, lr=chosen.rate, betas=(0.9, 0.98), weight_decay=0.01)
        self._kept: dict[Group, Tensor] = {}

    def train(self, before: Sequence[Group], groups: Sequence[Group]) -> None:
        """One epoch over ``before``, then some over ``groups``, in place."""
        chance = random.Random(1)
        epochs = [before, *[groups] * self._chosen.epochs]
        made = [list(batches(list(own(epoch)), self._chosen.tokens, chance)) for epoch in epochs]
        batch_by_batch = [batch for epoch in made for batch in epoch[: fewest(len(epoch))]]
        for number, batch in enumerate(batch_by_batch):
            for part in self._optimizer.param_groups:
                part["lr"] = self._chosen.rate * _schedule(number, len(batch_by_batch))
            loss = self._step(batch)
            if first():
                print(f"step {number + 1} of {len(batch_by_batch)}: loss {loss:.3f}", file=sys.stderr, flush=True)

    def _step(self, groups: Sequence[Group]) -> float:
        """One step; the loss a line, of this process's lines or of all processes'."""
        batch = batch_of(groups)
        losses = _losses(self._told(groups, batch), batch.labels)
        self._optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(losses)
        lines, summed = total(len(batch.labels)), add_up(self._values, float(losses.detach()))
        for value in self._values:
            if value.grad is not None:
                value.grad /= lines
        torch.nn.utils.clip_grad_norm_(self._values, 1.0)
        self._optimizer.step()
        return summed / lines

    def loss(self, groups: Sequence[Group]) -> float:
        """The mean loss a line."""
        summed = lines = 0.0
        with torch.no_grad():
            for batch in batches(own(groups), self._chosen.tokens):
                made = batch_of(batch)
                summed += float(_losses(self._told(batch, made), made.labels))
                lines += len(made.labels)
        return total(summed) / max(1.0, total(lines))

    def _told(self, groups: Sequence[Group], batch: Batch) -> Tensor:
        """The logits of the lines, from what the frozen layers gave."""
        told: Tensor = self.reader(self._below(groups, batch), batch)
        return told

    def _below(self, groups: Sequence[Group], batch: Batch) -> Tensor:
        if any(group not in self._kept for group in groups):
            made = self.reader.below(batch)
            for group, one in zip(groups, made, strict=True):
                self._kept[group] = one[: len(group.ids)].to(torch.bfloat16)
            return made
        return torch.nn.utils.rnn.pad_sequence([self._kept[group].float() for group in groups], batch_first=True)


def batches(groups: Sequence[Group], tokens: int, chance: random.Random | None = None) -> Iterator[list[Group]]:
    """Groups of like length together, at most ``tokens`` with padding; without ``chance`` in order of length."""
    order = list(groups)
    if chance:
        chance.shuffle(order)
    size = _SORTED if chance else max(1, len(order))
    made: list[list[Group]] = []
    for start in range(0, len(order), size):
        batch: list[Group] = []
        for group in sorted(order[start : start + size], key=lambda one: len(one.ids)):
            if batch and (len(batch) + 1) * len(group.ids) > tokens:
                made.append(batch)
                batch = []
            batch.append(group)
        if batch:
            made.append(batch)
    if chance:
        chance.shuffle(made)
    yield from made


def _losses(told: Tensor, labels: Tensor) -> Tensor:
    """How unlikely each line has one of the labels that it may have, summed."""
    return -torch.logsumexp(functional.log_softmax(told, dim=1) + labels, dim=1).sum()


def _schedule(number: int, steps: int) -> float:
    """Up over the first steps, then down along half a cosine."""
    down = 0.5 + 0.5 * math.cos(math.pi * number / max(1, steps))
    return min(1.0, (number + 1) / _WARM_UP_STEPS) * (_FINAL_SHARE + (1 - _FINAL_SHARE) * down)
