"""The recipe of a data set: dataclass defaults, TOML over them, every mistake reported at once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from summarizer.errors import ConfigError, MujazError
from training.corpora import check_options
from training.tasks.build import TaskOptions
from training.tasks.gates import Gates

Options = TypeVar("Options", Gates, TaskOptions, "SplitOptions")


@dataclass(frozen=True, slots=True)
class CorpusSpec:
    """One corpus to read. ``paragraph_breaks``: glued sentences in it stand for lost paragraph breaks."""

    reader: str
    options: dict[str, str]
    paragraph_breaks: bool = False
    licence: str = "not stated"


@dataclass(frozen=True, slots=True)
class SplitOptions:
    """Likeness thresholds are Jaccard estimates over three-word shingles; the held-out share is of each publisher."""

    duplicate_likeness: float = 0.5
    story_likeness: float = 0.3
    heldout_share: float = 0.02
    most_heldout: int = 150


@dataclass(frozen=True, slots=True)
class PrepareRecipe:
    """Everything that decides the rows."""

    corpora: tuple[CorpusSpec, ...]
    benchmarks: tuple[str, ...] = ()
    gates: Gates = field(default_factory=Gates)
    tasks: TaskOptions = field(default_factory=TaskOptions)
    split: SplitOptions = field(default_factory=SplitOptions)


def read_recipe(path: Path, data: Path | None) -> PrepareRecipe:
    """Read a TOML recipe; relative paths in it are taken from ``data``.

    Raises ``ConfigError`` listing every unknown key, wrong type and missing file together.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(expected="a TOML recipe", got=f"{path}: {error}", hint="check --recipe") from error
    problems: list[str] = [f"unknown table or key {key!r}" for key in sorted(set(table) - _TABLES)]
    corpora = tuple(_corpus(entry, data, problems) for entry in table.get("corpus", []))
    if not corpora:
        problems.append("no [[corpus]] table")
    benchmarks = tuple(_existing(str(name), data, problems) for name in table.get("benchmarks", []))
    gates = _options(Gates(), table.get("gates", {}), "gates", problems)
    tasks = _options(TaskOptions(), table.get("tasks", {}), "tasks", problems)
    split = _options(SplitOptions(), table.get("split", {}), "split", problems)
    if problems:
        raise ConfigError(expected="a data recipe", got=f"{path}: {'; '.join(problems)}", hint="see docs/data.md")
    return PrepareRecipe(corpora, benchmarks, gates, tasks, split)


_TABLES = {"corpus", "benchmarks", "gates", "tasks", "split"}


def _corpus(entry: dict[str, Any], data: Path | None, problems: list[str]) -> CorpusSpec:
    """One ``[[corpus]]`` table; what is wrong with it goes to ``problems``."""
    options = dict(entry)
    breaks = options.pop("paragraph_breaks", False)
    licence = str(options.pop("licence", "not stated"))
    name = str(options.pop("reader", ""))
    texts = {key: str(value) for key, value in options.items()}
    if "path" in texts:
        texts["path"] = _existing(texts["path"], data, problems)
    if not isinstance(breaks, bool):
        problems.append("paragraph_breaks is true or false")
    try:
        check_options(name, texts)
    except MujazError as error:
        problems.append(str(error))
    return CorpusSpec(name, texts, bool(breaks), licence)


def _existing(name: str, data: Path | None, problems: list[str]) -> str:
    """The path, under ``data`` when relative; a missing file is a problem."""
    path = Path(name) if data is None else data / name
    if not path.is_file():
        problems.append(f"no file {path}")
    return str(path)


def _options(defaults: Options, table: dict[str, Any], name: str, problems: list[str]) -> Options:
    """``defaults`` with the values of one table; unknown keys and wrong types are problems."""
    known = {item.name: type(getattr(defaults, item.name)) for item in fields(defaults)}
    good: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            problems.append(f"unknown key {name}.{key} (known: {', '.join(known)})")
        elif isinstance(value, bool) or not isinstance(value, known[key] if known[key] is int else (int, float)):
            problems.append(f"{name}.{key} must be {known[key].__name__}, not {value!r}")
        else:
            good[key] = known[key](value)
    values = {item.name: good.get(item.name, getattr(defaults, item.name)) for item in fields(defaults)}
    return type(defaults)(**values)
