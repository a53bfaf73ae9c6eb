"""Backends as systems: through the pipeline, as a user meets them, or raw."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from eval.benchmarks.rows import Row
from eval.systems.articles import join, read_articles
from eval.systems.outputs import Output
from summarizer import __version__
from summarizer.backends.base import Backend
from summarizer.config import BriefOptions
from summarizer.errors import ConfigError
from summarizer.schema import Article, Brief, Request, Statement, Task


@dataclass
class Pipeline:
    """A backend as a user meets it: through the pipeline, ladder and checks included.

    For headlines and standfirsts no bullets are asked for unless ``options.bullets`` says so.
    """

    name: str
    task: Task
    backend: Backend
    options: BriefOptions
    files: str = ""
    """Digest of the checkpoint's folder; empty for a named backend, whose name says its version."""
    given: bool = False

    def config(self) -> Mapping[str, Any]:
        """The backend's own name (with its version) and every option."""
        return {
            "kind": "pipeline",
            "backend": self.backend.name,
            "files": self.files,
            "options": asdict(self._options()),
            "version": __version__,
        }

    def write(self, rows: Sequence[Row]) -> list[Output]:
        """The statements of each brief that the task is about."""
        from summarizer.pipeline import briefs

        articles, failures = read_articles(rows)
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
    files: str = ""
    """Digest of the checkpoint's folder; empty for a named backend, whose name says its version."""
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
        return {
            "kind": "raw",
            "backend": self.backend.name,
            "files": self.files,
            "options": asdict(self.options),
            "version": __version__,
        }

    def write(self, rows: Sequence[Row]) -> list[Output]:
        """The best candidate of each article's lead passage."""
        started = time.perf_counter()
        articles, failures = read_articles(rows)
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
        from summarizer.briefing.rules.length import word_limits

        passage = lead_passage(
            article, self.options.max_source_tokens or self.backend.max_source_tokens, self.backend.count_tokens
        )
        return Request(self.task, passage, word_limits(self.task, self.options.limits)[1])


def _statements(brief: Brief, task: Task) -> tuple[Statement, ...]:
    return {Task.HEADLINE: (brief.headline,), Task.STANDFIRST: (brief.standfirst,), Task.BULLET: brief.bullets}[task]


def folder_digest(folder: Path) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of every file in a checkpoint's folder, with their names."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\0".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]
