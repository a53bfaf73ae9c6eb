"""The history of one browser: what it keeps, what goes, and what happens when its storage is full or broken."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.service.page.browser_steps import NEEDS_CHROMIUM, line, rewrite, shown_brief
from tests.service.page.desk import at_desk

pytestmark = NEEDS_CHROMIUM
STORED = "localStorage.getItem('mujaz-history')"


def kept(page: Page) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(page.evaluate(STORED) or "[]")
    return found


def fill(page: Page, count: int) -> None:
    """Put so many entries into the storage, copies of the one that is there."""
    script = """count => { const [one] = JSON.parse(localStorage.getItem('mujaz-history'));
        const many = [...Array(count).keys()].map((at) => ({ ...one, id: `old-${at}` }));
        localStorage.setItem('mujaz-history', JSON.stringify(many)); }"""
    page.evaluate(script, count)


@pytest.fixture
def desk(context: BrowserContext, service: str, seed: str) -> Page:
    return at_desk(context, service, seed)


def test_a_brief_is_kept_once_with_its_article_and_its_changes(desk: Page, seed: str) -> None:
    (first,) = kept(desk)
    assert first["asked"]["text"] == seed  # type: ignore[index]
    rewrite(desk, 2, "قتل 98765 مدنيا في باريس")
    expect(line(desk, 2).locator("mark").first).to_be_visible()
    (entry,) = kept(desk)
    assert entry["id"] == first["id"]
    assert entry["brief"] == shown_brief(desk)
    expect(desk.locator("#mj-history [data-entry]")).to_have_text([shown_brief(desk)["headline"]["text"]])


def test_of_two_hundred_entries_the_newest_fifty_stay(desk: Page) -> None:
    fill(desk, 200)
    desk.reload()
    desk.wait_for_selector(".mj-whole")
    expect(desk.locator("#mj-history [data-entry]")).to_have_count(50)
    assert len(kept(desk)) == 50
    assert [entry["id"] for entry in kept(desk)][1:] == [f"old-{at}" for at in range(49)]


@pytest.mark.parametrize("broken", ["{", "17", '"text"', '[{"id": 3}, null]', "[1, 2]"])
def test_what_cannot_be_read_is_said_and_stands_in_nobodys_way(desk: Page, broken: str) -> None:
    desk.evaluate("text => localStorage.setItem('mujaz-history', text)", broken)
    desk.evaluate("window.dispatchEvent(new StorageEvent('storage', { key: 'mujaz-history' }))")
    expect(desk.locator("#mj-history output .ar")).to_have_text("في السجل ما تعذّرت قراءته فتُرك")
    rewrite(desk, 2, "سطر جديد عن الباغوز")
    expect(desk.locator("#mj-history [data-entry]")).to_have_count(1)
    assert len(kept(desk)) == 1


def test_when_the_storage_is_full_the_oldest_go(desk: Page) -> None:
    fill(desk, 30)
    script = """() => { const set = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, text) {
            if (text.length > 60000) throw new DOMException("full", "QuotaExceededError");
            set.call(this, key, text); }; }"""
    desk.evaluate(script)
    rewrite(desk, 2, "سطر جديد عن الباغوز")
    expect(desk.locator("#mj-history output .ar")).to_have_text("امتلأت ذاكرة المتصفح فحُذف أقدم السجل")
    names = [entry["id"] for entry in kept(desk)]
    assert 1 < len(names) < 31
    assert names[1:] == [f"old-{at}" for at in range(len(names) - 1)]


def test_where_nothing_can_be_stored_the_page_goes_on(desk: Page) -> None:
    desk.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError'); }; }")
    before = desk.evaluate(STORED)
    rewrite(desk, 2, "سطر جديد عن الباغوز")
    expect(desk.locator("#mj-history output .ar")).to_have_text(re.compile("لم يُحفظ هذا الموجز في السجل"))
    assert desk.evaluate(STORED) == before
    expect(line(desk, 2).locator(".mj-text")).to_have_text("سطر جديد عن الباغوز")


def test_the_history_is_cleared(desk: Page) -> None:
    desk.click("[data-forget]")
    expect(desk.locator("#mj-history")).to_be_hidden()
    assert desk.evaluate(STORED) is None
