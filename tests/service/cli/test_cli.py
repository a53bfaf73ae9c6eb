"""The command as a reader would run it: a real process, real files, real pipes."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from summarizer.service.arabic_messages import reason_in_arabic
from summarizer.service.cli.models import MEASURED

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


def test_text_in_a_pipe_has_neither_marks_nor_hard_wraps() -> None:
    done = mujaz("brief", str(SEED), "--backend", "extractive", "--explain")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert "\u200f" not in done.stdout.decode()
    assert any(len(line) > 150 for line in lines)
    assert any("←" in line for line in lines)


def test_text_on_a_terminal_runs_from_the_right() -> None:
    shown: list[tuple[dict[str, str], bool]] = [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
    for environment, bold in shown:
        screen = on_a_terminal("brief", str(SEED), "--backend", "extractive", **environment)
        lines = [line for line in screen.splitlines() if line.strip()]
        assert all(line.lstrip("\x1b[1m").startswith("\u200f") for line in lines), lines
        assert all(len(line) <= 60 for line in lines)
        assert ("\x1b[1m" in screen) == bold


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What the command shows on a terminal of 50 columns."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 50, 0, 0))
    names = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS")}
    done = subprocess.Popen(
        [sys.executable, "-m", "summarizer", *arguments],
        stdout=child, stdin=subprocess.DEVNULL, cwd=ROOT, env={**names, "TERM": "xterm", **environment},
    )  # fmt: skip
    os.close(child)
    screen = b""
    try:
        while part := os.read(parent, 4096):
            screen += part
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(parent)
    assert done.wait(60) == 0
    return screen.decode()


FORMS = [
    ("text", b"\xe2\x80\xa2"),
    ("markdown", b"# "),
    ("html", b"<!doctype html>"),
    ("json", b"{"),
    ("docx", b"PK\x03\x04"),
]


@pytest.mark.parametrize(("form", "mark"), FORMS)
def test_every_format_comes_out_of_a_pipe_and_into_a_file(form: str, mark: bytes, tmp_path: Path) -> None:
    arguments = ["brief", str(SEED), "--backend", "extractive", "--quiet"]
    piped = mujaz(*arguments, "--format", form)
    assert piped.returncode == 0, piped.stderr.decode()
    assert mark in piped.stdout
    target = tmp_path / f"brief{FORM_SUFFIXES[form]}"
    done = mujaz(*arguments, "-o", str(target))
    assert (done.returncode, done.stdout) == (0, b"")
    assert mark in target.read_bytes()
    assert form == "json" or target.read_bytes() == piped.stdout


FORM_SUFFIXES = {"text": ".txt", "markdown": ".md", "html": ".html", "json": ".json", "docx": ".docx"}


def test_several_files_each_for_itself(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(SEED.read_text("utf-8"), "utf-8")
    files = [str(SEED), "no-such-file.txt", str(other)]
    done = mujaz("brief", *files, "--json", "--backend", "extractive")
    assert [json.loads(line)["file"] for line in done.stdout.decode().splitlines()] == [files[0], files[2]]
    assert done.returncode == 3
    assert done.stderr.decode().count("\n") == 1
    assert "no-such-file.txt" in done.stderr.decode()
    done = mujaz(
        "brief", files[0], files[2], "-o", str(tmp_path / "out"), "--format", "markdown", "--backend", "extractive"
    )
    assert done.returncode == 0, done.stderr.decode()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["islamic-state-last-pocket.md", "other.md"]


def test_headlines_alone() -> None:
    done = mujaz("headline", str(SEED), "--backend", "extractive", "--count", "2")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert 1 <= len(set(lines)) == len(lines) <= 2
    found = json.loads(mujaz("headline", str(SEED), "--backend", "extractive", "--json").stdout)
    assert found["headlines"][0]["text"] == lines[0]


def test_without_a_command_there_is_help_and_it_is_also_a_module() -> None:
    assert b"COMMAND" in mujaz().stdout
    assert mujaz().returncode == 0
    run = [sys.executable, "-m", "summarizer", "--version"]
    assert subprocess.run(run, capture_output=True, cwd=ROOT, check=True, timeout=60).stdout.startswith(b"mujaz ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_learns_the_commands_and_their_flags(shell: str) -> None:
    script = mujaz("completion", shell).stdout.decode()
    for word in ("headline", "completion", "format", "markdown", "max-queue"):
        assert word in script
    if shell == "bash":
        asked = f"{script}\nCOMP_WORDS=(mujaz brief --format m); COMP_CWORD=3; _mujaz; echo ${{COMPREPLY[@]}}"
        assert subprocess.run(["bash", "-c", asked], capture_output=True, check=True).stdout == b"markdown\n"


def test_why_a_candidate_was_turned_down_is_said_in_arabic() -> None:
    assert reason_in_arabic("number «5» not in the source; repeats the headline") == (
        "العدد «5» لم يرد في السند؛ تكرار للعنوان"
    )
    assert reason_in_arabic("34 words, outside 4-14") == "عدد كلماتها 34، والمقبول من 4 إلى 14"
    assert reason_in_arabic("something new") == "something new"


def test_standard_input_and_another_encoding() -> None:
    done = mujaz(
        "brief", "--json", "--backend", "extractive", stdin=SEED.read_text("utf-8").encode("cp1256", "replace")
    )
    assert done.returncode == 0, done.stderr.decode()
    assert any("1256" in warning["text"] for warning in json.loads(done.stdout)["warnings"])


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
        (["brief", str(SEED), "--backend", "extractive", "--json", "--format", "html"], b"", 4),
        (["brief", str(SEED), "--backend", "extractive", "-o", "/no/such/folder/brief.txt"], b"", 4),
        (["brief", str(SEED), str(SEED), "--backend", "extractive", "-o", "/tmp"], b"", 4),
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


def test_models_are_listed_with_their_size() -> None:
    done = mujaz("models")
    assert done.returncode == 0
    heads = {line.split()[0]: line for line in done.stdout.decode().splitlines() if line[:1] != " "}
    assert {"default", "embedded", "extractive", "lead", "PATH"} <= heads.keys()
    assert re.search(r"mujaz-\w+, 1\d\d MB", heads["embedded"])
    assert "0 MB" in heads["extractive"]


def test_models_are_told_as_they_were_measured() -> None:
    """The numbers are those of the documents, and printed."""
    judged = (ROOT / "docs/evaluation.md").read_text("utf-8")
    speeds = (ROOT / "README.md").read_text("utf-8")
    told = mujaz("models").stdout.decode()
    for name, row in (("embedded", r"\*\*11, the same"), ("extractive", "1, `extractive`")):
        of = MEASURED[name]
        (line,) = re.findall(rf"^\| {row}.*$", judged, re.MULTILINE)
        assert re.search(rf"\| \*{{0,2}}{of.printable} \[[\d, ]+\] / {of.false} \[", line), line
        (line,) = re.findall(rf"^\| `{name}`.*$", speeds, re.MULTILINE)
        assert f"| {of.seconds:g} |" in line
        assert f"{of.printable} % of its statements printable, {of.false} % false" in told


def test_models_tell_which_families_can_be_exported() -> None:
    lines = mujaz("models").stdout.decode().splitlines()
    exportable = next(line for line in lines if "can be exported" in line)
    assert all(kind in exportable for kind in ("bart", "mbart", "mt5", "t5gemma2", "gemma3_text"))


def test_help_imports_neither_an_engine_nor_a_parser_of_html() -> None:
    code = "import sys; from summarizer.service.cli.main import _parser; _parser(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not {"torch", "transformers", "ctranslate2", "trafilatura", "numpy", "tokenizers"} & set(loaded.split())
