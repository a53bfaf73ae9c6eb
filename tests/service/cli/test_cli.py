"""The command as a reader would run it: a real process, real files, real pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SEED = ROOT / "seeds" / "islamic-state-last-pocket.txt"


def mujaz(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "summarizer.service.cli", *arguments],
        input=stdin,
        capture_output=True,
        timeout=60,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )


def test_json_has_the_keys_that_others_rely_on() -> None:
    done = mujaz("brief", str(SEED), "--json", "--backend", "extractive")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    brief = json.loads(done.stdout)
    text = SEED.read_text("utf-8")
    assert {"headline", "standfirst", "bullets", "warnings", "model", "timing_s"} <= brief.keys()
    for statement in [brief["headline"], brief["standfirst"], *brief["bullets"]]:
        assert {"text", "sources", "method", "support"} <= statement.keys()
        for source in statement["sources"]:
            assert text[source["start"] : source["end"]] == source["text"]


def test_text_runs_from_the_right_and_explains_itself() -> None:
    done = mujaz("brief", str(SEED), "--backend", "extractive", "--explain")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert all(line.startswith("\u200f") for line in lines if line)
    assert any("←" in line for line in lines)


def test_standard_input_and_another_encoding() -> None:
    done = mujaz(
        "brief", "--json", "--backend", "extractive", stdin=SEED.read_text("utf-8").encode("cp1256", "replace")
    )
    assert done.returncode == 0, done.stderr.decode()
    assert any("1256" in warning for warning in json.loads(done.stdout)["warnings"])


def test_an_editor_reads_warnings_in_arabic() -> None:
    damaged = SEED.read_text("utf-8").encode("cp1256", "replace")
    done = mujaz("brief", "--backend", "extractive", stdin=damaged)
    (warning,) = (line for line in done.stdout.decode().splitlines() if "تنبيه: " in line)
    assert "قُرئ الملف بترميز" in warning


def test_a_terminal_without_utf8_still_gets_arabic() -> None:
    done = mujaz("brief", str(SEED), "--backend", "extractive", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert "سوريا" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (["brief", "-"], b"", 3),
        (["brief", "-"], b"  \n\t ", 3),
        (["brief", "-"], b"The quick brown fox jumps over the lazy dog, again and again and again.", 3),
        (["brief", "-"], bytes(range(256)) * 40, 3),
        (["brief", "no-such-file.txt"], b"", 3),
        (["brief", "."], b"", 3),
        (["brief", "-"], b"<html><body><nav><a href='/'>x</a></nav></body></html>", 3),
        (["brief", str(SEED), "--backend", "extractiv"], b"", 4),
    ],
)
def test_bad_input_is_one_line_on_standard_error(arguments: list[str], stdin: bytes, code: int) -> None:
    done = mujaz(*arguments, stdin=stdin)
    message = done.stderr.decode()
    assert done.returncode == code, message
    assert done.stdout == b""
    assert message.count("\n") == 1
    assert "expected" in message
    assert "got" in message
    assert "Traceback" not in message


def test_headlines_to_choose_from_stand_under_the_headline_with_their_scores() -> None:
    done = mujaz("brief", str(SEED), "--json", "--backend", "extractive", "--candidates", "3")
    headline = json.loads(done.stdout)["headline"]
    assert headline["candidates"][0]["text"] == headline["text"]
    assert 1 < len({one["text"] for one in headline["candidates"]}) <= 3
    assert all({"text", "method", "score", "support"} == one.keys() for one in headline["candidates"])
    assert (
        "candidates"
        not in json.loads(mujaz("brief", str(SEED), "--json", "--backend", "extractive").stdout)["headline"]
    )
    text = mujaz("brief", str(SEED), "--backend", "extractive", "--candidates", "3").stdout.decode()
    assert all(one["text"].split()[0] in text for one in headline["candidates"])
    assert "1. " in text


def test_style_and_length_of_bullets() -> None:
    arguments = ["--backend", "extractive", "--style", "plain", "--max-bullet-words", "12", "--json"]
    bullets = json.loads(mujaz("brief", str(SEED), *arguments).stdout)["bullets"]
    assert bullets
    assert all(bullet["text"].endswith(".") and len(bullet["text"].split()) <= 12 for bullet in bullets)


@pytest.mark.parametrize("value", ["-1", "many", "99"])
def test_a_wrong_option_is_wrong_usage(value: str) -> None:
    done = mujaz("brief", str(SEED), "--bullets", value)
    assert done.returncode == 2
    assert b"expected a whole number" in done.stderr


def test_models_are_listed() -> None:
    done = mujaz("models")
    assert done.returncode == 0
    assert {"default", "embedded", "extractive", "lead"} <= {
        line.split()[0] for line in done.stdout.decode().splitlines()
    }


def test_models_tell_which_families_can_be_exported() -> None:
    lines = mujaz("models").stdout.decode().splitlines()
    exportable = next(line for line in lines if "can be exported" in line)
    assert all(kind in exportable for kind in ("bart", "mbart", "mt5", "t5gemma2", "gemma3_text"))


def test_help_imports_neither_an_engine_nor_a_parser_of_html() -> None:
    code = "import sys; from summarizer.service.cli.main import _parser; _parser(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not {"torch", "transformers", "ctranslate2", "trafilatura", "numpy", "tokenizers"} & set(loaded.split())
