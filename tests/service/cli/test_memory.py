"""Where memory does not suffice there is one line that says so, and never a part of a brief."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer.service.cli import main as cli

SEED = Path(__file__).resolve().parents[3] / "seeds" / "islamic-state-last-pocket.txt"


def test_a_command_that_runs_out_of_memory_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def exhaust(_: object) -> int:
        raise MemoryError

    monkeypatch.setattr(cli, "models", exhaust)
    assert cli.main(["models"]) == 5
    out, told = capsys.readouterr()
    assert out == ""
    assert told == (
        "mujaz: expected memory for the model and what it reads; got none left; free memory, ask for less at once, "
        "or use --backend extractive\n"
    )


@pytest.mark.slow
@pytest.mark.parametrize("megabytes", [600, 800, 1000])
def test_the_embedded_model_in_too_little_memory(megabytes: int) -> None:
    """An answer or one line: how much the model takes differs with the machine."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 10**6,) * 2)

    command = [sys.executable, "-m", "summarizer.service.cli", "brief", str(SEED), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, timeout=600, check=False)
    if done.returncode == 0:
        assert done.stdout.startswith("{")
    else:
        assert (done.returncode, done.stdout) == (5, "")
        assert [line.startswith("mujaz: ") for line in done.stderr.splitlines()] == [True]
