"""Make a transformers checkpoint of what a run learned: base weights, adapters folded in, tokenizer.

    python -m training.merge OUT --to FOLDER [--state best|last] [--base CHECKPOINT]

The folder (``config.json``, ``model.safetensors`` in bfloat16, ``tokenizer.json``, ``generation_config.json``,
``run.json``, ``README.md``) is what ``training.export`` reads, transformers loads and a model hub shows.
``run.json`` holds the run's recipe, its place and its learning curve, for the model card.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarizer.errors import ConfigError, DataError, MujazError
from training.export import readme
from training.export.card import about_data
from training.export.main import read_table
from training.export.notices import keep_notice
from training.finetune import checkpoints, lora
from training.finetune.models import Loaded, load, make_trainable, save_checkpoint
from training.finetune.recipe import Recipe
from training.recipe import mistakes


def merge_run(out: Path, to: Path, state: str = "best", base: str | None = None) -> dict[str, Any]:
    """Merge ``best`` or the ``last`` state of the run in ``out`` into the new folder ``to``; returns ``run.json``.

    ``base`` replaces the recipe's checkpoint path, for a run that was moved.
    """
    if to.exists():
        raise ConfigError(expected="a folder that does not exist yet", got=str(to), hint="remove it or name another")
    recipe = _recipe(out)
    folder = out / "best" if state == "best" else checkpoints.last_state(out)
    if folder is None or not folder.is_dir():
        raise DataError(expected=f"a {state} state", got=str(out), hint="let the run reach its first evaluation")
    loaded = trained_model(recipe, folder, base)
    run = {
        "recipe": {key: _public(value) for key, value in recipe.model_dump(mode="json").items()},
        "place": json.loads((folder / "state.json").read_text(encoding="utf-8")),
        "curve": _curve(out),
    }
    scratch = to.with_name(f".{to.name}.part")
    shutil.rmtree(scratch, ignore_errors=True)
    import torch

    loaded.model.to(torch.bfloat16)
    save_checkpoint(loaded, scratch)
    keep_notice(base or recipe.checkpoint, scratch)
    (scratch / "run.json").write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    readme.finish(scratch, _origin(recipe, run, to.name, state, base))
    scratch.rename(to)
    return run


def _origin(recipe: Recipe, run: dict[str, Any], name: str, state: str, base: str | None) -> readme.Origin:
    """What the card of the checkpoint says of it."""
    came = base or recipe.checkpoint
    made = f"Made by `training.merge` of the {state} state of a run from `{Path(came).name}` (`run.json`)."
    loss = run["place"]["best_loss"] if state == "best" else run["curve"][-1]["loss"] if run["curve"] else None
    scores = [] if loss is None else [readme.Score("loss", "Loss, nats a token", loss, "held-out rows of the run")]
    return readme.Origin(name, made, readme.base_of(came), _data(recipe), scores)


def _data(recipe: Recipe) -> dict[str, Any]:
    """What ``training.prepare`` counted beside the training rows, where it is still there."""
    statistics = Path(recipe.train).with_name("statistics.json")
    return about_data(read_table(statistics)) if statistics.is_file() else {}


def trained_model(recipe: Recipe, folder: Path, base: str | None = None) -> Loaded:
    """The recipe's checkpoint in float32 with the weights of ``folder`` in it and no adapters left."""
    # Float32, so that the one rounding to bfloat16 happens after the adapters are added.
    loaded = load(base or recipe.checkpoint, "float32")
    make_trainable(loaded, recipe.lora_rank, recipe.lora_alpha, recipe.frozen_layers)
    checkpoints.load_trainable(folder, loaded.trainable())
    lora.merge(loaded.model)
    loaded.model.eval()
    return loaded


def _recipe(out: Path) -> Recipe:
    try:
        return Recipe.model_validate_json((out / "recipe.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        told = "; ".join(mistakes(Recipe, error)) if isinstance(error, ValidationError) else error
        raise DataError(expected="recipe.json of a run", got=f"{out}: {told}", hint="name the run's out") from error


def _public(value: Any) -> Any:
    """Where files lay on one machine says nothing to a reader of the model card: of a path, its last part."""
    return Path(value).name if isinstance(value, str) and Path(value).is_absolute() else value


def _curve(out: Path) -> list[dict[str, Any]]:
    lines = (out / "log.jsonl").read_text(encoding="utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    return [event for event in events if event["event"] == "heldout"]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.merge", description="Fold what a run learned into a checkpoint.")
    parser.add_argument("out", type=Path, help="the run's out folder")
    parser.add_argument("--to", type=Path, required=True, help="checkpoint folder to write; must not exist")
    parser.add_argument("--state", choices=("best", "last"), default="best")
    parser.add_argument("--base", help="the base checkpoint, when it is no longer where the recipe says")
    options = parser.parse_args(arguments)
    try:
        run = merge_run(options.out, options.to, options.state, options.base)
    except MujazError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    print(json.dumps(run["place"], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
