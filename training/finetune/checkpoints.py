"""Checkpoints that survive a kill at any moment, and from which a run goes on bit for bit.

    OUT/
    ├── state/step-00000150/   everything a run needs to go on: weights that train, optimiser, place, random state
    ├── best/                  the trained weights with the best held-out loss so far
    ├── recipe.json            the recipe that made them
    ├── log.jsonl              one line an event
    └── tensorboard/

``best`` and ``state/*`` hold only what training changed. ``python -m training.merge OUT --to FOLDER`` makes a
transformers checkpoint of it. A folder is written under another name, flushed to the disk, then renamed.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from summarizer.errors import DataError

KEPT_STATES = 2
"""States kept: the last, and the one before it should the last be damaged."""


def write_folder(folder: Path, tensors: Mapping[str, Mapping[str, Tensor]], state: Mapping[str, Any]) -> None:
    """Write ``{file: {name: tensor}}`` as ``file.safetensors`` and ``state`` as ``state.json``, all or nothing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        for name, table in tensors.items():
            save_file(
                {key: value.detach().contiguous() for key, value in table.items()}, scratch / f"{name}.safetensors"
            )
        (scratch / "state.json").write_text(json.dumps(state, indent=1) + "\n", encoding="utf-8")
        for file in scratch.iterdir():
            _flush(file)
    except (OSError, SafetensorError) as error:
        shutil.rmtree(scratch, ignore_errors=True)
        raise DataError(
            expected="room for a checkpoint", got=f"{folder}: {error}", hint="free space, then resume the run"
        ) from error
    _replace(scratch, folder)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace(scratch: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    scratch.rename(folder)
    _flush(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def save_state(
    out: Path, step: int, trainable: Mapping[str, Tensor], optimizer: torch.optim.Optimizer, state: Mapping[str, Any]
) -> None:
    """Write ``OUT/state/step-…`` and remove all states but the last :data:`KEPT_STATES`."""
    flat = flatten_optimizer(optimizer)
    random_state = {"torch": torch.get_rng_state()}
    tensors = {"trainable": trainable, "optimizer": flat, "random": random_state}
    write_folder(out / "state" / f"step-{step:08d}", tensors, state)
    for old in sorted((out / "state").glob("step-*"))[:-KEPT_STATES]:
        shutil.rmtree(old)


def last_state(out: Path) -> Path | None:
    """The newest complete state of a run, or None."""
    states = sorted((out / "state").glob("step-*"))
    return states[-1] if states else None


def load_state(folder: Path, trainable: Mapping[str, Tensor], optimizer: torch.optim.Optimizer) -> dict[str, Any]:
    """Put a state back into the model's ``trainable`` parameters, the optimiser and the random generator."""
    state: dict[str, Any] = json.loads((folder / "state.json").read_text(encoding="utf-8"))
    load_trainable(folder, trainable)
    restore_optimizer(optimizer, load_file(folder / "optimizer.safetensors"))
    torch.set_rng_state(load_file(folder / "random.safetensors")["torch"])
    return state


def load_trainable(folder: Path, trainable: Mapping[str, Tensor]) -> None:
    """Copy ``trainable.safetensors`` of ``folder`` into the parameters of the same names; they must all be there."""
    try:
        saved = load_file(folder / "trainable.safetensors")
    except (OSError, SafetensorError) as error:
        raise DataError(
            expected="a complete checkpoint", got=f"{folder}: {error}", hint="use an earlier one"
        ) from error
    if saved.keys() != trainable.keys():
        odd = sorted(saved.keys() ^ trainable.keys())
        raise DataError(
            expected="the parameters of this recipe",
            got=f"{folder}: {len(odd)} others, as {odd[0]}",
            hint="use the run's own recipe",
        )
    with torch.no_grad():
        for name, parameter in trainable.items():
            parameter.copy_(saved[name])


def flatten_optimizer(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """The state of an optimiser as one flat table ``index.key`` -> tensor, which safetensors can hold."""
    table = optimizer.state_dict()["state"]
    return {f"{index}.{key}": torch.as_tensor(value) for index, entry in table.items() for key, value in entry.items()}


def restore_optimizer(optimizer: torch.optim.Optimizer, flat: Mapping[str, Tensor]) -> None:
    """Undo :func:`flatten_optimizer`; the learning rate is set by the schedule at every step."""
    whole = optimizer.state_dict()
    whole["state"] = {}
    for name, value in flat.items():
        index, key = name.split(".", 1)
        whole["state"].setdefault(int(index), {})[key] = value
    optimizer.load_state_dict(whole)
