"""A real service on a free port of this machine, in a thread: what a client meets is what is tested."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from summarizer.backends.base import Backend
from summarizer.backends.extractive import Extractive
from summarizer.service.queue.writers import Here
from summarizer.service.settings import ServiceSettings
from summarizer.service.web.api import create_app

ROOT = Path(__file__).resolve().parent.parent.parent
SEED_TEXT = (ROOT / "seeds" / "islamic-state-last-pocket.txt").read_text("utf-8")


@contextmanager
def serving(settings: ServiceSettings, load: Callable[[], Backend] = Extractive, wait: bool = True) -> Iterator[str]:
    """The address of a running service; it is stopped, and what it accepted answered, when the block is left."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(settings, Here(load)), log_level="warning", timeout_graceful_shutdown=20)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        if wait:
            wait_until_ready(address)
        yield address
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()
    assert not thread.is_alive()


def wait_until_ready(address: str, seconds: float = 60) -> None:
    """Return once the service answers 200 on ``/health/ready``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{address}/health/ready", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    pytest.fail(f"not ready after {seconds} s")


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    """The API without the page, on the extractive backend."""
    with serving(ServiceSettings(backend="extractive", page=False)) as address:
        yield address


@pytest.fixture(scope="session")
def seed() -> str:
    """The seed article."""
    return SEED_TEXT


@pytest.fixture(scope="session")
def serve() -> Callable[..., AbstractContextManager[str]]:
    """``with serve(settings, load) as address``: a service of one's own."""
    return serving
