"""Are the briefs and labels what their README says?

    python -m training.corpora.annotated --data ../shared/corpora
    python -m training.corpora.annotated --data ../shared/corpora --no-ids      # without the corpora they are of

Reads every file, refuses nothing in silence: each fault with file, line, id and reason, then what is usable but worth
knowing, counted. Exit codes: 0 no fault, 1 one or more.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from summarizer.config import data_dir
from summarizer.errors import DataError, MujazError
from training.corpora.annotated.survey import survey


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    parser = argparse.ArgumentParser(
        prog="training.corpora.annotated", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of the corpora (default: MUJAZ_DATA)")
    parser.add_argument("--no-ids", action="store_true", help="do not look the ids up in train/ and benchmarks/")
    arguments = parser.parse_args(argv)
    try:
        data = arguments.data or data_dir()
        if data is None:
            raise DataError(expected="the folder of the corpora", got="none", hint="pass --data DIR or set MUJAZ_DATA")
        found = survey(data, with_ids=not arguments.no_ids)
    except MujazError as error:
        print(f"training.corpora.annotated: {error}", file=sys.stderr)
        return error.exit_code
    print(*found.lines, sep="\n")
    return int(bool(found.faults))
