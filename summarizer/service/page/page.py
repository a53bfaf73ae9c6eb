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
from summarizer.schema import Brief, Statement
from summarizer.service.arabic_messages import error_in_arabic, problem_in_arabic
from summarizer.service.limits import log_failure
from summarizer.service.page import html as page_html
from summarizer.service.page.files import examples, open_file
from summarizer.service.page.text import Language, word
from summarizer.service.page.theme import HEAD, theme
from summarizer.service.problems import Refused, problem_of
from summarizer.service.queue.batching import BriefQueue
from summarizer.service.queue.telling import telling
from summarizer.service.queue.writers import Work
from summarizer.service.settings import ServiceSettings

_HEADLINES = 4
_AUTO = "auto"

#: The components that writing changes, in the order of the updates; ``form`` and ``result`` are shown or not.
_SHOWN = ("message", "brief", "choices", "article", "form", "result")
Shown = tuple[Any, ...]

#: The components that speak the reader's language, in the order of ``_labels``.
_LABELLED = ("text", "bullets", "write", "open", "clear", "edit", "new", "switch", "language")
_FILES = [".txt", ".md", ".docx", ".html", ".htm", ".jsonl", ".json"]
_WRITERS = 16

#: Components by name. Gradio gives them their events while the page is built, so their type says too little.
Parts = dict[str, Any]


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
        root_path=settings.root_path or None,
        theme=theme(),
        head=HEAD,
    )


def make_page(queue: BriefQueue, settings: ServiceSettings) -> gr.Blocks:
    """The page's components and what they do."""
    blocks: gr.Blocks = gr.Blocks(title="موجز", analytics_enabled=False, fill_width=True)
    with blocks:
        parts: Parts = {}
        with gr.Row(elem_classes="mj-top"):
            gr.HTML(page_html.HEADER, apply_default_css=False)
            parts["switch"] = _button("switch", size="sm", scale=0, min_width=90)
        parts["message"] = gr.HTML("", elem_id="mj-messages", apply_default_css=False)
        samples = _add_form(parts)
        _add_result(parts)
        gr.HTML(page_html.FOOTER, apply_default_css=False)
        parts["language"] = gr.Textbox("ar", visible=False)
        _connect(blocks, parts, samples, queue, settings)
    blocks.queue(max_size=settings.max_queue, api_open=False)
    return blocks


def _button(name: str, **options: Any) -> gr.Button:
    return gr.Button(word(name, "ar"), elem_id=f"mj-{name}", **options)


def _add_form(parts: Parts) -> list[tuple[gr.Button, str]]:
    """Where an article goes in; the buttons of the examples, with their texts."""
    with gr.Column(elem_id="mj-input") as parts["form"]:
        parts["text"] = gr.Textbox(
            label=word("article", "ar"), placeholder=word("placeholder", "ar"), lines=8, max_lines=20, rtl=True,
            elem_id="mj-text", autofocus=True,
        )  # fmt: skip
        with gr.Row(elem_classes="mj-tools"):
            parts["write"] = _button("write", variant="primary", scale=2, min_width=150)
            parts["open"] = gr.UploadButton(
                word("open", "ar"), file_types=_FILES, elem_id="mj-upload", scale=1, min_width=110
            )
            parts["clear"] = _button("clear", scale=1, min_width=90)
            parts["bullets"] = gr.Dropdown(
                _bullet_choices("ar"), value=_AUTO, label=word("bullets", "ar"), elem_id="mj-count", scale=1,
                min_width=170, filterable=False,
            )  # fmt: skip
        gr.HTML(page_html.EXAMPLES, apply_default_css=False)
        with gr.Row(elem_classes="mj-examples-row"):
            return [(gr.Button(name, size="sm", elem_classes="mj-example"), body) for name, body in examples()]


