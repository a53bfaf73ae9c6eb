"""A backend that says what it is told: the test double of a model, and part of the public API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.arabic.words import count_words
from summarizer.config import Decoding
from summarizer.schema import Candidate, Passage, Request, Task


class Scripted:
    """Answers every request of a task with the same texts, best first. ``calls`` keeps what was asked."""

    name = "scripted"
    max_source_tokens = 320

    def __init__(self, answers: Mapping[Task, Sequence[str]], odds: Mapping[str, float] | None = None) -> None:
        """``odds``: text → what ``verify`` says of it (0 for any other); None for a backend that cannot verify."""
        self.answers, self.odds = dict(answers), odds
        self.verified: list[tuple[tuple[Passage, str], ...]] = []
        self.calls: list[tuple[tuple[Request, ...], Decoding]] = []

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        """The script's texts for each request, scores falling from 0 by one tenth."""
        self.calls.append((tuple(requests), decoding))
        return [
            tuple(Candidate(text, -rank / 10, self.name) for rank, text in enumerate(self.answers.get(r.task, ())))
            for r in requests
        ]

    def verify(self, statements: Sequence[tuple[Passage, str]]) -> list[float] | None:
        """The script's odds of each statement, None without a script. ``verified`` keeps what was asked."""
        self.verified.append(tuple(statements))
        return None if self.odds is None else [self.odds.get(text, 0.0) for _, text in statements]

    def count_tokens(self, text: str) -> int:
        """The number of words."""
        return count_words(text)
