"""``mujaz models``: the names that --backend takes; of each what it is, what it is for, and what was measured."""

from __future__ import annotations

import argparse
import json
import sys
from typing import NamedTuple


class Measured(NamedTuple):
    """Statements that a strict reader would print and that are false, of a hundred; seconds an article (the median)."""

    printable: int
    false: int
    seconds: float


MEASURED = {"embedded": Measured(54, 4, 6.95), "extractive": Measured(42, 2, 0.0198)}
"""docs/evaluation.md (rounds 11 and 1 of the judging) and the README's table of speeds."""

_ABOUT = {
    "embedded": (
        "{files}: chooses sentences, edits them lightly, leaves out what does not come out well.",
        "For briefs that an editor reads: the best that there is here.",
    ),
    "extractive": (
        "no model, 0 MB: the article's own sentences, shortened at the end of a clause.",
        "For large archives, and where nothing may be worded anew.",
    ),
    "lead": (
        "no model, 0 MB: the article's first sentences as they stand.",
        "Not for printing: the baseline that others are measured against.",
    ),
}
_PATH = """\
PATH        a folder: an export (CTranslate2, without torch), or transformers files (with torch) of
            {families}: all can be exported"""
_HOW = """\
Judged: thirty unseen articles each, other ones for each backend, by a large language model in the part of an editor.
Speed: articles of 400 words on two cores of an AMD EPYC without VNNI. More: docs/evaluation.md, README.md."""
_INDENT = f"\n{'':<12}"


def models(_: argparse.Namespace) -> int:
    """Print them; the exit code."""
    from summarizer.backends.base import BACKENDS, DEFAULT_BACKEND
    from summarizer.backends.files.checkpoint import FAMILIES

    lines = [f"{'default':<12}→ {DEFAULT_BACKEND}"]
    lines += [f"{name:<12}{_INDENT.join(_told(name))}" for name in BACKENDS if name != "default"]
    lines.append(_PATH.format(families=", ".join(sorted(FAMILIES))))
    sys.stdout.write("\n".join([*lines, _HOW]) + "\n")
    return 0


def _told(name: str) -> list[str]:
    """The lines on one backend."""
    told = [line.format(files=_files()) for line in _ABOUT.get(name, ())]
    if name in MEASURED:
        of = MEASURED[name]
        speed = f"{of.seconds:.1f}" if of.seconds >= 1 else f"{of.seconds:.2f}"
        told.append(f"Judged: {of.printable} % of its statements printable, {of.false} % false. {speed} s an article.")
    return told


def _files() -> str:
    """The model in the package and its size; or that it is not here."""
    from summarizer.backends.base import EMBEDDED_MODEL

    manifest = EMBEDDED_MODEL / "manifest.json"
    if not manifest.is_file():
        return "a model, not in this installation"
    name = json.loads(manifest.read_text("utf-8")).get("name", "a model")
    megabytes = sum(file.stat().st_size for file in EMBEDDED_MODEL.iterdir()) / 1e6
    return f"{name}, {megabytes:.0f} MB"
