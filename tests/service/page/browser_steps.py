"""What the tests of the page do in a browser: open it, paste, wait, look."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, TimeoutError, expect

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
SECONDS = 60_000  # in milliseconds, as playwright counts
expect.set_options(timeout=30_000)
NEEDS_CHROMIUM = pytest.mark.skipif(
    not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM} (apt-get install chromium)"
)


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address, timeout=SECONDS)
    page.wait_for_selector("#mj-write")
    page.wait_for_function("getComputedStyle(document.querySelector('#mj-write')).visibility === 'visible'")
    # Gradio wires its buttons after it has drawn them.
    page.wait_for_selector("html[data-mujaz=ready]")
    return page


def finished(page: Page) -> None:
    """Wait for the whole brief; what the page shows instead is the failure."""
    try:
        page.wait_for_selector(".mj-timing, [role=alert]")
    except TimeoutError:
        pytest.fail(f"no brief; the page says: {page.inner_text('body')[:400]}")
    said = page.locator("[role=alert]").all_inner_texts()
    assert said == [], said


def briefed(page: Page, text: str) -> dict[str, Any]:
    """Paste, press, wait for everything; the brief that the page holds."""
    page.fill("#mj-text textarea", text)
    page.click("#mj-write")
    finished(page)
    brief: dict[str, Any] = json.loads(page.get_attribute(".mj-brief", "data-brief") or "")
    return brief


def lit(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".mj-sentence.lit").all_inner_texts()]
