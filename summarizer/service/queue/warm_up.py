"""One brief before the first that is asked for: it brings the model's files into memory and tells its speed.

The article is invented for this purpose; it has the length of a short piece of news.
"""

from __future__ import annotations

import time
from pathlib import Path

from summarizer.article.read import read_text
from summarizer.backends.base import Backend
from summarizer.pipeline import brief

_ARTICLE = Path(__file__).with_name("warm_up.txt")


def warm_up(backend: Backend) -> float:
    """The seconds that a brief of the invented article takes ``backend``, whose files are in memory then."""
    article = read_text(_ARTICLE.read_text(encoding="utf-8"))
    started = time.perf_counter()
    brief(article, backend)
    return time.perf_counter() - started
