"""What the service allows. Every number that a client can run into is named here."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.config import InputLimits

MAX_ARTICLE_CHARS = 100_000
MAX_TITLE_CHARS = 1_000
MAX_ARTICLES = 32
MAX_BULLETS = 12
MAX_HEADLINES = 8
MAX_STATEMENTS = 32
MAX_STATEMENT_CHARS = 1_000
MAX_DRAFT_BULLETS, MAX_DRAFT_CHARS = 40, 20_000
"""Of a brief that comes back with changes: a line may be too long for `/v1/check` and is kept all the same."""
MAX_ID_CHARS = 200


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """The limits of one running service. Sizes in bytes, lengths in characters (code points), times in seconds.

    ``keys`` are the API keys that are let in; none means that no key is asked for. ``max_queue`` counts the articles
    that wait behind the batch being written: it holds at least one full ``/v1/briefs``.
    """

    backend: str = "default"
    max_body_bytes: int = 2_000_000
    max_article_chars: int = MAX_ARTICLE_CHARS
    max_batch: int = 8
    max_queue: int = 64
    timeout_s: float = 30.0
    drain_s: float = 30.0
    body_timeout_s: float = 20.0
    keys: tuple[str, ...] = ()
    page: bool = True
    log_level: str = "warning"
    root_path: str = ""
    """The path under which a reverse proxy shows the service, such as ``/mujaz``."""
    cors_origins: tuple[str, ...] = ()
    """Pages of other hosts whose scripts may ask the API; none by default."""

    @property
    def input_limits(self) -> InputLimits:
        """``InputLimits`` for the readers of articles."""
        return InputLimits(max_bytes=self.max_body_bytes, max_chars=self.max_article_chars)
