"""What the page shows while a brief is written: what the queue tells, as HTML, step by step."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import gradio as gr

from summarizer.article.read import read_text
from summarizer.config import BriefOptions, EditorialLimits, Style
from summarizer.errors import MujazError
from summarizer.schema import Brief, Statement
from summarizer.service.arabic_messages import error_in_arabic, problem_in_arabic
from summarizer.service.limits import log_failure
from summarizer.service.page import html as page_html
from summarizer.service.problems import Refused, problem_of
from summarizer.service.queue.batching import BriefQueue
from summarizer.service.queue.telling import telling
from summarizer.service.queue.writers import Work
from summarizer.service.settings import ServiceSettings

_HEADLINES = 4
#: The value of the number of bullets that leaves it to the article's length.
AUTO = "auto"

#: Who writes: the service's model, or nobody, by the names of the API.
WRITERS = ("default", "extractive")

#: The components that writing changes, in the order of the updates; ``form`` and ``result`` are shown or not.
SHOWN = ("message", "brief", "choices", "article", "form", "result")
Shown = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form holds."""

    text: str
    bullets: str = AUTO
    words: str = AUTO
    style: Style = "news"
    writer: str = WRITERS[0]

    def work(self, queue: BriefQueue) -> Work:
        """What is to be written."""
        limits = EditorialLimits(max_asked_bullet_words=_number(self.words))
        options = BriefOptions(bullets=_number(self.bullets), style=self.style, limits=limits)
        return Work(options, lifted=self.writer == WRITERS[1] != queue.model)

    def to_dict(self) -> dict[str, Any]:
        """The same as the API's routes take it: the page's script asks them about the article's lines."""
        return {
            "text": self.text, "style": self.style, "model": self.writer, "max_bullet_words": _number(self.words),
        }  # fmt: skip


def _number(value: str) -> int | None:
    return None if value == AUTO else int(value)


async def write(queue: BriefQueue, settings: ServiceSettings, *form: Any) -> AsyncIterator[Shown]:
    """Headline and standfirst as soon as they are there, each bullet, the whole brief, then other headlines.

    ``form``: the fields of :class:`Asked`. The time that is shown is the reader's own: a part that is remembered costs
    nothing when the whole is written.
    """
    started = time.perf_counter()
    asked = Asked(*form)
    work = asked.work(queue)
    waiting = {"brief": page_html.waiting_html(), "article": page_html.waiting_article_html()}
    yield show(message="", choices="", form=False, result=True, **waiting)
    try:
        read = partial(read_text, asked.text or "", settings.input_limits)
        article, first = await queue.brief(read, replace(work, options=replace(work.options, bullets=0)))
        beside = page_html.article_html(article, asked.to_dict())
        yield show(brief=page_html.brief_html(first, article, writing=True), article=beside)
        async for told in telling(queue, article, work):
            whole = isinstance(told, Brief)
            first = told if isinstance(told, Brief) else _with(first, told)
            first = replace(first, timing_s=time.perf_counter() - started)
            yield show(brief=page_html.brief_html(first, article, writing=not whole))
    except Exception as error:
        yield show(message=said(error, settings), brief="", article="", form=True, result=False)
        return
    try:
        _, others = await queue.headlines(lambda: article, replace(work, headlines=_HEADLINES))
        yield show(choices=page_html.choices_html(others, article))
    except Exception as error:
        # The brief is there; that no other headlines are is no reason to take it away, and a full queue none to log.
        if not isinstance(error, Refused):
            log_failure(error)


def _with(brief: Brief, bullet: Statement) -> Brief:
    """The brief so far and one bullet more, in the order of the article."""
    return replace(brief, bullets=tuple(sorted((*brief.bullets, bullet), key=lambda statement: statement.sources)))


def show(**changed: str | bool) -> Shown:
    """Updates for the components of ``SHOWN``, in order; those not named stay as they are."""
    changes: list[Any] = [changed.get(name, gr.skip()) for name in SHOWN]
    return tuple(gr.update(visible=change) if isinstance(change, bool) else change for change in changes)


def said(error: Exception, settings: ServiceSettings) -> str:
    """An error as the reader sees it: Arabic, with the English beside it. What was not foreseen is logged."""
    if isinstance(error, MujazError):
        arabic = error_in_arabic(error, settings.max_article_chars)
    elif isinstance(error, Refused):
        arabic = str(problem_of(error)["detail_ar"])
    else:
        log_failure(error)
        arabic = problem_in_arabic("internal-error")
    return page_html.message_html(arabic, str(problem_of(error)["detail"]))
