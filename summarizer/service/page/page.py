"""The web page: Gradio, in the same process and over the same queue as the API. Arabic first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from gradio.queueing import Queue
from gradio.utils import get_upload_folder

from summarizer.service.page import html as page_html
from summarizer.service.page.files import open_file
from summarizer.service.page.form import LABELLED, Parts, add_form, add_result, button, labels
from summarizer.service.page.reopening import reopen
from summarizer.service.page.theme import theme
from summarizer.service.page.writing import SHOWN, Shown, said, write
from summarizer.service.queue.batching import BriefQueue
from summarizer.service.settings import ServiceSettings

_WRITERS = 16
_LOOK_EVERY_S = 0.05


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
        head=page_html.HEAD,
    )
    # A mounted page never «launches», and until then Gradio takes any file of this machine whose path a client sends
    # for an upload.
    blocks.has_launched = True


def make_page(queue: BriefQueue, settings: ServiceSettings) -> gr.Blocks:
    """The page's components and what they do."""
    blocks: gr.Blocks = gr.Blocks(title="موجز", analytics_enabled=False, fill_width=True)
    with blocks:
        parts: Parts = {}
        with gr.Row(elem_classes="mj-top"):
            gr.HTML(page_html.HEADER, apply_default_css=False)
            parts["switch"] = button("switch", size="sm", scale=0, min_width=90)
        gr.HTML(page_html.said_html(settings.max_body_bytes), apply_default_css=False)
        parts["message"] = gr.HTML("", elem_id="mj-messages", apply_default_css=False)
        samples = add_form(parts)
        add_result(parts)
        gr.HTML(page_html.HISTORY, apply_default_css=False)
        gr.HTML(page_html.FOOTER, apply_default_css=False)
        parts["language"], parts["kept"] = gr.Textbox("ar", visible=False), gr.Textbox("", visible=False)
        parts["reopen"] = gr.Button("", elem_id="mj-reopen")
        _connect(blocks, parts, samples, queue, settings)
    blocks.queue(max_size=settings.max_queue, api_open=False)
    calm(blocks._queue)
    return blocks


def calm(queue: Queue) -> None:
    """Let Gradio look for work twenty times a second. Left alone it does so a thousand times: 5 % of a core at rest."""
    queue.sleep_when_free = queue.progress_update_sleep_when_free = _LOOK_EVERY_S


def _connect(
    blocks: gr.Blocks,
    parts: Parts,
    samples: list[tuple[gr.Button, str]],
    queue: BriefQueue,
    settings: ServiceSettings,
) -> None:
    """What each button does."""
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    article = [parts[name] for name in ("text", "bullets", "words", "style", "writer")]
    shown = [parts[name] for name in SHOWN]
    form = [parts[name] for name in ("text", "message", "form", "result")]
    # The form is hidden while a brief is written, and whatever shows it again cancels that: several at once are
    # never wanted, and one that was left must not keep the button dead.
    writes: dict[str, Any] = {**quiet, "concurrency_limit": _WRITERS, "trigger_mode": "multiple"}
    writing = partial(write, queue, settings)
    begun = [parts["write"].click(writing, article, shown, **writes)]
    for sample, body in samples:
        taking = partial(_take, body, writing)
        begun.append(sample.click(taking, article[1:], [parts["text"], *shown], **writes))
    opening = partial(_open, settings=settings)
    parts["open"].upload(opening, parts["open"], form[:2], preprocess=False, **quiet)
    parts["clear"].click(lambda: ("", ""), None, form[:2], **quiet)
    for name in ("edit", "stop"):
        parts[name].click(_back, None, form[1:], cancels=begun, **quiet)
    parts["new"].click(lambda: ("", *_back()), None, form, cancels=begun, **quiet)
    kept = "() => [window.mujaz.reopening]"
    parts["reopen"].click(partial(reopen, settings), parts["kept"], [parts["text"], *shown], js=kept, **quiet)
    labelled = [parts[name] for name in LABELLED]
    switching = "() => [window.mujaz.switchLanguage()]"
    parts["switch"].click(labels, parts["language"], labelled, js=switching, **quiet)
    # The server is not asked: what is pressed while it answers could be lost (Gradio ends a stream of answers that it
    # believes to be over).
    blocks.load(None, js="() => window.mujaz.startLanguage()")


async def _take(body: str, writing: Callable[..., AsyncIterator[Shown]], *form: Any) -> AsyncIterator[tuple[Any, ...]]:
    """An example into the form, and its brief."""
    text: Any = body
    async for step in writing(body, *form):
        yield text, *step
        text = gr.skip()


def _open(given: dict[str, Any] | None, settings: ServiceSettings) -> tuple[Any, str]:
    """An uploaded file into the form, with a word about what could not be taken as it was."""
    if given is None:
        return gr.skip(), ""
    path = _uploaded(given)
    try:
        opened = open_file(path, settings.input_limits)
    except Exception as error:
        return gr.skip(), said(error, settings)
    finally:
        path.unlink(missing_ok=True)
    return opened.text, page_html.chooser_html(opened) if opened.articles else ""


def _uploaded(given: dict[str, Any]) -> Path:
    """The file that Gradio stored for an upload. A path that a client made up is refused: it is read, then deleted."""
    path = Path(str(given.get("path"))).resolve()
    if Path(get_upload_folder()).resolve() not in path.parents or not path.is_file():
        raise gr.Error("expected a file that was uploaded", print_exception=False)
    return path


def _back() -> tuple[Any, ...]:
    """The form again, without the result."""
    return "", gr.update(visible=True), gr.update(visible=False)
