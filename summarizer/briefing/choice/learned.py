"""Learned weights read and applied: boosted trees of one depth, a logistic regression beside them, a calibration."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import DataError

Floats = NDArray[np.float64]
_LEAST_CHANCE = 1e-4


def refuse_others(version: int, table: Mapping[str, Any], where: str, command: str) -> None:
    """``DataError`` where ``table`` holds weights of another version; ``command``: what fits them."""
    if table.get("version") != version:
        got = f"version {table.get('version')!r} in {where}"
        raise DataError(expected=f"weights of version {version}", got=got, hint=f"fit them again: python -m {command}")


def log_odds(chance: float) -> float:
    """Log-odds of a probability, held away from 0 and 1."""
    held = min(max(chance, _LEAST_CHANCE), 1 - _LEAST_CHANCE)
    return math.log(held / (1 - held))


@dataclass(frozen=True, slots=True)
class Trees:
    """Complete binary trees: ``feature`` and ``threshold`` [trees, 2^depth - 1], ``value`` [trees, 2^depth].

    A row goes right where its feature is above the threshold. The score is ``bias`` plus the values it ends in.
    """

    feature: NDArray[np.int64]
    threshold: Floats
    value: Floats
    bias: float

    def score(self, table: Floats) -> Floats:
        """Log-odds of each row of ``table`` [rows, features]."""
        inner = self.feature.shape[1]
        node = np.zeros((len(table), len(self.feature)), dtype=np.int64)
        tree, row = np.arange(len(self.feature)), np.arange(len(table))[:, None]
        for _ in range((inner + 1).bit_length() - 1):
            node = 2 * node + 1 + (table[row, self.feature[tree, node]] > self.threshold[tree, node])
        score: Floats = self.value[tree, node - inner].sum(axis=1) + self.bias
        return score

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Trees:
        """From what ``to_json`` gave."""
        return cls(
            np.array(kept["feature"], dtype=np.int64),
            np.array(kept["threshold"], dtype=np.float64),
            np.array(kept["value"], dtype=np.float64),
            float(kept["bias"]),
        )

    def to_json(self) -> dict[str, Any]:
        """Lists and numbers, thresholds to seven digits, values to five decimals."""
        return {
            "feature": self.feature.tolist(),
            "threshold": [[float(f"{one:.7g}") for one in row] for row in self.threshold],
            "value": np.round(self.value, 5).tolist(),
            "bias": round(self.bias, 5),
        }


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression on features of mean 0 and deviation 1, clipped at four deviations."""

    mean: Floats
    scale: Floats
    weights: Floats
    bias: float

    def score(self, table: Floats) -> Floats:
        """Log-odds of each row of ``table`` [rows, features]."""
        score: Floats = self.standard(table) @ self.weights + self.bias
        return score

    def standard(self, table: Floats) -> Floats:
        """The rows as they are weighed."""
        standard: Floats = np.clip((table - self.mean) / self.scale, -4.0, 4.0)
        return standard

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Linear:
        """From what ``to_json`` gave."""
        mean, scale, weights = (np.array(kept[name], dtype=np.float64) for name in ("mean", "scale", "weights"))
        return cls(mean, scale, weights, float(kept["bias"]))

    def to_json(self) -> dict[str, Any]:
        """Lists and numbers, to seven digits."""
        lists = {"mean": self.mean, "scale": self.scale, "weights": self.weights}
        return {name: [float(f"{one:.7g}") for one in kept] for name, kept in lists.items()} | {"bias": self.bias}


@dataclass(frozen=True, slots=True)
class Judge:
    """One question's weights: the mean of both scores, brought to probabilities by a ``slope`` and an ``offset``."""

    trees: Trees
    linear: Linear
    slope: float
    offset: float

    def raw(self, table: Floats) -> Floats:
        """Log-odds before calibration, [rows]."""
        return (self.trees.score(table) + self.linear.score(table)) / 2

    def odds(self, table: Floats) -> Floats:
        """Calibrated log-odds, [rows]."""
        return self.slope * self.raw(table) + self.offset

    def chance(self, table: Floats) -> Floats:
        """Calibrated probabilities, [rows]."""
        chance: Floats = 1 / (1 + np.exp(-np.clip(self.odds(table), -30, 30)))
        return chance

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Judge:
        """From what ``to_json`` gave."""
        return cls(Trees.of(kept["trees"]), Linear.of(kept["linear"]), float(kept["slope"]), float(kept["offset"]))

    def to_json(self) -> dict[str, Any]:
        """Lists and numbers."""
        parts = {"trees": self.trees.to_json(), "linear": self.linear.to_json()}
        return {**parts, "slope": self.slope, "offset": self.offset}
