"""The queue: batches of alike lengths, a full queue, time limits, early leavers, poisoned articles, draining."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any

import pytest

from summarizer.article.read import read_text
from summarizer.backends.base import Backend
from summarizer.backends.extractive import Extractive
from summarizer.backends.scripted import Scripted
from summarizer.backends.stopping import Stopped, asked
from summarizer.config import BriefOptions, Decoding
from summarizer.errors import InputError
from summarizer.pipeline import brief
from summarizer.schema import Article, Candidate, Passage, Request, Task
from summarizer.service.problems import Refused
from summarizer.service.queue.batching import BriefQueue, _Job
from summarizer.service.queue.memory import Remembering
from summarizer.service.queue.metrics import Metrics
from summarizer.service.queue.pace import Pace
from summarizer.service.queue.turns import take_turns
from summarizer.service.queue.writers import Here, Work, Written
from summarizer.service.settings import ServiceSettings

SENTENCES = (
    "أعلنت بلدية مدينة النخيل افتتاح ثلاث حدائق عامة جديدة في الأحياء الشرقية من المدينة.",
    "وقال رئيس البلدية سالم الحداد إن كلفة المشروع بلغت أربعة ملايين دينار هذا العام.",
    "وتضم الحدائق ملاعب للأطفال ومسارات للمشي طولها سبعة كيلومترات تروى بمياه معالجة.",
)
POISON = "السم"


def text(number: int) -> str:
    """Articles of different lengths, each with its own number in it."""
    return "\n\n".join(
        [f"بلغ عدد الزوار في الأسبوع رقم {number} نحو ألف زائر من أنحاء البلاد كلها."]
        + list(SENTENCES) * (1 + number % 3)
    )


class Gated:
    """An extractive-like model that waits to be let through, notes its batches, and fails on the poisoned article."""

    name, max_source_tokens = "gated", 10_000

    def __init__(self) -> None:
        self.gate, self.batches = threading.Event(), list[int]()
        self._inner = Extractive()

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        assert self.gate.wait(20)
        self.batches.append(sum(request.task is Task.HEADLINE for request in requests))
        if any(POISON in request.passage.text for request in requests):
            raise RuntimeError("poisoned")
        return self._inner.generate(requests, decoding)

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def verify(self, statements: Sequence[tuple[Passage, str]]) -> None:
        """None."""


def run(
    scenario: Callable[[BriefQueue], Coroutine[Any, Any, Any]],
    backend: Backend,
    settings: ServiceSettings | None = None,
) -> Any:
    async def main() -> Any:
        queue = BriefQueue(settings or ServiceSettings(), Metrics())
        queue.pace.article_s = 1.0  # as if one had been measured
        async with queue.running(Here(lambda: backend)):
            while not queue.ready:
                await asyncio.sleep(0.01)
            return await scenario(queue)

    return asyncio.run(asyncio.wait_for(main(), 60))


def reader(number: int) -> Callable[[], Article]:
    return lambda: read_text(text(number))


async def admitted(queue: BriefQueue, articles: int) -> None:
    """Wait until so many articles are in the queue proper."""
    while len(queue._waiting) < articles:
        await asyncio.sleep(0.01)


async def writing(queue: BriefQueue) -> None:
    """Wait until the first batch is with the writer."""
    while not queue._writing:
        await asyncio.sleep(0.01)


def test_waiting_articles_are_written_together() -> None:
    backend = Gated()

    async def scenario(queue: BriefQueue) -> Any:
        first = asyncio.create_task(queue.brief(reader(0), Work()))
        await writing(queue)
        rest = [asyncio.create_task(queue.brief(reader(n), Work())) for n in range(1, 11)]
        await admitted(queue, 10)
        backend.gate.set()
        return await asyncio.gather(first, *rest)

    answers = run(scenario, backend, ServiceSettings(max_batch=8))
    # Each batch asks for headlines once, and again for those that a wider search is to mend.
    assert backend.batches[0] == 1
    assert max(backend.batches) == 8
    alone = [brief(read_text(text(n)), opened()) for n in range(11)]
    assert [answer.bullets for _, answer in answers] == [one.bullets for one in alone]
    assert [answer.headline for _, answer in answers] == [one.headline for one in alone]


def opened() -> Gated:
    backend = Gated()
    backend.gate.set()
    return backend


def turns(waiting: list[int], size: int) -> tuple[list[list[int]], list[int]]:
    """Numbers that are their own lengths; hundreds are of another kind."""
    return take_turns(waiting, size, lambda number: number // 100, lambda number: number)


@pytest.mark.parametrize(
    ("waiting", "size", "batches", "rest"),
    [
        ([], 3, [], []),
        ([5, 1], 3, [[1, 5]], []),
        ([5, 1, 4, 2], 3, [[1, 4, 5]], [2]),
        ([5, 1, 6, 2, 4, 3, 9], 3, [[1, 2, 3], [4, 5, 6]], [9]),
        ([5, 101, 6, 2, 104, 3, 9], 3, [[2, 3, 5], [6], [101, 104]], [9]),
    ],
)
def test_turns_are_of_the_oldest_and_their_batches_of_alike_lengths(
    waiting: list[int], size: int, batches: list[list[int]], rest: list[int]
) -> None:
    assert turns(waiting, size) == (batches, rest)


def test_an_article_unlike_all_others_is_not_overtaken_for_long() -> None:
    """Twelve short ones are before it, and for each that is written a new short one comes."""
    waiting, written = [*range(1, 13), 90], 0
    while 90 in waiting:
        batches, waiting = turns(waiting, 2)
        written += sum(map(len, batches))
        waiting += [1] * sum(map(len, batches))
    assert written <= 13 + 2 * 2


def test_those_that_left_are_in_no_batch() -> None:
    async def scenario() -> None:
        queue = BriefQueue(ServiceSettings(max_batch=2), Metrics())
        queue.pace.article_s = 1.0  # as if one had been measured
        loop = asyncio.get_running_loop()
        jobs = [_Job(read_text(text(number)), Work(), loop.create_future()) for number in (0, 1, 2, 3, 0)]
        queue._waiting = list(jobs)
        jobs[0].answer.cancel()
        first = queue._next_batch()
        assert len(first) == 2
        for job in jobs:
            job.answer.cancel()
        assert queue._next_batch() == []

    asyncio.run(scenario())


def test_a_full_queue_refuses_at_once_and_says_when_to_come_back() -> None:
    backend = Gated()

    async def scenario(queue: BriefQueue) -> Refused:
        tasks = [asyncio.create_task(queue.brief(reader(n), Work())) for n in range(6)]
        await writing(queue)
        with pytest.raises(Refused) as caught:
            await queue.brief(reader(9), Work())
        with pytest.raises(Refused):
            await queue.many([reader(1)], Work())
        backend.gate.set()
        await asyncio.gather(*tasks)
        await queue.brief(reader(9), Work())
        return caught.value

    refused = run(scenario, backend, ServiceSettings(max_batch=2, max_queue=4))
    assert refused.status == 429
    assert refused.retry_after_s is not None
    assert refused.retry_after_s >= 1


def test_what_takes_too_long_is_a_504_and_leaves_the_queue() -> None:
    backend = Gated()

    async def scenario(queue: BriefQueue) -> int:
        queue.pace.article_s = 0.001  # as if it had been fast until now: else it would refuse what it cannot do in time
        both = await asyncio.gather(*(queue.brief(reader(n), Work()) for n in range(2)), return_exceptions=True)
        assert [error.status for error in both if isinstance(error, Refused)] == [504, 504]
        backend.gate.set()
        queue.settings = replace(queue.settings, timeout_s=30)
        await queue.brief(reader(5), Work())
        return queue._admitted

    assert run(scenario, backend, ServiceSettings(max_batch=1, timeout_s=0.5)) == 0
    assert len(backend.batches) <= 2 * 2, "the article that timed out while waiting was written all the same"


def test_what_would_come_too_late_is_refused_now() -> None:
    """A queue that is too long for the time limit answers 429 at its door, not 504 half a minute later."""
    backend = Gated()

    async def scenario(queue: BriefQueue) -> tuple[int, int]:
        queue.pace.article_s = 5.0
        slow = queue.capacity
        tasks = [asyncio.create_task(queue.brief(reader(n), Work())) for n in range(slow)]
        await writing(queue)
        with pytest.raises(Refused) as caught:
            await queue.brief(reader(9), Work())
        assert (caught.value.status, caught.value.retry_after_s) == (429, 15)
        again = asyncio.create_task(queue.brief(reader(9), Work(), again=True))
        backend.gate.set()
        await asyncio.gather(*tasks, again)
        return slow, queue.capacity

    slow, quick = run(scenario, backend, ServiceSettings(timeout_s=30))
    assert slow == 3
    assert quick > slow, "a faster batch makes more room"


def test_an_empty_service_takes_a_request_of_any_size() -> None:
    async def scenario(queue: BriefQueue) -> list[Any]:
        queue.pace.article_s = 100.0
        assert queue.capacity == 1
        return await queue.many([reader(n) for n in range(32)], Work(BriefOptions(bullets=0)))

    answers = run(scenario, Extractive())
    assert [isinstance(answer, tuple) for answer in answers] == [True] * 32


def test_a_leaver_s_work_is_dropped() -> None:
    backend = Gated()

    async def scenario(queue: BriefQueue) -> None:
        tasks = [asyncio.create_task(queue.brief(reader(n), Work())) for n in range(5)]
        await writing(queue)
        for task in tasks[1:]:
            task.cancel()
        await asyncio.gather(*tasks[1:], return_exceptions=True)
        backend.gate.set()
        await tasks[0]
        assert queue._admitted == 0

    run(scenario, backend, ServiceSettings(max_batch=1))
    assert sum(backend.batches) <= 2, "cancelled articles were written"


def test_the_writer_hears_that_everybody_of_its_batch_has_left() -> None:
    class Asks(Gated):
        """Waits until nobody waits for what it writes."""

        def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
            gone = asked()
            self.batches.append(sum(request.task is Task.HEADLINE for request in requests))
            assert not gone()
            self.gate.set()
            while not gone():
                time.sleep(0.01)
            raise Stopped

    backend = Asks()

    async def scenario(queue: BriefQueue) -> None:
        both = [asyncio.create_task(queue.brief(reader(n), Work())) for n in range(2)]
        while not backend.gate.is_set():
            await asyncio.sleep(0.01)
        both[0].cancel()
        await asyncio.sleep(0.1)
        assert queue._writing == 2, "one of the two is still waited for"
        both[1].cancel()
        while queue._writing:
            await asyncio.sleep(0.01)
        assert queue.pace.article_s == 1.0

    run(scenario, backend)
    assert backend.batches == [2]


def test_a_poisoned_article_fails_alone() -> None:
    backend = Gated()

    async def scenario(queue: BriefQueue) -> list[Any]:
        texts = [text(0), text(1) + f"\n\nوقيل إن {POISON} وجد في مياه المدينة القديمة أمس.", text(2)]
        tasks = [asyncio.create_task(queue.brief(lambda t=t: read_text(t), Work())) for t in texts]  # type: ignore[misc]
        backend.gate.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    answers = run(scenario, backend)
    assert [isinstance(answer, RuntimeError) for answer in answers] == [False, True, False]


def test_an_article_that_cannot_be_read_never_reaches_the_model() -> None:
    backend = opened()

    async def scenario(queue: BriefQueue) -> None:
        with pytest.raises(InputError):
            await queue.brief(lambda: read_text("English only, alas."), Work())

    run(scenario, backend)
    assert backend.batches == []


def test_leaving_the_block_answers_what_was_admitted() -> None:
    backend = Gated()

    async def main() -> list[Any]:
        queue = BriefQueue(ServiceSettings(max_batch=2), Metrics())
        queue.pace.article_s = 1.0  # as if one had been measured
        async with queue.running(Here(lambda: backend)):
            while not queue.ready:
                await asyncio.sleep(0.01)
            tasks = [asyncio.create_task(queue.brief(reader(n), Work())) for n in range(6)]
            await admitted(queue, 4)
            backend.gate.set()
        return await asyncio.gather(*tasks)

    assert len(asyncio.run(main())) == 6


def test_different_options_are_never_mixed() -> None:
    async def scenario(queue: BriefQueue) -> list[Any]:
        works = [Work(BriefOptions(bullets=n)) for n in (0, 1, 2, 0, 1, 2)]
        return await asyncio.gather(*(queue.brief(reader(n), work) for n, work in enumerate(works)))

    answers = run(scenario, Extractive())
    for number, (article, answer) in enumerate(answers):
        assert answer.bullets == brief(article, Extractive(), BriefOptions(bullets=number % 3)).bullets


def test_a_remembering_backend_asks_once_for_each_distinct_request() -> None:
    inner = Scripted({Task.HEADLINE: ["عنوان"], Task.STANDFIRST: ["مقدمة"], Task.BULLET: ["نقطة"]})
    backend = Remembering(inner, capacity=4)
    article = read_text(text(1))
    first = brief(article, backend, BriefOptions(bullets=0))
    asked = len(inner.calls)
    assert brief(article, backend, BriefOptions(bullets=0)).headline == first.headline
    assert len(inner.calls) == asked, "remembered candidates were asked for again"
    assert brief(read_text(text(2)), backend, BriefOptions(bullets=0))
    assert len(inner.calls) > asked
    assert len(backend._known) <= 4


@pytest.mark.parametrize(
    ("seconds", "articles", "expected"),
    [(10.0, 1.0, 2.8), (2.0, 1.0, 2.0), (20.0, 2.0, 3.52), (0.01, 0.0, 2.0), (0.01, 0.2, 2.0)],
)
def test_an_estimate_learns_from_what_was_written_anew(seconds: float, articles: float, expected: float) -> None:
    pace = Pace(2.0)
    pace.learn(seconds, articles)
    assert pace.article_s == pytest.approx(expected)


def test_what_was_remembered_is_no_news_of_an_articles_time() -> None:
    writer = Here(lambda: Scripted({Task.HEADLINE: ["عنوان"], Task.STANDFIRST: ["مقدمة"], Task.BULLET: ["نقطة"]}))
    writer.start()
    shares = [
        one.anew for _ in range(2) for one in writer.write([read_text(text(1))], Work()) if isinstance(one, Written)
    ]
    assert shares == [1.0, 0.0]


def test_a_remembering_backend_verifies_each_distinct_statement_once() -> None:
    inner = Scripted({}, odds={"نعم": 2.0, "لا": -3.0})
    backend = Remembering(inner, capacity=2)
    passage = Passage(read_text(text(1)).sentences[:2])
    assert backend.verify([]) == []
    assert backend.verify([(passage, "نعم"), (passage, "لا"), (passage, "نعم")]) == [2.0, -3.0, 2.0]
    assert backend.verify([(passage, "لا"), (Passage(passage.sentences[:1]), "لا")]) == [-3.0, -3.0]
    assert [len(asked) for asked in inner.verified] == [0, 2, 1]
    assert Remembering(Scripted({})).verify([(passage, "نعم")]) is None
