"""What the tests of the page do in a browser: open it, paste, wait, look."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, TimeoutError, expect

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
    return shown_brief(page)


def ready_to_edit(page: Page) -> None:
    """Wait for the tools of the lines and for the other headlines: what comes last."""
    page.wait_for_selector(".mj-whole")
    page.wait_for_selector(".mj-choices [role=radio]")


def shown_brief(page: Page) -> dict[str, Any]:
    brief: dict[str, Any] = json.loads(page.get_attribute(".mj-brief", "data-brief") or "")
    return brief


def act(page: Page, place: int, name: str) -> None:
    """Press a tool of a line: 0 is the headline, 1 the standfirst, 2 the first bullet."""
    page.locator(f".mj-act[data-of='{place}'] [data-act={name}]").click()


def told(page: Page, place: int) -> Locator:
    """What was said beside a line, in Arabic."""
    return page.locator(f".mj-act[data-of='{place}'] output .ar")


def line(page: Page, place: int) -> Locator:
    return page.locator(f".mj-statement[data-place='{place}']")


def rewrite(page: Page, place: int, text: str) -> None:
    """Edit a line and leave it."""
    act(page, place, "edit")
    page.locator(".mj-field").fill(text)
    page.keyboard.press("Enter")


def lit(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".mj-sentence.lit").all_inner_texts()]
