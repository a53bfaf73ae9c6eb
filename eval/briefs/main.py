"""Whole briefs against edited ones, in one table.

    python -m eval.briefs --system extractive --system embedded --out runs/briefs
    python -m eval.briefs --system mine=runs/model --limit 40 --out runs/briefs-40
    python -m eval.briefs --briefs trial=trial.jsonl               # briefs written elsewhere

A file of briefs has a row an article: ``{"id", "headline": {"text"}, "standfirst": {"text"}, "bullets": [{"text", "s":
3}]}``, ``s`` the index of its sentence, or several. Writes DIR/results.json (for ``eval.gate``), DIR/outputs.jsonl and
DIR/NAME.jsonl, the briefs of each system in that form. A run that was killed goes on where it stopped.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from eval.briefs.runner import BriefRun, run_briefs
from eval.briefs.table import brief_table
from eval.command import guarded, positive


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.briefs", _main, argv)


def _main(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        run = BriefRun(arguments.out or Path(folder), arguments.data, arguments.limit, arguments.batch)
        results = run_briefs(run, arguments.system, arguments.briefs, shared=arguments.shared, quiet=arguments.quiet)
    print(brief_table(results))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="eval.briefs", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--system", action="append", default=[], metavar="NAME", help="a backend or checkpoint folder, or NAME=FOLDER")
    add("--briefs", action="append", default=[], metavar="NAME=FILE", help="a file of briefs; repeatable")
    add("--limit", type=positive, metavar="N", help="only the first N articles")
    add("--shared", action="store_true", help="only the articles that every file of briefs has")
    add("--out", type=Path, metavar="DIR", help="keep briefs and results here, and go on from there")
    add("--data", type=Path, metavar="DIR", help="folder of the corpora (default: MUJAZ_DATA)")
    add("--batch", type=positive, default=8, metavar="N", help="articles a call (default 8)")
    add("--quiet", action="store_true", help="no progress bar")
    return parser
