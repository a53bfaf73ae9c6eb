"""Fit how likely an editor prints a line, on labelled lines: ``summarizer/briefing/acceptance.json``.

    python -m training.acceptance --model FOLDER --labels $MUJAZ_DATA/labels/candidates*.jsonl --out FILE

The model is asked how it would label each line; that and what is counted are the features. Lines of one article stay
together when the fit is checked. The labels were given by a large language model in the part of a strict editor.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.backends.editor import Draft, SubEditor
from summarizer.backends.files.checkpoint import open_checkpoint
from summarizer.briefing.acceptance import VERSION, features
from summarizer.briefing.choice.learned import Judge
from summarizer.briefing.choice.outlook import outlooks
from summarizer.errors import BackendError
from summarizer.schema import Task
from training.choice.boosting import Boosting
from training.choice.judging import Recipe, auc, fit_judge
from training.command import guarded
from training.corpora.annotated.labels import JudgedArticle, read_candidates

Floats = NDArray[np.float64]
_AT_ONCE = 20
"""Articles whose lines are judged in one call."""
RECIPE = Recipe(Boosting(trees=60, depth=2), ridge=30.0)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line with its features and its label."""

    article: int
    task: Task
    label: str
    found: dict[str, float]


def read(paths: Sequence[Path]) -> list[JudgedArticle]:
    """The articles of label files, those that stand in several once for each."""
    return [article for path in paths for article in read_candidates(path).checked()]


def labelled(articles: Sequence[JudgedArticle], editor: SubEditor) -> Iterator[Labelled]:
    """The labelled lines of ``articles`` with their features, some articles at a time."""
    for start in range(0, len(articles), _AT_ONCE):
        chunk = articles[start : start + _AT_ONCE]
        reads = [editor.read(one.sentences) for one in chunk]
        lines = [(place, line) for place, one in enumerate(chunk) for line in one.candidates]
        drafts = [Draft(reads[place], line.sentence or 0, Task(line.slot), line.text) for place, line in lines]
        seen = [outlooks(one.sentences) for one in chunk]
        for (place, line), draft, said in zip(lines, drafts, editor.judge(drafts), strict=True):
            sentence = chunk[place].sentences[draft.sentence]
            # A score is a mean log-probability: what has none was not written.
            counted = (draft.text, sentence, line.score or 0.0, seen[place][draft.sentence], said.tolist())
            found = features(*counted, lifted=not line.score)
            yield Labelled(start + place, draft.task, line.label, found)


def fit(lines: Sequence[Labelled]) -> dict[str, Any]:
    """The content of ``acceptance.json``: a judge a task of what is printed, one of what is true, and a card."""
    names = list(lines[0].found)
    card: dict[str, Any] = {"labelled by": "a large language model in the part of a strict editor"}
    printable: dict[str, Any] = {}
    for task in Task:
        own = [line for line in lines if line.task is task]
        judge, unseen = _judge(own, [line.label == "ok" for line in own])
        printable[task.value] = judge.to_json()
        card[task.value] = {**_worth(own), "auc printable": _auc(own, unseen, lambda label: label == "ok")}
    # False lines are few: those of all tasks are told together.
    judge, unseen = _judge(lines, [line.label != "false" for line in lines])
    for task in Task:
        places = [place for place, line in enumerate(lines) if line.task is task]
        own = [lines[place] for place in places]
        card[task.value]["auc true"] = _auc(own, unseen[places], lambda label: label != "false")
    return {"version": VERSION, "names": names, "card": card, "printable": printable, "true": judge.to_json()}


def _judge(lines: Sequence[Labelled], truth: Sequence[bool]) -> tuple[Judge, Floats]:
    """The judge of ``truth``, and each line's log-odds by one that was fitted on other articles."""
    table = np.array([list(line.found.values()) for line in lines])
    return fit_judge(table, np.array(truth), np.array([line.article for line in lines]), RECIPE)


def _auc(lines: Sequence[Labelled], odds: Floats, true: Callable[[str], bool]) -> float:
    return round(auc(np.array([true(line.label) for line in lines]), odds), 3)


def _worth(own: Sequence[Labelled]) -> dict[str, Any]:
    """How many lines there are of each label, and what the model's own answers tell apart."""
    kinds = np.array([line.label for line in own])
    said = {kind: np.array([line.found[f"said_{kind}"] for line in own]) for kind in sorted(set(kinds))}
    return {
        "lines": len(own),
        "articles": len({line.article for line in own}),
        "labels": dict(Counter(kinds.tolist())),
        "auc of the model's own answer": {kind: round(auc(kinds == kind, odds), 3) for kind, odds in said.items()},
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.acceptance", description="Fit how likely an editor prints a line.")
    parser.add_argument("--model", type=Path, required=True, help="export or checkpoint that can be asked")
    parser.add_argument("--labels", type=Path, nargs="+", required=True, help="files like labels/candidates.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="JSON to write")
    options = parser.parse_args(arguments)

    def run() -> None:
        editor = open_checkpoint(options.model).editor
        if editor is None:
            hint = "train it on rows of training.edit_rows"
            raise BackendError(expected="a model that can be asked", got=str(options.model), hint=hint)
        table = fit(list(labelled(read(options.labels), editor)))
        options.out.write_text(json.dumps(table, ensure_ascii=False) + "\n", encoding="utf-8")
        print(json.dumps(table["card"], ensure_ascii=False, indent=1))

    return guarded(run)
