"""A page that nobody uses leaves the processor alone."""

from __future__ import annotations

import inspect
from types import SimpleNamespace
from typing import Any

from gradio.queueing import Queue

from summarizer.service.page.page import calm


def test_gradio_looks_for_work_twenty_times_a_second() -> None:
    queue: Any = SimpleNamespace()
    calm(queue)
    source = inspect.getsource(Queue)
    for name in ("sleep_when_free", "progress_update_sleep_when_free"):
        assert getattr(queue, name) == 0.05
        # The names are Gradio's own: another version may have others.
        assert f"asyncio.sleep(self.{name})" in source
