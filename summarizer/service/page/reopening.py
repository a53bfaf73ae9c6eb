"""A brief of the reader's own history, drawn again from what the browser kept of it."""

from __future__ import annotations

from typing import Any

import gradio as gr
from pydantic import BaseModel, Field, ValidationError

from summarizer.article.read import read_text
from summarizer.config import Style
from summarizer.service.drafts import DraftIn
from summarizer.service.page import html as page_html
from summarizer.service.page.writing import said, show
from summarizer.service.settings import MAX_ARTICLE_CHARS, ServiceSettings

_DAMAGED = (
    "تعذّر فتح هذا الموجز: ما حفظه المتصفح منه ناقص أو تالف.",
    "This brief cannot be opened: what the browser kept of it is damaged.",
)


class _AskedIn(BaseModel):
    """How the article was to be briefed, see ``writing.Asked.to_dict``."""

    text: str = Field(max_length=MAX_ARTICLE_CHARS)
    style: Style = "news"
    model: str = Field("default", max_length=200)
    max_bullet_words: int | None = None


class _KeptIn(BaseModel):
    """What ``history.js`` keeps."""

    asked: _AskedIn
    brief: DraftIn


def reopen(settings: ServiceSettings, given: str) -> tuple[Any, ...]:
    """The article's text for the form, and the updates of ``writing.SHOWN``; ``given`` is one entry of the history."""
    try:
        kept = _KeptIn.model_validate_json(given)
        article = read_text(kept.asked.text, settings.input_limits)
        brief = kept.brief.brief(article)
    except ValidationError:
        return (gr.skip(), *show(message=page_html.message_html(*_DAMAGED)))
    except Exception as error:
        return (gr.skip(), *show(message=said(error, settings)))
    drawn = {
        "brief": page_html.brief_html(brief, article),
        "article": page_html.article_html(article, kept.asked.model_dump()),
    }
    return (kept.asked.text, *show(message="", choices="", form=False, result=True, **drawn))
