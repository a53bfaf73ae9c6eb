"""How the commands of this room end, and what their flags take."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from summarizer.errors import MujazError


def guarded(name: str, command: Callable[[Sequence[str] | None], int], argv: Sequence[str] | None) -> int:
    """``command(argv)`` with expected errors in one line on standard error, and their exit code."""
    try:
        return command(argv)
    except MujazError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(f"{name}: interrupted", file=sys.stderr)
        return 130


def positive(value: str) -> int:
    """A whole number above 0, for ``argparse``."""
    number = int(value) if value.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number above 0; got {value!r}")
    return number
