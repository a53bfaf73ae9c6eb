"""The queue between requests and the model: admission, length-sorted batches, one batch at a time.

Everything here runs on the event loop; the writer's calls wait on one thread of their own.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from summarizer.pipeline import Told
from summarizer.schema import Article, Brief, Statement
from summarizer.service.problems import Refused
from summarizer.service.queue.metrics import Metrics
from summarizer.service.queue.pace import Pace
from summarizer.service.queue.turns import take_turns
from summarizer.service.queue.writers import Work, Writer, Written
from summarizer.service.settings import ServiceSettings

T = TypeVar("T")
#: Of ``timeout_s``: an article whose turn is expected later is refused now, not answered 504 then.
_WAITING_SHARE = 0.6


@dataclass(eq=False, slots=True)
class _Job:
    article: Article
    work: Work
    answer: asyncio.Future[Any]
    told: Callable[[Statement], None] | None = None


class BriefQueue:
    """Admits at most ``max_queue`` waiting articles and feeds the backend with batches of alike lengths."""

    def __init__(self, settings: ServiceSettings, metrics: Metrics) -> None:
        self.settings, self.metrics = settings, metrics
        self.model = ""
        """The name of the model, once it is loaded."""
        self.failure: BaseException | None = None
        self._waiting: list[_Job] = []
        self._planned: list[list[_Job]] = []
        self._admitted = self._writing = 0
        self.pace = Pace()
        self._writing_until = 0.0
        self._news = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mujaz-writer")
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="mujaz-reader")

    @property
    def ready(self) -> bool:
        """Whether the model is loaded."""
        return bool(self.model)

    @property
    def capacity(self) -> int:
        """Articles that may be in the service at once: those that fit the queue and will be written in time."""
        in_time = int(_WAITING_SHARE * self.settings.timeout_s / self.pace.article_s)
        return max(1, min(self.settings.max_queue + self.settings.max_batch, in_time))

    def require_room(self, articles: int = 1) -> None:
        """Return when so many more articles may come in, else ``Refused``: 503 without a model, 429 when it is full.

        An empty service takes any one request: what is refused must have a chance later.
        """
        if self.failure is not None or not self.ready:
            self.metrics.refused.labels("not_ready").inc()
            raise Refused(503, "the model is not loaded yet", 5)
        if self._admitted and self._admitted + articles > self.capacity:
            self.metrics.refused.labels("queue_full").inc()
            raise Refused(429, f"the queue is full: {self._admitted} articles are in it", self._room_in_s(articles))

    def _room_in_s(self, articles: int) -> int:
        """Whole seconds, 1 to 120, until there should be room for so many: the batch's end, and what must follow it."""
        left = self._writing_until - time.perf_counter() if self._writing else 0.0
        further = max(0, self._admitted + articles - self.capacity - self._writing)
        return min(120, max(1, math.ceil(left + further * self.pace.article_s)))

    @asynccontextmanager
    async def running(self, writer: Writer) -> AsyncIterator[None]:
        """Start the writer and hand it batches until the block is left; then finish what waits, and close it."""
        run = asyncio.create_task(self._run(writer))
        try:
            yield
        finally:
            with_grace = asyncio.get_running_loop().time() + self.settings.drain_s
            while self._admitted and self.ready and asyncio.get_running_loop().time() < with_grace:
                await asyncio.sleep(0.02)
            run.cancel()
            await asyncio.gather(run, return_exceptions=True)
            self._thread.submit(writer.close)
            self._thread.shutdown(wait=False)
            self._readers.shutdown(wait=False, cancel_futures=True)

    async def brief(
        self,
        read: Callable[[], Article],
        work: Work,
        *,
        again: bool = False,
        told: Callable[[Statement], None] | None = None,
    ) -> tuple[Article, Brief]:
        """The article that ``read`` returns and its brief.

        ``Refused`` with 429 when the queue is full, 503 before the model is loaded, 504 after ``timeout_s``; the
        ``InputError`` of ``read``. Cancelling drops the work. ``again``: the next step for a client that was let in
        already, so that what was begun is not refused halfway. ``told`` is called with each statement that is accepted,
        on the event loop, perhaps more than once.
        """
        with self._admission(1, again=again):
            article, answer = await self._in_time(self._read_and_write(read, work, told))
            return article, cast(Brief, answer)

    async def headlines(self, read: Callable[[], Article], work: Work) -> tuple[Article, tuple[Statement, ...]]:
        """The article that ``read`` returns and headlines, or wordings of a line; raises as :meth:`brief` does."""
        with self._admission(1):
            article, answer = await self._in_time(self._read_and_write(read, work))
            return article, cast(tuple[Statement, ...], answer)

    async def many(
        self, reads: Sequence[Callable[[], Article]], work: Work
    ) -> list[tuple[Article, Brief] | BaseException]:
        """A brief or an error for each, in order: one bad article costs the others nothing. 429 is for all at once."""
        with self._admission(len(reads)):
            tasks: list[asyncio.Future[tuple[Article, Brief]]] = [
                asyncio.ensure_future(self._in_time(self._read_and_write(read, work))) for read in reads
            ]
            try:
                return await asyncio.gather(*tasks, return_exceptions=True)
            finally:
                for task in tasks:
                    task.cancel()

    @contextmanager
    def _admission(self, articles: int, *, again: bool = False) -> Iterator[None]:
        """Room for so many articles, or ``Refused``: decided at once, before anything is read."""
        if not again:
            self.require_room(articles)
        self._admitted += articles
        self._measure()
        try:
            yield
        finally:
            self._admitted -= articles
            self._measure()

    async def _in_time(self, work: Any) -> tuple[Article, Any]:
        try:
            async with asyncio.timeout(self.settings.timeout_s):
                return cast(tuple[Article, Any], await work)
        except TimeoutError:
            self.metrics.refused.labels("timeout").inc()
            raise Refused(504, f"no brief within {self.settings.timeout_s:g} s") from None
        except asyncio.CancelledError:
            self.metrics.refused.labels("disconnected").inc()
            raise

    async def _read_and_write(
        self, read: Callable[[], Article], work: Work, told: Callable[[Statement], None] | None = None
    ) -> tuple[Article, Any]:
        loop = asyncio.get_running_loop()
        article = await loop.run_in_executor(self._readers, read)
        job = _Job(article, work, loop.create_future(), told)
        self._waiting.append(job)
        self._news.set()
        return article, await job.answer

    async def _run(self, writer: Writer) -> None:
        """Start the writer once, then one batch after the other."""
        loop = asyncio.get_running_loop()
        try:
            loaded = await loop.run_in_executor(self._thread, writer.start)
        except Exception as error:
            self.failure = error
            return
        self.pace.article_s = loaded.article_s or self.pace.article_s
        self.model = loaded.model
        while True:
            await self._news.wait()
            await asyncio.sleep(self.pace.linger_s)
            self._news.clear()
            while batch := self._next_batch():
                await self._answer(writer, batch)

    def _next_batch(self) -> list[_Job]:
        """The next jobs to write together, sorted by length; none when nothing waits.

        Jobs whose client has gone, or whose time is up, are dropped here: their futures are cancelled.
        """
        while self._planned or self._waiting:
            if not self._planned:
                waiting = [job for job in self._waiting if not job.answer.done()]
                size, length = self.settings.max_batch, lambda job: len(job.article.text)
                self._planned, self._waiting = take_turns(waiting, size, lambda job: job.work, length)
                continue
            if batch := [job for job in self._planned.pop(0) if not job.answer.done()]:
                return batch
        return []

    async def _answer(self, writer: Writer, batch: list[_Job]) -> None:
        """Have one batch written and hand out its answers."""
        self._writing = len(batch)
        self._measure()
        self.metrics.batch_size.observe(len(batch))
        started = time.perf_counter()
        self._writing_until = started + len(batch) * self.pace.article_s
        loop = asyncio.get_running_loop()
        articles, work = [job.article for job in batch], batch[0].work
        told, gone = _tell(batch, loop), lambda: all(job.answer.done() for job in batch)
        answers = await loop.run_in_executor(self._thread, writer.write, articles, work, told, gone)
        seconds = time.perf_counter() - started
        self.metrics.batch_seconds.observe(seconds)
        self.pace.learn(seconds, sum(answer.anew for answer in answers if isinstance(answer, Written)))
        self._writing = 0
        self._measure()
        for job, answer in zip(batch, answers, strict=True):
            if isinstance(answer, Written):
                self.metrics.count_written(answer)
            if job.answer.done():
                continue
            if isinstance(answer, Written):
                job.answer.set_result(answer.answer)
            else:
                job.answer.set_exception(answer)

    def _measure(self) -> None:
        self.metrics.queue_depth.set(max(0, self._admitted - self._writing))


def _tell(batch: Sequence[_Job], loop: asyncio.AbstractEventLoop) -> Told | None:
    """What the writer's thread calls with each statement, when one of the batch wants to hear of them."""
    if not any(job.told for job in batch):
        return None

    def told(place: int, statement: Statement) -> None:
        if (hear := batch[place].told) is not None:
            loop.call_soon_threadsafe(hear, statement)

    return told
