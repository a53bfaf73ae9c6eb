"""Beam search and sampling over logits, one prompt at a time: for engines that only compute.

As CTranslate2 searches, so that scores and thresholds mean the same: twice as many candidates as beams, a beam that
ends gives its place to the best candidate that goes on, the search is over when as many texts have ended as there are
beams, and a text's score is the mean log-probability of its tokens, its end token among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from summarizer.backends.engines.base import Allowed, Hypothesis, Prompt
from summarizer.config import Decoding

Ids = tuple[int, ...]
Logits = NDArray[np.float32]
Moves = tuple[list[int], list[int]]
"""For each row the next token, and the row that it continues."""


class Search(Protocol):
    """The rows of one prompt on their way to hypotheses."""

    width: int
    written: list[Ids]
    """What each row has written."""

    def advance(self, logits: Logits, norms: NDArray[np.float32]) -> Moves | None:
        """One step: logits [width, V], which are destroyed, and their log-sum-exp [width]; None when it is over."""
        ...

    def hypotheses(self) -> list[Hypothesis]:
        """The texts found, best first."""
        ...


def start(prompt: Prompt, decoding: Decoding, end: int) -> Search:
    """The search that ``decoding`` asks for; ``end``: id of the end token."""
    if samples(decoding):
        return _Samples(prompt, decoding, end)
    return _Beams(prompt.max_new_tokens, decoding, end)


def samples(decoding: Decoding) -> bool:
    """True when texts are drawn by chance rather than searched for."""
    return decoding.beam == 1 and decoding.candidates > 1


def width(decoding: Decoding) -> int:
    """How many rows one prompt takes."""
    return decoding.candidates if samples(decoding) else decoding.beam


def constrain(logits: Logits, written: Sequence[Ids], decoding: Decoding, allowed: Allowed | None) -> None:
    """Penalty, no-repeat and allowed tokens, in place. Only what was written counts, never the source."""
    for row, ids in zip(logits, written, strict=True):
        if decoding.repetition_penalty != 1.0 and ids:
            seen = list(set(ids))
            values = row[seen]
            row[seen] = np.where(values > 0, values / decoding.repetition_penalty, values * decoding.repetition_penalty)
        if decoding.no_repeat_ngram and (banned := repeats(ids, decoding.no_repeat_ngram)):
            row[banned] = -np.inf
        if allowed is not None:
            kept = allowed(ids) if callable(allowed) else allowed
            values = row[kept]
            row.fill(-np.inf)
            row[kept] = values


def repeats(ids: Ids, size: int) -> list[int]:
    """The tokens that would write again ``size`` tokens which ``ids`` already has in a row."""
    recent = ids[len(ids) - size + 1 :]
    if len(ids) < size:
        return []
    return [ids[at + size - 1] for at in range(len(ids) - size + 1) if ids[at : at + size - 1] == recent]


def log_sum_exp(logits: Logits) -> NDArray[np.float32]:
    """[B, V] to [B]; 0 for a row in which nothing is allowed."""
    top = logits.max(1)
    top[~np.isfinite(top)] = 0
    total = np.exp(logits - top[:, None]).sum(1)
    norms: NDArray[np.float32] = np.where(total > 0, top + np.log(np.maximum(total, 1e-30)), 0)
    return norms


def best(logits: Logits, count: int) -> tuple[NDArray[np.int64], Logits]:
    """The ``count`` largest of each row, largest first: ids and values [width, count]. They are struck out of it."""
    rows = np.arange(len(logits))
    ids = np.empty((len(logits), count), np.int64)
    values = np.empty((len(logits), count), np.float32)
    for place in range(count):
        ids[:, place] = logits.argmax(1)
        values[:, place] = logits[rows, ids[:, place]]
        logits[rows, ids[:, place]] = -np.inf
    return ids, values


class _Beams:
    """Beam search; of one beam it is greedy."""

    def __init__(self, limit: int, decoding: Decoding, end: int) -> None:
        self.width, self._limit, self._end = decoding.beam, limit, end
        self._wanted = min(decoding.candidates, decoding.beam)
        self.written: list[Ids] = [()] * self.width
        # In the first step all rows are the same: only one of them counts.
        self._scores = np.array([0.0] + [-np.inf] * (self.width - 1))
        self._log_probs: list[tuple[float, ...]] = [()] * self.width
        self._found: list[Hypothesis] = []

    def advance(self, logits: Logits, norms: NDArray[np.float32]) -> Moves | None:
        count = min(2 * self.width, logits.shape[1])
        ids, values = best(logits, count)
        scores = (self._scores[:, None] + values - norms[:, None]).ravel()
        order = np.argsort(-scores, kind="stable")[: 2 * self.width]
        candidates = [(float(scores[at]), int(at) // count, int(ids.flat[at])) for at in order]
        return self._choose(candidates, last=len(self.written[0]) + 1 == self._limit)

    def _choose(self, candidates: list[tuple[float, int, int]], last: bool) -> Moves | None:
        """Of the candidates (score, row, token), those that end are texts and the best others go on."""
        going_on = iter([one for one in candidates[self.width :] if one[2] != self._end])
        beams = []
        for one in candidates[: self.width]:
            score, row, token = one
            if last or token == self._end:
                self._keep(score, row, token)
                beams.append(next(going_on, (-np.inf, row, token)))
            else:
                beams.append(one)
        if last or len(self._found) >= self.width or all(score == -np.inf for score, _, _ in beams):
            return None
        self._log_probs = [self._with(row, score) for score, row, _ in beams]
        self._scores = np.array([score for score, _, _ in beams])
        self.written = [(*self.written[row], token) for _, row, token in beams]
        return [token for _, _, token in beams], [row for _, row, _ in beams]

    def _keep(self, score: float, row: int, token: int) -> None:
        if score > -np.inf:
            ended = token == self._end
            ids = self.written[row] if ended else (*self.written[row], token)
            mean = score / (len(self.written[row]) + 1)
            self._found.append(Hypothesis(ids, mean, ended, self._with(row, score)))

    def _with(self, row: int, score: float) -> tuple[float, ...]:
        """The log-probabilities of a row and of the token that brings it to ``score``."""
        return (*self._log_probs[row], score - float(self._scores[row]))

    def hypotheses(self) -> list[Hypothesis]:
        return sorted(self._found, key=lambda found: -found.score)[: self._wanted]


class _Samples:
    """Each row draws its own text. What is drawn depends on the prompt and the seed, not on the prompt's company."""

    def __init__(self, prompt: Prompt, decoding: Decoding, end: int) -> None:
        self.width, self._limit, self._end = decoding.candidates, prompt.max_new_tokens, end
        self._temperature = decoding.temperature
        self._chance = np.random.default_rng([decoding.seed, *prompt.source, *prompt.start])
        self.written: list[Ids] = [()] * self.width
        self._scores = [0.0] * self.width
        self._ended: list[bool | None] = [None] * self.width
        """None while a row goes on, then whether it came to its end token."""

    def advance(self, logits: Logits, norms: NDArray[np.float32]) -> Moves | None:
        draws = self._chance.random(self.width)
        for row in range(self.width):
            if self._ended[row] is None:
                self._draw(row, logits[row], float(norms[row]), float(draws[row]))
        if None not in self._ended:
            return None
        # A row that is over goes on with its end token until the others are, and nobody looks.
        return [ids[-1] if ids else self._end for ids in self.written], list(range(self.width))

    def _draw(self, row: int, logits: Logits, norm: float, draw: float) -> None:
        top = logits.max()
        if top == -np.inf:
            self._ended[row] = False
            return
        sums = np.cumsum(np.exp((logits - top) / self._temperature), dtype=np.float64)
        token = int(np.searchsorted(sums, draw * sums[-1], side="right"))
        self._scores[row] += float(logits[token]) - norm
        if token == self._end:
            self._ended[row] = True
            return
        self.written[row] = (*self.written[row], token)
        if len(self.written[row]) == self._limit:
            self._ended[row] = False

    def hypotheses(self) -> list[Hypothesis]:
        rows: Any = zip(self.written, self._scores, self._ended, strict=True)
        found = [Hypothesis(ids, score / max(1, len(ids) + bool(ended)), bool(ended)) for ids, score, ended in rows]
        return sorted(found, key=lambda one: -one.score)
