"""Fit which doubted words are slips: ``summarizer/briefing/slips/slips.json``.

    python -m training.slips --labels training/slips/labels/slips.jsonl --out FILE

Two questions are fitted on the labels (``training.slips.labelled``): by counts, which forms the model is asked about;
with its answers, which forms an editor would put in. Printed is, for several bars, how many words would be mended and
what the reader said of these mends, by judges that had not seen a word's article. Without ``--out`` the committed
weights are measured, for labels that they were not fitted on.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.briefing.slips import committed
from summarizer.briefing.slips.features import VERSION
from training.choice.boosting import Boosting
from training.choice.judging import Recipe, auc, calibrated, fit_judge
from training.command import guarded
from training.slips.labelled import LABELS, Labelled, read

RECIPE = Recipe(Boosting(trees=80, depth=3, rate=0.08), ridge=20.0)
BARS = (0.5, 0.6, 0.7, 0.8, 0.9)
ASKED, RIGHT = 0.03, 0.8
"""From which chance the model is asked about a form, and from which it is put in."""
Floats = NDArray[np.float64]


def fit(rows: Sequence[Labelled]) -> tuple[dict[str, Any], Floats]:
    """The content of ``slips.json``, and the chance of each weighed row by a judge that had not seen its article."""
    weighed = [row for row in rows if row.weighed]
    asked, _ = _part(rows, [row.counted for row in rows], ASKED)
    right, chances = _part(weighed, [row.all for row in weighed], RIGHT)
    card = {
        "labelled by": "a large language model in the part of a copy editor",
        "forms": dict(Counter(row.label for row in rows)),
        "auc": {"asked": asked.pop("auc"), "right": right.pop("auc")},
    }
    return {"version": VERSION, "card": card, "asked": asked, "right": right}, chances


def _part(rows: Sequence[Labelled], found: Sequence[dict[str, float]], bar: float) -> tuple[dict[str, Any], Floats]:
    names = list(found[0])
    table = np.array([[one[name] for name in names] for one in found])
    right = np.array([row.label == "right" for row in rows])
    known: dict[str, int] = {}
    articles = np.array([known.setdefault(row.about[0], len(known)) for row in rows])
    judge, raw = fit_judge(table, right, articles, RECIPE)
    chances = calibrated(judge, raw)
    return {"auc": round(auc(right, raw), 3), "bar": bar, "names": names, "judge": judge.to_json()}, chances


def table(rows: Sequence[Labelled], chances: Sequence[float]) -> str:
    """For each bar the words that are mended, and what the reader said of it."""
    best: dict[tuple[str, int, int], tuple[float, str]] = {}
    weighed = [row for row in rows if row.weighed]
    for row, chance in zip(weighed, chances, strict=True):
        best[row.doubt] = max(best.get(row.doubt, (0.0, "")), (float(chance), row.label))
    slips = len({row.doubt for row in rows if row.label == "right"})
    lines = [f"words doubted {len({row.doubt for row in rows})}, asked about {len(best)}, slips {slips}"]
    lines.append("bar   mended  right  same  wrong  of the slips")
    for bar in BARS:
        made = Counter(label for chance, label in best.values() if chance >= bar)
        told = "  ".join(f"{made[label]:5d}" for label in LABELS)
        lines.append(f"{bar:.2f}  {made.total():6d}  {told}  {made['right'] / max(1, slips):.2f}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.slips", description="Fit which doubted words are slips.")
    parser.add_argument("--labels", type=Path, nargs="+", required=True, help="files of training.slips.labelled")
    parser.add_argument("--out", type=Path, help="JSON to write; without it the committed weights are measured")
    options = parser.parse_args(arguments)

    def run() -> None:
        rows = [row for path in options.labels for row in read(path)]
        if options.out is None:
            print(table(rows, committed().chances("right", [row.all for row in rows if row.weighed])))
            return
        weights, unseen = fit(rows)
        options.out.write_text(json.dumps(weights, ensure_ascii=False) + "\n", encoding="utf-8")
        print(json.dumps(weights["card"], ensure_ascii=False), table(rows, unseen.tolist()), sep="\n")

    return guarded(run)
