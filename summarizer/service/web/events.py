"""A brief as server-sent events: ``article``, ``headline``, ``standfirst``, a ``bullet`` each, ``done`` with the whole.

The brief is written in two steps of the same queue: headline and standfirst first, then all of it, each bullet sent
when it is accepted. ``done`` is what counts: it equals the answer of ``POST /v1/brief``, and has the bullets in the
order of the article. Events are numbered from 1; a comment is sent where nothing else has been for a while, so that
no proxy takes the connection for dead.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import replace
from typing import Any, TypeVar

from summarizer.schema import Article, Brief
from summarizer.service.limits import log_failure
from summarizer.service.problems import Refused, problem_of
from summarizer.service.queue.batching import BriefQueue
from summarizer.service.queue.telling import telling
from summarizer.service.queue.writers import Work

T = TypeVar("T")
Event = tuple[str, dict[str, Any]]

MEDIA_TYPE = "text/event-stream"
RETRY_MS = 3_000
"""How long a client that lost the connection should wait before it asks again."""
HEARTBEAT_S = 10.0
NAMES = ("article", "headline", "standfirst", "bullet", "done", "problem")
SCHEMA: dict[str, Any] = {
    "title": "Event",
    "description": "One of the stream's events; `data` is a JSON object",
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "event": {"type": "string", "enum": list(NAMES)},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
    "required": ["id", "event", "data"],
}
"""What one event is, as the OpenAPI document says it."""


async def opening(queue: BriefQueue, read: Callable[[], Article], work: Work) -> tuple[Article, Brief]:
    """The article, and a brief of headline and standfirst alone. Errors are raised here, before the stream begins."""
    return await queue.brief(read, replace(work, options=replace(work.options, bullets=0)))


async def stream(
    queue: BriefQueue, article: Article, first: Brief, work: Work, about: dict[str, Any], after: int = 0
) -> AsyncIterator[str]:
    """The events after :func:`opening` in the wire format; ``about`` goes into the first and the last.

    Those up to the number ``after``, which a client that lost the connection has already, are not sent again.
    """
    yield f"retry: {RETRY_MS}\n\n"
    number = 0
    async for found in _with_heartbeat(_events(queue, article, first, work, about), HEARTBEAT_S):
        if found is None:
            yield ": still writing\n\n"
            continue
        number += 1
        if number > after or found[0] in ("done", "problem"):
            yield event(number, *found)


async def _events(
    queue: BriefQueue, article: Article, first: Brief, work: Work, about: dict[str, Any]
) -> AsyncGenerator[Event]:
    """Each event's name and data. An error on the way is the last, ``problem``."""
    opened = first.to_dict()
    yield "article", {**about, "model": first.model, "warnings": opened["warnings"]}
    for name in ("headline", "standfirst"):
        yield name, opened[name]
    try:
        async for told in telling(queue, article, work):
            if isinstance(told, Brief):
                yield "done", {**about, **told.to_dict()}
            else:
                yield "bullet", told.to_dict(article.text)
    except Exception as error:
        if not isinstance(error, Refused):
            log_failure(error)
        yield "problem", problem_of(error)


async def _with_heartbeat(events: AsyncGenerator[T], every_s: float) -> AsyncIterator[T | None]:
    """``events``, and None whenever none has come for ``every_s`` seconds."""
    coming = asyncio.ensure_future(anext(events, None))
    try:
        while True:
            done, _ = await asyncio.wait({coming}, timeout=every_s)
            if not done:
                yield None
                continue
            if (found := coming.result()) is None:
                return
            yield found
            coming = asyncio.ensure_future(anext(events, None))
    finally:
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)
        await events.aclose()


def event(number: int, name: str, data: dict[str, Any]) -> str:
    """One event in the wire format; JSON has no raw line ends, so ``data`` is one line."""
    return f"id: {number}\nevent: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
