"""Weights for the defects of ``briefing.claims.support_score``: ridge regression that cannot add, on human judgements.

The target is half-way between the two things people said (``ERROR_SHARE`` of it the factual error label, the rest the
1-5 rating), both standardised. A weight below zero would mean that a defect speaks for a statement: such weights are
held at 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from eval.calibrate.judged import Judgement
from eval.metrics.base import Array
from summarizer.arabic.words import tokenize
from summarizer.briefing.claims.check import find_claims
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.briefing.claims.support_score import DEFECTS, defects

#: Ridge on standardised columns, and the share of the error label in the target. Both were set by hand once, on a
#: grid of 0.1-3 and 0-1, where the cross-validated results differ by less than their intervals.
RIDGE, ERROR_SHARE = 0.3, 0.35
_STEPS = 500
#: Too rare among the judgements to be fitted (16 of 375): a wrong quotation or a flipped negation costs what a wrong
#: name costs.
_RARE, _LIKE = "words_put", "names"


def defect_table(judged: Sequence[Judgement]) -> Array:
    """The defects of every judged output: (judgements, defects)."""
    indices = {one.article: SourceIndex(one.source) for one in judged}
    rows = []
    for one in judged:
        index = indices[one.article]
        rows.append(defects(tokenize(one.output), index, find_claims(one.output, index)))
    return np.asarray(rows, dtype=float)


def target(judged: Sequence[Judgement]) -> Array:
    """What the fit predicts: high for well rated outputs without factual error; (judgements,)."""
    rating = np.asarray([one.rating for one in judged])
    error = np.asarray([float(one.factual_error) for one in judged])
    return (1 - ERROR_SHARE) * _standard(rating) - ERROR_SHARE * _standard(error)


def fit(table: Array, wanted: Array) -> Array:
    """Weights (defects,), none negative, such that ``-table @ weights`` follows ``wanted`` up to a constant.

    Projected gradient descent on ridge regression over standardised columns; convex, so where it starts is no
    matter. Raises nothing: a column that never varies gets weight 0.
    """
    scale = table.std(axis=0)
    columns = (table - table.mean(axis=0)) / np.where(scale > 0, scale, 1.0)
    square = columns.T @ columns / len(table) + RIDGE * np.eye(table.shape[1])
    product = -columns.T @ (wanted - wanted.mean()) / len(table)
    step = 1.0 / float(np.linalg.eigvalsh(square)[-1])
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        weights = np.maximum(0.0, weights - step * (square @ weights - product))
    found: Array = np.where(scale > 0, weights / np.where(scale > 0, scale, 1.0), 0.0)
    rare, like = DEFECTS.index(_RARE), DEFECTS.index(_LIKE)
    found[rare] = max(found[rare], found[like])
    return found


def cross_validated(table: Array, judged: Sequence[Judgement], folds: int, repeats: int) -> Array:
    """A score for every judgement by weights fitted without its article: the mean over ``repeats`` splits."""
    wanted = target(judged)
    total = np.zeros(len(judged))
    for held_out in _splits([one.article for one in judged], folds, repeats):
        total[held_out] -= table[held_out] @ fit(table[~held_out], wanted[~held_out])
    return total / repeats


def scaled(weights: Array, table: Array, judged: Sequence[Judgement]) -> Array:
    """``weights`` times the factor that makes the mean score the share of outputs rated 4 or 5 (bisection)."""
    share = sum(one.rating >= 4 for one in judged) / len(judged)
    low, high = 1e-3, 1e3
    for _ in range(60):
        middle = math.sqrt(low * high)
        mean = float(np.exp(-middle * (table @ weights)).mean())
        low, high = (middle, high) if mean > share else (low, middle)
    return weights * low


def _splits(groups: Sequence[str], folds: int, repeats: int) -> Iterator[npt.NDArray[np.bool_]]:
    """Masks of held-out rows: every group once in each of ``repeats`` shuffles."""
    names = np.asarray(sorted(set(groups)))
    rows = np.asarray(groups)
    for seed in range(repeats):
        shuffled = np.random.default_rng(seed).permutation(names)
        for fold in range(folds):
            yield np.isin(rows, shuffled[fold::folds])


def _standard(values: Array) -> Array:
    spread = float(values.std())
    centred: Array = values - values.mean()
    return centred / (spread or 1.0)
