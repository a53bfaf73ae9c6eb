"""One question fitted: trees and logistic regression together, calibrated on rows that they have not seen."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from summarizer.briefing.choice.learned import Floats, Judge, Linear
from training.choice.boosting import Boosting, fit_trees

FOLDS = 5
_STEPS = 12


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one question is fitted: the trees', and the ridge of the logistic regression."""

    boosting: Boosting
    ridge: float = 100.0


def fit_linear(table: Floats, truth: NDArray[np.bool_], weights: Floats, ridge: float) -> Linear:
    """A logistic regression by Newton's method; ``ridge`` holds the weights of the standard features small."""
    scale = table.std(axis=0)
    start = Linear(table.mean(axis=0), np.where(scale > 1e-9, scale, 1.0), np.zeros(table.shape[1]), 0.0)
    rows = np.column_stack([start.standard(table), np.ones(len(table))])
    held = np.diag([*[ridge] * table.shape[1], 1e-6])
    found = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (weights * (chance - truth)) + held @ found
        bend = (rows * (weights * chance * (1 - chance))[:, None]).T @ rows + held
        found = found - np.linalg.solve(bend, slope)
    return replace(start, weights=found[:-1], bias=float(found[-1]))


def fit_judge(
    table: Floats, truth: NDArray[np.bool_], articles: NDArray[np.int64], how: Recipe, workers: int = 1
) -> tuple[Judge, Floats]:
    """The judge of ``truth`` [rows] and each row's log-odds by a judge fitted without its fold of ``articles``."""
    unseen = np.zeros(len(truth))
    folds = [articles % FOLDS == fold for fold in range(FOLDS)]
    parts = [(table[~inside], truth[~inside], how) for inside in folds] + [(table, truth, how)]
    *others, judge = _fitted(parts, workers)
    for inside, other in zip(folds, others, strict=True):
        unseen[inside] = other.raw(table[inside])
    calibrated = fit_linear(unseen[:, None], truth, np.ones(len(truth)), 1e-6)
    slope = float(calibrated.weights[0] / calibrated.scale[0])
    offset = float(calibrated.bias - slope * calibrated.mean[0])
    return replace(judge, slope=slope, offset=offset), unseen


def calibrated(judge: Judge, raw: Floats) -> Floats:
    """Calibrated probabilities of the log-odds that ``fit_judge`` gives of rows that were not seen."""
    found: Floats = 1 / (1 + np.exp(-(judge.slope * raw + judge.offset)))
    return found


def _fitted(parts: Sequence[tuple[Floats, NDArray[np.bool_], Recipe]], workers: int) -> list[Judge]:
    if workers < 2:
        return [_uncalibrated(*part) for part in parts]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(_uncalibrated, *zip(*parts, strict=True)))


def _uncalibrated(table: Floats, truth: NDArray[np.bool_], how: Recipe) -> Judge:
    ones = np.ones(len(truth))
    return Judge(
        fit_trees(table, truth, ones, how.boosting), fit_linear(table, truth, ones, how.ridge), slope=1.0, offset=0.0
    )


def auc(truth: NDArray[np.bool_], score: Floats) -> float:
    """The chance that a true row scores above a false one, ties by half; 0.5 when all are alike."""
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    true = int(truth.sum())
    false = len(truth) - true
    return float((ranks[truth].sum() - true * (true + 1) / 2) / (true * false)) if true and false else 0.5
