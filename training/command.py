"""How the data commands end: expected errors in one line on standard error, and their exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable

from summarizer.errors import DataError, MujazError


def guarded(run: Callable[[], object]) -> int:
    """The exit code of ``run``: 0, that of a :class:`MujazError`, 6 for the disk's errors, 130 when interrupted."""
    try:
        run()
    except MujazError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"error: nothing was written: {error}", file=sys.stderr)
        return DataError.exit_code
    except KeyboardInterrupt:
        print("interrupted: nothing was written", file=sys.stderr)
        return 130
    return 0
