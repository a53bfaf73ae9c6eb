"""Without the extras: every command of training and evaluation answers, or says in one line what to install."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from summarizer.libraries import missing_library

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OPTIONAL = {
    re.match(r"[\w-]+", line)[0].replace("-", "_")  # type: ignore[index]
    for lines in PROJECT["optional-dependencies"].values()
    for line in lines
} | {"safetensors", "starlette"}

BLOCKED = f"""
import sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {sorted(OPTIONAL)}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Finder())
"""
"""A Python in which nothing of the extras can be imported."""

SEED = "seeds/islamic-state-last-pocket.txt"
CALLS = [
    ("training.finetune training/recipes/smoke.toml", "torch", "train"),
    ("training.export runs/merged --out runs/model --name mine", "torch", "train"),
    ("training.merge runs/mine --to runs/merged", "pydantic", "train"),
    ("training.prepare --help", "pydantic", "train"),
    ("training.texts --help", "pydantic", "train"),
    ("training.encode --help", "pydantic", "train"),
    ("training.encoder_decoder --help", "torch", "train"),
    ("eval.run --benchmark seeds --task headline --system lead-1 --out {out}", "tqdm", "eval"),
]
ANSWERED = (
    "eval.scaling --rate x=1 --driver-rate 9",
    "eval.run --help",
    "training.restore --help",
    "summarizer models",
)


def bare(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """``python -m WORDS`` in that Python."""
    (folder / "sitecustomize.py").write_text(BLOCKED, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", *words.format(out=folder / "out").split()],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
    )  # fmt: skip


@pytest.mark.parametrize(("words", "library", "extra"), CALLS)
def test_what_is_missing_is_said_in_one_line(words: str, library: str, extra: str, tmp_path: Path) -> None:
    done = bare(words, tmp_path)
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    *_, told = done.stderr.splitlines()  # what a command says of its input may stand before it
    assert re.fullmatch(rf'error: expected the library {library};.* -e "\.\[{extra}\]"', told)


@pytest.mark.parametrize("words", ANSWERED)
def test_what_needs_none_of_them_answers(words: str, tmp_path: Path) -> None:
    done = bare(words, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("library", "asked", "named"),
    [
        ("pyarrow.parquet", "eval", "eval"),
        ("pyarrow", "train", "train"),
        ("huggingface_hub", "eval", "train"),
        ("fastapi", "eval", "serve"),
        ("safetensors", "train", "train,eval,serve,dev"),
    ],
)
def test_the_extra_of_a_library(library: str, asked: str, named: str) -> None:
    assert f'".[{named}]"' in str(missing_library(ModuleNotFoundError(name=library), asked))
