"""The page's result by itself: what the server writes and the page's scripts, without Gradio around them.

It is quick to open, so that what the scripts do with lines, files and the history is tested on it.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

from summarizer.article.read import read_text
from summarizer.backends.extractive import Extractive
from summarizer.config import BriefOptions
from summarizer.pipeline import brief
from summarizer.service.headlines import headlines
from summarizer.service.page import html
from tests.service.page.browser_steps import SECONDS

_BODY_BYTES = 2_000_000


def desk_html(text: str) -> str:
    """The brief of ``text`` as the page shows it when it is written."""
    article = read_text(text)
    written = brief(article, Extractive())
    choices = headlines(article, Extractive(), BriefOptions(), 4)
    asked = {"text": text, "style": "news", "model": "default", "max_bullet_words": None}
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>موجز</title>{html.HEAD}'
        "<style>* { box-sizing: border-box } body { margin: 0 }</style></head><body>"
        f'<main class="gradio-container"><div class="mj-top">{html.HEADER}</div>{html.said_html(_BODY_BYTES)}'
        f'<div id="mj-result"><div class="mj-columns"><div>{html.brief_html(written, article)}'
        f'{html.choices_html(choices, article)}</div><div class="mj-beside"><div id="mj-article">'
        f"{html.article_html(article, asked)}</div></div></div></div>{html.HISTORY}"
        f'<button id="mj-reopen"></button>{html.FOOTER}</main>'
        "<script>window.mujaz.startLanguage()</script></body></html>"
    )


def at_desk(context: BrowserContext, address: str, text: str) -> Page:
    """That page at ``address``, a service of the API."""
    page = context.new_page()
    shown = desk_html(text)
    page.route(f"{address}/desk", lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"))
    page.goto(f"{address}/desk", timeout=SECONDS)
    page.wait_for_selector(".mj-whole")
    return page
