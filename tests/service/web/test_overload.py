"""Over HTTP, with a model that waits to be let through: refusals, time limits, leavers, and what is not logged."""

from __future__ import annotations

import json
import logging
import re
import socket
import threading
import time
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from summarizer.backends.extractive import Extractive
from summarizer.config import Decoding
from summarizer.schema import Candidate, Passage, Request
from summarizer.service.settings import ServiceSettings
from summarizer.service.web.contract import EXAMPLE_TEXT
from summarizer.service.web.doorman import WRITING

POISON = "السم"
SMALL = ServiceSettings(page=False, max_batch=1, max_queue=2)


class Gated:
    """Extractive, but for a gate, and a word on which it fails."""

    name, max_source_tokens = "gated", 10_000

    def __init__(self) -> None:
        self.gate, self.texts, self._inner = threading.Event(), list[str](), Extractive()

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        self.texts += [request.passage.text for request in requests]
        assert self.gate.wait(30)
        if any(POISON in request.passage.text for request in requests):
            raise RuntimeError(f"cannot do {POISON}")
        return self._inner.generate(requests, decoding)

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def verify(self, statements: Sequence[tuple[Passage, str]]) -> None:
        return None


def metric(address: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", httpx.get(f"{address}/metrics").text, re.MULTILINE)
    return float(found.group(1)) if found else 0.0


def wait_for(condition: Any) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.02)


def send(address: str, path: str, body: dict[str, Any]) -> socket.socket:
    """A request whose answer is not waited for."""
    host, port = address.removeprefix("http://").split(":")
    client = socket.create_connection((host, int(port)), timeout=20)
    data = json.dumps(body).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    client.sendall(head.encode() + data)
    return client


def test_a_full_service_refuses_before_it_reads(serve: Any) -> None:
    backend = Gated()
    with serve(SMALL, lambda: backend) as address:
        clients = [send(address, "/v1/brief", {"text": EXAMPLE_TEXT}) for _ in range(3)]
        wait_for(lambda: metric(address, "mujaz_queue_depth") == 2)
        for path in WRITING:
            # Not JSON: nobody looked, since there was no room anyway.
            answer = httpx.post(address + path, content=b"{", headers={"content-type": "application/json"})
            assert answer.status_code == 429, path
            assert answer.headers["content-type"] == "application/problem+json"
            assert int(answer.headers["retry-after"]) >= 1
            assert answer.json()["type"] == "urn:mujaz:problem:queue-full"
            assert any("\u0600" < char < "\u06ff" for char in answer.json()["detail_ar"])
        assert httpx.get(f"{address}/health/ready").status_code == 200
        assert metric(address, 'mujaz_refused_total{reason="queue_full"}') == len(WRITING)
        assert metric(address, 'mujaz_requests_total{method="POST",route="/v1/headline",status="429"}') == 1
        backend.gate.set()
        for client in clients:
            assert client.recv(12) == b"HTTP/1.1 200"
            client.close()
        assert httpx.post(f"{address}/v1/brief", json={"text": EXAMPLE_TEXT}, timeout=30).status_code == 200


def test_keys_come_before_the_queue(serve: Any) -> None:
    backend = Gated()
    settings = ServiceSettings(page=False, max_batch=1, max_queue=0, keys=("k" * 20,))
    with serve(settings, lambda: backend) as address:
        key = {"X-API-Key": "k" * 20}
        thread = threading.Thread(
            target=httpx.post, args=(f"{address}/v1/brief",),
            kwargs={"json": {"text": EXAMPLE_TEXT}, "headers": key, "timeout": 30},
        )  # fmt: skip
        thread.start()
        wait_for(lambda: backend.texts)
        assert httpx.post(f"{address}/v1/brief", json={}).status_code == 401
        assert httpx.post(f"{address}/v1/brief", json={}, headers=key).status_code == 429
        backend.gate.set()
        thread.join(30)


def test_what_takes_too_long_is_a_504(serve: Any) -> None:
    backend = Gated()
    with serve(ServiceSettings(page=False, timeout_s=0.5), lambda: backend) as address:
        answer = httpx.post(f"{address}/v1/brief", json={"text": EXAMPLE_TEXT}, timeout=30)
        assert answer.status_code == 504
        assert answer.json()["type"] == "urn:mujaz:problem:timeout"
        assert "0.5 s" in answer.json()["detail"]
        several = httpx.post(f"{address}/v1/briefs", json={"articles": [{"text": EXAMPLE_TEXT}]}, timeout=30)
        assert several.json()["briefs"][0]["problem"]["status"] == 504
        backend.gate.set()
        wait_for(lambda: metric(address, "mujaz_queue_depth") == 0)


