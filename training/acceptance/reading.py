"""Fit what a judge that reads weighs beside the one that counts: the part ``reading`` of ``acceptance.json``.

    python -m training.acceptance.reading --labels FILE… --model runs/model \
        --weights summarizer/briefing/acceptance/acceptance.json --out FILE

On lines of articles that neither judge learned from: a quarter of all is held out from the one that reads
(``training.judge``), and of these the one that counts is fitted without their fold. Printed is what would be printed of
these articles without the judge that reads, and with it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.backends.base import editor_of, load_backend
from summarizer.backends.editor import Draft
from summarizer.briefing.acceptance.learned import TRUE, Reading, chance, odds_of
from summarizer.errors import BackendError, DataError
from summarizer.schema import Task, Verdict
from training.acceptance.composing import table
from training.acceptance.fitting import Floats, Labelled, Unseen, fit, labelled, read, together
from training.choice.judging import auc, fit_linear
from training.command import guarded
from training.corpora.annotated.labels import JudgedArticle, held_out

_RIDGE = 1.0
_LEAST = 1e-9


def heard(articles: Sequence[JudgedArticle], lines: Sequence[Labelled], model: str) -> list[Verdict]:
    """What the model's judge says of some lines of ``articles``; ``BackendError`` for a model without one."""
    editor = editor_of(load_backend(model))
    drafts = [Draft(articles[one.article].sentences[one.place], one.task, one.text) for one in lines]
    found = [one for one in editor.judge(drafts) if one is not None] if editor else []
    if len(found) < len(drafts):
        hint = "put one into it: python -m training.judge.attach"
        raise BackendError(expected="a model with a judge", got=model, hint=hint)
    return found


def fit_reading(lines: Sequence[Labelled], verdicts: Sequence[Verdict], unseen: Unseen) -> dict[str, Reading]:
    """What each judge weighs, for every task and for being true; ``unseen``: of the judge that counts."""
    tasks = np.array([line.task.value for line in lines])
    printed = np.array([line.label == "ok" for line in lines])
    ok = np.array([odds_of(one["ok"]) for one in verdicts])
    true = -np.array([odds_of(one["false"]) for one in verdicts])
    found = {task.value: _weighed(unseen.printable, ok, printed, tasks == task.value) for task in Task}
    kept = np.array([line.label != "false" for line in lines])
    return found | {TRUE: _weighed(unseen.true, true, kept, np.ones(len(lines), bool))}


def _weighed(counted: Floats, odds: Floats, truth: NDArray[np.bool_], own: NDArray[np.bool_]) -> Reading:
    both = np.column_stack([_odds(counted[own]), odds[own]])
    linear = fit_linear(both, truth[own], np.ones(own.sum()), _RIDGE)
    weights = linear.weights / linear.scale
    return Reading(*(round(float(one), 4) for one in (*weights, linear.bias - linear.mean @ weights)))


def with_reading(
    lines: Sequence[Labelled], verdicts: Sequence[Verdict], unseen: Unseen, weights: Mapping[str, Reading]
) -> Unseen:
    """The probabilities of both judges together."""
    tasks = [weights[line.task.value] for line in lines]
    printable = [
        chance(known.odds(counted, odds_of(verdict["ok"])))
        for known, counted, verdict in zip(tasks, _odds(unseen.printable), verdicts, strict=True)
    ]
    true = [
        chance(weights[TRUE].odds(counted, -odds_of(verdict["false"])))
        for counted, verdict in zip(_odds(unseen.true), verdicts, strict=True)
    ]
    return Unseen(np.array(printable), np.array(true))


def crossed(lines: Sequence[Labelled], verdicts: Sequence[Verdict], unseen: Unseen) -> Unseen:
    """The same by weights that were fitted on the other half of the articles: what they are worth on new ones."""
    printable, true = unseen.printable.copy(), unseen.true.copy()
    for half in (0, 1):
        own = [place for place, line in enumerate(lines) if line.article % 2 == half]
        others = [place for place, line in enumerate(lines) if line.article % 2 != half]
        weights = fit_reading(*_part(lines, verdicts, unseen, others))
        both = with_reading(*_part(lines, verdicts, unseen, own), weights)
        printable[own], true[own] = both.printable, both.true
    return Unseen(printable, true)


def _part(
    lines: Sequence[Labelled], verdicts: Sequence[Verdict], unseen: Unseen, places: Sequence[int]
) -> tuple[list[Labelled], list[Verdict], Unseen]:
    own = list(places)
    return [lines[one] for one in own], [verdicts[one] for one in own], Unseen(unseen.printable[own], unseen.true[own])


def areas(lines: Sequence[Labelled], unseen: Unseen) -> dict[str, list[float]]:
    """The areas under the ROC curve of each task: printable, true."""
    found = {}
    for task in Task:
        own = np.array([line.task is task for line in lines])
        labels = np.array([line.label for line in lines])[own]
        pairs = ((labels == "ok", unseen.printable[own]), (labels != "false", unseen.true[own]))
        found[task.value] = [round(float(auc(truth, odds)), 3) for truth, odds in pairs]
    return found


def _odds(chances: Floats) -> Floats:
    held = np.clip(chances, _LEAST, 1 - _LEAST)
    found: Floats = np.log(held / (1 - held))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.acceptance.reading", description="Weigh a judge that reads.")
    parser.add_argument("--labels", type=Path, nargs="+", required=True, help="those that the judge that counts has")
    parser.add_argument("--model", default="embedded", help="with a judge that reads (default: embedded)")
    parser.add_argument("--weights", type=Path, required=True, help="acceptance.json of the judge that counts")
    parser.add_argument("--out", type=Path, required=True, help="where it is written with the weights of both")
    options = parser.parse_args(arguments)
    return guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> None:
    known: dict[str, Any] = json.loads(options.weights.read_text("utf-8"))
    articles = read(options.labels)
    lines = list(labelled(articles))
    _, unseen = fit(lines)
    if others := _beside(known):
        unseen = together(lines, unseen, others)
    kept = np.flatnonzero([held_out(articles[line.article].id) for line in lines])
    if not len(kept):
        raise DataError(expected="labels of articles that are held out", got="none", hint="give more articles")
    own, counted = [lines[place] for place in kept], Unseen(unseen.printable[kept], unseen.true[kept])
    verdicts = heard(articles, own, options.model)
    reading, both = fit_reading(own, verdicts, counted), crossed(own, verdicts, counted)
    card = {"lines": len(own), "counted": areas(own, counted), "both": areas(own, both)}
    written = {name: [one.counted, one.read, one.bias] for name, one in reading.items()}
    content = {**known, "reading": written, "card": {**known["card"], "reading": card}}
    options.out.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps({"reading": written, "card": card}, indent=1))
    print("counted alone", table(own, counted), "and read", table(own, both), sep="\n\n")


def _beside(known: Mapping[str, Any]) -> dict[str, Any] | None:
    """The judges of other labels that ``training.acceptance --beside`` put beside its own."""
    if len(known["true"]) < 2:
        return None
    printable = {task: kept[1:] for task, kept in known["printable"].items()}
    return {**known, "printable": printable, "true": known["true"][1:], "reading": {}}


if __name__ == "__main__":
    sys.exit(main())
