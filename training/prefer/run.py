"""The loop: what every line was worth to the model at the start, then some epochs of preferences.

Several processes (``torchrun``) take turns at the readings of a step and add their gradients up.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training.finetune.data.examples import Example
from training.finetune.models import Loaded
from training.finetune.processes import add_up, first, gathered, own
from training.prefer.loss import line_log_probs, margins, preference_loss

_AT_ONCE = 12
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
    loaded: Loaded, learned: Sequence[Example], held_out: Sequence[Example], chosen: Hyperparameters
) -> list[float]:
    """Train in place; after each epoch, the share of held-out pairs whose better line has gained more."""
    before, before_held = _known(loaded, learned), _known(loaded, held_out)
    optimizer = torch.optim.AdamW(loaded.trainable().values(), lr=chosen.rate, betas=(0.9, 0.98), weight_decay=0.0)
    an_epoch = -(-len(learned) // _AT_ONCE)
    shares: list[float] = []
    for number, batch in enumerate(_batches(len(learned), chosen.epochs), start=1):
        for group in optimizer.param_groups:
            group["lr"] = chosen.rate * _schedule((number - 1) / (chosen.epochs * an_epoch))
        pairs = sum(_pairs(learned[place]) for place in batch)
        loss = _accumulate(loaded, [(learned[place], before[place]) for place in own(batch)], chosen, pairs)
        loss = add_up(loaded.trainable().values(), loss)
        torch.nn.utils.clip_grad_norm_(loaded.trainable().values(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if first():
            print(f"step {number} of {chosen.epochs * an_epoch}: loss {loss:.3f}", file=sys.stderr, flush=True)
        if number % an_epoch == 0:
            gained = [margins(now, then) for now, then in zip(_known(loaded, held_out), before_held, strict=True)]
            shares.append(float((torch.cat(gained) > 0).double().mean()) if gained else 0.0)
            if first():
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


def _known(loaded: Loaded, examples: Sequence[Example]) -> list[Tensor]:
    """What each line of each reading is worth as the model is now."""
    with torch.no_grad():
        mine = [line_log_probs(loaded, example) for example in own(examples)]
    return gathered(mine, len(examples))


def _pairs(example: Example) -> int:
    return len(example.targets) // 2


def _accumulate(loaded: Loaded, mine: Sequence[tuple[Example, Tensor]], chosen: Hyperparameters, pairs: int) -> float:
    """The part that this process has of the gradients of a step of ``pairs`` pairs, and of its loss a pair."""
    total = 0.0
    for example, before in mine:
        now = line_log_probs(loaded, example)
        loss = preference_loss(now, before, example, chosen.beta, chosen.likelihood) / pairs
        torch.autograd.backward(loss)
        total += float(loss.detach())
    return total
