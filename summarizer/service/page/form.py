"""The page's components, and their labels in both languages."""

from __future__ import annotations

from typing import Any, get_args

import gradio as gr

from summarizer.config import Style
from summarizer.service.page import html as page_html
from summarizer.service.page.files import examples
from summarizer.service.page.text import Language, word
from summarizer.service.page.writing import AUTO, WRITERS

#: The components that speak the reader's language, in the order of ``labels``.
LABELLED = (
    "text", "options", "bullets", "words", "style", "writer", "write", "open", "clear", "edit", "stop", "new", "switch",
    "language",
)  # fmt: skip

#: Components by name. Gradio gives them their events while the page is built, so their type says too little.
Parts = dict[str, Any]


def button(name: str, **options: Any) -> gr.Button:
    """A button with a word of the page on it."""
    return gr.Button(word(name, "ar"), elem_id=f"mj-{name}", **options)


def add_form(parts: Parts) -> list[tuple[gr.Button, str]]:
    """Where an article goes in; the buttons of the examples, with their texts."""
    with gr.Column(elem_id="mj-input") as parts["form"]:
        parts["text"] = gr.Textbox(
            label=word("article", "ar"), placeholder=word("placeholder", "ar"), lines=8, max_lines=20, rtl=True,
            elem_id="mj-text", autofocus=True,
        )  # fmt: skip
        with gr.Row(elem_classes="mj-tools"):
            parts["write"] = button("write", variant="primary", scale=2, min_width=150)
            # Any file: Gradio would refuse others with an English note, the reader does it in Arabic.
            parts["open"] = gr.UploadButton(word("open", "ar"), elem_id="mj-upload", scale=1, min_width=110)
            parts["clear"] = button("clear", scale=1, min_width=90)
            parts["bullets"] = gr.Dropdown(
                _choices("bullets", "ar"), value=AUTO, label=word("bullets", "ar"), elem_id="mj-count", scale=1,
                min_width=170, filterable=False,
            )  # fmt: skip
        _add_options(parts)
        gr.HTML(page_html.EXAMPLES, apply_default_css=False)
        with gr.Row(elem_classes="mj-examples-row"):
            return [(gr.Button(name, size="sm", elem_classes="mj-example"), body) for name, body in examples()]


def _add_options(parts: Parts) -> None:
    with (
        gr.Accordion(word("options", "ar"), open=False, elem_id="mj-options") as parts["options"],
        gr.Row(elem_classes="mj-choosing"),
    ):
        for name in ("words", "style", "writer"):
            options = _choices(name, "ar")
            parts[name] = gr.Dropdown(
                options, value=options[0][1], label=word(name, "ar"), elem_id=f"mj-{name}", min_width=170,
                filterable=False,
            )  # fmt: skip


def add_result(parts: Parts) -> None:
    """Where the brief comes out, beside its article."""
    with gr.Column(visible=False, elem_id="mj-result") as parts["result"]:
        with gr.Row(elem_classes="mj-tools mj-again"):
            parts["edit"] = button("edit", size="sm", scale=0, min_width=110)
            parts["stop"] = button("stop", variant="primary", size="sm", scale=0, min_width=110)
            parts["new"] = button("new", size="sm", scale=0, min_width=110)
        with gr.Row(elem_classes="mj-columns", equal_height=False):
            with gr.Column(scale=1, min_width=320):
                parts["brief"] = gr.HTML("", apply_default_css=False)
                parts["choices"] = gr.HTML("", apply_default_css=False)
            with gr.Column(scale=1, min_width=320, elem_classes="mj-beside"):
                parts["article"] = gr.HTML("", elem_id="mj-article", apply_default_css=False)


def _choices(name: str, language: Language) -> list[tuple[str, str]]:
    """What a dropdown offers, the first as the page begins: words in that language, and values."""
    if name in _NUMBERS:
        return [(word("auto", language), AUTO), *((str(one), str(one)) for one in _NUMBERS[name])]
    return [(word(one, language), one) for one in _NAMES[name]]


_NUMBERS = {"bullets": range(3, 8), "words": range(10, 31, 5)}
_NAMES = {"style": get_args(Style), "writer": WRITERS}


def labels(chosen: str) -> tuple[Any, ...]:
    """Every label in the other language; texts and briefs stay as they are."""
    language: Language = "en" if chosen == "en" else "ar"
    return (
        gr.update(label=word("article", language), placeholder=word("placeholder", language)),
        gr.update(label=word("options", language)),
        *(
            gr.update(label=word(name, language), choices=_choices(name, language))
            for name in ("bullets", "words", "style", "writer")
        ),
        gr.update(value=word("write", language)),
        gr.update(label=word("open", language)),
        *(gr.update(value=word(name, language)) for name in ("clear", "edit", "stop", "new", "switch")),
        language,
    )
