"""Where a brief's time goes: seconds, calls and tokens of each stage, and what the model wrote in vain.

The functions of ``_STAGES`` are wrapped while :func:`profile` runs, and one worker writes, so that a stage's seconds
are the brief's. Processor seconds are what can be compared on a machine that others use too.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from summarizer import editing, pipeline
from summarizer.article.read import read_text
from summarizer.backends.base import Backend
from summarizer.backends.engines.onnx.session import Model
from summarizer.backends.engines.onnx.writer import Writer
from summarizer.briefing.vetting import Vetting
from summarizer.config import BriefOptions
from summarizer.desk import Desk
from summarizer.schema import Candidate, Refusal, Statement

_REST = "rest"


@dataclass(slots=True)
class Stage:
    """Seconds without those of the stages inside it; ``tokens``: read or written, each row of a search by itself."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    calls: int = 0
    tokens: int = 0


@dataclass(slots=True)
class Profile:
    """What was measured of ``articles`` briefs; ``written`` and ``refused``: tokens of the model's candidates."""

    articles: int
    stages: dict[str, Stage] = field(default_factory=dict)
    written: int = 0
    refused: int = 0
    _around: list[Stage] = field(default_factory=list)

    @contextmanager
    def timed(self, name: str, tokens: int = 0) -> Iterator[None]:
        """What happens inside is counted for a stage, and not for the one around it."""
        stage = self.stages.setdefault(name, Stage())
        self._around.append(stage)
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            self._around.pop()
            stage.wall_s, stage.cpu_s = stage.wall_s + wall, stage.cpu_s + cpu
            stage.calls, stage.tokens = stage.calls + 1, stage.tokens + tokens
            if self._around:
                self._around[-1].wall_s -= wall
                self._around[-1].cpu_s -= cpu

    def vetted(self, candidate: Candidate, verdict: Statement | Refusal) -> None:
        """Count the tokens of a candidate that the model wrote."""
        self.written += len(candidate.log_probs)
        self.refused += len(candidate.log_probs) if isinstance(verdict, Refusal) else 0


_JUDGE = "judge by reading"
Naming = Callable[..., tuple[str, int]]
"""From the arguments of a wrapped function: its stage, and how many tokens it takes."""


def _named(name: str) -> Naming:
    return lambda *_: (name, 0)


def _source(_: Any, ids: Sequence[int], judging: bool = False) -> tuple[str, int]:
    return _JUDGE if judging else "read a source", len(ids)


def _verdict(_: Any, __: Any, ids: Sequence[int]) -> tuple[str, int]:
    return _JUDGE, len(ids)


def _start(*arguments: Any) -> tuple[str, int]:
    return "read what a text begins with", len(arguments[-1])


def _decode(writer: Any) -> tuple[str, int]:
    return "write", len(writer._rows)


_STAGES: tuple[tuple[Any, str, Naming], ...] = (
    (pipeline, "plan_for", _named("plan")),
    (editing, "_desk", _named("choose sentences")),
    (Model, "source", _source),
    (Model, "read", _start),
    (Model, "verdict", _verdict),
    (Writer, "_step", _decode),
    (Vetting, "vet", _named("vet")),
    (Desk, "weigh", _named("count and weigh")),
    (Desk, "compose", _named("compose")),
)


def profile(texts: Sequence[str], backend: Backend, options: BriefOptions) -> Profile:
    """The profile of a brief of each text, one after the other; ``backend`` writes with the onnxruntime engine."""
    found = Profile(len(texts))
    with ExitStack() as stack:
        stack.enter_context(patch.object(backend.engine, "workers", 1))  # type: ignore[attr-defined]
        for owner, name, naming in _STAGES:
            stack.enter_context(patch.object(owner, name, _wrapped(found, getattr(owner, name), naming)))
        for text in texts:
            with found.timed("read and segment"):
                article = read_text(text)
            with found.timed(_REST):
                pipeline.briefs([article], backend, options)
    return found


def _wrapped(found: Profile, run: Callable[..., Any], naming: Naming) -> Callable[..., Any]:
    @functools.wraps(run)
    def timed(*arguments: Any, **more: Any) -> Any:
        with found.timed(*naming(*arguments)):
            result = run(*arguments, **more)
        if run.__name__ == "vet":
            found.vetted(arguments[1], result)
        return result

    return timed


def table(found: Profile) -> str:
    """Markdown: a stage a line, each number an article's."""
    total_wall, total_cpu = (sum(getattr(one, name) for one in found.stages.values()) for name in ("wall_s", "cpu_s"))
    heads = ["stage", "processor, s", "share", "wall, s", "calls", "tokens", "ms a token"]
    lines = [_row(heads), _row(["---", *["---:"] * (len(heads) - 1)])]
    for name, one in sorted(found.stages.items(), key=lambda item: -item[1].cpu_s):
        each = f"{1000 * one.cpu_s / one.tokens:.2f}" if one.tokens else "-"
        cells = [name, f"{one.cpu_s / found.articles:.3f}", f"{one.cpu_s / total_cpu:.0%}"]
        cells += [f"{one.wall_s / found.articles:.3f}", f"{one.calls / found.articles:.0f}"]
        lines.append(_row([*cells, f"{one.tokens / found.articles:.0f}", each]))
    sums = [f"{total_cpu / found.articles:.3f}", "100%", f"{total_wall / found.articles:.3f}", "", "", ""]
    lines.append(_row(["all", *sums]))
    share = found.refused / max(1, found.written)
    told = f"{found.written / found.articles:.0f} tokens of candidates an article, {share:.0%} of them refused"
    return "\n".join([*lines, "", told])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
