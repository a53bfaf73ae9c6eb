"""How far an export agrees with its checkpoint: the same greedy tokens, and the same overlap with references.

Scores here are a quick bigram F1 over folded words; published ROUGE comes from ``eval.run``.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.arabic.sentences.split import split_sentences
from summarizer.arabic.words import folded_words
from summarizer.backends.engines.base import Hypothesis, Prompt
from summarizer.backends.model import ModelBackend
from summarizer.config import Decoding
from summarizer.errors import BackendError, DataError
from summarizer.schema import Passage, Request, Sentence, Task
from training.finetune.data.examples import Row
from training.prompts import spaced

GREEDY = Decoding(candidates=1, beam=1, no_repeat_ngram=0)
MAX_BIGRAM_LOSS = 0.5
"""Points of bigram F1 (0-100) that an export may lose."""
_WORDS = {Task.HEADLINE: 14, Task.STANDFIRST: 40, Task.BULLET: 14}


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was found. F1 in points (0-100); ``loss_error`` is the standard error of the mean loss."""

    articles: int
    texts: int
    same_texts: float
    """Share of texts that are the same token by token."""
    same_tokens: float
    """Mean share of a text's tokens before the first that differs."""
    checkpoint_f1: float
    export_f1: float
    loss_error: float
    checkpoint_s: float
    export_s: float
    """Seconds to write all texts."""

    @property
    def loss(self) -> float:
        """Points that the export is below its checkpoint; negative when it is above."""
        return self.checkpoint_f1 - self.export_f1


def choose_rows(rows: Iterable[Row], count: int) -> list[Row]:
    """The first row of each of the first ``count`` articles (an id's part before ``~``); at least one is needed."""
    chosen: dict[str, Row] = {}
    for row in rows:
        chosen.setdefault(row.id.partition("~")[0], row)
        if len(chosen) == count:
            break
    if not chosen:
        raise DataError(expected="held-out rows", got="none", hint="name the heldout.jsonl of training.prepare")
    return list(chosen.values())


def as_sequences(backend: ModelBackend, rows: Iterable[Row]) -> list[tuple[int, ...]]:
    """Prompt and first target of each row in token ids: what a model reads and is to write."""
    firsts = [asked(backend, row)[0] for row in rows]
    end = backend.tokenizer.id_of(backend.prompt.end)
    return [(*one.source, *one.start, *backend.tokenizer.encode(spaced(text))[0], end) for one, text in firsts]


def asked(backend: ModelBackend, row: Row) -> list[tuple[Prompt, str]]:
    """What a model is asked to write for a row, and what an editor wrote."""
    if row.asks:
        asker = backend.asker
        reading = asker.reading([asker.words(sentence) for sentence in row.source.splitlines()])
        return [
            (
                Prompt(reading, asker.write(ask.task, asker.words(ask.about), ask.manner), GREEDY.max_new_tokens),
                ask.text,
            )
            for ask in row.asks
        ]
    requests = [(_request(row.source, Task(task)), text) for task, text in row.targets.items()]
    make, most = backend.make_prompt, backend.prompt.decoding.max_new_tokens
    return [(make(request, backend.prompt, backend.tokenizer, most), text) for request, text in requests]


def measure(checkpoint: ModelBackend, export: ModelBackend, rows: Sequence[Row]) -> Agreement:
    """Write every target of ``rows`` greedily with both and compare."""
    wanted = [pair for row in rows for pair in asked(checkpoint, row)]
    before, before_s = _write(checkpoint, [prompt for prompt, _ in wanted])
    after, after_s = _write(export, [prompt for prompt, _ in wanted])
    pairs = list(zip(before, after, strict=True))
    scores = [
        tuple(100 * bigram_f1(one.tokenizer.decode(found.ids), text) for one, found in ((checkpoint, b), (export, a)))
        for (b, a), (_, text) in zip(pairs, wanted, strict=True)
    ]
    losses = [first - second for first, second in scores]
    return Agreement(
        articles=len(rows),
        texts=len(wanted),
        same_texts=statistics.fmean(b.ids == a.ids for b, a in pairs),
        same_tokens=statistics.fmean(_common(b.ids, a.ids) for b, a in pairs),
        checkpoint_f1=statistics.fmean(first for first, _ in scores),
        export_f1=statistics.fmean(second for _, second in scores),
        loss_error=statistics.stdev(losses) / len(losses) ** 0.5 if len(losses) > 1 else 0.0,
        checkpoint_s=before_s,
        export_s=after_s,
    )


def check(found: Agreement) -> None:
    """Raise :class:`BackendError` when the export lost more than :data:`MAX_BIGRAM_LOSS` points."""
    if found.loss > MAX_BIGRAM_LOSS:
        raise BackendError(
            expected=f"an export that loses at most {MAX_BIGRAM_LOSS} points of bigram F1",
            got=f"{found.loss:.2f} ± {found.loss_error:.2f} on {found.texts} texts",
            hint="measure on more --rows, or export with --quantization float32",
        )


def bigram_f1(text: str, reference: str) -> float:
    """Harmonic mean of precision and recall of folded word pairs, in [0, 1]; 0 when nothing is shared."""
    left, right = (_pairs(one) for one in (text, reference))
    shared = (left & right).total()
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def _pairs(text: str) -> Counter[tuple[str, str]]:
    return Counter(pairwise(folded_words(text)))


def as_passage(source: str) -> Passage:
    """A prepared source (paragraphs are its lines) as a passage of its sentences."""
    spans = split_sentences(source)
    return Passage(tuple(Sentence(span, span.of(source), source.count("\n", 0, span.start)) for span in spans))


def _request(source: str, task: Task) -> Request:
    return Request(task, as_passage(source), _WORDS[task])


def _write(backend: ModelBackend, prompts: Sequence[Prompt]) -> tuple[list[Hypothesis], float]:
    started = time.perf_counter()
    written = [found[0] for found in backend.engine.write(prompts, GREEDY)]
    return written, time.perf_counter() - started


def _common(before: Sequence[int], after: Sequence[int]) -> float:
    """The share of the longer text that both begin with."""
    longest = max(len(before), len(after))
    same = next(
        (i for i, (b, a) in enumerate(zip(before, after, strict=False)) if b != a), min(len(before), len(after))
    )
    return same / longest if longest else 1.0
