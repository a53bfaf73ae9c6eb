"""The web page: Gradio, in the same process and over the same queue as the API. Arabic first."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

# Gradio reads this when it is imported: nothing about this page is told to anyone.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
from fastapi import FastAPI

from summarizer.article.read import read_text
from summarizer.config import BriefOptions
from summarizer.errors import MujazError
from summarizer.service import page_html
from summarizer.service.arabic_messages import error_in_arabic, problem_in_arabic
from summarizer.service.batching import BriefQueue, Work
from summarizer.service.limits import log_failure
from summarizer.service.page_files import examples, open_file
from summarizer.service.page_text import Language, word
from summarizer.service.problems import Refused, problem_of
from summarizer.service.settings import ServiceSettings

_HEADLINES = 4
_AUTO = "auto"
_HEAD = """<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="house/mujaz.svg"><link rel="stylesheet" href="house/page.css">
<script src="house/page.js"></script>"""

#: The components that writing changes, in the order of the updates; ``form`` and ``result`` are shown or not.
_SHOWN = ("message", "brief", "choices", "article", "form", "result")
Shown = tuple[Any, ...]


def mount_page(app: FastAPI, queue: BriefQueue, settings: ServiceSettings) -> None:
    """Mount the page at ``/``."""
    blocks = make_page(queue, settings)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        blocked_paths=[str(Path.cwd())],
        show_error=False,
        max_file_size=settings.max_body_bytes,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        theme=_theme(),
        head=_HEAD,
    )


def make_page(queue: BriefQueue, settings: ServiceSettings) -> gr.Blocks:
    """The page's components and what they do."""
    blocks: gr.Blocks = gr.Blocks(title="موجز", analytics_enabled=False, fill_width=True)
    with blocks:
        with gr.Row(elem_classes="mj-top"):
            gr.HTML(page_html.HEADER, apply_default_css=False)
            switch = gr.Button(word("switch", "ar"), elem_id="mj-switch", size="sm", scale=0, min_width=90)
        message = gr.HTML("", elem_id="mj-messages", apply_default_css=False)
        with gr.Column(elem_id="mj-input") as form:
            text = gr.Textbox(
                label=word("article", "ar"), placeholder=word("placeholder", "ar"), lines=8, max_lines=20, rtl=True,
                elem_id="mj-text", autofocus=True,
            )  # fmt: skip
            with gr.Row(elem_classes="mj-tools"):
                write = gr.Button(word("write", "ar"), variant="primary", elem_id="mj-write", scale=2, min_width=150)
                upload = gr.UploadButton(
                    word("open", "ar"), file_types=[".txt", ".html", ".htm", ".jsonl", ".json"], elem_id="mj-upload",
                    scale=1, min_width=110,
                )  # fmt: skip
                clear = gr.Button(word("clear", "ar"), elem_id="mj-clear", scale=1, min_width=90)
                bullets = gr.Dropdown(
                    _bullet_choices("ar"), value=_AUTO, label=word("bullets", "ar"), elem_id="mj-count", scale=1,
                    min_width=170, filterable=False,
                )  # fmt: skip
            gr.HTML(page_html.EXAMPLES, apply_default_css=False)
            with gr.Row(elem_classes="mj-examples-row"):
                samples = [(gr.Button(name, size="sm", elem_classes="mj-example"), body) for name, body in examples()]
        with gr.Column(visible=False, elem_id="mj-result") as result:
            with gr.Row(elem_classes="mj-tools mj-again"):
                edit = gr.Button(word("edit", "ar"), size="sm", elem_id="mj-edit", scale=0, min_width=110)
                new = gr.Button(word("new", "ar"), size="sm", elem_id="mj-new", scale=0, min_width=110)
            with gr.Row(elem_classes="mj-columns", equal_height=False):
                with gr.Column(scale=1, min_width=320):
                    brief = gr.HTML("", apply_default_css=False)
                    choices = gr.HTML("", apply_default_css=False)
                with gr.Column(scale=1, min_width=320, elem_classes="mj-beside"):
                    article = gr.HTML("", elem_id="mj-article", apply_default_css=False)
        gr.HTML(page_html.FOOTER, apply_default_css=False)
        language = gr.Textbox("ar", visible=False)

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        shown = [message, brief, choices, article, form, result]
        writing = partial(_write, queue, settings)
        write.click(writing, [text, bullets], shown, concurrency_limit=16, **quiet)
        for button, body in samples:
            button.click(partial(_take, body), None, text, **quiet).then(
                writing, [text, bullets], shown, concurrency_limit=16, **quiet
            )
        upload.upload(partial(_open, settings=settings), upload, [text, message], **quiet)
        clear.click(lambda: ("", ""), None, [text, message], **quiet)
        edit.click(_back, None, [message, form, result], **quiet)
        new.click(lambda: ("", *_back()), None, [text, message, form, result], **quiet)
        labelled = [text, bullets, write, upload, clear, edit, new, switch, language]
        switch.click(_labels, language, labelled, js="() => [window.mujaz.switchLanguage()]", **quiet)
        blocks.load(_labels, language, labelled, js="() => [window.mujaz.startLanguage()]", **quiet)
    blocks.queue(max_size=settings.max_queue, api_open=False)
    return blocks


