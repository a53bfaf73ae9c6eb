"""How long an article takes on this machine: what admission and Retry-After go by."""

from __future__ import annotations

from dataclasses import dataclass

_FIRST_GUESS_S = 4.0
"""Seconds an article takes, until one has been measured: on a slow machine that reads its weights for the first
time."""
_NEWS_SHARE = 0.1
"""How much of the estimate one article's measurement replaces."""
_LEAST_NEW = 0.5
"""Articles' worth of new texts below which a batch's time says too little."""
_LINGER_SHARE, _MAX_LINGER_S = 0.02, 0.05
"""How long an idle writer waits for more articles: a share of what one takes, at most so many seconds."""


@dataclass(slots=True)
class Pace:
    """``article_s``: the seconds that one article is expected to take in a batch."""

    article_s: float = _FIRST_GUESS_S

    @property
    def linger_s(self) -> float:
        """Seconds that an idle writer waits for company: who was told to come back comes with others."""
        return min(_MAX_LINGER_S, _LINGER_SHARE * self.article_s)

    def learn(self, seconds: float, articles: float) -> None:
        """Take in what a batch took; ``articles`` without the remembered ones, which say nothing of the next one."""
        if articles >= _LEAST_NEW:
            self.article_s += (1 - (1 - _NEWS_SHARE) ** articles) * (seconds / articles - self.article_s)
