"""The things that are measured: baselines, backends through the pipeline, checkpoints, and files of outputs.

``lead-N``, ``oracle``, any backend of ``summarizer.backends``, a checkpoint folder, or a ``.jsonl`` file; any of them
may be given another name as ``NAME=SYSTEM``.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from eval.baselines import ORACLE_SETTING, join, lead, oracle
from eval.benchmarks import Row
from eval.outputs import Output, read_outputs
from summarizer import __version__
from summarizer.backends.base import BACKENDS, Backend, load_backend
from summarizer.config import BriefOptions, InputLimits
from summarizer.errors import ConfigError, MujazError, UnknownName
from summarizer.schema import Article, Brief, Request, Statement, Task

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
    backend = load_backend(target)
    if raw:
        return [Raw(label or f"{short}-raw", task, backend, options)]
    return [Pipeline(label or short, task, backend, options)]


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
        return [self._one(row) for row in rows]

    def _one(self, row: Row) -> Output:
        started = time.perf_counter()
        text = oracle(row, self.task) if self.sentences is None else lead(row.body, self.sentences, self.task)
        return Output(row.id, text, seconds=time.perf_counter() - started)


@dataclass
class Pipeline:
    """A backend as a user meets it: through the pipeline, ladder and checks included.

    For headlines and standfirsts no bullets are asked for unless ``options.bullets`` says so.
    """

    name: str
    task: Task
    backend: Backend
    options: BriefOptions
    given: bool = False

    def config(self) -> Mapping[str, Any]:
        """The backend's own name (with its version) and every option."""
        return {
            "kind": "pipeline",
            "backend": self.backend.name,
            "options": asdict(self._options()),
            "version": __version__,
        }

    def write(self, rows: Sequence[Row]) -> list[Output]:
        """The statements of each brief that the task is about."""
        from summarizer.pipeline import briefs

        articles, failures = _articles(rows)
        found = briefs(list(articles.values()), self.backend, self._options()) if articles else []
        outputs = {key: self._output(key, brief) for key, brief in zip(articles, found, strict=True)}
        return [outputs[row.id] if row.id in outputs else failures[row.id] for row in rows]

    def _options(self) -> BriefOptions:
        if self.task is Task.BULLET or self.options.bullets is not None:
            return self.options
        return replace(self.options, bullets=0)

    def _output(self, key: str, brief: Brief) -> Output:
        statements = _statements(brief, self.task)
        return Output(
            key,
            join([statement.text for statement in statements], self.task),
            tuple(statement.method for statement in statements),
            tuple(round(statement.support.score, 4) for statement in statements),
            sum(len(statement.refused) for statement in statements),
            round(brief.timing_s, 4),
            "" if statements else "no statement passed the checks",
        )


@dataclass
class Raw:
    """A backend's first candidate as it comes, unchecked: what the model says, not what a user gets."""

    name: str
    task: Task
    backend: Backend
    options: BriefOptions
    given: bool = False

    def __post_init__(self) -> None:
        if self.task is Task.BULLET:
            raise ConfigError(
                expected="--task headline or standfirst with --raw",
                got="bullets, which have no first candidate: a passage each is chosen for them",
                hint="leave --raw out",
            )

    def config(self) -> Mapping[str, Any]:
        """The backend's own name and every option."""
        return {"kind": "raw", "backend": self.backend.name, "options": asdict(self.options), "version": __version__}

    def write(self, rows: Sequence[Row]) -> list[Output]:
        """The best candidate of each article's lead passage."""
        started = time.perf_counter()
        articles, failures = _articles(rows)
        requests = [self._request(article) for article in articles.values()]
        answers = self.backend.generate(requests, self.options.decoding) if requests else []
        seconds = (time.perf_counter() - started) / len(rows)
        outputs = dict(failures)
        for key, candidates in zip(articles, answers, strict=True):
            text, method = (candidates[0].text.strip(), candidates[0].method) if candidates else ("", "")
            outputs[key] = Output(key, text, (method,), (), 0, round(seconds, 4), "" if text else "no candidate")
        return [outputs[row.id] for row in rows]

    def _request(self, article: Article) -> Request:
        from summarizer.article.passages import lead_passage
        from summarizer.brief.editorial import word_limits

        passage = lead_passage(
            article, self.options.max_source_tokens or self.backend.max_source_tokens, self.backend.count_tokens
        )
        return Request(self.task, passage, word_limits(self.task, self.options.limits)[1])


def _articles(rows: Sequence[Row]) -> tuple[dict[str, Article], dict[str, Output]]:
    """The rows as articles, and an output with the reason for each that cannot be read; titles are withheld."""
    from summarizer.article.plain import Known, read_plain

    articles: dict[str, Article] = {}
    failures: dict[str, Output] = {}
    for row in rows:
        try:
            article = read_plain(row.body, InputLimits(), Known(id=row.id, opening="none"))
        except MujazError as error:
            failures[row.id] = Output(row.id, "", error=str(error))
            continue
        if article.sentences:
            articles[row.id] = article
        else:
            failures[row.id] = Output(row.id, "", error="no sentence in the body")
    return articles, failures


def _statements(brief: Brief, task: Task) -> tuple[Statement, ...]:
    return {Task.HEADLINE: (brief.headline,), Task.STANDFIRST: (brief.standfirst,), Task.BULLET: brief.bullets}[task]
