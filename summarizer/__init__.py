"""Mujaz (موجز): Arabic news briefs, every statement tied to its source and checked against it.

``from summarizer import brief``; each name is imported when it is first asked for, so that ``import summarizer`` costs
nothing. The errors are in :mod:`summarizer.errors`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.article.read import read_path, read_text
    from summarizer.backends.base import load_backend
    from summarizer.config import BriefOptions
    from summarizer.pipeline import brief, briefs
    from summarizer.schema import Brief

__version__ = "0.1.0"

__all__ = ["Brief", "BriefOptions", "__version__", "brief", "briefs", "load_backend", "read_path", "read_text"]

_HOMES = {
    "Brief": "summarizer.schema",
    "BriefOptions": "summarizer.config",
    "brief": "summarizer.pipeline",
    "briefs": "summarizer.pipeline",
    "load_backend": "summarizer.backends.base",
    "read_path": "summarizer.article.read",
    "read_text": "summarizer.article.read",
}

if not TYPE_CHECKING:  # a type checker reads the imports above, and knows what is not there

    def __getattr__(name: str) -> object:
        """A name of ``__all__`` from its module, kept for the next time (PEP 562)."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        value = getattr(importlib.import_module(_HOMES[name]), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        """What there is to import, before it is."""
        return sorted({*globals(), *__all__})
