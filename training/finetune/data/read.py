"""The rows of a run as ids, and which of them are read at which step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import DataError
from training.finetune.data import encode
from training.finetune.data.batches import order, repeats
from training.finetune.data.examples import Example, read_rows
from training.finetune.models import Loaded
from training.finetune.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Shown:
    """A held-out example that texts are written for, with what an editor wrote."""

    example: Example
    source: str
    targets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Data:
    """Encoded rows. ``names`` and ``lengths`` (tokens) belong to ``train``; ``heldout`` is in batches."""

    train: list[Example]
    names: list[str]
    lengths: list[int]
    heldout: list[list[Example]]
    shown: list[Shown]


def read_data(recipe: Recipe, loaded: Loaded, limit: int = 0) -> Data:
    """Encode the rows of a recipe; ``limit`` > 0 reads only as many training rows.

    Raises :class:`DataError` for a line that is not a row, or when no row of a file is left.
    """
    encoder = encode.make_encoder(recipe, loaded.tokenizer, loaded.family)
    if recipe.train.endswith(encode.SUFFIX):
        train, names = encode.load(Path(recipe.train), encode.signature(recipe, encoder))
        train, names = train[: limit or None], names[: limit or None]
    else:
        train, names = encode.encode_rows(recipe, encoder, limit)
    held: list[Example] = []
    shown: list[Shown] = []
    for row in read_rows(Path(recipe.heldout), recipe.tasks, recipe.eval_rows):
        examples = encoder.encode(row)
        held += examples
        # What is asked behind a reading is compared by its loss alone.
        shown += [] if row.asks else [Shown(example, row.source, row.targets) for example in examples]
    if not train or not held:
        empty = recipe.heldout if train else recipe.train
        raise DataError(expected="rows with a target that fits", got=f"none in {empty}", hint="raise max_target_tokens")
    batches = order([example.length for example in held], range(len(held)), recipe.batch_tokens, seed=0, epoch=0)
    heldout = [[held[index] for index in batch] for batch in batches]
    return Data(train, names, [example.length for example in train], heldout, shown[: recipe.generate_rows])


def epoch_batches(recipe: Recipe, data: Data, epoch: int) -> list[list[int]]:
    """The batches of ``epoch`` as indices into ``data.train``, the same on every device and in every run."""
    indices = repeats(data.names, recipe.source_weights, epoch)
    return order(data.lengths, indices, recipe.batch_tokens, recipe.seed, epoch)


def count_steps(recipe: Recipe, data: Data, devices: int) -> int:
    """Optimiser steps of the whole run (of the first epoch, when the clock rules).

    Raises :class:`DataError` when an epoch has too few batches for one step of every device.
    """
    width = recipe.accumulate * devices
    batches = len(epoch_batches(recipe, data, 0))
    if batches < width:
        raise DataError(
            expected=f"at least {width} batches an epoch ({devices} devices x {recipe.accumulate} accumulated)",
            got=f"{batches} from {recipe.train}",
            hint="lower batch_tokens or accumulate, or give more rows",
        )
    whole = batches // width
    return whole if recipe.steps_by_clock else max(1, round(recipe.epochs * whole))
