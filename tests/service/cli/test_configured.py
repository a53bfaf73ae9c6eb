"""Settings from a file and the environment: what wins, and one clear line for what does not parse."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from summarizer.errors import ConfigError
from summarizer.service.cli.configured import configure
from summarizer.service.cli.serve import add_serve


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "PORT", "MAX_QUEUE", "NO_PAGE", "CORS_ORIGIN", "LOG_LEVEL", "BACKEND"):
        monkeypatch.delenv(f"MUJAZ_{name}", raising=False)


def parsed(*argv: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_serve(parser)
    configure(parser, argv)
    return parser.parse_args(argv)


def test_defaults_then_file_then_environment_then_flags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mujaz.toml"
    file.write_text('port = 1\nmax_queue = 100\nmax-batch = 4\nno_page = true\ncors_origin = ["https://a.example"]\n')
    monkeypatch.setenv("MUJAZ_MAX_QUEUE", "200")
    monkeypatch.setenv("MUJAZ_PORT", "2")
    monkeypatch.setenv("MUJAZ_DATA", "/somewhere/else")
    found = parsed("--config", str(file), "--port", "3")
    assert (found.port, found.max_queue, found.max_batch, found.no_page) == (3, 200, 4, True)
    assert (found.cors_origin, found.timeout) == (["https://a.example"], 30)
    monkeypatch.setenv("MUJAZ_CONFIG", str(file))
    monkeypatch.setenv("MUJAZ_NO_PAGE", "off")
    monkeypatch.setenv("MUJAZ_CORS_ORIGIN", "https://b.example, https://c.example")
    found = parsed()
    assert (found.port, found.no_page, found.cors_origin) == (2, False, ["https://b.example", "https://c.example"])


WRONG_FILES = [
    ("max_qeue = 100", "max_queue"),
    ("config = 'x'", "known"),
    ("max_queue = 5", "max_queue"),
    ("max_queue = 'many'", "from 32"),
    ("max_queue = [1]", "one value"),
    ("no_page = 'perhaps'", "true or false"),
    ("log_level = 'loud'", "warning"),
    ("cors_origin = ['news.example']", "https://news.example"),
    ("root_path = 'mujaz'", "/mujaz"),
    ("max_queue = ", "TOML"),
    ("[server]\nport = 1", "known"),
]


@pytest.mark.parametrize(("text", "said"), WRONG_FILES)
def test_what_is_wrong_in_a_file_is_one_line(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "mujaz.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        parsed("--config", str(file))
    assert said in str(caught.value)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "eighty"), ("MAX_QUEUE", "5"), ("NO_PAGE", "perhaps"), ("LOG_LEVEL", "loud")]
)
def test_a_variable_that_does_not_parse_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"MUJAZ_{name}", value)
    with pytest.raises(ConfigError) as caught:
        parsed()
    assert f"MUJAZ_{name}" in str(caught.value)
    assert value in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for place in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(ConfigError, match="TOML"):
            parsed("--config", str(place))
