"""Quality floors: what has been reached once is not lost in silence. They live in ``floors.json`` and only go up.

A floor's key is ``BENCHMARK/TASK/SYSTEM/METRIC``. Every change leaves a line in the file's history; one that goes
down needs a reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.run.results import Results, score_keys, score_of
from eval.systems.outputs import write_json
from summarizer.errors import ConfigError, DataError, UnknownName

FLOORS = Path(__file__).with_name("floors.json")

MARGIN = 0.2
"""Points that a floor stands below what was measured: on another processor a model in int8 picks another word now
and then."""


@dataclass(frozen=True, slots=True)
class Floor:
    """The least a system has to reach, on the version of a benchmark that ``digest`` names, first ``limit`` rows."""

    key: str
    value: float
    digest: str
    limit: int | None = None

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """Benchmark, task, system and metric."""
        benchmark, task, system, metric = self.key.split("/")
        return benchmark, task, system, metric


@dataclass(frozen=True, slots=True)
class Floors:
    """The file: floors by key, and every change that was made to them, oldest first."""

    floors: Mapping[str, Floor]
    history: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One floor against one result; ``measured`` is None when the result cannot be held against it."""

    floor: Floor
    measured: float | None
    why_not: str = ""

    @property
    def holds(self) -> bool:
        """Whether the measured value reaches the floor."""
        return self.measured is not None and self.measured >= self.floor.value


def read_floors(path: Path = FLOORS) -> Floors:
    """The floors of ``path``. ``DataError`` when a key, a value or the history is not what it must be."""
    try:
        found = json.loads(path.read_text("utf-8"))
        floors = {
            key: Floor(key, float(row["floor"]), row["digest"], row["limit"]) for key, row in found["floors"].items()
        }
        history = found["history"]
        last = {line["key"]: line["to"] for line in history}
        loose = [key for key, floor in floors.items() if len(key.split("/")) != 4 or last.get(key) != floor.value]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(expected="a file of floors", got=f"{path}: {error!r}", hint="restore it from git") from error
    if loose:
        raise DataError(
            expected="each floor to be what the history says last",
            got=f"{path}: {', '.join(loose)}",
            hint="change floors with `python -m eval.gate`, not by hand",
        )
    return Floors(floors, history)


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Save, floors in the order of their keys."""
    rows = {key: floors.floors[key] for key in sorted(floors.floors)}
    record = {key: {"floor": row.value, "digest": row.digest, "limit": row.limit} for key, row in rows.items()}
    write_json(path, {"floors": record, "history": list(floors.history)})


def check(floors: Floors, results: Sequence[Results]) -> list[Verdict]:
    """A verdict for each floor, from the first of ``results`` that measured it."""
    return [_verdict(floor, results) for floor in floors.floors.values()]


def _verdict(floor: Floor, results: Sequence[Results]) -> Verdict:
    benchmark, task, system, metric = floor.parts
    why_not = "not measured"
    for found in results:
        record = found["benchmark"]
        if (record["name"], record["task"]) != (benchmark, task) or system not in found["systems"]:
            continue
        score = score_of(found["systems"][system], metric)
        if record["digest"] != floor.digest:
            why_not = f"another version of {benchmark}: {record['digest'][:12]}…"
        elif record["limit"] != floor.limit:
            why_not = f"other articles: limit {record['limit']} instead of {floor.limit}"
        elif score is None:
            why_not = f"no {metric} in the results"
        else:
            return Verdict(floor, score["value"])
    return Verdict(floor, None, why_not)


def raised(floors: Floors, results: Results, keys: Sequence[str], when: str) -> Floors:
    """``floors`` with those of ``keys`` set to what ``results`` measured, less the margin, where that is higher.

    A key without a floor gets its first one. ``UnknownName`` when the results do not have it.
    """
    found, history = dict(floors.floors), list(floors.history)
    for key in keys:
        value = _floor_for(results, key)
        before = found.get(key)
        record = results["benchmark"]
        if before and before.value >= value and before.digest == record["digest"]:
            continue
        if before and before.digest != record["digest"]:
            raise ConfigError(
                expected=f"the benchmark that {key} was measured on ({before.digest[:12]}…)",
                got=f"{record['digest'][:12]}…",
                hint="a floor on another version is a new one: lower the old one to 0 with a reason first",
            )
        found[key] = Floor(key, value, record["digest"], record["limit"])
        history.append(_change(key, before, value, when, results["git_commit"], "measured"))
    return Floors(found, history)


def lowered(floors: Floors, key: str, value: float, reason: str, when: str, commit: str) -> Floors:
    """``floors`` with one of them lower. ``ConfigError`` without a reason or when it would not go down."""
    if key not in floors.floors:
        raise UnknownName("floor", key, floors.floors)
    before = floors.floors[key]
    if not reason.strip():
        raise ConfigError(expected="a reason", got="none", hint="say why in --reason: it is kept in the file")
    if value >= before.value:
        raise ConfigError(expected=f"less than {before.value}", got=str(value), hint="raise a floor with --raise")
    floor = Floor(key, value, before.digest, before.limit)
    history = [*floors.history, _change(key, before, value, when, commit, reason.strip())]
    return Floors({**floors.floors, key: floor}, history)


def keys_of(results: Results) -> list[str]:
    """Every key that ``results`` could set a floor for."""
    own = f"{results['benchmark']['name']}/{results['benchmark']['task']}"
    return [f"{own}/{name}/{key}" for name, system in results["systems"].items() for key in score_keys(system)]


def _floor_for(results: Results, key: str) -> float:
    if key not in keys_of(results):
        raise UnknownName("score of these results", key, keys_of(results))
    _, _, system, metric = key.split("/")
    score = score_of(results["systems"][system], metric)
    assert score is not None
    return round(max(0.0, score["value"] - MARGIN), 2)


def _change(key: str, before: Floor | None, value: float, when: str, commit: str, reason: str) -> dict[str, Any]:
    old = before.value if before else None
    return {"key": key, "from": old, "to": value, "when": when, "commit": commit, "reason": reason}