def _add_result(parts: Parts) -> None:
    """Where the brief comes out, beside its article."""
    with gr.Column(visible=False, elem_id="mj-result") as parts["result"]:
        with gr.Row(elem_classes="mj-tools mj-again"):
            parts["edit"] = _button("edit", size="sm", scale=0, min_width=110)
            parts["new"] = _button("new", size="sm", scale=0, min_width=110)
        with gr.Row(elem_classes="mj-columns", equal_height=False):
            with gr.Column(scale=1, min_width=320):
                parts["brief"] = gr.HTML("", apply_default_css=False)
                parts["choices"] = gr.HTML("", apply_default_css=False)
            with gr.Column(scale=1, min_width=320, elem_classes="mj-beside"):
                parts["article"] = gr.HTML("", elem_id="mj-article", apply_default_css=False)


def _connect(
    blocks: gr.Blocks,
    parts: Parts,
    samples: list[tuple[gr.Button, str]],
    queue: BriefQueue,
    settings: ServiceSettings,
) -> None:
    """What each button does."""
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    article = [parts["text"], parts["bullets"]]
    shown = [parts[name] for name in _SHOWN]
    writing = partial(_write, queue, settings)
    form = [parts[name] for name in ("text", "message", "form", "result")]
    parts["write"].click(writing, article, shown, concurrency_limit=_WRITERS, **quiet)
    for button, body in samples:
        taken = button.click(partial(_take, body), None, parts["text"], **quiet)
        taken.then(writing, article, shown, concurrency_limit=_WRITERS, **quiet)
    parts["open"].upload(partial(_open, settings=settings), parts["open"], form[:2], **quiet)
    parts["clear"].click(lambda: ("", ""), None, form[:2], **quiet)
    parts["edit"].click(_back, None, form[1:], **quiet)
    parts["new"].click(lambda: ("", *_back()), None, form, **quiet)
    labelled = [parts[name] for name in _LABELLED]
    for event, function in ((parts["switch"].click, "switchLanguage"), (blocks.load, "startLanguage")):
        event(_labels, parts["language"], labelled, js=f"() => [window.mujaz.{function}()]", **quiet)


async def _write(queue: BriefQueue, settings: ServiceSettings, text: str, bullets: str) -> AsyncIterator[Shown]:
    """Headline and standfirst as soon as they are there, each bullet, the whole brief, then other headlines."""
    work = Work(BriefOptions(bullets=None if bullets == _AUTO else int(bullets)))
    waiting = {"brief": page_html.waiting_html(), "article": page_html.waiting_article_html()}
    yield _show(message="", choices="", form=False, result=True, **waiting)
    try:
        read = partial(read_text, text or "", settings.input_limits)
        article, first = await queue.brief(read, replace(work, options=replace(work.options, bullets=0)))
        yield _show(brief=page_html.brief_html(first, article, writing=True), article=page_html.article_html(article))
        async for told in telling(queue, article, work):
            first = told if isinstance(told, Brief) else _with(first, told)
            yield _show(brief=page_html.brief_html(first, article, writing=not isinstance(told, Brief)))
    except Exception as error:
        yield _show(message=_said(error, settings), brief="", article="", form=True, result=False)
        return
    try:
        _, others = await queue.headlines(lambda: article, Work(headlines=_HEADLINES))
        yield _show(choices=page_html.choices_html(others, article))
    except Exception as error:
        # The brief is there; that no other headlines are is no reason to take it away, and a full queue none to log.
        if not isinstance(error, Refused):
            log_failure(error)


def _with(brief: Brief, bullet: Statement) -> Brief:
    """The brief so far and one bullet more, in the order of the article."""
    return replace(brief, bullets=tuple(sorted((*brief.bullets, bullet), key=lambda statement: statement.sources)))


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
    return (
        gr.update(label=word("article", language), placeholder=word("placeholder", language)),
        gr.update(label=word("bullets", language), choices=_bullet_choices(language)),
        gr.update(value=word("write", language)),
        gr.update(label=word("open", language)),
        *(gr.update(value=word(name, language)) for name in ("clear", "edit", "new", "switch")),
        language,
    )
