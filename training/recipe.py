"""What recipes have in common: a TOML file becomes a pydantic model, and every mistake in it is told at once.

A recipe is a class of :class:`Table` with its keys, their types, limits and defaults; to add a setting, add a field.
"""

from __future__ import annotations

import difflib
import reprlib
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, ValidationError, ValidationInfo

from summarizer.errors import ConfigError


class Table(BaseModel):
    """A table of a recipe, frozen. Refused: unknown keys, values of another type, NaN and infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_default=True, allow_inf_nan=False)


Kind = TypeVar("Kind", bound=Table)
Item = TypeVar("Item")

AtLeast0 = Annotated[int, Field(ge=0)]
AtLeast1 = Annotated[int, Field(ge=1)]
NotNegative = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Name = Annotated[str, Field(min_length=1)]


def existing(name: str, info: ValidationInfo) -> str:
    """The path of a file, from the folder ``data`` of a recipe that is being read; ``ValueError`` when it is none.

    A recipe that was made in code or by an earlier run may name files that are gone.
    """
    if info.context is None:
        return name
    path = Path(info.context["data"] or "", name)
    if not path.is_file():
        raise ValueError(f"names no file: {path} is not there")
    return str(path)


def _filled(items: tuple[Item, ...]) -> tuple[Item, ...]:
    if not items:
        raise ValueError("is empty")
    return items


ExistingFile = Annotated[Name, AfterValidator(existing)]
# TOML has lists where a frozen table has tuples.
Listed = Annotated[tuple[Item, ...], Strict(False)]
Filled = Annotated[tuple[Item, ...], Strict(False), AfterValidator(_filled)]


def read(kind: type[Kind], path: Path, overrides: Mapping[str, Any] | None = None, data: Path | None = None) -> Kind:
    """The recipe of ``path`` with ``overrides`` (flags) over it; files in it are looked for under ``data``.

    Raises :class:`ConfigError` with a line for every mistake: the key, what it should be, and what it is.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(expected="a recipe file", got=str(path), hint="see training/recipes") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(expected="a TOML recipe", got=f"{path}: {error}", hint="correct the file") from error
    try:
        return kind.model_validate({**table, **(overrides or {})}, context={"data": data})
    except ValidationError as error:
        told = "".join(f"\n  {line}" for line in mistakes(kind, error))
        raise ConfigError(expected="a recipe that can run", got=str(path), hint=f"correct it:{told}") from error


def mistakes(kind: type[Table], error: ValidationError) -> list[str]:
    """What is wrong with a table of ``kind``, a line for each mistake."""
    return [_line(kind, one["type"], one["loc"], one) for one in error.errors(include_url=False)]


_TABLE, _LIST = "should be a table", "should be a list"
_SHOULD_BE = {"model_type": _TABLE, "dict_type": _TABLE, "mapping_type": _TABLE, "tuple_type": _LIST}
"""Mistakes that pydantic tells in Python's words, in TOML's."""


def _line(kind: type[Table], mistake: str, place: Sequence[str | int], told: Mapping[str, Any]) -> str:
    key = ".".join(map(str, place))
    if mistake == "extra_forbidden":
        return f"unknown key {key} ({_instead(str(place[-1]), _keys(kind, place[:-1]))})"
    if mistake == "missing":
        return f"{key} is not set"
    if mistake == "value_error":
        return f"{key} {told['ctx']['error']}"
    kept, should, rest = str(told["msg"]).partition(" should")
    expected = _SHOULD_BE.get(mistake) or (f"should{rest}" if should else kept)
    return f"{key} {expected}, not {reprlib.repr(told['input'])}".lstrip()


def _instead(key: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(key, known, n=2)
    return f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(known)}"


def _keys(kind: Any, place: Sequence[str | int]) -> list[str]:
    """The keys of the table at ``place`` of ``kind``."""
    for part in place:
        kind = kind.model_fields[part].annotation
    return [field.alias or name for name, field in kind.model_fields.items()]
