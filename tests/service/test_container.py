"""The Dockerfile, as far as it can be held without Docker: its lines, and in a virtual environment its install."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LINES = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8")).splitlines()


def instructions(name: str) -> list[str]:
    return [line.split(" ", 1)[1] for line in LINES if line.startswith(name + " ")]


def test_the_image_is_slim_and_its_process_has_no_rights() -> None:
    assert all("-slim" in image for image in instructions("FROM"))
    assert instructions("USER") == ["mujaz"]
    assert LINES.index("USER mujaz") < next(i for i, line in enumerate(LINES) if line.startswith("CMD"))


def test_its_command_is_one_that_mujaz_knows() -> None:
    command = json.loads(instructions("CMD")[-1])
    assert command[:2] == ["mujaz", "serve"]
    done = subprocess.run(
        [sys.executable, "-m", "summarizer.service.cli", *command[1:], "--help"],
        cwd=ROOT, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "/health/ready" in instructions("HEALTHCHECK")[0]
    assert command[command.index("--port") + 1] in instructions("EXPOSE")


def test_the_build_is_given_what_it_copies_and_nothing_private() -> None:
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    assert {"pyproject.toml", "constraints.txt", "README.md", "summarizer"} <= set(allowed)
    assert not {"tests", "training", "eval", ".git"} & set(allowed)
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    for name in re.findall(r"license-files = \[(.*?)\]", project)[0].replace('"', "").split(", "):
        assert name in allowed, "the build needs every licence file"


@pytest.mark.slow
@pytest.mark.network
def test_its_install_lines_give_a_service_without_torch(tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    install = next(line for line in instructions("RUN") if "pip install" in line)
    words = shlex.split(install.replace("/opt/mujaz/bin/pip", str(home / "bin" / "pip")))
    subprocess.run(words, cwd=ROOT, check=True, timeout=1200)
    listed = subprocess.run([home / "bin" / "pip", "list"], capture_output=True, text=True, check=True).stdout
    assert not re.search(r"^(torch|transformers) ", listed, re.MULTILINE)
    code = (
        "from summarizer.service.api import create_app, STATIC; from summarizer.service.page_files import examples; "
        "assert (STATIC / 'page.css').is_file() and len(examples()) >= 2; create_app(); "
        "import sys; assert 'torch' not in sys.modules"
    )
    subprocess.run([home / "bin" / "python", "-c", code], cwd=tmp_path, check=True, timeout=300)
