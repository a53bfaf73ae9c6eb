"""A brief as server-sent events: ``headline``, ``standfirst``, a ``bullet`` each, ``done`` with the whole brief.

The brief is written in two steps of the same queue: headline and standfirst first, then all of it, each bullet sent
when it is accepted. ``done`` is what counts: it equals the answer of ``POST /v1/brief``, and has the bullets in the
order of the article.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

from summarizer.schema import Article, Brief
from summarizer.service.limits import log_failure
from summarizer.service.problems import Refused, problem_of
from summarizer.service.queue.batching import BriefQueue
from summarizer.service.queue.telling import telling
from summarizer.service.queue.writers import Work

MEDIA_TYPE = "text/event-stream"


async def opening(queue: BriefQueue, read: Callable[[], Article], work: Work) -> tuple[Article, Brief]:
    """The article, and a brief of headline and standfirst alone. Errors are raised here, before the stream begins."""
    return await queue.brief(read, replace(work, options=replace(work.options, bullets=0)))


async def stream(
    queue: BriefQueue, article: Article, first: Brief, work: Work, about: dict[str, Any]
) -> AsyncIterator[str]:
    """The events after :func:`opening`; ``about`` goes into ``done``. An error is a last event, ``problem``."""
    opened = first.to_dict()
    for name in ("headline", "standfirst"):
        yield event(name, opened[name])
    try:
        async for told in telling(queue, article, work):
            if isinstance(told, Brief):
                yield event("done", {**about, **told.to_dict()})
            else:
                yield event("bullet", told.to_dict(article.text))
    except Exception as error:
        if not isinstance(error, Refused):
            log_failure(error)
        yield event("problem", problem_of(error))


def event(name: str, data: dict[str, Any]) -> str:
    """One event in the wire format; JSON has no raw line ends, so ``data`` is one line."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
