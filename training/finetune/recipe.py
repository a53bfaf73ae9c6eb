"""The recipe of a fine-tuning run: every setting with its default, read from TOML, checked before an hour is spent.

``finetune.py`` says what is done; this file says what may be asked for. All errors of a recipe are reported at once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from summarizer.errors import ConfigError
from training.prompts import CONTROL_TOKENS


@dataclass(frozen=True, slots=True)
class Recipe:
    """One run. Paths are relative to the working directory; ``0`` switches an optional step off."""

    checkpoint: str = ""
    """Folder or hub id of a transformers checkpoint (see docs/families.md), or ``random:FAMILY``."""
    family: str = ""
    """``causal`` or ``seq2seq`` when the recipe is meant for one of them; a checkpoint of the other is refused."""
    train: str = ""
    """Rows of ``training.prepare``, or a ``.npz`` of ``training.encode``."""
    extra: tuple[str, ...] = ()
    """More files of rows: ``lead.jsonl``, verdicts of ``training.verify_rows``, one's own."""
    heldout: str = ""
    out: str = ""
    tasks: tuple[str, ...] = ("headline", "standfirst", "bullet")
    source_weights: Mapping[str, float] = field(default_factory=dict)
    """How often the rows of a source are read an epoch; 1.0 for sources that are not named."""
    max_source_tokens: int = 320
    max_target_tokens: int = 96
    style_share: float = 0.0
    """Of the rows that begin with the token of their publisher's house style (decoder-only)."""
    short_share: float = 0.0
    """Of the rows whose source is cut to what bears the targets out (decoder-only)."""
    source_loss: float = 0.0
    """Weight of the tokens of a source beside those of a target, 1.0 (decoder-only)."""

    dtype: str = "bfloat16"
    """Of the frozen weights under LoRA. Full fine-tuning keeps float32 weights and computes in this type."""
    compile: bool = False
    threads: int = 0
    """CPU threads; 0 leaves PyTorch's choice."""
    lora_rank: int = 32
    """0 trains the weights themselves."""
    lora_alpha: float = 32.0
    frozen_layers: int = 0
    """Lower layers that full fine-tuning leaves as they are, with the embedding."""

    learning_rate: float = 4e-4
    warmup_share: float = 0.03
    final_share: float = 0.02
    """The learning rate at the end as a share of its peak (cosine)."""
    weight_decay: float = 0.01
    max_grad_norm: float = 1.0
    batch_tokens: int = 4096
    """Padded tokens of one forward pass on one device."""
    accumulate: int = 1
    """Forward passes on each device for one optimiser step."""
    epochs: float = 1.0
    hours: float = 0.0
    """When positive, the run ends and the schedule decays by the clock instead of by epochs."""
    seed: int = 0

    eval_steps: int = 50
    eval_rows: int = 128
    generate_steps: int = 0
    """A multiple of ``eval_steps``; generated overlap and support are measured this often."""
    generate_rows: int = 24
    best_by: str = "loss"
    """What makes a checkpoint the best: ``loss`` (held out), or ``texts`` (overlap times support, as generated)."""
    save_steps: int = 50
    patience: int = 0
    """Evaluations without a better held-out loss after which the run stops."""

    @property
    def steps_by_clock(self) -> bool:
        """True when ``hours`` rules the schedule."""
        return self.hours > 0


