"""A new reader of the page: paste, choose, change, be warned, take the file, come back. In a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import docx
from playwright.sync_api import BrowserContext, expect

from tests.service.page.browser_steps import (
    NEEDS_CHROMIUM,
    act,
    briefed,
    line,
    opened,
    ready_to_edit,
    rewrite,
    shown_brief,
    told,
)

pytestmark = NEEDS_CHROMIUM
FALSE = "قتل 98765 مدنيا في مدينة باريس بحسب المتحدث فلان الفلاني"


def test_from_a_pasted_article_to_a_file_and_back(
    context: BrowserContext, near: str, seed: str, tmp_path: Path
) -> None:
    page = opened(context, near)
    first = briefed(page, seed)
    ready_to_edit(page)

    choice = page.locator(".mj-choices [role=radio]").nth(1)
    headline = choice.inner_text()
    choice.click()
    expect(line(page, 0).locator(".mj-text")).to_have_text(headline)

    own = first["bullets"][0]["text"]
    rewrite(page, 2, FALSE)
    flagged = line(page, 2)
    expect(flagged.locator(".mj-check .ar")).to_have_text(re.compile("راجع: .*عدد لم يرد في السند"))
    expect(flagged.locator("mark").first).to_have_text(re.compile("98765"))
    expect(flagged).to_have_class(re.compile("mj-flagged"))
    expect(page.locator(".mj-summary .ar")).to_have_text(re.compile("^تحتاج إلى مراجعة: 1 من 7"))

    act(page, 3, "wording")
    expect(told(page, 3)).to_have_text("هذه صياغة أخرى")
    worded = line(page, 3).locator(".mj-text").inner_text()
    assert worded != first["bullets"][1]["text"]
    for _ in "12":
        page.locator("[data-act=undo]").click()
    expect(line(page, 2).locator(".mj-text")).to_have_text(own)
    rewrite(page, 2, FALSE)
    expect(flagged.locator("mark").first).to_be_visible()

    with page.expect_download() as download:
        page.click("[data-file=docx]")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    written = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    assert path.suffix == ".docx"
    assert written[0] == headline
    assert f"• {FALSE}" in written
    assert f"• {own}" not in written

    page.reload()
    page.wait_for_selector("html[data-mujaz=ready]")
    entry = page.locator("#mj-history [data-entry]")
    expect(entry).to_have_text([headline])
    entry.click()
    expect(line(page, 0).locator(".mj-text")).to_have_text(headline)
    expect(line(page, 2).locator(".mj-text")).to_have_text(FALSE)
    expect(line(page, 2).locator("mark").first).to_have_text(re.compile("98765"))
    assert " ".join(page.inner_text(".mj-body").split())[:60] in " ".join(seed.split())
    assert shown_brief(page)["bullets"][0]["method"] == "edited"
