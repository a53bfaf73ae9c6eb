"""`mujaz serve` as a process: it says where it listens, refuses what cannot work, and finishes what it accepted."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from summarizer.service.web.contract import EXAMPLE_TEXT

ROOT = Path(__file__).resolve().parents[3]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "summarizer.service.cli", "serve", *arguments]


@contextmanager
def started(*arguments: str, ready: bool = True) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(command("--port", "0", *arguments), cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            found = re.search(r"http://(127\.0\.0\.1|0\.0\.0\.0):\d+", line)
            assert found, line
            assert ("without the page" in line) == ("--no-page" in arguments or "--workers" in arguments)
            deadline = time.monotonic() + 60
            while ready and httpx.get(f"{found.group()}/health/ready", timeout=60).status_code != 200:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield process, found.group()
        finally:
            process.kill()


def long_article(number: int) -> str:
    return f"{EXAMPLE_TEXT}\n\nوبلغ عدد الزوار {number} ألف زائر.\n\n" + "\n\n".join(
        EXAMPLE_TEXT.replace("النخيل", f"النخيل {row}") for row in range(12)
    )


def test_sigterm_under_load_answers_every_accepted_request() -> None:
    statuses: list[int] = []
    refused: list[str] = []

    def ask(address: str, number: int) -> None:
        # One connection each, so that a request is either accepted or meets a closed port.
        for _ in range(50):
            try:
                answer = httpx.post(f"{address}/v1/brief", json={"text": long_article(number)}, timeout=60)
            except httpx.ConnectError as error:
                refused.append(type(error).__name__)
                return
            statuses.append(answer.status_code)
            assert answer.status_code != 200 or answer.json()["headline"]["text"]

    with started("--backend", "extractive", "--no-page") as (process, address):
        threads = [threading.Thread(target=ask, args=(address, number)) for number in range(8)]
        for thread in threads:
            thread.start()
        while len(statuses) < 8:
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join(60)
        assert process.wait(30) == 0
    assert set(statuses) <= {200, 429}, "an accepted request went without its answer"
    assert len(refused) == 8, "a connection was cut in the middle of a request"


def request_bytes(text: str) -> bytes:
    body = json.dumps({"text": text}).encode()
    head = f"POST /v1/brief HTTP/1.1\r\nHost: mujaz\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


def read_status(client: socket.socket) -> int:
    with client.makefile("rb") as answer:
        return int(answer.read().split()[1])  # to its end: the service closes the connection after the answer


@pytest.mark.parametrize("before", [0, 20])
def test_who_is_connected_at_sigterm_may_still_ask(before: int) -> None:
    """`before`: the bytes of the request that were sent before the signal."""
    request = request_bytes(EXAMPLE_TEXT)
    with started("--backend", "extractive", "--no-page") as (process, address):
        port = int(address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
            client.sendall(request[:before])
            httpx.get(f"{address}/health/live")  # by now the one before it has been accepted
            process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            client.sendall(request[before:])
            assert read_status(client) == 200
        assert process.wait(30) == 0


def test_who_waits_to_be_accepted_at_sigterm_is_answered() -> None:
    request = request_bytes(EXAMPLE_TEXT)
    with started("--backend", "extractive", "--no-page") as (process, address), ExitStack() as open_until_end:
        process.send_signal(signal.SIGSTOP)  # connections are made by the kernel; the process sees them afterwards
        port = int(address.rpartition(":")[2])
        clients = [
            open_until_end.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30)) for _ in range(8)
        ]
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGCONT)
        for client in clients:
            client.sendall(request)
        assert [read_status(client) for client in clients] == [200] * len(clients)
        assert process.wait(30) == 0


def test_a_silent_connection_holds_no_stop() -> None:
    with started("--backend", "extractive", "--no-page") as (process, address):
        port = int(address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
            httpx.get(f"{address}/health/live")
            process.send_signal(signal.SIGTERM)
            assert client.recv(1) == b""  # closed by the service, whose longest wait for answers is much longer
            assert process.wait(20) == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--backend", "no-such"), 4, "known: default"),
        (("--api-key-file", "no-such-file"), 4, "--api-key-file"),
        (("--port", "70000"), 2, "from 0 to 65535"),
        (("--workers", "0"), 2, "from 1 to 16"),
        (("--max-queue", "5"), 2, "from 32"),
        (("--timeout", "0"), 2, "from 1"),
        (("--root-path", "mujaz"), 2, "/mujaz"),
        (("--cors-origin", "news.example"), 2, "https://news.example"),
        (("--config", "no-such-file.toml"), 4, "a TOML file"),
    ],
)
def test_what_cannot_work_is_one_line(arguments: tuple[str, ...], code: int, said: str) -> None:
    done = subprocess.run(command(*arguments), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_without_its_libraries_it_says_so_in_one_line(tmp_path: Path) -> None:
    """As in an installation without the extra: the libraries of the service cannot be imported."""
    hidden = ("fastapi", "starlette", "pydantic", "gradio", "prometheus_client", "uvicorn")
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as util\nfind = util.find_spec\n"
        f"util.find_spec = lambda name, package=None: None if name in {hidden} else find(name, package)\n"
        f"import sys\nsys.modules.update(dict.fromkeys({hidden}))\n"
    )
    for name in ("serve", "demo"):
        run = [sys.executable, "-m", "summarizer", name, "--backend", "extractive", "--api-key-file", "keys.txt"]
        done = subprocess.run(
            run[: 6 if name == "demo" else None], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
            env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (4, "")
        assert done.stderr.count("\n") == 1, done.stderr
        assert '".[serve]"' in done.stderr


def test_it_says_when_it_is_ready_and_logs_requests_without_their_text() -> None:
    with started("--backend", "extractive", "--no-page", "--log-level", "info") as (process, address):
        answer = httpx.post(f"{address}/v1/brief", json={"text": EXAMPLE_TEXT}, timeout=60)
        httpx.get(f"{address}/{EXAMPLE_TEXT[:20]}?{EXAMPLE_TEXT[:20]}")
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=60)
    assert "mujaz: ready (extractive, " in log
    assert "POST /v1/brief 200 " in log
    assert answer.headers["x-request-id"] in log
    assert not set(EXAMPLE_TEXT) & set(log) - set(" \n.12 4")
    assert "%" not in log


def test_the_page_is_advertised_only_where_there_is_one_and_openness_is_said() -> None:
    with started("--backend", "extractive", "--workers", "2", "--host", "0.0.0.0", ready=False) as (process, _):
        assert process.stderr is not None
        warning = process.stderr.readline()
    assert "warning: whoever reaches this address" in warning


def test_a_taken_port_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            command("--port", port, "--backend", "extractive", "--no-page"),
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 4
    assert port in done.stderr


def test_a_model_that_cannot_be_loaded_ends_the_service(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}", "utf-8")
    done = subprocess.run(
        command("--port", "0", "--backend", str(tmp_path), "--no-page"),
        cwd=ROOT, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert done.returncode in (4, 5)
    assert "mujaz: expected" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_workers_share_a_port_and_stop_together() -> None:
    with started("--backend", "extractive", "--workers", "2") as (process, address):
        answers = [httpx.post(f"{address}/v1/brief", json={"text": EXAMPLE_TEXT}, timeout=60) for _ in range(6)]
        # A worker that is still loading answers 503: another attempt meets one that is ready.
        assert {answer.status_code for answer in answers} <= {200, 503}
        assert 200 in {answer.status_code for answer in answers}
        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0
