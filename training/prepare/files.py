"""The folder of a prepared data set: written beside its place and moved there whole, or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from summarizer.errors import ConfigError
from training.prepare.statistics import write_page
from training.tasks.row import Row


def refuse_overwriting(out: Path) -> None:
    """Raise ``ConfigError`` before any work when ``out`` is not an empty or absent folder."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConfigError(expected="an empty or new folder", got=str(out), hint="name another --out or remove it")


def write_all(out: Path, files: Mapping[str, Sequence[Row]], statistics: Mapping[str, object]) -> None:
    """Write everything beside ``out`` and move it there at the end, so that nothing half-written stays."""
    draft = out.with_name(out.name + ".part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        for name, rows in files.items():
            with (draft / f"{name}.jsonl").open("w", encoding="utf-8") as lines:
                lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        text = json.dumps(statistics, ensure_ascii=False, indent=1, sort_keys=True)
        (draft / "statistics.json").write_text(text + "\n", encoding="utf-8")
        (draft / "README.md").write_text(write_page(statistics), encoding="utf-8")
        if out.exists():
            out.rmdir()
        draft.rename(out)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
