"""Lines that an editor changes: checked again, in other words, moved, dropped, taken back; and bad input in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.service.page.browser_steps import (
    NEEDS_CHROMIUM,
    SECONDS,
    act,
    line,
    rewrite,
    shown_brief,
    told,
)
from tests.service.page.desk import at_desk

pytestmark = NEEDS_CHROMIUM
FALSE = "قتل 98765 مدنيا في مدينة باريس بحسب المتحدث فلان الفلاني"


@pytest.fixture(scope="module")
def opened_once(browser: Browser, service: str, seed: str) -> Iterator[Page]:
    context = browser.new_context(locale="ar", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(SECONDS)
    yield at_desk(context, service, seed)
    context.close()


@pytest.fixture
def desk(opened_once: Page) -> Page:
    """The brief as it was written: whatever a test before changed is taken back."""
    while opened_once.locator("[data-act=undo]").is_enabled():
        opened_once.locator("[data-act=undo]").click()
    return opened_once


def texts(page: Page) -> list[str]:
    return [one["text"] for one in shown_brief(page)["bullets"]]


@pytest.mark.parametrize(
    ("text", "said", "marked"),
    [
        ("قتل 98765 مدنيا في الباغوز", "راجع: عدد لم يرد في السند", "98765"),
        ("قال فلان الفلاني «انتصرنا في كل المعارك» أمس", "اقتباس لم يرد في السند", "انتصرنا في كل المعارك"),
        ("زرقة بطيخ نوافذ مسطرة", "لا سند لهذا السطر في المقال", ""),
    ],
)
def test_a_changed_line_is_checked_again(desk: Page, text: str, said: str, marked: str) -> None:
    rewrite(desk, 2, text)
    expect(line(desk, 2).locator(".mj-check .ar")).to_have_text(re.compile(re.escape(said)))
    expect(line(desk, 2)).to_have_class(re.compile("mj-flagged"))
    expect(line(desk, 2).locator(".mj-rung .ar")).to_have_text("بتحرير المحرر")
    if marked:
        assert any(marked in one for one in line(desk, 2).locator("mark").all_inner_texts())
    expect(desk.locator(".mj-summary .ar")).to_have_text(re.compile("تحتاج إلى مراجعة: 1 من 7"))


def test_a_changed_line_that_the_article_bears_out_has_its_sources(desk: Page) -> None:
    brief = shown_brief(desk)
    own = brief["bullets"][1]
    words = own["text"].split()
    rewrite(desk, 3, " ".join(words[: len(words) - 2]))
    expect(line(desk, 3).locator(".mj-rung .ar")).to_have_text("بتحرير المحرر")
    expect(line(desk, 3).locator(".mj-found")).to_have_count(1)
    assert shown_brief(desk)["bullets"][1]["sources"][0]["start"] == own["sources"][0]["start"]
    assert line(desk, 3).get_attribute("data-sentences")


def test_lines_are_moved_dropped_and_taken_back_step_by_step(desk: Page) -> None:
    first = texts(desk)
    act(desk, 2, "down")
    assert texts(desk) == [first[1], first[0], *first[2:]]
    act(desk, 3, "up")
    assert texts(desk) == first
    for _ in first:
        act(desk, 2, "drop")
    assert texts(desk) == []
    expect(desk.locator(".mj-bullets li")).to_have_count(0)
    for left in range(1, len(first) + 1):
        desk.locator("[data-act=undo]").click()
        assert texts(desk) == first[-left:]
    expect(desk.locator(".mj-bullet .mj-text")).to_have_text(first)
    expect(desk.locator(".mj-act[data-of='2'] [data-act=up]")).to_be_disabled()
    expect(desk.locator(".mj-act[data-of='6'] [data-act=down]")).to_be_disabled()


def test_more_than_twenty_steps_are_taken_back(desk: Page) -> None:
    first = texts(desk)
    for step in range(24):
        act(desk, 2 + step % 2, "down" if step % 2 == 0 else "up")
    rewrite(desk, 2, FALSE)
    desk.locator("body").click(position={"x": 2, "y": 2})
    for _ in range(25):
        desk.keyboard.press("Control+z")
    assert texts(desk) == first
    expect(desk.locator("[data-act=undo]")).to_be_disabled()


def test_every_line_is_reached_and_changed_by_keyboard(desk: Page) -> None:
    own = shown_brief(desk)["standfirst"]["text"]
    line(desk, 1).focus()
    desk.keyboard.press("F2")
    field = desk.locator(".mj-field")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-label", "نص السطر")
    assert field.evaluate("element => getComputedStyle(element).direction") == "rtl"
    desk.keyboard.type(" كلمة")
    desk.keyboard.press("Escape")
    assert shown_brief(desk)["standfirst"]["text"] == own
    desk.keyboard.press("Enter")
    expect(field).to_be_focused()
    desk.keyboard.type(" كلمة")
    desk.keyboard.press("Tab")
    assert shown_brief(desk)["standfirst"]["text"] == f"{own} كلمة"


def test_another_wording_is_one_of_the_same_sentences_or_none(desk: Page) -> None:
    own = texts(desk)[0]
    rewrite(desk, 2, "زرقة بطيخ نوافذ مسطرة")
    expect(line(desk, 2).locator(".mj-check .ar")).to_have_text("لا سند لهذا السطر في المقال")
    act(desk, 2, "wording")
    expect(told(desk, 2)).to_have_text("ليس لدى النموذج صياغة أخرى لهذا السطر")
    rewrite(desk, 2, f"{own} وقتل 98765 مدنيا")
    expect(line(desk, 2).locator("mark")).to_have_text("98765")
    act(desk, 2, "wording")
    expect(told(desk, 2)).to_have_text("هذه صياغة أخرى")
    expect(line(desk, 2).locator("mark")).to_have_count(0)
    headline = shown_brief(desk)["headline"]["text"]
    act(desk, 0, "wording")
    other = desk.locator(".mj-choices [role=radio]").nth(1).inner_text()
    expect(line(desk, 0).locator(".mj-text")).to_have_text(other)
    assert other != headline


def test_words_are_counted(desk: Page) -> None:
    rewrite(desk, 2, "ثلاث كلمات هنا")
    expect(desk.locator(".mj-act[data-of='2'] .mj-count .ar")).to_have_text("الكلمات: 3")
    brief = shown_brief(desk)
    said = [brief["headline"], brief["standfirst"], *brief["bullets"]]
    every = sum(len(one["text"].split()) for one in said)
    expect(desk.locator(".mj-total .ar")).to_have_text(f"كلمات الموجز: {every}")


def test_a_line_of_ten_thousand_characters_is_kept_and_said_to_be_unchecked(desk: Page) -> None:
    long = ("كلمة " * 2_000).strip()
    rewrite(desk, 2, long)
    expect(line(desk, 2).locator(".mj-check .ar")).to_have_text("لم يُفحص: السطر أطول من 1000 حرف، فاختصره")
    assert texts(desk)[0] == long
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    act(desk, 2, "edit")
    desk.locator(".mj-field").fill("ك" * 20_001)
    desk.keyboard.press("Enter")
    expect(told(desk, 2)).to_have_text(re.compile("لا يزيد السطر على 20,000 حرف"))
    expect(desk.locator(".mj-field")).to_have_value("ك" * 20_001)
    desk.keyboard.press("Escape")
    assert texts(desk)[0] == long


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=window.taken=1> قال",
        "<script>window.taken=1</script> ${window.taken=1} {{taken}} `x` \\u0041 &lt;b&gt;",
        '"><svg onload=window.taken=1>',
    ],
)
def test_code_in_a_line_is_text(desk: Page, hostile: str) -> None:
    rewrite(desk, 2, hostile)
    expect(line(desk, 2).locator(".mj-rung .ar")).to_have_text("بتحرير المحرر")
    assert line(desk, 2).locator(".mj-text").inner_text().strip() == hostile.strip()
    with desk.expect_download() as download:
        desk.click("[data-file=html]")
    written = download.value.path().read_text("utf-8")
    assert "<img" not in written
    assert "<svg" not in written
    assert desk.evaluate("window.taken") is None


def test_an_empty_line_is_not_kept_and_an_answer_that_fails_loses_nothing(desk: Page) -> None:
    own = texts(desk)[0]
    rewrite(desk, 2, "   ")
    expect(told(desk, 2)).to_have_text(re.compile("لم يُحفظ سطر فارغ"))
    assert texts(desk)[0] == own
    desk.route("**/v1/*", lambda route: route.abort())
    rewrite(desk, 2, FALSE)
    expect(line(desk, 2).locator(".mj-check .ar")).to_have_text("لم يُفحص بعد")
    expect(told(desk, 2)).to_have_text(re.compile("تعذّر الاتصال بالخدمة"))
    desk.click("[data-file=docx]")
    expect(desk.locator(".mj-toast").first).to_have_text(re.compile("تعذّر الاتصال بالخدمة"))
    desk.unroute("**/v1/*")
    assert texts(desk)[0] == FALSE
    rewrite(desk, 3, "سطر آخر عن الباغوز")
    expect(line(desk, 2).locator("mark").first).to_be_visible()


@pytest.mark.parametrize(("form", "suffix"), [("docx", "docx"), ("markdown", "md"), ("html", "html"), ("json", "json")])
def test_the_file_has_the_lines_as_they_stand(desk: Page, form: str, suffix: str) -> None:
    rewrite(desk, 2, FALSE)
    expect(line(desk, 2).locator("mark").first).to_be_visible()
    act(desk, 3, "drop")
    with desk.expect_download() as download:
        desk.click(f"[data-file={form}]")
    data = download.value.path().read_bytes()
    assert download.value.suggested_filename == f"mujaz.{suffix}"
    if form == "docx":
        assert data.startswith(b"PK")
        return
    said = data.decode("utf-8")
    assert FALSE in said
    if form == "json":
        written = json.loads(said)
        assert [one["text"] for one in written["bullets"]] == texts(desk)
        assert written["bullets"][0]["method"] == "edited"
        assert not written["bullets"][0]["support"]["supported"]


def test_a_phone_has_the_tools_in_its_width(browser: Browser, service: str, seed: str) -> None:
    context: BrowserContext = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = at_desk(context, service, seed)
    act(page, 2, "edit")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator(".mj-field").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    context.close()
