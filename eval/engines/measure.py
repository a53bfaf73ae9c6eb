"""One export in a process of its own: held-out texts, seconds, megabytes."""

from __future__ import annotations

import itertools
import math
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from eval.jsonl import read_lines
from eval.speed.articles import SEED, shuffled_articles
from eval.speed.measure import peak_mb
from summarizer.arabic.sentences.split import split_sentences
from summarizer.article.read import read_path
from summarizer.backends.engines.base import Prompt
from summarizer.backends.files.checkpoint import open_transformers
from summarizer.backends.files.exported import open_export
from summarizer.backends.files.weights import MANIFEST, read_manifest
from summarizer.backends.model import ModelBackend
from summarizer.config import Decoding
from summarizer.errors import DataError
from summarizer.pipeline import briefs
from summarizer.schema import Passage, Request, Sentence, Task

_GREEDY = Decoding(candidates=1, beam=1, no_repeat_ngram=0)
_WORDS = {Task.HEADLINE: 14, Task.STANDFIRST: 40, Task.BULLET: 14}
_SOURCE_TOKENS = 256
_REPEATS, _NEW_TOKENS = 5, 64
_WORDS_EACH = 400


@dataclass(frozen=True, slots=True)
class Order:
    """What is measured. ``heldout`` "" and ``articles`` 0 (of a batch) leave it out; ``threads`` 0: all cores."""

    folder: str
    heldout: str
    rows: int
    threads: int
    articles: int


@dataclass(frozen=True, slots=True)
class Written:
    """A held-out text as it was written, in tokens and in words, and its reference."""

    ids: tuple[int, ...]
    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one export (``engine`` "" for a checkpoint). ``speed``: wall and processor seconds by what was done."""

    engine: str
    quantization: str
    threads: int
    articles: int
    disk_mb: float
    loaded_mb: float
    peak_mb: float
    written: list[Written] = field(default_factory=list)
    speed: dict[str, list[float]] = field(default_factory=dict)


def measure(order: Order) -> Measured:
    """Open the model, write, take the time; speed first, while memory holds nothing else."""
    folder = Path(order.folder)
    backend = _open(folder, order.threads)
    loaded = _resident_mb()
    speed = _speed(backend, order.articles) if order.articles else {}
    peak = peak_mb(resource.RUSAGE_SELF)
    written = _write(backend, Path(order.heldout), order.rows) if order.heldout else []
    about, size = ("", ""), 0.0
    if (folder / MANIFEST).is_file():
        manifest = read_manifest(folder)
        about = manifest.engine, manifest.quantization
        size = sum(stored.bytes for stored in manifest.files.values()) / 1e6
    return Measured(*about, order.threads, order.articles, size, loaded, peak, written, speed)


def _open(folder: Path, threads: int) -> ModelBackend:
    if (folder / MANIFEST).is_file():
        return open_export(folder, threads or None)
    return open_transformers(folder, precision="float32")


def _write(backend: ModelBackend, path: Path, rows: int) -> list[Written]:
    """The targets of the first ``rows`` rows that are texts, written greedily."""
    asked = list(itertools.islice(_targets(path), rows))
    if not asked:
        raise DataError(expected="rows with a source and targets", got=f"none in {path}", hint="name a heldout.jsonl")
    requests = [request for request, _ in asked]
    found = [hypotheses[0].ids for hypotheses in backend.hypotheses(requests, _GREEDY)]
    return [
        Written(ids, backend.tokenizer.decode(ids), reference) for ids, (_, reference) in zip(found, asked, strict=True)
    ]


def _targets(path: Path) -> itertools.chain[tuple[Request, str]]:
    seen: set[str] = set()
    rows = []
    for line in read_lines(path):
        # One row an article, whose rows have ids that begin alike.
        article = str(line.fields.get("id", line.place)).partition("~")[0]
        if article not in seen:
            seen.add(article)
            rows.append(line.fields)
    return itertools.chain.from_iterable(map(_requests, rows))


def _requests(row: dict[str, object]) -> list[tuple[Request, str]]:
    source, targets = row.get("source"), row.get("targets")
    if not isinstance(source, str) or not isinstance(targets, dict):
        return []
    spans = split_sentences(source)
    sentences = (Sentence(span, span.of(source), source.count("\n", 0, span.start)) for span in spans)
    passage = Passage(tuple(sentences))
    known = {task.value: words for task, words in _WORDS.items()}
    return [(Request(Task(name), passage, known[name]), str(text)) for name, text in targets.items() if name in known]


def _speed(backend: ModelBackend, count: int) -> dict[str, list[float]]:
    """Nothing that is timed was read before: engines may remember."""
    seed, *articles = (read_path(SEED), *shuffled_articles(count + 1, _WORDS_EACH))
    briefs(articles[:1], backend)
    sources, steps = [], []
    for offset in range(0, 2 * _REPEATS, 2):
        sources.append(_seconds(partial(backend.engine.write, [_prompt(backend, seed.body, offset, 1)], _GREEDY)))
        made: list[int] = []
        taken = _seconds(partial(_count, backend, _prompt(backend, seed.body, offset + 1, _NEW_TOKENS), made))
        if made[0] > _NEW_TOKENS // 4:
            first = _fastest(sources)
            steps.append([(every - one) / (made[0] - 1) for every, one in zip(taken, first, strict=True)])
    return {
        "source_s": _fastest(sources),
        "step_s": _fastest(steps or [[math.nan, math.nan]]),
        "brief_s": _seconds(partial(briefs, [seed], backend)),
        "batch_s": _seconds(partial(briefs, articles[1:], backend)),
    }


def _prompt(backend: ModelBackend, text: str, offset: int, new_tokens: int) -> Prompt:
    """A standfirst for ``text`` from its token ``offset`` on: with each offset a source that was not read before."""
    ids = backend.tokenizer.encode(text)[0][offset : offset + _SOURCE_TOKENS]
    task = backend.prompt.tasks[Task.STANDFIRST.value]
    return Prompt(tuple(ids), (backend.tokenizer.id_of(task),), new_tokens)


def _count(backend: ModelBackend, prompt: Prompt, made: list[int]) -> None:
    """Write, and add to ``made`` how many tokens it took."""
    (found,) = backend.engine.write([prompt], _GREEDY)
    made.append(len(found[0].ids) + found[0].ended)


def _seconds(run: Callable[[], object]) -> list[float]:
    """Wall and processor seconds."""
    started, used = time.perf_counter(), time.process_time()
    run()
    return [time.perf_counter() - started, time.process_time() - used]


def _fastest(pairs: list[list[float]]) -> list[float]:
    """The least of each: what other work on the machine disturbed least."""
    return [min(values) for values in zip(*pairs, strict=True)]


def _resident_mb() -> float:
    """Memory that this process has now, in MB; its peak so far where the system does not say."""
    path = Path("/proc/self/statm")
    if path.is_file() and sys.platform == "linux":
        return int(path.read_text("ascii").split()[1]) * resource.getpagesize() / 1e6
    return peak_mb(resource.RUSAGE_SELF)
