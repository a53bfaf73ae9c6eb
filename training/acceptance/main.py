"""Fit how likely an editor prints a line, on labelled lines: ``summarizer/briefing/acceptance/acceptance.json``.

    python -m training.acceptance --labels $MUJAZ_DATA/labels/offers*.jsonl --out FILE

Printed are the card and what would be printed of the labelled articles under several bars. Lines of one article stay
together when the fit is checked. The labels were given by a large language model in the part of a strict editor;
``training.acceptance.offers`` writes what is to be labelled.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from training.acceptance.composing import table
from training.acceptance.fitting import fit, labelled, read
from training.command import guarded


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.acceptance", description="Fit how likely an editor prints a line.")
    parser.add_argument("--labels", type=Path, nargs="+", required=True, help="files like labels/candidates.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="JSON to write")
    options = parser.parse_args(arguments)

    def run() -> None:
        lines = list(labelled(read(options.labels)))
        weights, unseen = fit(lines)
        options.out.write_text(json.dumps(weights, ensure_ascii=False) + "\n", encoding="utf-8")
        print(json.dumps(weights["card"], ensure_ascii=False, indent=1))
        print(table(lines, unseen))

    return guarded(run)
