"""The recipe of a fine-tuning run: every setting with its limits and its default, checked before an hour is spent.

``finetune.py`` says what is done; this file says what may be asked for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from training.finetune.data.asks import ANSWERED
from training.prompts import SEQ2SEQ_PREFIXES
from training.recipe import (
    AtLeast0,
    AtLeast1,
    ExistingFile,
    Filled,
    Listed,
    Name,
    NotNegative,
    Positive,
    Share,
    Table,
    read,
)

TASKS = (*SEQ2SEQ_PREFIXES, *ANSWERED, "text")


def _task(name: str) -> str:
    if name not in TASKS:
        raise ValueError(f"is an unknown task {name!r} (known: {', '.join(TASKS)})")
    return name


class Recipe(Table):
    """One run. Paths are relative to the working directory; ``0`` switches an optional step off."""

    checkpoint: Name
    """Folder or hub id of a transformers checkpoint (see docs/families.md), or ``random:FAMILY``."""
    family: Literal["", "causal", "seq2seq"] = ""
    """``causal`` or ``seq2seq`` when the recipe is meant for one of them; a checkpoint of the other is refused."""
    train: ExistingFile
    """Rows of ``training.prepare``, or a ``.npz`` of ``training.encode``."""
    extra: Listed[ExistingFile] = ()
    """More files of rows: ``lead.jsonl``, verdicts of ``training.verify_rows``, one's own."""
    heldout: ExistingFile
    out: Name
    tasks: Filled[Annotated[str, AfterValidator(_task)]] = ("headline", "standfirst", "bullet")
    source_weights: Mapping[str, NotNegative] = Field(default_factory=dict)
    """How often the rows of a source are read an epoch; 1.0 for sources that are not named."""
    max_source_tokens: AtLeast1 = 320
    max_target_tokens: AtLeast1 = 96
    style_share: Share = 0.0
    """Of the rows that begin with the token of their publisher's house style (decoder-only)."""
    short_share: Share = 0.0
    """Of the rows whose source is cut to what bears the targets out (decoder-only)."""
    source_loss: NotNegative = 0.0
    """Weight of the tokens of a source beside those of a target, 1.0 (decoder-only)."""

    dtype: Literal["bfloat16", "float32"] = "bfloat16"
    """Of the frozen weights under LoRA. Full fine-tuning keeps float32 weights and computes in this type."""
    compile: bool = False
    threads: AtLeast0 = 0
    """CPU threads; 0 leaves PyTorch's choice."""
    lora_rank: AtLeast0 = 32
    """0 trains the weights themselves."""
    lora_alpha: Positive = 32.0
    frozen_layers: AtLeast0 = 0
    """Lower layers that full fine-tuning leaves as they are, with the embedding."""

    learning_rate: Positive = 4e-4
    warmup_share: Share = 0.03
    final_share: Share = 0.02
    """The learning rate at the end as a share of its peak (cosine)."""
    weight_decay: NotNegative = 0.01
    max_grad_norm: Positive = 1.0
    batch_tokens: AtLeast1 = 4096
    """Padded tokens of one forward pass on one device."""
    accumulate: AtLeast1 = 1
    """Forward passes on each device for one optimiser step."""
    epochs: float = 1.0
    hours: NotNegative = 0.0
    """When positive, the run ends and the schedule decays by the clock instead of by epochs."""
    seed: int = 0

    eval_steps: AtLeast1 = 50
    eval_rows: AtLeast1 = 128
    generate_steps: AtLeast0 = 0
    """A multiple of ``eval_steps``; generated overlap and support are measured this often."""
    generate_rows: AtLeast0 = 24
    best_by: Literal["loss", "texts"] = "loss"
    """What makes a checkpoint the best: ``loss`` (held out), or ``texts`` (overlap times support, as generated)."""
    save_steps: AtLeast1 = 50
    patience: AtLeast0 = 0
    """Evaluations without a better held-out loss after which the run stops."""

    @property
    def steps_by_clock(self) -> bool:
        """True when ``hours`` rules the schedule."""
        return self.hours > 0

    @field_validator("dtype", mode="before")
    @classmethod
    def _no_float16(cls, dtype: Any) -> Any:
        if dtype == "float16":
            raise ValueError("should be 'bfloat16' or 'float32', not 'float16': mT5 and T5 overflow in float16")
        return dtype

    # Settings that only work together. In ``info.data`` are the fields above that passed, so that a mistake in one of
    # them hides no other.

    @field_validator("frozen_layers")
    @classmethod
    def _without_adapters(cls, layers: int, info: ValidationInfo) -> int:
        if layers and info.data.get("lora_rank"):
            raise ValueError(f"= {layers} needs lora_rank = 0: adapters freeze every layer already")
        return layers

    @field_validator("batch_tokens")
    @classmethod
    def _room_for_a_row(cls, tokens: int, info: ValidationInfo) -> int:
        row = info.data.get("max_source_tokens", 0) + info.data.get("max_target_tokens", 0)
        if tokens < row:
            raise ValueError(f"should be at least max_source_tokens + max_target_tokens = {row}, not {tokens}")
        return tokens

    @field_validator("hours")
    @classmethod
    def _some_training(cls, hours: float, info: ValidationInfo) -> float:
        if not hours and info.data.get("epochs", 1) <= 0:
            raise ValueError(f"is not set and epochs = {info.data['epochs']:g}: the run would not train")
        return hours

    @field_validator("generate_steps")
    @classmethod
    def _at_evaluations(cls, steps: int, info: ValidationInfo) -> int:
        every = info.data.get("eval_steps", 1)
        if steps % every:
            raise ValueError(f"should be a multiple of eval_steps = {every}, not {steps}")
        return steps

    @field_validator("best_by")
    @classmethod
    def _has_texts(cls, what: str, info: ValidationInfo) -> str:
        if what == "texts" and not (info.data.get("generate_steps", 1) and info.data.get("generate_rows", 1)):
            raise ValueError('= "texts" needs generate_steps and generate_rows above 0')
        return what


def read_recipe(path: Path, overrides: Mapping[str, Any] | None = None) -> Recipe:
    """Read ``path`` and put ``overrides`` (flags) over it. Raises one :class:`ConfigError` with every mistake."""
    return read(Recipe, path, overrides)


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
