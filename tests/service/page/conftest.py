"""`mujaz serve` as a process of its own, and Debian's Chromium before it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from summarizer.service.settings import ServiceSettings
from tests.service.page.browser_steps import CHROMIUM, SECONDS
from tests.service.page.held import Held

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """`mujaz serve` as a process of its own."""
    command = [sys.executable, "-m", "summarizer.service.cli", "serve", "--backend", "extractive", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            line = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found, line
            httpx.get(f"{found.group()}/health/live", timeout=120)
            yield found.group()
        finally:
            process.terminate()
            assert process.wait(30) == 0


@pytest.fixture(scope="module")
def near(serve: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    """A service of this process, on sentences of the article: quick to start."""
    with serve(ServiceSettings(backend="extractive"), Held) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Of one module: while Playwright runs its event loop, no other test can run one."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="ar", permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(SECONDS)
    yield context
    context.close()
