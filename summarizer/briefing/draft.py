"""A line that may be printed, read once: what the rules look at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import Word, tokenize
from summarizer.config import EditorialLimits, Style
from summarizer.schema import Task


@dataclass(frozen=True)
class Draft:
    """A line, polished, and what it is to be.

    ``lifted``: a slice of the article, as it stands. ``limits`` and ``style`` are those of the brief.
    """

    text: str
    task: Task = Task.BULLET
    lifted: bool = False
    limits: EditorialLimits = field(default_factory=EditorialLimits)
    style: Style = "news"

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words, in order."""
        return tokenize(self.text)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The same folded."""
        return tuple(fold(word.text) for word in self.words)

    def saying(self, text: str) -> Draft:
        """The same with another ``text``."""
        return replace(self, text=text)
