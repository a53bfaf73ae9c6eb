"""The things that are measured: baselines, backends through the pipeline, checkpoints, and files of outputs.

``lead-N``, ``oracle``, any backend of ``summarizer.backends``, a checkpoint folder, or a ``.jsonl`` file; any of them
may be given another name as ``NAME=SYSTEM``.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from eval.benchmarks.rows import Row
from eval.systems.articles import join, read_articles, sentence_texts
from eval.systems.backed import Pipeline, Raw, folder_digest
from eval.systems.baselines import ORACLE_SETTING, oracle
from eval.systems.outputs import Output, read_outputs
from summarizer import __version__
from summarizer.backends.base import BACKENDS, load_backend
from summarizer.config import BriefOptions
from summarizer.errors import ConfigError, UnknownName
from summarizer.schema import Task

_LEAD = re.compile(r"lead-([1-9]\d?)")


class System(Protocol):
    """Something that writes one output an article."""

    name: str
    given: bool
    """True when the outputs were made elsewhere: then there is nothing to time and nothing to forgive."""

    def config(self) -> Mapping[str, Any]:
        """Everything that decides what is written, for the ledger."""
        ...

    def write(self, rows: Sequence[Row]) -> list[Output]:
        """One output a row, in order; articles that cannot be read come back with an ``error``."""
        ...


def resolve(name: str, task: Task, options: BriefOptions, *, raw: bool = False) -> list[System]:
    """The systems of that name: one, or all of an outputs file. ``UnknownName`` when it is none of them."""
    label, _, target = name.rpartition("=")
    if target.endswith(".jsonl"):
        return _given(Path(target), label)
    number = _LEAD.fullmatch(target)
    if number:
        return [Baseline(label or target, task, int(number[1]))]
    if target == "oracle":
        return [Baseline(label or target, task, None)]
    if target not in BACKENDS and not Path(target).is_dir():
        raise UnknownName("system, checkpoint folder or .jsonl file", target, ["lead-1", "oracle", *BACKENDS])
    short = target if target in BACKENDS else Path(target).resolve().name
    backend, files = load_backend(target), "" if target in BACKENDS else folder_digest(Path(target))
    if raw:
        return [Raw(label or f"{short}-raw", task, backend, options, files)]
    return [Pipeline(label or short, task, backend, options, files)]


def _given(path: Path, label: str) -> list[System]:
    """Every system of an outputs file; ``label`` renames the only one."""
    found = read_outputs(path)
    if label and len(found) > 1:
        raise ConfigError(
            expected=f"one system in {path} to call {label!r}", got=", ".join(found), hint=f"pass {path} alone"
        )
    return [Given(label or system, path, outputs) for system, outputs in found.items()]


@dataclass
class Given:
    """Outputs that were written elsewhere, from a file."""

    name: str
    path: Path
    outputs: Mapping[str, Output]
    given: bool = True

    def config(self) -> Mapping[str, Any]:
        """The file's name and the digest of this system's texts."""
        digest = hashlib.sha256()
        for key in sorted(self.outputs):
            digest.update(f"{key}\0{self.outputs[key].text}\0".encode())
        return {"kind": "file", "file": self.path.name, "texts": digest.hexdigest()[:16]}

    def write(self, rows: Sequence[Row]) -> list[Output]:
        """The given outputs of the rows that have one."""
        return [self.outputs[row.id] for row in rows if row.id in self.outputs]


@dataclass
class Baseline:
    """The first ``sentences`` sentences; the oracle when that is None."""

    name: str
    task: Task
    sentences: int | None
    given: bool = False

    def config(self) -> Mapping[str, Any]:
        """Kind and size, and the version of the sentence splitter's package."""
        kind = "oracle" if self.sentences is None else "lead"
        return {"kind": kind, "sentences": self.sentences, "setting": ORACLE_SETTING, "version": __version__}

    def write(self, rows: Sequence[Row]) -> list[Output]:
        """Sentences of each body."""
        articles, outputs = read_articles(rows)
        for row in rows:
            if row.id in articles:
                started = time.perf_counter()
                text = join(self._choose(sentence_texts(articles[row.id]), row), self.task)
                outputs[row.id] = Output(row.id, text, seconds=time.perf_counter() - started)
        return [outputs[row.id] for row in rows]

    def _choose(self, sentences: list[str], row: Row) -> list[str]:
        return oracle(sentences, row.references) if self.sentences is None else sentences[: self.sentences]