def read_recipe(path: Path, overrides: Mapping[str, Any] | None = None) -> Recipe:
    """Read ``path`` and put ``overrides`` (flags) over it. Raises one :class:`ConfigError` with every problem."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(expected="a recipe file", got=str(path), hint="see training/recipes") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(expected="a TOML recipe", got=f"{path}: {error}", hint="correct the file") from error
    table.update(overrides or {})
    problems = _unknown(table) + _mistyped(table)
    if not problems:
        table.update({key: tuple(table[key]) for key in ("tasks", "extra") if key in table})
        recipe = Recipe(**{key: _as_float(key, value) for key, value in table.items()})
        problems = check(recipe)
        if not problems:
            return recipe
    raise ConfigError(expected="a recipe that can run", got=f"{path}: " + "; ".join(problems), hint="correct them all")


def parse_overrides(pairs: Sequence[str]) -> dict[str, Any]:
    """``["epochs=2", "out='x'"]`` -> ``{"epochs": 2, "out": "x"}``; a value that is no TOML is taken as text."""
    table: dict[str, Any] = {}
    for pair in pairs:
        key, _, value = pair.partition("=")
        try:
            table[key] = tomllib.loads(f"value = {value}")["value"]
        except tomllib.TOMLDecodeError:
            table[key] = value
    return table


def as_table(recipe: Recipe) -> dict[str, Any]:
    """The recipe as plain values, as a run writes it beside its results."""
    return {
        **asdict(recipe),
        "tasks": list(recipe.tasks),
        "extra": list(recipe.extra),
        "source_weights": dict(recipe.source_weights),
    }


def _unknown(table: Mapping[str, Any]) -> list[str]:
    known = {item.name for item in fields(Recipe)}
    return [f"unknown key {key!r}" for key in table if key not in known]


def _mistyped(table: Mapping[str, Any]) -> list[str]:
    accepted: dict[Any, tuple[type, ...]] = {str: (str,), bool: (bool,), int: (int,), float: (int, float)}
    problems = []
    for key, kind in get_type_hints(Recipe).items():
        if key not in table:
            continue
        value = table[key]
        wanted = accepted.get(kind, (dict,) if key == "source_weights" else (list, tuple))
        if not isinstance(value, wanted) or (isinstance(value, bool) and kind is not bool):
            problems.append(f"{key} = {value!r} is not a {wanted[-1].__name__}")
    return problems


def _as_float(key: str, value: Any) -> Any:
    return float(value) if get_type_hints(Recipe)[key] is float else value


def check(recipe: Recipe) -> list[str]:
    """Everything that would stop the run later: missing files, values out of range, combinations that cannot work."""
    return _missing(recipe) + _out_of_range(recipe) + _combinations(recipe)


def _missing(recipe: Recipe) -> list[str]:
    problems = [f"{key} is not set" for key in ("checkpoint", "train", "heldout", "out") if not getattr(recipe, key)]
    named = [("train", recipe.train), ("heldout", recipe.heldout), *(("extra", path) for path in recipe.extra)]
    problems += [
        f"{key}: no file {path} (write it with training.prepare)"
        for key, path in named
        if path and not Path(path).is_file()
    ]
    return problems


_TASKS = (*CONTROL_TOKENS, "text")
_SHARES = ("warmup_share", "final_share", "style_share", "short_share")


def _out_of_range(recipe: Recipe) -> list[str]:
    at_least = {
        1: (
            "max_source_tokens",
            "max_target_tokens",
            "batch_tokens",
            "accumulate",
            "eval_steps",
            "eval_rows",
            "save_steps",
        ),
        0: (
            "threads",
            "lora_rank",
            "frozen_layers",
            "weight_decay",
            "hours",
            "source_loss",
            "generate_steps",
            "generate_rows",
            "patience",
        ),
    }
    problems = [f"{key} is below {low}" for low, keys in at_least.items() for key in keys if getattr(recipe, key) < low]
    problems += [
        f"{key} is not above 0" for key in ("learning_rate", "lora_alpha", "max_grad_norm") if getattr(recipe, key) <= 0
    ]
    problems += [f"{key} is not in [0, 1]" for key in _SHARES if not 0 <= getattr(recipe, key) <= 1]
    if recipe.family not in ("", "causal", "seq2seq"):
        problems.append(f"family {recipe.family!r} is not causal or seq2seq")
    if recipe.best_by not in ("loss", "texts"):
        problems.append(f"best_by {recipe.best_by!r} is not loss or texts")
    if recipe.dtype not in ("bfloat16", "float32"):
        why = " (mT5 and T5 overflow in float16)" if recipe.dtype == "float16" else ""
        problems.append(f"dtype {recipe.dtype!r} is not bfloat16 or float32{why}")
    problems += [f"unknown task {task!r} (known: {', '.join(_TASKS)})" for task in recipe.tasks if task not in _TASKS]
    problems += [
        f"source_weights.{name} is not a positive number"
        for name, value in recipe.source_weights.items()
        if not isinstance(value, (int, float)) or value < 0
    ]
    return problems


def _combinations(recipe: Recipe) -> list[str]:
    problems = []
    if recipe.epochs <= 0 and not recipe.steps_by_clock:
        problems.append("neither epochs nor hours is positive: the run would not train")
    if recipe.lora_rank and recipe.frozen_layers:
        problems.append("frozen_layers needs lora_rank = 0: adapters freeze every layer already")
    if recipe.generate_steps % recipe.eval_steps:
        problems.append("generate_steps is not a multiple of eval_steps")
    if recipe.batch_tokens < recipe.max_source_tokens + recipe.max_target_tokens:
        problems.append("batch_tokens is below max_source_tokens + max_target_tokens")
    if recipe.best_by == "texts" and not (recipe.generate_steps and recipe.generate_rows):
        problems.append('best_by = "texts" needs generate_steps and generate_rows')
    if not recipe.tasks:
        problems.append("tasks is empty")
    return problems
