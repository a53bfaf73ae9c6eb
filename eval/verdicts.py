"""How well a model's judge tells the labels of lines: AUC of each label by the probability that it gives to it.

python -m eval.verdicts --labels $MUJAZ_DATA/labels/offers.jsonl --model embedded --held-out
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
from training.corpora.annotated.labels import JudgedArticle, held_out, read_candidates


def verdicts(articles: Sequence[JudgedArticle], editor: SubEditor) -> NDArray[np.float32]:
    """The log-probabilities [lines, 6] of ``asks.LABELS`` for every labelled line, in order.

    ``BackendError`` for a model without a judge.
    """
    drafts = [
        Draft(article.sentences[one.sentence or 0], Task(one.slot), one.text)
        for article in articles
        for one in article.candidates
    ]
    told = [[verdict[label] for label in LABELS] for verdict in editor.judge(drafts) if verdict is not None]
    if len(told) < len(drafts):
        hint = "put one into it: python -m training.judge.attach"
        raise BackendError(expected="a model with a judge", got="one without", hint=hint)
    return np.array(told, np.float32)


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
    parser.add_argument("--held-out", action="store_true", help="only articles that no judge learned from")
    options = parser.parse_args(argv)

    read = read_candidates(options.labels).checked()
    articles = [one for one in read if held_out(one.id) or not options.held_out]
    editor = editor_of(load_backend(options.model))
    if not isinstance(editor, SubEditor):
        raise BackendError(expected="a model that can be asked", got=options.model, hint="take embedded")
    print(table(articles, verdicts(articles, editor)))
    return 0


if __name__ == "__main__":
    sys.exit(guarded("eval.verdicts", main, None))
