"""What an engine is: token ids in, scored token ids out. Texts, prompts and words are not its business."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from summarizer.config import Decoding

Allowed = NDArray[np.int64] | Callable[[tuple[int, ...]], NDArray[np.int64]]
"""The ids that may come next, the end token among them if it may: the same at every step, or by what is written."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What one text is written from, in token ids.

    ``source`` is read first (by the encoder, where there is one); ``start`` is what the text's decoder begins with:
    the control token behind the source of a decoder-only model, the start tokens of an encoder-decoder. The first
    ``common`` tokens of ``start`` are those that other prompts with this source begin with too: an engine may read
    them once for all.
    """

    source: tuple[int, ...]
    start: tuple[int, ...]
    max_new_tokens: int
    common: int = 0


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One text in token ids, without ``start`` and end token.

    ``score`` is the mean log-probability of its tokens (natural log), the end token among them when ``ended``;
    ``log_probs`` has that of each, where the engine tells it.
    """

    ids: tuple[int, ...]
    score: float
    ended: bool
    log_probs: tuple[float, ...] = ()


class Engine(Protocol):
    """Writes hypotheses. With ``decoding.beam`` > 1 it searches, else it samples when more than one is asked for."""

    def write(self, prompts: Sequence[Prompt], decoding: Decoding) -> list[list[Hypothesis]]:
        """Up to ``decoding.candidates`` hypotheses a prompt, best first."""
        ...


@runtime_checkable
class Mixer(Protocol):
    """An engine that searches for each text in its own way, and can be told which tokens it may be written in."""

    def write_each(
        self, prompts: Sequence[Prompt], decodings: Sequence[Decoding], allowed: Sequence[Allowed | None] | None = None
    ) -> list[list[Hypothesis]]:
        """As :meth:`Engine.write`, for each prompt its own search and the ids that may be written, or None for all."""
        ...


def write_mixed(engine: Engine, prompts: Sequence[Prompt], decodings: Sequence[Decoding]) -> list[list[Hypothesis]]:
    """As :meth:`Mixer.write_each`, by any engine: one that searches in one way at a time is called for each way."""
    if isinstance(engine, Mixer):
        return engine.write_each(prompts, decodings)
    written: list[list[Hypothesis]] = [[] for _ in prompts]
    for decoding in dict.fromkeys(decodings):
        places = [place for place, other in enumerate(decodings) if other == decoding]
        for place, found in zip(places, engine.write([prompts[place] for place in places], decoding), strict=True):
            written[place] = found
    return written


@runtime_checkable
class Comparer(Protocol):
    """An engine that can also be asked how likely two answers are, without writing either."""

    def compare(self, prompts: Sequence[Prompt], one: int, other: int) -> list[float]:
        """Of the token behind each prompt: log P(``one``) - log P(``other``), natural log."""
        ...


@runtime_checkable
class Weigher(Protocol):
    """An engine that can also be asked how likely several answers are, each one token."""

    def weigh(self, prompts: Sequence[Prompt], answers: Sequence[int]) -> NDArray[np.float32]:
        """The probabilities [prompts, answers] of the token behind each prompt, as if there were no other answers."""
        ...


@runtime_checkable
class Reader(Protocol):
    """An engine that can also be asked how likely texts are that it did not write."""

    def likelihoods(
        self, contexts: Sequence[tuple[int, ...]], texts: Sequence[Sequence[tuple[int, ...]]]
    ) -> list[list[tuple[float, ...]]]:
        """Of each text behind its context the log-probabilities of its tokens. No context or text is empty."""
        ...


@runtime_checkable
class Verdicts(Protocol):
    """An engine whose model may have a judge that reads (``training.judge``)."""

    @property
    def labels(self) -> int:
        """How many labels the judge tells apart; 0 for a model without one."""
        ...

    def verdicts(self, prompts: Sequence[Prompt]) -> NDArray[np.float32]:
        """The logits [prompts, labels] of each prompt's labels."""
        ...


def shares(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """The probabilities [prompts, answers] that ``logits`` of these answers stand for, each row adding up to 1."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    found: NDArray[np.float32] = raised / raised.sum(axis=1, keepdims=True)
    return found


def batches_by_length(
    prompts: Sequence[Prompt], max_tokens: int, max_spread: int | None = None, max_size: int = 16
) -> list[list[int]]:
    """Indices of ``prompts`` in batches, longest first: sorted by length, so that little is padded.

    A batch holds at most ``max_size`` prompts and ``max_tokens`` tokens of source with padding (one prompt alone may
    have more); with ``max_spread`` its shortest source is at most so many tokens shorter than its longest.
    """
    order = sorted(range(len(prompts)), key=lambda index: (-len(prompts[index].source), index))
    batches: list[list[int]] = []
    for index in order:
        size = len(prompts[index].source)
        longest = len(prompts[batches[-1][0]].source) if batches else 0
        full = not batches or len(batches[-1]) >= max_size or longest * (len(batches[-1]) + 1) > max_tokens
        if full or (max_spread is not None and longest - size > max_spread):
            batches.append([])
        batches[-1].append(index)
    return batches
