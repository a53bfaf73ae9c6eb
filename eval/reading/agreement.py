"""How far two readers agree: Cohen's kappa with an interval over the articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from eval.metrics.base import Array, Measurement
from eval.metrics.intervals import scores
from eval.metrics.score import Score, Signature
from eval.reading.answers import Answer, pairs_of
from eval.reading.rubric import LABELS
from training.corpora.annotated.labels import Label


def agreement_note(answers: Mapping[str, Sequence[Answer]]) -> list[str]:
    """A sentence on :func:`agreement`, or nothing."""
    found = agreement(answers)
    if found is None:
        return []
    count, labels, ok, equal = found
    readers = sorted({answer.reader for given in answers.values() for answer in given[1:]})
    return [
        f"A second reader ({'; '.join(readers)}) of {count} statements: {equal:.0f} % the same label; Cohen's kappa "
        f"{labels.value:.2f} [{labels.low:.2f}, {labels.high:.2f}] over all labels, "
        f"{ok.value:.2f} [{ok.low:.2f}, {ok.high:.2f}] for ok against the rest."
    ]


def agreement(answers: Mapping[str, Sequence[Answer]]) -> tuple[int, Score, Score, float] | None:
    """Statements labelled twice, Cohen's kappa of all labels and of ok against the rest, and the share of equal labels.

    Kappa (Cohen 1960) has no unit, the share is in per cent. None where nobody read an article a second time.
    """
    tables = [_confusion(pairs) for _, pairs in pairs_of(answers)]
    if not tables:
        return None
    stacked = np.stack(tables)  # (articles, labels, labels)
    size = len(LABELS)
    fold = np.array([[label == "ok" for label in LABELS], [label != "ok" for label in LABELS]], dtype=np.float64)
    two = fold @ stacked @ fold.T  # (articles, 2, 2)
    found = scores(
        {
            "labels": (_kappa_of(stacked, size), Signature.of("kappa", labels=size)),
            "ok": (_kappa_of(two, 2), Signature.of("kappa", labels="ok,other")),
        }
    )
    summed = stacked.sum(axis=0)
    return int(summed.sum()), found["labels"], found["ok"], float(100.0 * np.trace(summed) / summed.sum())


def _confusion(pairs: Sequence[tuple[Label, Label]]) -> Array:
    table = np.zeros((len(LABELS), len(LABELS)))
    for one, other in pairs:
        table[LABELS.index(one), LABELS.index(other)] += 1
    return table


def _kappa_of(tables: Array, size: int) -> Measurement:
    def kappa(sums: Array) -> Array:
        table = sums.reshape(*sums.shape[:-1], size, size)
        total = table.sum(axis=(-1, -2))
        with np.errstate(invalid="ignore", divide="ignore"):
            seen = np.trace(table, axis1=-2, axis2=-1) / total
            chance = (table.sum(axis=-1) * table.sum(axis=-2)).sum(axis=-1) / total**2
            return np.where(chance < 1, (seen - chance) / (1 - chance), np.nan)

    statistics = tables.reshape(len(tables), size * size)
    return Measurement(statistics, kappa, kappa(statistics))
