"""Lines checked against their article: no model is asked, so they wait in a queue of their own, on one thread."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from summarizer.checking import Checked, check_lines
from summarizer.schema import Article
from summarizer.service.problems import Refused

T = TypeVar("T")
_FIRST_GUESS_S, _NEWS_SHARE = 0.1, 0.2
"""Seconds a request takes until one was measured, and how much of the estimate a measurement replaces."""
_MAX_RETRY_S = 120


class Checks:
    """Admits at most ``capacity`` requests at once, and answers each within ``timeout_s`` seconds or not at all."""

    def __init__(self, capacity: int, timeout_s: float) -> None:
        self.capacity, self.timeout_s = capacity, timeout_s
        self._admitted, self._request_s = 0, _FIRST_GUESS_S
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mujaz-checker")

    async def check(self, read: Callable[[], Article], lines: Sequence[str]) -> tuple[Article, tuple[Checked, ...]]:
        """The article that ``read`` returns, and each line's report. Raises as :meth:`run` does."""

        def work() -> tuple[Article, tuple[Checked, ...]]:
            article = read()
            return article, check_lines(article, lines)

        return await self.run(work)

    async def run(self, work: Callable[[], T]) -> T:
        """What ``work`` returns, which reads or checks and asks no model.

        ``Refused`` with 429 when as many wait as may, 504 after ``timeout_s``; what ``work`` raises.
        """
        if self._admitted >= self.capacity:
            wait_s = math.ceil(self._admitted * self._request_s)
            raise Refused(429, f"{self._admitted} requests wait to be checked", min(_MAX_RETRY_S, max(1, wait_s)))
        self._admitted += 1
        try:
            async with asyncio.timeout(self.timeout_s):
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._thread, self._measured, work)
        except TimeoutError:
            raise Refused(504, f"not checked within {self.timeout_s:g} s") from None
        finally:
            self._admitted -= 1

    def _measured(self, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        done = work()
        self._request_s += _NEWS_SHARE * (time.perf_counter() - started - self._request_s)
        return done

    def close(self) -> None:
        """Let go of the thread; what waits is dropped."""
        self._thread.shutdown(wait=False, cancel_futures=True)
