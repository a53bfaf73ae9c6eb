"""The load command: polite clients, and bars that can be missed."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest

from eval.load.client import Answer, ask
from eval.load.main import Server, _again, _body, _overload, _soak, _together, main
from summarizer.errors import DataError


class Scripted:
    """A service on a free port that answers with one status after the other, each with its own delay."""

    def __init__(self, *answers: tuple[int, float]) -> None:
        self.answers, self.asked = list(answers), list[float]()

    async def __aenter__(self) -> Server:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        return Server(self._server.sockets[0].getsockname()[1], 0)

    async def __aexit__(self, *_: Any) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"}")
        self.asked.append(time.monotonic())
        status, delay_s = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        await asyncio.sleep(delay_s)
        writer.write(f"HTTP/1.1 {status} X\r\nRetry-After: 1\r\n\r\n{{}}".encode())
        writer.close()


def test_a_refused_client_waits_as_long_as_it_was_told() -> None:
    async def scenario() -> list[float]:
        service = Scripted((429, 0), (200, 0))
        async with service as server:
            assert await _together(server, [b"{}"], 4) < 1.1
        return service.asked

    first, second = asyncio.run(scenario())
    assert second - first >= 1


def test_an_error_without_overload_is_said() -> None:
    async def scenario() -> None:
        async with Scripted((504, 0)) as server:
            await _together(server, [b"{}"] * 3, 2)

    with pytest.raises(DataError, match="504"):
        asyncio.run(scenario())


@pytest.mark.parametrize(
    ("answers", "reached"),
    [
        ([(200, 0.0), (429, 0.0)], [True, True, True]),
        ([(200, 0.0), (429, 0.2)], [False, True, True]),
        ([(200, 0.0), (504, 0.0)], [True, True, False]),
        ([(429, 0.0)], [True, False, True]),
    ],
)
def test_each_bar_of_the_overload_can_be_missed(answers: list[tuple[int, float]], reached: list[bool]) -> None:
    async def scenario() -> list[bool]:
        async with Scripted(*answers) as server:
            return await _overload(server, [b"{}"], 20, 0.5)

    assert asyncio.run(scenario()) == reached


@pytest.mark.parametrize(("late", "reached"), [(44, True), (46, False)])
def test_growing_memory_is_seen(monkeypatch: pytest.MonkeyPatch, late: int, reached: bool) -> None:
    sizes = chain([[60, 40]], repeat([60, late]))
    monkeypatch.setattr(Server, "resident_bytes", lambda self: next(sizes))

    class Arguments:
        soak_minutes, clients = 0.002, 1

    async def scenario() -> bool:
        async with Scripted((200, 0.03)) as server:
            return await _soak(server, [b"{}"], Arguments())  # type: ignore[arg-type]

    assert asyncio.run(scenario()) is reached


def test_a_broken_connection_is_no_status(tmp_path: Path) -> None:
    assert asyncio.run(ask(1, b"{}")) == Answer(0, pytest.approx(0, abs=5))


def test_a_real_service_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = ["--articles", "6", "--words", "60", "--clients", "4", "--overload-s", "0.5"]
    assert main(["--backend", "extractive", *sizes]) in (0, 1)
    told = capsys.readouterr().out
    assert "one client" in told
    assert told.count("reached") + told.count("MISSED") == 4
    assert "others none" in told


def test_an_article_that_comes_again_is_another_to_the_memory() -> None:
    body = _body("افتتح الوزير مدرسة. وحضر الحفل مئة ضيف.")
    again = json.loads(_again(body, 3))["text"]
    assert again == "\n\n\n" + json.loads(body)["text"]


def test_a_child_that_another_thread_began_is_counted() -> None:
    """The writer is such a child: a thread of the queue starts it."""
    code = "import time\nheld = bytearray(60_000_000)\nwhile True: sum(range(100_000))"
    here, children = Server(0, os.getpid()), list[subprocess.Popen[bytes]]()
    memory, computed = sum(here.resident_bytes()), here.cpu_seconds()
    begun, waiting = threading.Event(), threading.Event()

    def start() -> None:
        children.append(subprocess.Popen([sys.executable, "-c", code]))
        begun.set()
        waiting.wait(30)  # its children are other threads' once it has ended

    thread = threading.Thread(target=start)
    thread.start()
    try:
        assert begun.wait(30)
        deadline = time.monotonic() + 30
        while sum(here.resident_bytes()) < memory + 55_000_000 or here.cpu_seconds() <= computed:
            assert time.monotonic() < deadline, "the child was not counted"
            time.sleep(0.05)
    finally:
        waiting.set()
        for child in children:
            child.kill()
            child.wait()
        thread.join()
