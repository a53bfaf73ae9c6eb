"""How well a model's own verdict tells the labels of lines: AUC of each label by the probability that it gives to it.

    python -m eval.verdicts --labels $MUJAZ_DATA/labels/offers.jsonl --model embedded

A brief does not ask for verdicts: beside what is counted of a line they told nothing more (docs/evaluation.md). Whoever
trains a model to judge finds here whether that has changed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.calibrate.agreement import auc
from eval.command import guarded
from summarizer.backends.asks import LABELS
from summarizer.backends.base import editor_of, load_backend
from summarizer.backends.editor import Draft, SubEditor
from summarizer.errors import BackendError
from summarizer.schema import Task
from training.corpora.annotated.labels import JudgedArticle, read_candidates


def verdicts(articles: Sequence[JudgedArticle], editor: SubEditor) -> NDArray[np.float32]:
    """The probabilities [lines, 6] of ``asks.LABELS`` for every labelled line, in order."""
    drafts = []
    for article in articles:
        read = editor.read(article.sentences)
        drafts += [Draft(read, one.sentence or 0, Task(one.slot), one.text) for one in article.candidates]
    return editor.judge(drafts)


def table(articles: Sequence[JudgedArticle], said: NDArray[np.float32]) -> str:
    """AUC by slot and label; «–» where a label is on none or all of the lines."""
    lines = [one for article in articles for one in article.candidates]
    rows = ["| slot | lines | " + " | ".join(LABELS) + " |", "|---|---:|" + "---:|" * len(LABELS)]
    for task in Task:
        own = np.array([one.slot == task for one in lines])
        labels = [one.label for one, inside in zip(lines, own, strict=True) if inside]
        cells = [_cell(np.array([one == label for one in labels]), said[own, at]) for at, label in enumerate(LABELS)]
        rows.append(f"| {task} | {len(labels)} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _cell(truth: NDArray[np.bool_], chance: NDArray[np.float32]) -> str:
    return f"{auc(chance.astype(np.float64), truth.astype(np.float64)):.2f}" if 0 < truth.sum() < len(truth) else "–"


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="eval.verdicts", description="Does a model know what an editor prints?")
    parser.add_argument("--labels", type=Path, required=True, help="a file like labels/candidates.jsonl")
    parser.add_argument("--model", default="embedded", help="a backend or folder (default: embedded)")
    options = parser.parse_args(argv)

    articles = read_candidates(options.labels).checked()
    editor = editor_of(load_backend(options.model))
    if not isinstance(editor, SubEditor):
        raise BackendError(expected="a model that can be asked", got=options.model, hint="take embedded")
    print(table(articles, verdicts(articles, editor)))
    return 0


if __name__ == "__main__":
    sys.exit(guarded("eval.verdicts", main, None))
