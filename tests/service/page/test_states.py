"""Each state of the page as a reader sees it: its layout, its colours, and what axe-core finds. In a real browser.

The screenshots lie in pytest's folder (``--basetemp``), to be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.service.page.browser_steps import (
    NEEDS_CHROMIUM,
    SECONDS,
    act,
    briefed,
    finished,
    line,
    opened,
    ready_to_edit,
    rewrite,
)
from tests.service.page.held import Held

pytestmark = NEEDS_CHROMIUM
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
FALSE = "قتل 98765 مدنيا في مدينة باريس بحسب المتحدث فلان الفلاني"
WIDE = {"width": 1280, "height": 900}
GRAVE = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`)"""


@pytest.fixture(scope="module")
def page(browser: Browser, near: str) -> Iterator[Page]:
    """The page, opened once: its states follow each other."""
    context = browser.new_context(locale="ar", viewport=WIDE)
    context.set_default_timeout(SECONDS)
    page = opened(context, near)
    yield page
    context.close()


@pytest.fixture
def done(page: Page, seed: str) -> Iterator[Page]:
    """With a brief; wide, light and on a screen again afterwards."""
    if not page.locator(".mj-timing").is_visible():
        briefed(page, seed)
        ready_to_edit(page)
    yield page
    page.emulate_media(media="screen")
    page.set_viewport_size(WIDE)
    page.evaluate("document.body.classList.remove('dark')")


def looked_at(page: Page, state: str, tmp_path: Path) -> None:
    """The facts that hold in every state: nothing beside the page's width, from right to left, no grave finding."""
    page.screenshot(path=tmp_path / f"{state}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    page.evaluate(AXE)
    assert page.evaluate(GRAVE) == []


def ground(page: Page) -> list[int]:
    colour = page.locator("body").evaluate("element => getComputedStyle(element).backgroundColor")
    return [int(part) for part in re.findall(r"\d+", colour)[:3]]


def test_empty(page: Page, tmp_path: Path) -> None:
    for part in ("#mj-text textarea", "#mj-write", "#mj-upload", "#mj-options"):
        expect(page.locator(part).first).to_be_visible()
    expect(page.locator("#mj-history")).to_be_hidden()
    expect(page.locator("#mj-reopen")).to_be_hidden()
    looked_at(page, "empty", tmp_path)


def test_error(page: Page, tmp_path: Path) -> None:
    page.fill("#mj-text textarea", "This article is written in English from its beginning to its end.")
    page.click("#mj-write")
    expect(page.locator("[role=alert] .ar")).to_have_text(re.compile("ليس مقالا عربيا"))
    expect(page.locator("#mj-text textarea")).to_be_visible()
    looked_at(page, "error", tmp_path)


def test_writing(page: Page, seed: str, tmp_path: Path) -> None:
    Held.go.clear()
    try:
        page.fill("#mj-text textarea", seed)
        page.click("#mj-write")
        expect(page.locator(".mj-waiting .ar")).to_have_text("يُقرأ المقال ويُكتب موجزه…")
        expect(page.locator("#mj-stop")).to_be_visible()
        expect(page.locator("#mj-text")).to_be_hidden()
        looked_at(page, "writing", tmp_path)
    finally:
        Held.go.set()
    finished(page)
    ready_to_edit(page)


def test_done(done: Page, tmp_path: Path) -> None:
    expect(done.locator(".mj-act")).to_have_count(7)
    expect(done.locator("#mj-stop")).to_be_hidden()
    brief, article = done.locator(".mj-brief").bounding_box(), done.locator(".mj-article").bounding_box()
    assert brief
    assert article
    assert brief["x"] > article["x"] + article["width"] - 1, "the brief stands to the right of its article"
    looked_at(done, "done", tmp_path)


def test_edited(done: Page, tmp_path: Path) -> None:
    rewrite(done, 2, FALSE)
    expect(line(done, 2).locator("mark").first).to_be_visible()
    act(done, 4, "edit")
    expect(done.locator(".mj-field")).to_be_focused()
    looked_at(done, "edited", tmp_path)
    done.keyboard.press("Escape")


def test_phone(done: Page, tmp_path: Path) -> None:
    done.set_viewport_size({"width": 390, "height": 844})
    brief, article = done.locator(".mj-brief").bounding_box(), done.locator(".mj-article").bounding_box()
    assert brief
    assert article
    assert article["y"] > brief["y"] + brief["height"] - 1, "one column"
    for button in done.locator(".mj-act button:visible").all()[:5]:
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    looked_at(done, "phone", tmp_path)


def test_dark(done: Page, tmp_path: Path) -> None:
    done.evaluate("document.body.classList.add('dark')")
    assert max(ground(done)) < 64
    looked_at(done, "dark", tmp_path)


def test_print(done: Page, tmp_path: Path) -> None:
    done.emulate_media(media="print")
    assert min(ground(done)) == 255
    for part in (".mj-top", ".mj-beside", ".mj-choices", ".mj-copy", ".mj-act", ".mj-whole", ".mj-footer", ".mj-again"):
        expect(done.locator(part).first).to_be_hidden()
    expect(done.locator(".mj-statement .mj-text")).to_have_count(7)
    for text in done.locator(".mj-statement .mj-text").all():
        expect(text).to_be_visible()
    expect(done.locator(".mj-standfirst blockquote").first).to_be_visible()
    expect(done.locator("#mj-history")).to_be_hidden()
    looked_at(done, "print", tmp_path)
