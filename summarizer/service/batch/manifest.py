"""Manifests: a batch's input and configuration, by which an interrupted one goes on and another's is refused.

The manifest of a batch under way is in ``OUTPUT.parts``; that of a finished one stays as ``OUTPUT.manifest.json``. Both
say nothing of engine, workers or day, since the output does not depend on them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from summarizer import __version__
from summarizer.errors import ConfigError, DataError
from summarizer.service.batch.input import Source
from summarizer.service.batch.work import Tally, Work

_FORMAT = 2
"""Of shards and rows. A change here makes batches under way start anew."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch is to do: its configuration, and the input's rows and shards with their digests."""

    configuration: dict[str, Any]
    rows: int
    digests: tuple[str, ...]

    @property
    def input_digest(self) -> str:
        """SHA-256 over the digests of the shards."""
        return hashlib.sha256("".join(self.digests).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """The manifest of a batch under way."""
        return {
            "configuration": self.configuration,
            "configuration_sha256": _sha256_of(self.configuration),
            "input": {"rows": self.rows, "shards": len(self.digests), "sha256": self.input_digest},
        }

    def finished_json(self, tally: Tally, output_sha256: str) -> dict[str, Any]:
        """The manifest of a finished batch."""
        counts = tally.as_json()
        del counts["digest"]
        return {**self.as_json(), "result": counts, "output_sha256": output_sha256}


def make_plan(source: Source, work: Work, model: str, output_format: str) -> Plan:
    """Read the input once and say what is to be done. ``model``: ``Backend.name``, a digest of its files included.

    ``InputError`` when the input cannot be read to its end: nothing has been written then.
    """
    digests, rows = [], 0
    for shard in source.shards():
        digests.append(shard.digest)
        rows += len(shard.rows)
    configuration = {
        "format": _FORMAT,
        "mujaz": __version__,
        "model": model,
        "options": asdict(work.options),
        "limits": asdict(work.limits),
        "batch_rows": work.batch_rows,
        "shard_rows": source.shard_rows,
        "keep": list(source.keep),
        "output": output_format,
    }
    return Plan(json.loads(json.dumps(configuration)), rows, tuple(digests))


def read_manifest(path: Path) -> dict[str, Any] | None:
    """A manifest, or None when there is none. ``DataError`` when it is no manifest."""
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DataError(expected="a manifest", got=f"{path}: {error}", hint="remove it to start anew") from error
    if not isinstance(value, dict):
        raise DataError(expected="a manifest", got=f"{path}: no object", hint="remove it to start anew")
    return value


def require_same(plan: Plan, manifest: dict[str, Any], where: Path) -> None:
    """``ConfigError`` when ``manifest`` is of another input or configuration than ``plan``, naming what differs."""
    wanted = plan.as_json()
    known = manifest.get("configuration")
    differing = _differences(wanted["configuration"], known if isinstance(known, dict) else {})
    if manifest.get("input") != wanted["input"]:
        differing.insert(0, "input")
    if differing:
        raise ConfigError(
            expected=f"the input and options that {where.name} was begun with",
            got=f"others: {', '.join(differing)}",
            hint=f"give the same ones, choose another output, or remove {where} to start anew",
        )


def sha256_of_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _differences(wanted: dict[str, Any], known: dict[str, Any], prefix: str = "") -> list[str]:
    """The keys under which two configurations differ, and how."""
    found = []
    for key in sorted({*wanted, *known}):
        one, other = wanted.get(key), known.get(key)
        if isinstance(one, dict) and isinstance(other, dict):
            found += _differences(one, other, f"{prefix}{key}.")
        elif one != other:
            found.append(f"{prefix}{key} {other!r} → {one!r}")
    return found


def _sha256_of(value: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
