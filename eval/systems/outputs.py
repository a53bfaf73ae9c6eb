"""What a system wrote: one value an article, kept in ``outputs.jsonl`` as it is made, or read from a given file.

The ledger is append-only. A run that was killed goes on where it stopped; one whose configuration has changed is
refused, so that no results file mixes two systems under one name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from eval.jsonl import Line, id_field, read_lines, refuse_twice, text_field, texts_field
from summarizer.errors import ConfigError, DataError


@dataclass(frozen=True, slots=True)
class Output:
    """One output. ``methods`` and ``support`` have an entry a statement (empty for systems that do not say).

    ``refused`` counts the candidates turned down on the way; ``seconds`` is wall clock, shared equally within a
    batch; ``error`` says why there is no text; ``commit`` is the code's when it was written; ``place`` is the file and
    line it was read from.
    """

    id: str
    text: str
    methods: tuple[str, ...] = ()
    support: tuple[float, ...] = ()
    refused: int = 0
    seconds: float = 0.0
    error: str = ""
    commit: str = ""
    place: str = ""


def read_outputs(path: Path) -> dict[str, dict[str, Output]]:
    """System → id → output, from ``{"id", "outputs": {system: text}}``, ``{"id", "text"}`` or a run's own file.

    Rows without a system's name belong to the one that the file is named after. A list of texts is one text, a line
    an entry. ``DataError`` names file and line for a row of another kind and for an id given twice.
    """
    found: dict[str, dict[str, Output]] = {}
    seen: dict[str, str] = {}
    for line in read_lines(path):
        key = id_field(line)
        for system, output in _outputs_of(line, key, path.stem):
            refuse_twice(seen, f"{key} of {system}", line.place)
            found.setdefault(system, {})[key] = output
    return found


def _outputs_of(line: Line, key: str, file_name: str) -> list[tuple[str, Output]]:
    outputs = line.fields.get("outputs")
    if isinstance(outputs, dict) and outputs:
        inner = Line(line.place, outputs)
        return [(system, Output(key, _joined(inner, system), place=line.place)) for system in outputs]
    if "text" in line.fields:
        system = text_field(line, "system") or file_name
        error = text_field(line, "error")
        return [(system, Output(key, _joined(line, "text"), error=error, place=line.place))]
    raise DataError(
        expected='"outputs" (system: text) or "text" in every row',
        got=f"{line.place}: {', '.join(sorted(line.fields))}",
        hint="see docs/evaluation.md for the two forms of an outputs file",
    )


def _joined(line: Line, name: str) -> str:
    return "\n".join(texts_field(line, name))


Config = Mapping[str, Any]


def config_digest(config: Config) -> str:
    """Twelve hexadecimal digits of the SHA-256 of a configuration."""
    return hashlib.sha256(json.dumps(config, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:12]


class Ledger:
    """The outputs of a run's folder: ``config.json`` says how they were made, ``outputs.jsonl`` holds them.

    Opening it reads what is there; a last line that was cut by a kill is dropped and written again. ``commit`` is
    noted beside what is written from now on.
    """

    def __init__(self, folder: Path, commit: str = "") -> None:
        self._commit = commit
        self._configs_path, self._path = folder / "config.json", folder / "outputs.jsonl"
        folder.mkdir(parents=True, exist_ok=True)
        self._configs: dict[str, Config] = _read_json(self._configs_path)
        self.cut_lines = self._drop_cut_line()
        self._done = self._read()

    def begin(self, system: str, config: Config) -> dict[str, Output]:
        """What ``system`` has written in this folder so far, by id. ``ConfigError`` if it was configured otherwise."""
        before = self._configs.get(system) if self._done.get(system) else None
        if before is not None and before != config:
            changed = sorted(key for key in {*before, *config} if before.get(key) != config.get(key))
            was, now = ([f"{key}={source.get(key)!r}" for key in changed] for source in (before, config))
            raise ConfigError(
                expected=f"the configuration that {system!r} was begun with in {self._path.parent}",
                got=f"{', '.join(now)} instead of {', '.join(was)}",
                hint="take another --out, or delete the folder to begin again",
            )
        if before is None:
            self._configs[system] = dict(config)
            write_json(self._configs_path, self._configs)
        return self._done.setdefault(system, {})

    def append(self, system: str, outputs: Iterable[Output]) -> None:
        """Write finished outputs and flush them, so that a kill costs at most the batch under way."""
        digest = config_digest(self._configs[system])
        with self._path.open("a", encoding="utf-8") as file:
            for output in outputs:
                output = replace(output, commit=self._commit)
                row = {"system": system, "config": digest, **asdict(output)}
                del row["place"]
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                self._done[system][output.id] = output

    def _read(self) -> dict[str, dict[str, Output]]:
        done: dict[str, dict[str, Output]] = {}
        if not self._path.exists() or not self._path.stat().st_size:
            return done
        for line in read_lines(self._path):
            system, config = text_field(line, "system"), text_field(line, "config")
            if system not in self._configs or config != config_digest(self._configs[system]):
                raise DataError(
                    expected=f"outputs made as {self._configs_path.name} says",
                    got=f"{line.place}: {system!r} with configuration {config}",
                    hint="the folder was edited or mixed: take another --out",
                )
            done.setdefault(system, {})[id_field(line)] = _output_of(line)
        return done

    def _drop_cut_line(self) -> int:
        """Cut an unfinished last line off the file; how many were cut (0 or 1)."""
        if not self._path.exists():
            return 0
        whole = self._path.read_bytes()
        keep = whole.rfind(b"\n") + 1
        if keep == len(whole):
            return 0
        with self._path.open("r+b") as file:
            file.truncate(keep)
        return 1


def _output_of(line: Line) -> Output:
    fields = line.fields
    return Output(
        id_field(line),
        _joined(line, "text"),
        tuple(fields["methods"]),
        tuple(fields["support"]),
        int(fields["refused"]),
        float(fields["seconds"]),
        text_field(line, "error"),
        text_field(line, "commit"),
        line.place,
    )


def _read_json(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise DataError(expected="JSON", got=f"{path}: {error}", hint="take another --out") from error
    if not isinstance(found, dict):
        raise DataError(expected="a JSON object", got=f"{path}: {type(found).__name__}", hint="take another --out")
    return found


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write ``value`` whole or not at all: to a neighbour first, then moved into place."""
    partial = path.with_name(path.name + ".partial")
    partial.write_text(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    partial.replace(path)
