"""Fit how likely an editor prints a line, on labelled lines: ``summarizer/briefing/acceptance/acceptance.json``.

    python -m training.acceptance --labels $MUJAZ_DATA/labels/offers*.jsonl --out FILE [--beside FILE]
    python -m training.acceptance --labels $MUJAZ_DATA/labels/offers-3.jsonl          # what the committed weights print
        [--model embedded]                                  # with what its judge says that reads (training.judge)

Printed are the card, or the labels by slot, and what would be printed of the labelled articles under several bars.
Lines of one article stay together when the fit is checked. Without ``--out`` nothing is fitted: labels of articles
that the committed weights were not fitted on say what these are worth. ``--beside``: weights of other labels, which
may be lost; the log-odds of both are averaged, in the file and in what is printed. The labels were given by a large
language model in the part of a strict editor; ``training.acceptance.offers`` writes what is to be labelled.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from summarizer.briefing.acceptance import committed
from training.acceptance.composing import offered, table
from training.acceptance.fitting import beside, by, fit, labelled, read, together
from training.acceptance.reading import heard
from training.command import guarded


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.acceptance", description="Fit how likely an editor prints a line.")
    parser.add_argument("--labels", type=Path, nargs="+", required=True, help="files like labels/candidates.jsonl")
    parser.add_argument("--out", type=Path, help="JSON to write; without it the committed weights are measured")
    parser.add_argument("--beside", type=Path, help="weights fitted on other labels, whose judges count as much")
    parser.add_argument("--model", help="a model whose judge is asked too, where the committed weights are measured")
    options = parser.parse_args(arguments)

    def run() -> None:
        articles = read(options.labels)
        lines = list(labelled(articles))
        if options.out is None:
            verdicts = heard(articles, lines, options.model) if options.model else None
            print(offered(lines), table(lines, by(committed(), lines, verdicts)), sep="\n\n")
            return
        weights, unseen = fit(lines)
        if options.beside:
            other = json.loads(options.beside.read_text("utf-8"))
            weights, unseen = beside(weights, other), together(lines, unseen, other)
        options.out.write_text(json.dumps(weights, ensure_ascii=False) + "\n", encoding="utf-8")
        print(json.dumps(weights["card"], ensure_ascii=False, indent=1))
        print(table(lines, unseen))

    return guarded(run)
