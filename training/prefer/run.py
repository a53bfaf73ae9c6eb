"""The loop: what every line was worth to the model at the start, then some epochs of preferences."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training.finetune.models import Loaded
from training.prefer.loss import collated, line_log_probs, preference_loss
from training.prefer.pairs import Paired

_AT_ONCE = 8
"""Readings an optimiser step."""
_WARM_UP = 0.1


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """Of one run: see ``training.prefer --help``."""

    epochs: int = 2
    rate: float = 2e-4
    beta: float = 0.1
    likelihood: float = 1.0


def train(
    loaded: Loaded, learned: Sequence[Paired], held_out: Sequence[Paired], chosen: Hyperparameters
) -> list[float]:
    """Train in place; the share of held-out pairs told right at the start and after each epoch."""
    before = [_known(loaded, one) for one in learned]
    before_held = [_known(loaded, one) for one in held_out]
    optimizer = torch.optim.AdamW(loaded.trainable().values(), lr=chosen.rate, betas=(0.9, 0.98), weight_decay=0.0)
    steps = chosen.epochs * -(-len(learned) // _AT_ONCE)
    shares: list[float] = []
    for number, batch in enumerate(_batches(len(learned), chosen.epochs)):
        for group in optimizer.param_groups:
            group["lr"] = chosen.rate * _schedule(number / steps)
        loss, right, pairs = _step(loaded, [(learned[place], before[place]) for place in batch], chosen)
        torch.nn.utils.clip_grad_norm_(loaded.trainable().values(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        print(f"step {number + 1} of {steps}: loss {loss:.3f}, {right} of {pairs} pairs right", file=sys.stderr)
        if (number + 1) % (steps // chosen.epochs) == 0:
            shares.append(_share(loaded, held_out, before_held, chosen))
            print(f"held out: {shares[-1]:.1%} of pairs right", flush=True)
    return shares


def _schedule(done: float) -> float:
    """Up over the first tenth, then down in a line."""
    return min(done / _WARM_UP, (1 - done) / (1 - _WARM_UP)) if done else 0.1


def _batches(count: int, epochs: int) -> Iterator[list[int]]:
    chance = random.Random(1)
    for _ in range(epochs):
        order = list(range(count))
        chance.shuffle(order)
        yield from (order[start : start + _AT_ONCE] for start in range(0, count, _AT_ONCE))


def _known(loaded: Loaded, paired: Paired) -> Tensor:
    batch, lengths = collated(paired, loaded.pad)
    with torch.no_grad():
        return line_log_probs(loaded, batch, lengths)


def _step(loaded: Loaded, batch: Sequence[tuple[Paired, Tensor]], chosen: Hyperparameters) -> tuple[float, int, int]:
    total, right, pairs = 0.0, 0, 0
    lines = sum(len(paired.example.targets) for paired, _ in batch)
    for paired, before in batch:
        tensors, lengths = collated(paired, loaded.pad)
        now = line_log_probs(loaded, tensors, lengths)
        loss, count, known = preference_loss(now, before, paired, chosen.beta, chosen.likelihood)
        torch.autograd.backward(loss / lines)
        total, right, pairs = total + float(loss.detach()), right + known, pairs + count
    return total / lines, right, pairs


def _share(loaded: Loaded, held_out: Sequence[Paired], before: Sequence[Tensor], chosen: Hyperparameters) -> float:
    right, pairs = 0, 0
    for paired, known in zip(held_out, before, strict=True):
        _, count, told = preference_loss(_known(loaded, paired), known, paired, chosen.beta, chosen.likelihood)
        right, pairs = right + told, pairs + count
    return right / max(1, pairs)
