"""No document tells a reader to type what no test knows, or what the command's own parser would refuse."""

from __future__ import annotations

import argparse
import importlib
import re
import shlex
from collections.abc import Iterator
from itertools import chain
from typing import Any, NoReturn

import pytest

from summarizer.service.cli.main import main as mujaz
from tests.documents.commands import ROOT, Command, blocks, commands, inline
from tests.documents.known import NOT_RUN, RUN

COMMANDS = commands()
OURS = re.compile(r"mujaz|python -m (?:training|eval)\.\S+")


def test_every_command_is_run_or_said_to_be_covered_elsewhere() -> None:
    unknown = [
        f"{one.place}: no test knows `{one.text}`: in tests/documents/known.py, add it to RUN, or to NOT_RUN with the "
        "reason and the test that covers it"
        for one in COMMANDS
        if not one.shown and one.text not in RUN and one.text not in NOT_RUN
    ]
    assert not unknown, "\n".join(unknown)


def test_the_tables_have_no_command_that_no_document_has() -> None:
    assert [text for text in chain(RUN, NOT_RUN) if text not in {one.text for one in COMMANDS}] == []
    assert not RUN.keys() & NOT_RUN.keys()


def test_a_block_of_commands_says_so() -> None:
    """Blocks without a language are pictures: a command in one would be read by nobody."""
    assert [one.place for one in blocks() if not one.language and re.match(r"(mujaz|python|pip|curl) ", one.text)] == []


@pytest.mark.parametrize("text", NOT_RUN)
def test_what_covers_a_command_exists_and_is_about_it(text: str) -> None:
    path, _, name = NOT_RUN[text].test.partition("::")
    code = (ROOT / path).read_text(encoding="utf-8")
    assert not name or f"def {name}(" in code
    module = re.search(r"python -m (?:training|eval)\.(?:\w+\.)*(\w+)", text)
    walked = (ROOT / "training/journey.sh").read_text(encoding="utf-8") if path.endswith("test_journey.py") else ""
    assert not module or re.search(rf"\b{module[1]}\b", code + walked), f"{path} does not mention {module[1]}"


class Parsed(BaseException):
    """What a parser accepted; no command may take it for an error of its own."""


def command_lines() -> Iterator[tuple[str, list[str]]]:
    """Every call of a command of ours in the blocks, loops unrolled, as ``(place, words)``."""
    for one in COMMANDS:
        loop = re.fullmatch(r"for (\w+) in (.*?); do (.*); done", one.text)
        lines = [loop[3].replace(f"${loop[1]}", value) for value in loop[2].split()] if loop else [one.text]
        for line in chain.from_iterable(re.split(r" \| | [<>] ", line) for line in lines):
            if OURS.match(line):
                yield one.place, shlex.split(line)


@pytest.mark.parametrize(("place", "words"), list(command_lines()))
def test_the_parser_takes_what_a_document_says(place: str, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    parse = argparse.ArgumentParser.parse_args

    def parse_and_stop(parser: argparse.ArgumentParser, *arguments: Any) -> NoReturn:
        parse(parser, *arguments)
        raise Parsed

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", parse_and_stop)
    with pytest.raises(Parsed):
        run(words)


def run(words: list[str]) -> object:
    """The exit code of a call of ours, in this process."""
    if words[0] == "mujaz":
        return mujaz(words[1:])
    module = importlib.import_module(words[2])
    command = importlib.import_module(f"{words[2]}.__main__") if hasattr(module, "__path__") else module
    return command.main(words[3:])


@pytest.mark.parametrize("one", [one for one in inline() if re.search(r" --\w", one.text)], ids=lambda one: one.text)
def test_flags_in_the_text_are_those_of_the_command(one: Command, capsys: pytest.CaptureFixture[str]) -> None:
    words = one.text.split()
    with pytest.raises(SystemExit):
        run([*words[: 2 if words[0] == "mujaz" else 3], "--help"])
    told = capsys.readouterr().out
    flags = re.findall(r"--[a-z][\w-]*", one.text)
    assert flags
    assert [flag for flag in flags if not re.search(rf"{flag}\b(?!-)", told)] == [], one.place


def test_modules_in_the_text_are_there() -> None:
    named = {found for one in inline() for found in re.findall(r"python -m ((?:training|eval)\.[\w.]*\w)", one.text)}
    assert len(named) > 20
    for name in named - {"training.X", "eval.X"}:
        path = ROOT / name.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), name
