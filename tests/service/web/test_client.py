"""A client generated from the OpenAPI document by somebody else's generator, used once.

The generator asks for an older ``typer`` than the service's other libraries, so it gets a virtual environment of its
own, over the network.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

GENERATOR = "openapi-python-client==0.29.1"
USE = """
import json, sys
from mujaz_client import Client
from mujaz_client.api.briefs import check_statements, write_brief
from mujaz_client.models import BriefIn, BriefOut, CheckIn, CheckOut, Problem

client, text = Client(base_url=sys.argv[1], timeout=60), sys.argv[2]
written = write_brief.sync(client=client, body=BriefIn(text=text, bullets=1, id="a-1"))
checked = check_statements.sync(client=client, body=CheckIn(text=text, statements=[written.headline.text]))
refused = write_brief.sync(client=client, body=BriefIn(text="Only English here."))
assert isinstance(written, BriefOut) and isinstance(checked, CheckOut) and isinstance(refused, Problem), refused
print(json.dumps([written.id, len(written.bullets), checked.statements[0].support.supported, refused.type_]))
"""


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.network
def test_a_generated_client_works(service: str, seed: str, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "venv", cwd=tmp_path)
    tools = tmp_path / "venv" / "bin"
    run(tools / "pip", "install", "-q", GENERATOR, cwd=tmp_path)
    (tmp_path / "openapi.json").write_bytes(httpx.get(f"{service}/openapi.json").content)
    generated = run(
        tools / "openapi-python-client", "generate", "--path", "openapi.json", "--meta", "none",
        "--output-path", "mujaz_client", "--fail-on-warning", cwd=tmp_path,
    )  # fmt: skip
    assert "warning" not in generated.lower()
    used = json.loads(run(tools / "python", "-c", USE, service, seed, cwd=tmp_path))
    assert used == ["a-1", 1, True, "urn:mujaz:problem:not-arabic"]
