"""Every extra by itself in a fresh environment: what its commands need is there, and nothing heavier."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents.commands import ROOT

EXTRAS = {
    "": ("summarizer brief {seed} --backend extractive", "torch fastapi pyarrow"),
    "batch": ("summarizer batch {folder} {out}/briefs.parquet --backend extractive", "torch fastapi"),
    "ray": ("summarizer batch {folder} {out}/briefs.jsonl --backend extractive --engine ray", "torch fastapi"),
    "serve": ("summarizer serve --help", "torch"),
    "eval": ("eval.run --benchmark {folder} --task headline --system lead-1 --out {out}/run", "torch fastapi"),
    "train": ("training.finetune training/recipes/smoke.toml --dry-run", "fastapi ray"),
    "dev": ("pytest -q tests/test_licences.py", "torch fastapi"),
}
"""A module and its arguments that need the extra, and what has no business in its environment."""


@pytest.mark.slow
@pytest.mark.network
@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_gives_what_its_commands_need(extra: str, tmp_path: Path) -> None:
    command, absent = EXTRAS[extra]
    python = str(tmp_path / "venv/bin/python")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True, timeout=120)
    wanted = f"{ROOT}[{extra}]" if extra else str(ROOT)
    subprocess.run([python, "-m", "pip", "install", "-q", "-c", "constraints.txt", wanted], cwd=ROOT, check=True)
    folder = tmp_path / "articles"
    folder.mkdir()
    seed = folder / "article.txt"
    seed.write_bytes((ROOT / "seeds/islamic-state-last-pocket.txt").read_bytes())
    words = command.format(seed=seed, folder=folder, out=tmp_path).split()
    own = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run([python, "-m", *words], cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    look = f"from importlib.util import find_spec; print([name for name in {absent.split()} if find_spec(name)])"
    assert subprocess.run([python, "-c", look], capture_output=True, text=True, check=True).stdout == "[]\n"
