"""The Dockerfile, as far as it can be held without Docker: its lines, and in a virtual environment its install."""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from summarizer.service.web.contract import EXAMPLE_TEXT
from tests.service.conftest import wait_until_ready

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
    """Its own lines, in order, but for the place; then its command answers, with everything that the page needs."""
    home, elsewhere = tmp_path / "mujaz", tmp_path / "elsewhere"
    elsewhere.mkdir()
    for line in instructions("RUN")[:2]:
        words = shlex.split(line.replace("/opt/mujaz", str(home)))
        words[0] = sys.executable if words[0] == "python" else words[0]
        subprocess.run(words, cwd=ROOT, check=True, timeout=1200)
    listed = subprocess.run([home / "bin" / "pip", "list"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^mujaz ", listed, re.MULTILINE)
    assert not re.search(r"^(torch|transformers) ", listed, re.MULTILINE)
    command = [str(home / "bin" / "mujaz"), *json.loads(instructions("CMD")[-1])[1:], "--backend", "extractive"]
    command[command.index("0.0.0.0")], command[command.index("8000")] = "127.0.0.1", "0"
    with subprocess.Popen(command, cwd=elsewhere, stderr=subprocess.PIPE, text=True) as process:
        try:
            address = told_address(process)
            wait_until_ready(address)
            look_at(address)
            check = json.loads(instructions("HEALTHCHECK")[0].split("CMD ", 1)[1])
            check[0], check[2] = str(home / "bin" / "python"), check[2].replace("http://127.0.0.1:8000", address)
            subprocess.run(check, check=True, timeout=60)
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0
    assert list(elsewhere.iterdir()) == []


def told_address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.search(r"http://[0-9.]+:\d+", line)
    assert found, line
    return found.group()


def look_at(address: str) -> None:
    """The page with its style, script, faces and examples; the documentation; a brief."""
    for path in ("/house/page.css", "/house/page.js", "/docs", "/house/swagger-ui/swagger-ui-bundle.js"):
        assert httpx.get(address + path, timeout=60).status_code == 200, path
    style = httpx.get(f"{address}/house/page.css").text
    for face in sorted(set(re.findall(r'url\("(fonts/[^"]+)"\)', style))):
        assert httpx.get(f"{address}/house/{face}").status_code == 200, face
    page = httpx.get(address, timeout=60).text
    assert "اكتب الموجز" in page
    shown = [button["props"]["value"] for button in httpx.get(f"{address}/config").json()["components"]
             if "mj-example" in (button["props"].get("elem_classes") or [])]  # fmt: skip
    assert len(shown) >= 2
    answer = httpx.post(f"{address}/v1/brief", json={"text": EXAMPLE_TEXT}, timeout=60)
    assert answer.status_code == 200
    assert answer.json()["bullets"]
