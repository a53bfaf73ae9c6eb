"""Several processes (``torchrun``) that take turns at the parts of a step and add their gradients up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import torch
from torch import Tensor, distributed

_Part = TypeVar("_Part")


def first() -> bool:
    """Whether this process is the one that tells and writes: the only one, or the first of several."""
    return not distributed.is_initialized() or distributed.get_rank() == 0


def own(parts: Sequence[_Part]) -> Sequence[_Part]:
    """The parts that are this process's turn."""
    return parts[distributed.get_rank() :: distributed.get_world_size()] if distributed.is_initialized() else parts


def gathered(parts: Sequence[_Part], count: int) -> list[_Part]:
    """What all processes made of ``count`` parts, each of its :func:`own`, in the order of the parts."""
    if not distributed.is_initialized():
        return list(parts)
    turns: list[list[_Part]] = [[] for _ in range(distributed.get_world_size())]
    distributed.all_gather_object(turns, list(parts))
    return [turns[place % len(turns)][place // len(turns)] for place in range(count)]


def fewest(count: int) -> int:
    """The smallest count of all processes: so many steps they can take together."""
    if not distributed.is_initialized():
        return count
    found = torch.tensor(count)
    distributed.all_reduce(found, op=distributed.ReduceOp.MIN)
    return int(found)


def total(count: float) -> float:
    """The sum of what all processes count."""
    if not distributed.is_initialized():
        return count
    found = torch.tensor(float(count))
    distributed.all_reduce(found)
    return float(found)


def add_up(values: Iterable[Tensor], loss: float) -> float:
    """The loss of all processes, whose gradients of ``values`` are added up in each of them."""
    if not distributed.is_initialized():
        return loss
    for value in values:
        value.grad = torch.zeros_like(value) if value.grad is None else value.grad
        distributed.all_reduce(value.grad)
    return total(loss)
