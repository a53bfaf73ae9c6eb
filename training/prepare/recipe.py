"""The recipe of a data set: its corpora, and every limit with its default."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from summarizer.errors import MujazError
from training.corpora import check_options
from training.recipe import AtLeast0, ExistingFile, Filled, Listed, Share, Table, existing, read
from training.tasks.build import TaskOptions
from training.tasks.gates import Gates


class CorpusSpec(Table):
    """One corpus to read. ``paragraph_breaks``: glued sentences in it stand for lost paragraph breaks."""

    reader: str
    options: dict[str, str]
    """What the reader is called with: the keys of the ``[[corpus]]`` table that are no other field's."""
    paragraph_breaks: bool = False
    licence: str = "not stated"

    @model_validator(mode="before")
    @classmethod
    def _gather_options(cls, table: Any) -> Any:
        if not isinstance(table, dict):
            return table
        own = {key: table[key] for key in cls.model_fields if key in table and key != "options"}
        return {**own, "options": {key: value for key, value in table.items() if key not in own}}

    @field_validator("options")
    @classmethod
    def _can_be_read(cls, options: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        problems = []
        try:
            if "reader" in info.data:
                check_options(info.data["reader"], options)
        except MujazError as error:
            problems.append(f"cannot be used: {error}")
        try:
            options = {key: existing(text, info) if key == "path" else text for key, text in options.items()}
        except ValueError as error:
            problems.append(str(error))
        if problems:
            raise ValueError("; it ".join(problems))
        return options


class SplitOptions(Table):
    """Likeness thresholds are Jaccard estimates over three-word shingles; the held-out share is of each publisher."""

    duplicate_likeness: Share = 0.5
    story_likeness: Share = 0.3
    heldout_share: Share = 0.02
    most_heldout: AtLeast0 = 150


class PrepareRecipe(Table):
    """Everything that decides the rows."""

    corpora: Annotated[Filled[CorpusSpec], Field(alias="corpus")]
    benchmarks: Listed[ExistingFile] = ()
    gates: Gates = Gates()
    tasks: TaskOptions = TaskOptions()
    split: SplitOptions = SplitOptions()


def read_recipe(path: Path, data: Path | None) -> PrepareRecipe:
    """Read a TOML recipe; relative paths in it are taken from ``data``.

    Raises one :class:`ConfigError` with every unknown key, value out of its limits and missing file.
    """
    return read(PrepareRecipe, path, data=data)
