"""What every optimiser step of a run reads: one device's batches, made while the device is busy with the last ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from training.finetune.data.batches import Batch
from training.finetune.data.examples import Example
from training.finetune.data.read import Data, epoch_batches
from training.finetune.recipe import Recipe

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Step:
    """One optimiser step, and where the run is after it."""

    number: int
    epoch: int
    read: int
    """Batches of this epoch that all devices together have read."""
    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Which of several devices this one is."""

    index: int = 0
    devices: int = 1


def steps(
    recipe: Recipe, data: Data, make: Callable[[list[Example]], Batch], last: tuple[int, int, int], share: Share
) -> Iterator[Step]:
    """The steps after ``last`` (number, epoch, batches read of it), without end; ``make`` turns examples to tensors."""
    number, epoch, read = last
    width = share.devices * recipe.accumulate
    while True:
        batches = epoch_batches(recipe, data, epoch)
        while (start := read) + width <= len(batches):
            mine = batches[start : start + width][share.index :: share.devices]
            number, read = number + 1, start + width
            yield Step(number, epoch, read, tuple(make([data.train[index] for index in batch]) for batch in mine))
        epoch, read = epoch + 1, 0


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The same items, each made in another thread while the one before it is used."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item