@pytest.mark.parametrize("path", ["/v1/brief", "/v1/brief/events", "/v1/headline", "/v1/briefs"])
def test_the_work_of_a_client_that_left_is_dropped(serve: Any, path: str) -> None:
    backend = Gated()
    with serve(ServiceSettings(page=False, max_batch=1), lambda: backend) as address:
        staying = send(address, "/v1/brief", {"text": EXAMPLE_TEXT})
        wait_for(lambda: backend.texts)
        article = {"text": f"وصل الوفد الزائر إلى المدينة صباح اليوم.\n\n{EXAMPLE_TEXT}"}
        leaving = send(address, path, {"articles": [article]} if path == "/v1/briefs" else article)
        wait_for(lambda: metric(address, "mujaz_queue_depth") == 1)
        leaving.close()
        wait_for(lambda: metric(address, "mujaz_queue_depth") == 0)
        assert metric(address, 'mujaz_refused_total{reason="disconnected"}') == 1
        backend.gate.set()
        assert staying.recv(12) == b"HTTP/1.1 200"
        staying.close()
    assert not any("الوفد الزائر" in text for text in backend.texts), "the article of the client that left was written"


def test_a_stream_that_is_left_halfway_gives_its_place_up(serve: Any) -> None:
    backend = Gated()
    with serve(SMALL, lambda: backend) as address:
        backend.gate.set()
        with httpx.stream("POST", f"{address}/v1/brief/events", json={"text": EXAMPLE_TEXT}, timeout=30) as answer:
            for line in answer.iter_lines():
                if line == "event: headline":
                    break
        wait_for(lambda: metric(address, "mujaz_queue_depth") == 0)
        assert httpx.post(f"{address}/v1/brief", json={"text": EXAMPLE_TEXT}, timeout=30).status_code == 200


def test_a_poisoned_article_is_one_problem_and_its_text_is_not_logged(
    serve: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    backend = Gated()
    backend.gate.set()
    bad = f"{EXAMPLE_TEXT}\n\nوقيل إن {POISON} وجد في مياه المدينة القديمة أمس."
    with serve(ServiceSettings(page=False), lambda: backend) as address:
        sent = {"articles": [{"text": EXAMPLE_TEXT}, {"text": bad}, {"text": EXAMPLE_TEXT}]}
        answer = httpx.post(f"{address}/v1/briefs", json=sent, timeout=30)
        assert [list(item) for item in answer.json()["briefs"]] == [["brief"], ["problem"], ["brief"]]
        assert answer.json()["briefs"][1]["problem"]["status"] == 500
        alone = httpx.post(f"{address}/v1/brief", json={"text": bad}, timeout=30)
        assert alone.status_code == 500
        assert POISON not in alone.text
        httpx.post(f"{address}/v1/brief", json={"text": "نص", "odd": 1}, timeout=30)
    ours = "\n".join(
        record.getMessage() for record in caplog.records if record.name.split(".")[0] in ("mujaz", "uvicorn")
    )
    assert "RuntimeError in" in ours
    assert not any("\u0600" < char < "\u06ff" for char in ours), "an article's text was logged"


def test_nothing_is_fetched(serve: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere, serve(ServiceSettings(page=False)) as address:
        elsewhere.settimeout(0.5)
        link = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/article.html"
        image = f'<img src="{link}"><link rel="canonical" href="{link}">'
        page = f"<html><body>{image}<p>{EXAMPLE_TEXT}</p></body></html>"
        for text in (link, page, json.dumps({"url": link, "body": EXAMPLE_TEXT})):
            assert httpx.post(f"{address}/v1/brief", json={"text": text}, timeout=30).status_code in (200, 422)
        with pytest.raises(TimeoutError):
            elsewhere.accept()


def announce(service: str, size: int) -> socket.socket:
    """A connection on which a body of ``size`` bytes was announced."""
    host, port = service.removeprefix("http://").split(":")
    client = socket.create_connection((host, int(port)), timeout=20)
    client.sendall(f"POST /v1/brief HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n".encode())
    return client


def everything(client: socket.socket) -> bytes:
    """What comes until the connection is closed."""
    received = b""
    while piece := client.recv(4096):
        received += piece
    return received


def test_who_sends_too_much_can_send_it_all_and_read_why(service: str) -> None:
    """A connection closed on a client that still sends is reset, and the answer lost with it."""
    with announce(service, 6_000_000) as client:
        for _ in range(6):
            time.sleep(0.05)  # long enough for the answer to be there first
            client.sendall(b"x" * 1_000_000)
        received = everything(client)
    assert received.startswith(b"HTTP/1.1 413 ")
    assert b"2,000,000 bytes" in received


def test_who_announces_too_much_and_sends_nothing_is_answered_and_let_go(service: str) -> None:
    with announce(service, 90_000_000) as client:
        assert everything(client).startswith(b"HTTP/1.1 413 ")