async def _write(queue: BriefQueue, settings: ServiceSettings, text: str, bullets: str) -> AsyncIterator[Shown]:
    """Headline and standfirst as soon as they are there, then the brief, then other headlines."""
    work = Work(BriefOptions(bullets=None if bullets == _AUTO else int(bullets)))
    yield _show(message="", brief=page_html.waiting_html(), choices="", article="", form=False, result=True)
    try:
        read = partial(read_text, text or "", settings.input_limits)
        article, first = await queue.brief(read, replace(work, options=replace(work.options, bullets=0)))
        yield _show(brief=page_html.brief_html(first, article, writing=True), article=page_html.article_html(article))
        _, whole = await queue.brief(lambda: article, work)
        yield _show(brief=page_html.brief_html(whole, article))
    except Exception as error:
        yield _show(message=_said(error, settings), brief="", article="", form=True, result=False)
        return
    try:
        _, others = await queue.headlines(lambda: article, Work(headlines=_HEADLINES))
        yield _show(choices=page_html.choices_html(others, article))
    except Exception as error:
        # The brief is there; that no other headlines are is no reason to take it away.
        log_failure(error)


def _show(**changed: str | bool) -> Shown:
    """Updates for the components of ``_SHOWN``, in order; those not named stay as they are."""
    changes: list[Any] = [changed.get(name, gr.skip()) for name in _SHOWN]
    return tuple(gr.update(visible=change) if isinstance(change, bool) else change for change in changes)


def _said(error: Exception, settings: ServiceSettings) -> str:
    """An error as the reader sees it: Arabic, with the English beside it. What was not foreseen is logged."""
    if isinstance(error, MujazError):
        arabic = error_in_arabic(error, settings.max_article_chars)
    elif isinstance(error, Refused):
        arabic = str(problem_of(error)["detail_ar"])
    else:
        log_failure(error)
        arabic = problem_in_arabic("internal-error")
    return page_html.message_html(arabic, str(problem_of(error)["detail"]))


def _take(body: str) -> str:
    """An example into the form."""
    return body


def _open(path: str | None, settings: ServiceSettings) -> tuple[Any, str]:
    """An uploaded file into the form, with a word about what could not be taken as it was."""
    if path is None:
        return gr.skip(), ""
    try:
        text, (arabic, english) = open_file(Path(path), settings.input_limits)
    except Exception as error:
        return gr.skip(), _said(error, settings)
    finally:
        Path(path).unlink(missing_ok=True)
    return text, page_html.message_html(arabic, english, error=False) if arabic else ""


def _back() -> tuple[Any, ...]:
    """The form again, without the result."""
    return "", gr.update(visible=True), gr.update(visible=False)


def _bullet_choices(language: Language) -> list[tuple[str, str]]:
    return [(word("auto", language), _AUTO), *((str(count), str(count)) for count in range(3, 8))]


def _labels(chosen: str) -> tuple[Any, ...]:
    """Every label in the other language; texts and briefs stay as they are."""
    language: Language = "en" if chosen == "en" else "ar"
    names = ("write", "open", "clear", "edit", "new", "switch")
    return (
        gr.update(label=word("article", language), placeholder=word("placeholder", language)),
        gr.update(label=word("bullets", language), choices=_bullet_choices(language)),
        *(gr.update(value=word(name, language)) for name in names[:1]),
        gr.update(label=word("open", language)),
        *(gr.update(value=word(name, language)) for name in names[2:]),
        language,
    )


def _theme() -> gr.themes.Base:
    """Plain, in the page's own colours, with the faces that are shipped with it."""
    teal = gr.themes.Color(
        "#eef7f6", "#d6ecea", "#aed9d6", "#7dbfbb", "#469d99", "#25807d", "#0f6468", "#0f5257", "#0d4347", "#0b3639",
        "#06272a",
    )  # fmt: skip
    return gr.themes.Base(
        primary_hue=teal,
        secondary_hue=teal,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_lg,
        text_size=gr.themes.sizes.text_lg,
        font=["IBM Plex Sans Arabic", "Segoe UI", "Tahoma", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    ).set(
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_label_background_fill="transparent",
        block_padding="0px",
        block_shadow="none",
        body_background_fill="var(--mj-paper)",
        body_background_fill_dark="var(--mj-paper)",
        button_secondary_background_fill="var(--mj-card)",
        button_secondary_background_fill_dark="var(--mj-card)",
        button_secondary_border_color="var(--mj-line)",
        button_border_width="1px",
        input_background_fill="var(--mj-card)",
        input_background_fill_dark="var(--mj-card)",
        input_border_color="var(--mj-line)",
    )
