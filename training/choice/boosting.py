"""Boosted trees of one depth with the logistic loss, in numpy: the few lines that this needs, and no dependency.

Friedman 2001, with second-order leaf values and regularised gains as in XGBoost (Chen and Guestrin 2016), on binned
features as in LightGBM (Ke et al. 2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarizer.briefing.choice.learned import Floats, Trees


@dataclass(frozen=True, slots=True)
class Boosting:
    """How trees are grown. ``columns`` and ``rows``: the shares that each tree sees; ``ridge``: added to curvatures;
    ``least``: the least curvature a side of a split must have; ``seeds``: forests that are averaged.
    """

    trees: int = 200
    rate: float = 0.05
    depth: int = 4
    columns: float = 0.25
    rows: float = 0.7
    ridge: float = 5.0
    least: float = 3.0
    bins: int = 48
    seeds: int = 2


def fit_trees(table: Floats, truth: NDArray[np.bool_], weights: Floats, how: Boosting) -> Trees:
    """Trees for the log-odds of ``truth`` [rows] from ``table`` [rows, features], each row counting ``weights``."""
    edges = [_edges(column, how.bins) for column in table.T]
    binned = np.stack([np.searchsorted(edge, column) for edge, column in zip(edges, table.T, strict=True)], axis=1)
    share = float(np.average(truth, weights=weights))
    bias = float(np.log(share / (1 - share)))
    grown = []
    for seed in range(how.seeds):
        random = np.random.default_rng(seed)
        score = np.full(len(table), bias)
        for _ in range(how.trees):
            chance = 1 / (1 + np.exp(-score))
            used = random.random(len(table)) < how.rows
            columns = np.sort(random.permutation(table.shape[1])[: max(1, int(how.columns * table.shape[1]))])
            slope, bend = weights * (chance - truth), weights * chance * (1 - chance)
            feature, cut, value, leaf = _grow(binned, columns, slope * used, bend * used, how)
            score += how.rate * value[leaf]
            threshold = np.array([_threshold(edges[f], c) for f, c in zip(feature, cut, strict=True)])
            grown.append((feature, threshold, how.rate * value / how.seeds))
    feature, threshold, value = (np.stack(part) for part in zip(*grown, strict=True))
    return Trees(feature, threshold, value, bias)


def _edges(column: Floats, bins: int) -> Floats:
    """At most ``bins`` - 1 places between the values of a column, where it is cut."""
    values = np.unique(column)
    if len(values) > bins:
        values = np.unique(np.quantile(column, np.linspace(0, 1, bins + 1), method="nearest"))
    edges: Floats = (values[1:] + values[:-1]) / 2
    return edges


def _threshold(edges: Floats, cut: int) -> float:
    return float(edges[cut]) if cut < len(edges) else float(np.finfo(np.float32).max)


def _grow(
    binned: NDArray[np.int64], columns: NDArray[np.int64], slope: Floats, bend: Floats, how: Boosting
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats, NDArray[np.int64]]:
    """One tree: feature and cut of each inner node, the value of each leaf, the leaf of each row."""
    node = np.zeros(len(binned), dtype=np.int64)
    features, cuts = [], []
    seen = binned[:, columns]
    for level in range(how.depth):
        best, cut = _splits(seen, node, 2**level, slope, bend, how)
        features.append(columns[best])
        cuts.append(cut)
        node = 2 * node + (seen[np.arange(len(seen)), best[node]] > cut[node])
    leaves = 2**how.depth
    total, curve = np.bincount(node, slope, leaves), np.bincount(node, bend, leaves)
    return np.concatenate(features), np.concatenate(cuts), -total / (curve + how.ridge), node


def _splits(
    seen: NDArray[np.int64], node: NDArray[np.int64], nodes: int, slope: Floats, bend: Floats, how: Boosting
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The best column and cut of each node; a cut behind the last bin, which parts nothing, where none gains."""
    width, bins = seen.shape[1], how.bins + 1
    place = (node[:, None] * width + np.arange(width)) * bins + seen
    size = nodes * width * bins
    shape = (nodes, width, bins)
    left_slope, left_bend = (
        np.bincount(place.ravel(), np.repeat(part, width), size).reshape(shape).cumsum(axis=2) for part in (slope, bend)
    )
    all_slope, all_bend = left_slope[:, :, -1:], left_bend[:, :, -1:]
    right_slope, right_bend = all_slope - left_slope, all_bend - left_bend
    gain = left_slope**2 / (left_bend + how.ridge) + right_slope**2 / (right_bend + how.ridge)
    gain -= all_slope**2 / (all_bend + how.ridge)
    gain[(left_bend < how.least) | (right_bend < how.least)] = 0.0
    flat = gain.reshape(nodes, -1)
    at = flat.argmax(axis=1)
    none = flat[np.arange(nodes), at] <= 0
    return np.where(none, 0, at // bins), np.where(none, bins, at % bins)
