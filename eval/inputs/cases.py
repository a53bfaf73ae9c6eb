"""What `mujaz brief` makes of each file of a folder, as a checkout of the project writes it: to be read by eye.

    python -m eval.inputs.cases --cases ../shared/cases --backend extractive --backend embedded
    git worktree add ../before bc2b0f6 && python -m eval.inputs.cases --cases ../shared/cases --checkout ../before

One JSON object a file and backend: ``outcome`` is «brief», «refused» (its line in ``said``) or «crashed» (the last line
of the traceback). Each file is given to the command in a process of its own, so that any state of the project can be
asked; files with several articles go to `mujaz batch` with ``--batch``.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.command import guarded
from summarizer.errors import DataError

_COMMAND = """
try:
    from summarizer.service.cli.main import main
except ImportError:
    from summarizer.service.cli import main
raise SystemExit(main())
"""
_SUFFIXES = (".txt", ".html", ".jsonl", ".csv", ".xml")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the rows; exit code 1 when a file crashed."""
    return guarded("eval.inputs.cases", _main, argv)


def _main(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(prog="eval.inputs.cases", description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=Path, required=True, help="a folder of files")
    parser.add_argument("--backend", action="append", help="may be given again (extractive)")
    parser.add_argument("--checkout", type=Path, default=Path(), help="the project's folder to ask (this one)")
    parser.add_argument("--batch", action="store_true", help="ask `mujaz batch` instead, for files of several articles")
    arguments = parser.parse_args(argv)
    command = "batch" if arguments.batch else "brief"
    crashed = False
    for path in case_files(arguments.cases):
        for backend in arguments.backend or ["extractive"]:
            found = outcome(path, backend, command, arguments.checkout)
            print(json.dumps({"case": path.name, "backend": backend, **found}, ensure_ascii=False), flush=True)
            crashed = crashed or found["outcome"] == "crashed"
    return int(crashed)


def case_files(folder: Path) -> list[Path]:
    """The files of ``folder`` that may be articles, by name; ``DataError`` when there is none."""
    found = sorted(path for path in folder.glob("*") if path.suffix in _SUFFIXES)
    if not found:
        raise DataError(expected="a folder of articles", got=f"{folder}: none in it", hint="check the path")
    return found


def outcome(path: Path, backend: str, command: str, checkout: Path) -> dict[str, Any]:
    """What ``command`` of the project at ``checkout`` makes of the file at ``path``."""
    ends = {"brief": ["--json"], "batch": ["-"]}[command]
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND, command, str(path.resolve()), *ends, "--backend", backend],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout.resolve()), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if "Traceback (most recent call last)" in done.stderr:
        return {"outcome": "crashed", "said": done.stderr.strip().splitlines()[-1]}
    if done.returncode:
        return {"outcome": "refused", "said": done.stderr.strip()}
    return {"outcome": "brief", "briefs": [_said(brief) for brief in _objects(done.stdout)]}


def _objects(printed: str) -> list[dict[str, Any]]:
    """The object that `brief` prints over many lines, or those of `batch`, one a line."""
    try:
        return [json.loads(printed)]
    except ValueError:
        return [json.loads(line) for line in printed.splitlines()]


def _said(brief: dict[str, Any]) -> dict[str, Any]:
    """What a reader sees of a brief; a warning is its code, or its words where it had none."""
    bullets = [_text(bullet) for bullet in brief["bullets"]]
    warnings = [warning if isinstance(warning, str) else warning["code"] for warning in brief["warnings"]]
    headline, standfirst = _text(brief["headline"]), _text(brief["standfirst"])
    return {"headline": headline, "standfirst": standfirst, "bullets": bullets, "warnings": warnings}


def _text(statement: dict[str, Any] | str) -> str:
    return statement if isinstance(statement, str) else str(statement["text"])


if __name__ == "__main__":
    raise SystemExit(main())
