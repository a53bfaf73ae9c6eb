"""The page in a real browser, as an editor uses it. Skipped only where there is no Chromium."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.service.page.browser_steps import NEEDS_CHROMIUM, SECONDS, briefed, finished, lit, opened

ROOT = Path(__file__).resolve().parents[3]
pytestmark = NEEDS_CHROMIUM


def test_an_article_becomes_a_brief_whose_lines_show_their_sources(
    context: BrowserContext, address: str, seed: str
) -> None:
    page = opened(context, address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    direction = "element => getComputedStyle(element).direction"
    assert page.locator("#mj-text textarea").evaluate(direction) == "rtl"
    brief = briefed(page, seed)
    expect(page.locator(".mj-headline .mj-text")).to_have_text(brief["headline"]["text"])
    expect(page.locator(".mj-standfirst .mj-text")).to_have_text(brief["standfirst"]["text"])
    expect(page.locator(".mj-bullet")).to_have_count(5)
    for selector in ("html", "body", ".mj-brief", ".mj-body", ".mj-top"):
        assert page.locator(selector).first.evaluate(direction) == "rtl", selector
    for number, bullet in enumerate(brief["bullets"]):
        page.locator(".mj-bullet").nth(number).click()
        assert lit(page) == [" ".join(source["text"].split()) for source in bullet["sources"]]
        expect(page.locator(".mj-sentence.lit").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.mouse.move(0, 0)
    assert lit(page) == []
    outside = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert outside == []
    faces = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert any("IBM Plex Sans Arabic" in face for face in faces)
    assert any("Noto Naskh Arabic" in face for face in faces)
    assert "راجعه قبل النشر" in page.inner_text(".mj-notice")
    assert "extractive" in page.inner_text(".mj-timing")


def test_the_keyboard_and_the_pointer_do_the_same(context: BrowserContext, address: str, seed: str) -> None:
    page = opened(context, address)
    brief = briefed(page, seed)
    wanted = [[" ".join(source["text"].split()) for source in bullet["sources"]] for bullet in brief["bullets"]]
    page.locator(".mj-bullet").nth(1).hover()
    assert lit(page) == wanted[1]
    page.locator(".mj-bullet").last.hover()
    expect(page.locator(".mj-sentence.lit").first).to_be_in_viewport()
    page.locator(".mj-bullet").nth(2).focus()
    assert lit(page) == wanted[2]
    page.keyboard.press("Enter")
    expect(page.locator(".mj-bullet").nth(2)).to_have_attribute("aria-pressed", "true")
    page.mouse.move(0, 0)
    assert lit(page) == wanted[2], "a pinned line stays lit"


def test_another_headline_can_be_chosen_and_everything_copied(context: BrowserContext, address: str, seed: str) -> None:
    page = opened(context, address)
    brief = briefed(page, seed)
    page.wait_for_selector(".mj-choices [role=radio]")
    choice = page.locator(".mj-choices [role=radio]").nth(1)
    other = choice.inner_text()
    assert other != brief["headline"]["text"]
    printed = page.locator(".mj-headline").inner_html()
    choice.click()
    expect(page.locator(".mj-headline .mj-text")).to_have_text(other)
    expect(choice).to_have_attribute("aria-checked", "true")
    statement = json.loads(choice.get_attribute("data-statement") or "")
    page.locator(".mj-headline").click()
    assert lit(page) == [" ".join(source["text"].split()) for source in statement["sources"]]
    quotes = page.locator(".mj-headline blockquote").all_text_contents()
    assert quotes == lit(page), "what a phone shows under the line"
    expect(page.locator(".mj-headline .mj-label")).to_be_visible()
    page.locator(".mj-choices [role=radio]").first.click()
    assert page.locator(".mj-headline").inner_html() == printed, "the script says of a line what the server does"
    choice.click()
    copies = {}
    for form in ("text", "markdown", "html", "json"):
        page.click(f"[data-copy={form}]")
        expect(page.locator(".mj-toast")).to_have_text("نُسخ")
        copies[form] = page.evaluate("navigator.clipboard.readText()")
    bullets = [bullet["text"] for bullet in brief["bullets"]]
    assert copies["text"].split("\n")[0] == other
    assert copies["text"].split("\n")[4:] == [f"• {text}" for text in bullets]
    assert copies["markdown"].startswith(f"# {other}\n\n**{brief['standfirst']['text']}**")
    assert f"<h1>{other}</h1>" in copies["html"].replace("&quot;", '"')
    assert json.loads(copies["json"])["headline"]["text"] == other
    assert json.loads(copies["json"])["bullets"] == brief["bullets"]


def test_what_cannot_be_briefed_is_said_in_arabic(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    page.fill("#mj-text textarea", "This article is written in English from its beginning to its end.")
    page.click("#mj-write")
    expect(page.locator("[role=alert] .ar")).to_have_text(re.compile("ليس مقالا عربيا"))
    expect(page.locator("[role=alert] .en")).to_be_hidden()
    expect(page.locator("#mj-text textarea")).to_be_visible()
    page.fill("#mj-text textarea", "")
    page.click("#mj-write")
    expect(page.locator("[role=alert] .ar")).to_have_text(re.compile("لا نص في المقال"))


@pytest.mark.parametrize("kind", ["txt", "html", "jsonl", "pdf.txt", "pdf"])
def test_files_are_opened(context: BrowserContext, address: str, tmp_path: Path, kind: str) -> None:
    body = "افتتحت بلدية مدينة النخيل ثلاث حدائق عامة جديدة في الأحياء الشرقية اليوم الأحد بعد عامين من العمل."
    content = {
        "txt": body.encode("cp1256"),
        "html": f"<html><body><article><h1>حدائق جديدة في المدينة</h1><p>{body}</p></article></body></html>".encode(),
        "jsonl": "\n".join(json.dumps({"title": "حدائق", "body": body}, ensure_ascii=False) for _ in "12").encode(),
        **dict.fromkeys(("pdf.txt", "pdf"), b"%PDF-1.7\n" + bytes(range(256))),
    }[kind]
    path = tmp_path / f"article.{kind}"
    path.write_bytes(content)
    page = opened(context, address)
    page.set_input_files("input[type=file]", path)
    if kind.startswith("pdf"):
        expect(page.locator("[role=alert] .ar")).to_have_text(re.compile("لا يمكن قراءة هذا الملف"))
    else:
        expect(page.locator("#mj-text textarea")).to_have_value(re.compile(re.escape(body)))
    if kind == "jsonl":
        expect(page.locator("[role=status] .ar")).to_have_text(re.compile("في الملف 2 من السجلات"))


def test_an_example_is_one_click_away(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".mj-example").nth(1).click()
    finished(page)
    # What is asked while an answer comes could be lost in Gradio's stream of answers.
    assert sum("/queue/join" in url for url in asked) == 1
    assert page.locator(".mj-bullet").count() >= 3
    page.click("#mj-new")
    expect(page.locator("#mj-text textarea")).to_have_value("")


def test_opening_the_page_asks_nothing_of_the_server_that_a_click_could_cross(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, timeout=SECONDS)
    page.wait_for_selector("html[data-mujaz=ready]")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/queue/" in url] == []


def test_the_whole_page_turns_english_and_remembers_it(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    assert page.evaluate("[document.documentElement.dir, document.documentElement.lang]") == ["rtl", "ar"]
    page.click("#mj-switch")
    expect(page.locator("#mj-write")).to_have_text("Write the brief")
    assert page.evaluate("[document.documentElement.dir, document.documentElement.lang]") == ["ltr", "en"]
    expect(page.locator(".mj-footer .ar").first).to_be_hidden()
    page.reload()
    expect(page.locator("#mj-write")).to_have_text("Write the brief")
    page.click("#mj-switch")
    expect(page.locator("#mj-write")).to_have_text("اكتب الموجز")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"


def test_a_phone_shows_everything_in_its_width(browser: Browser, address: str, seed: str, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(SECONDS)
    page = opened(context, address)
    briefed(page, seed)
    page.locator(".mj-bullet").nth(0).tap()
    expect(page.locator(".mj-bullet .mj-quotes").nth(0)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.screenshot(path=tmp_path / "phone.png")
    context.close()


def test_an_article_cannot_write_into_the_page(context: BrowserContext, address: str) -> None:
    hostile = "<img src=x onerror=window.taken=1> ${window.taken=2} {{constructor}} `x` \\u0041 &lt;b&gt;"
    body = f"قال الوزير سالم الحداد إن المدينة {hostile} افتتحت ثلاث حدائق جديدة في الأحياء الشرقية أمس الأحد."
    page = opened(context, address)
    briefed(page, body)
    assert page.evaluate("window.taken") is None
    assert hostile in page.inner_text(".mj-body")


def test_the_page_gives_away_no_file(address: str, tmp_path: Path, seed: str) -> None:
    private = tmp_path / "private.txt"
    private.write_text(seed, "utf-8")
    for path in ("pyproject.toml", str(ROOT / "pyproject.toml"), "/etc/passwd", "../../etc/passwd"):
        answer = httpx.get(f"{address}/gradio_api/file={path}")
        assert answer.status_code in (401, 403, 404), path
    config = httpx.get(f"{address}/config").json()
    opener = next(i for i, one in enumerate(config["dependencies"]) if one["targets"][0][1] == "upload")
    for given in (str(private), "/etc/passwd", "http://127.0.0.1:1/x", "file:///etc/passwd"):
        data = {"path": given, "meta": {"_type": "gradio.FileData"}}
        joined = httpx.post(
            f"{address}/gradio_api/queue/join",
            json={"data": [data], "fn_index": opener, "session_hash": "abc"},
        )
        told = joined.text
        if joined.status_code == 200:
            told = httpx.get(f"{address}/gradio_api/queue/data", params={"session_hash": "abc"}, timeout=20).text
            assert '"success": true' not in told.replace('"success":true', '"success": true')
        assert "root:" not in told
        assert private.exists()
        assert "Traceback" not in told


def test_the_page_does_not_answer_for_the_api(address: str) -> None:
    for method, path, status, allowed in (
        ("GET", "/v1/brief", 405, "POST"), ("POST", "/health/live", 405, "GET"), ("DELETE", "/metrics", 405, "GET"),
        ("GET", "/v1/nothing", 404, None), ("POST", "/v1/brief/", 404, None), ("GET", "/health/", 404, None),
    ):  # fmt: skip
        answer = httpx.request(method, address + path)
        assert (answer.status_code, answer.headers.get("allow")) == (status, allowed), path
        assert answer.headers["content-type"] == "application/problem+json", path
    counted = httpx.get(f"{address}/metrics").text
    assert 'route="other",status="404"' in counted
    assert "nothing" not in counted


def test_uploads_have_a_limit(address: str) -> None:
    answer = httpx.post(f"{address}/gradio_api/upload", files={"files": ("a.txt", b"x" * 2_100_000)})
    assert answer.status_code == 413
