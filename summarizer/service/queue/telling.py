"""A brief while it is being written: each bullet when it is accepted, then the whole brief."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from summarizer.schema import Article, Brief, Statement, Task
from summarizer.service.queue.batching import BriefQueue
from summarizer.service.queue.writers import Work


async def telling(queue: BriefQueue, article: Article, work: Work) -> AsyncIterator[Statement | Brief]:
    """The bullets as they are accepted, each once, and at last the brief, for a client that was let in already.

    Raises what :meth:`BriefQueue.brief` raises. The work is dropped when the iterator is closed.
    """
    told: asyncio.Queue[Statement | None] = asyncio.Queue()
    whole = asyncio.ensure_future(queue.brief(lambda: article, work, again=True, told=told.put_nowait))
    whole.add_done_callback(lambda _: told.put_nowait(None))
    sent: set[str] = set()
    try:
        while (statement := await told.get()) is not None:
            if statement.task is Task.BULLET and statement.text not in sent:
                sent.add(statement.text)
                yield statement
        yield whole.result()[1]
    finally:
        whole.cancel()
