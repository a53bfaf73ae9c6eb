"""``mujaz models``: the names that --backend takes, what each is, and where its measurements stand."""

from __future__ import annotations

import argparse
import json
import sys

_ABOUT = {
    "embedded": "a model of this package that chooses sentences, edits them lightly and judges every line",
    "extractive": "the article's own sentences, shortened at the end of a clause; no model, milliseconds",
    "lead": "the article's first sentences as they stand: the baseline that others are measured against",
}
_MEASURED = "What each scores and costs: docs/evaluation.md and docs/model.md; a strict reader's verdicts there."


def models(_: argparse.Namespace) -> int:
    """Print them; the exit code."""
    from summarizer.backends.base import BACKENDS, DEFAULT_BACKEND
    from summarizer.backends.files.checkpoint import FAMILIES

    lines = [f"default     → {DEFAULT_BACKEND}"]
    lines += [f"{name:<12}{_about(name)}" for name in BACKENDS if name != "default"]
    lines.append("PATH        a folder: an export (CTranslate2, without torch), or transformers files (with torch) of")
    lines.append(f"            {', '.join(sorted(FAMILIES))}: all can be exported")
    sys.stdout.write("\n".join([*lines, _MEASURED]) + "\n")
    return 0


def _about(name: str) -> str:
    """What a backend is; of the embedded one also its files, or that they are not here."""
    from summarizer.backends.base import EMBEDDED_MODEL

    about = _ABOUT.get(name, "")
    if name != "embedded":
        return about
    manifest = EMBEDDED_MODEL / "manifest.json"
    if not manifest.is_file():
        return f"not in this installation: {about}"
    kind = json.loads(manifest.read_text("utf-8")).get("name", "")
    megabytes = sum(file.stat().st_size for file in EMBEDDED_MODEL.iterdir()) / 1e6
    return f"{about} ({f'{kind}, ' if kind else ''}{megabytes:.0f} MB)"
