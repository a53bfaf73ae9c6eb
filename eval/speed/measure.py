"""One system in a process of its own: how soon it is ready, how fast it briefs, how much memory it takes."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from eval.speed.shapes import SHAPES, open_shape, prompts_of
from summarizer.arabic.words import count_words
from summarizer.article.read import read_text
from summarizer.backends.base import Backend, load_backend
from summarizer.backends.extractive import Extractive
from summarizer.config import BriefOptions
from summarizer.pipeline import briefs
from summarizer.schema import Article, Brief

_LENGTHS = {"headline": 24, "standfirst": 56, "bullet": 28}
"""Tokens of each part when no system of ours says: 12, 28 and 14 words of two tokens (Gemma's tokenizer)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is measured. ``started``: ``time.time()`` when the process was asked for."""

    system: str
    texts: list[str]
    bullets: int
    started: float
    new_tokens: dict[str, int] | None
    tokens_per_word: float
    tiny: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, articles a second and MB (10**6 bytes) of one system.

    ``new_tokens``: the mean length of its headlines, standfirsts and bullets in its own tokens, if it is a model.
    """

    system: str
    model: str
    device: str
    articles: int
    words: list[int]
    ready_s: float
    p50_s: float
    p95_s: float
    alone: float
    batched: float
    peak_mb: float
    new_tokens: dict[str, int] = field(default_factory=dict)


def measure(setting: Setting) -> Measured:
    """Everything about one system. One unmeasured article goes before the measured ones."""
    articles = [read_text(text) for text in setting.texts]
    model, device, lengths = "", "cpu", setting.new_tokens or _LENGTHS
    written: list[Brief] = []
    run: Callable[[Sequence[Article]], None]
    if setting.system in SHAPES:
        shaped = open_shape(setting.system, tiny=setting.tiny)
        device = shaped.device
        prompts = {id(one): prompts_of(one, setting.bullets, lengths, setting.tokens_per_word) for one in articles}

        def run(some: Sequence[Article]) -> None:
            shaped.write([prompt for one in some for prompt in prompts[id(one)]])

    else:
        backend = load_backend(setting.system)
        model, options = backend.name, BriefOptions(bullets=setting.bullets)

        def run(some: Sequence[Article]) -> None:
            written[:] = briefs(some, backend, options)

    ready_s = time.time() - setting.started
    run(articles[:1])
    alone = sorted(_seconds(run, [article]) for article in articles)
    batched = _seconds(run, articles)
    return Measured(
        setting.system,
        model,
        device,
        len(articles),
        [count_words(article.body) for article in articles],
        ready_s,
        statistics.median(alone),
        alone[min(len(alone) - 1, int(0.95 * len(alone)))],
        len(articles) / sum(alone),
        len(articles) / batched,
        peak_mb(resource.RUSAGE_SELF),
        _mean_lengths(written, backend) if written else {},
    )


def peak_mb(who: int) -> float:
    """Peak resident memory in MB (10**6 bytes) of this process, or of its largest finished child."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss * unit / 1e6


def _seconds(run: Callable[[Sequence[Article]], None], articles: Sequence[Article]) -> float:
    started = time.perf_counter()
    run(articles)
    return time.perf_counter() - started


def _mean_lengths(written: Sequence[Brief], backend: Backend) -> dict[str, int]:
    """Tokens of each part; none for the extractive backend, which has no tokens."""
    if isinstance(backend, Extractive):
        return {}
    lengths: dict[str, list[int]] = defaultdict(list)
    for one in written:
        for statement in one.statements:
            lengths[statement.task].append(backend.count_tokens(statement.text))
    return {task: round(statistics.mean(counts)) for task, counts in lengths.items()}
