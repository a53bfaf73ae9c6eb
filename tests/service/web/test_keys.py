"""API keys: on every route but health, in any of three forms, never repeated."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import httpx
import pytest

from summarizer.errors import ConfigError
from summarizer.service.settings import ServiceSettings
from summarizer.service.web.keys import read_keys

KEY, OTHER = "k" * 32, "another-key-0123456789"


def basic(password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"editor:{password}".encode()).decode()}


def test_keys_open_every_route_and_nothing_else_does(serve: Any) -> None:
    right = [{"Authorization": f"Bearer {KEY}"}, {"X-API-Key": OTHER}, {"authorization": f"bearer {OTHER}"}, basic(KEY)]
    wrong: list[dict[str, str]] = [
        {}, {"Authorization": "Bearer x"}, {"Authorization": f"Bearer {KEY[:-1]}"}, {"X-API-Key": KEY + "k"},
        {"Authorization": "Basic !!!"}, basic("x"), {"Authorization": KEY},
    ]  # fmt: skip
    with serve(ServiceSettings(page=False, keys=(KEY, OTHER))) as address:
        assert httpx.get(f"{address}/health/live").status_code == 200
        for path in ("/v1/models", "/metrics", "/docs", "/openapi.json", "/house/mujaz.svg"):
            assert [httpx.get(address + path, headers=one).status_code for one in right] == [200] * 4, path
            answers = [httpx.get(address + path, headers=one) for one in wrong]
            assert [answer.status_code for answer in answers] == [401] * len(wrong), path
        assert answers[0].headers["www-authenticate"].startswith("Bearer")
        assert httpx.post(f"{address}/v1/brief", json={"text": "x"}).status_code == 401


def test_key_files_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(f"# editors\n{KEY}\n\n  {OTHER}  \n", "utf-8")
    assert read_keys(path) == (KEY, OTHER)


@pytest.mark.parametrize("content", [None, b"", b"# nothing\n", b"tooshort\n", b"\xff\xfe\x00"])
def test_key_files_that_cannot_work_are_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "keys"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        read_keys(path)
    assert "tooshort" not in str(caught.value)
