"""The Dockerfile, as far as it can be held without Docker: its lines, and in a virtual environment its install."""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
import sys
import tomllib
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


def test_the_libraries_are_a_layer_of_their_own() -> None:
    copied, everything = LINES.index("COPY pyproject.toml constraints.txt ./"), LINES.index("COPY . .")
    (libraries,) = [place for place, line in enumerate(LINES) if "-r /opt/requirements.txt" in line]
    assert copied < libraries < everything
    (listing,) = [line for line in instructions("RUN") if "tomllib" in line]
    found = subprocess.run(
        ["sh", "-c", in_place(listing.partition(" > ")[0], Path("/nowhere"))], cwd=ROOT, capture_output=True, text=True,
        check=True, timeout=60,
    ).stdout.split("\n")  # fmt: skip
    assert any(line.startswith("onnxruntime>=") for line in found)
    assert any(line.startswith("fastapi>=") for line in found)
    assert not any(line.startswith(("torch", "transformers")) for line in found)


def in_place(line: str, folder: Path) -> str:
    """A RUN line for this machine: its folder instead of /opt, this Python instead of the image's."""
    return re.sub("^python ", f"{shlex.quote(sys.executable)} ", line).replace("/opt/", f"{folder}/")


def settings() -> dict[str, str]:
    """The environment that the image gives its command."""
    return dict(pair.split("=", 1) for line in instructions("ENV") for pair in shlex.split(line))


def test_prometheus_is_told_where_to_look() -> None:
    yaml = pytest.importorskip("yaml")
    services = yaml.safe_load((ROOT / "docs/compose/compose.yaml").read_text("utf-8"))["services"]
    (scrape,) = yaml.safe_load((ROOT / "docs/compose/prometheus.yaml").read_text("utf-8"))["scrape_configs"]
    assert scrape["static_configs"][0]["targets"] == [f"mujaz:{settings()['MUJAZ_PORT']}"]
    assert (ROOT / "docs/compose" / services["mujaz"]["build"]).resolve() == ROOT
    assert services["prometheus"]["volumes"][0].startswith("./prometheus.yaml:")


def test_its_command_is_one_that_mujaz_knows() -> None:
    assert json.loads(instructions("ENTRYPOINT")[-1]) == ["mujaz"]
    command, given = json.loads(instructions("CMD")[-1]), settings()
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", *command, "--help"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "/health/ready" in instructions("HEALTHCHECK")[0]
    assert given["MUJAZ_PORT"] in instructions("EXPOSE")
    assert f":{given['MUJAZ_PORT']}/" in instructions("HEALTHCHECK")[0]
    flags = {name.removeprefix("MUJAZ_").lower().replace("_", "-") for name in given if name.startswith("MUJAZ_")}
    assert [flag for flag in flags if f"--{flag}" not in done.stdout] == []
    assert given["GRADIO_ANALYTICS_ENABLED"] == "False"


def test_the_build_is_given_what_it_copies_and_nothing_private() -> None:
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    assert {"pyproject.toml", "constraints.txt", "README.md", "summarizer"} <= set(allowed)
    assert not {"tests", "training", "eval", ".git"} & set(allowed)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for name in project["license-files"]:
        assert name.split("/")[0] in allowed, "the build needs every licence file"


@pytest.mark.slow
@pytest.mark.network
def test_its_install_lines_give_a_service_without_torch(tmp_path: Path) -> None:
    """Its own lines, in order, but for the place; then its command answers, with everything that the page needs."""
    home, elsewhere = tmp_path / "mujaz", tmp_path / "elsewhere"
    elsewhere.mkdir()
    for line in instructions("RUN")[:-1]:
        subprocess.run(["sh", "-c", in_place(line, tmp_path)], cwd=ROOT, check=True, timeout=1200)
    listed = subprocess.run([home / "bin" / "pip", "list"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^mujaz ", listed, re.MULTILINE)
    assert not re.search(r"^(torch|transformers) ", listed, re.MULTILINE)
    command = [str(home / "bin" / "mujaz"), *json.loads(instructions("CMD")[-1]), "--backend", "extractive"]
    command += ["--host", "127.0.0.1", "--port", "0"]
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
    for path in (
        "/house/page.css",
        "/house/page.js",
        "/house/lines.js",
        "/docs",
        "/house/swagger-ui/swagger-ui-bundle.js",
    ):
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
