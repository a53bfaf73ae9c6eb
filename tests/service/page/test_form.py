"""The page's form: writing that is stopped, files that are refused, what stays in sight. In a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from summarizer.service.settings import ServiceSettings
from tests.service.page.browser_steps import NEEDS_CHROMIUM, finished, opened
from tests.service.page.held import Held
from tests.service.page.test_files import bomb

pytestmark = NEEDS_CHROMIUM
SHORT = "افتتحت بلدية مدينة النخيل ثلاث حدائق عامة جديدة في الأحياء الشرقية اليوم الأحد بعد عامين من العمل."


def test_a_brief_that_was_left_does_not_keep_the_next_one_from_being_written(
    context: BrowserContext, serve: Callable[..., AbstractContextManager[str]], seed: str
) -> None:
    Held.go.clear()
    with serve(ServiceSettings(backend="extractive"), Held) as address:
        page = opened(context, address)
        page.fill("#mj-text textarea", seed)
        for button in ("#mj-stop", "#mj-new"):
            page.click("#mj-write")
            expect(page.locator(".mj-waiting")).to_be_visible()
            expect(page.locator("#mj-edit")).to_be_hidden()
            page.click(button)
            expect(page.locator("#mj-text textarea")).to_have_value("" if button == "#mj-new" else seed)
        page.fill("#mj-text textarea", SHORT)
        page.keyboard.press("Control+Enter")
        expect(page.locator(".mj-waiting")).to_be_visible()
        Held.go.set()
        finished(page)
        assert page.inner_text(".mj-body").strip() == SHORT
        expect(page.locator("#mj-stop")).to_be_hidden()
        expect(page.locator("#mj-edit")).to_be_visible()


def test_a_file_that_is_too_large_is_refused_in_arabic(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    large = {"name": "large.txt", "mimeType": "text/plain", "buffer": b"x" * 2_100_000}
    page.set_input_files("input[type=file]", large)
    expect(page.locator("[role=alert] .ar")).to_have_text(re.compile("أكبر من الحد المسموح به"))
    page.set_input_files(
        "input[type=file]", {"name": "a.txt", "mimeType": "text/plain", "buffer": SHORT.encode("utf-8")}
    )
    expect(page.locator("#mj-text textarea")).to_have_value(SHORT)
    expect(page.locator("[role=alert]")).to_have_count(0)


def test_of_a_file_of_several_articles_one_is_chosen(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    rows = [{"title": f"حدائق {place}", "body": f"{SHORT} وجرى ذلك في {place}."} for place in ("النخيل", "الساحل")]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    page.set_input_files(
        "input[type=file]", {"name": "a.jsonl", "mimeType": "text/plain", "buffer": text.encode("utf-8")}
    )
    expect(page.locator("#mj-text textarea")).to_have_value(re.compile("وجرى ذلك في النخيل"))
    page.click(".mj-chooser button:has-text('حدائق الساحل')")
    expect(page.locator("#mj-text textarea")).to_have_value(re.compile("وجرى ذلك في الساحل"))
    expect(page.locator(".mj-chooser [aria-pressed=true]")).to_have_text("حدائق الساحل")
    page.click("#mj-write")
    finished(page)
    assert "وجرى ذلك في الساحل" in page.inner_text(".mj-body"), "what was chosen is what is written about"


def test_a_word_document_that_swells_is_refused_and_the_form_kept(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    page.fill("#mj-text textarea", SHORT)
    page.set_input_files("input[type=file]", {"name": "a.docx", "mimeType": "application/zip", "buffer": bomb()})
    expect(page.locator("[role=alert] .ar")).to_have_text(re.compile("أطول من الحد المسموح به"))
    expect(page.locator("#mj-text textarea")).to_have_value(SHORT)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 664)])
def test_a_long_article_leaves_the_button_in_sight(
    context: BrowserContext, address: str, seed: str, width: int, height: int
) -> None:
    page = opened(context, address)
    page.set_viewport_size({"width": width, "height": height})
    page.fill("#mj-text textarea", seed * 3)
    expect(page.locator("#mj-text textarea")).to_have_value(seed * 3)
    expect(page.locator("#mj-write")).to_be_in_viewport()


def test_the_placeholder_can_be_read(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    assert contrast(page, "::placeholder") >= 4.5


def contrast(page: Page, part: str) -> float:
    """The contrast (WCAG 2) between the colours of the text of ``part`` and of its field's ground."""
    script = """part => { const field = document.querySelector('#mj-text textarea');
        return [getComputedStyle(field, part).color, getComputedStyle(field).backgroundColor]; }"""
    lights = sorted(_light(colour) for colour in page.evaluate(script, part))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
