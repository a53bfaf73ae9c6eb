"""What a command says when a library of one of the extras is not installed: one line, with what to install."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from types import TracebackType

from summarizer.errors import ConfigError

_OURS = ("summarizer", "training", "eval")
_EVERY = "train,eval,serve,dev"
"""Of libraries that no extra names, since they come with others (safetensors with transformers)."""


def missing_library(error: ModuleNotFoundError, extra: str) -> ConfigError:
    """The error that stands for ``error``; ``extra`` is named where it is one of several that bring the library."""
    library = (error.name or "").partition(".")[0]
    extras = _extras_of(library)
    named = extra if extra in extras else (extras or [_EVERY])[0]
    hint = f'in a clone: pip install -c constraints.txt -e ".[{named}]"'
    return ConfigError(expected=f"the library {library}", got="no such library in this Python", hint=hint)


def _extras_of(library: str) -> list[str]:
    """The extras of the installed package that require ``library``, in its order; none where it is not installed."""
    try:
        required = metadata.requires("mujaz") or []
    except metadata.PackageNotFoundError:
        return []
    name = library.replace("_", "-")
    return re.findall(rf'^{re.escape(name)}\b(?!-).*extra == "(\w+)"', "\n".join(required), re.MULTILINE)


def end_in_one_line(extra: str) -> None:
    """Let this process, a command of ``extra``, end with that line and its exit code where a library is missing.

    Everything else ends as it did. A hook, because libraries are imported by modules before any command runs.
    """
    if sys.argv[0] != "-m":  # imported by another program (https://docs.python.org/3/using/cmdline.html#cmdoption-m)
        return
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, ModuleNotFoundError) or (error.name or "").partition(".")[0] in ("", *_OURS):
            before(kind, error, trace)
            return
        told = missing_library(error, extra)
        sys.stderr.write(f"error: {told}\n")
        sys.exit(told.exit_code)

    sys.excepthook = hook
