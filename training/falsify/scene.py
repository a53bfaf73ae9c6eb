"""What a corruption sees: a true statement, the passage that bears it out, and what stands around the two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from summarizer.arabic.words import Word, folded_words, tokenize
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.schema import Span
from training.falsify.mentions import Mention, find_mentions
from training.tasks.support import NOWHERE, Source, content_words

BORNE_OUT = 0.6
"""A statement with this share of its content words in a passage may be borne out by it."""


@dataclass
class Scene:
    """``truths``: statements known to be true of the article; ``elsewhere``: sentences of its other passages;
    ``neighbours``: statements of other articles; ``strangers``: mentions of other articles. ``is_title`` tells a
    headline, whose first word is more often a noun than a verb, from a sentence.
    """

    statement: str
    source: str
    is_title: bool = True
    truths: Sequence[str] = ()
    elsewhere: Sequence[str] = ()
    neighbours: Sequence[str] = ()
    strangers: Sequence[Mention] = field(default=())

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the statement."""
        return tokenize(self.statement)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions of the statement."""
        return find_mentions(self.statement)

    @cached_property
    def reading(self) -> Source:
        """The source, for shares of content words."""
        return Source(self.source, 10_000)

    @property
    def index(self) -> SourceIndex:
        """The source, for words."""
        return self.reading.index

    @cached_property
    def source_mentions(self) -> tuple[Mention, ...]:
        """The mentions of the source."""
        return find_mentions(self.source)

    def share(self, statement: str) -> float:
        """The share of the content words of ``statement`` that the source has; 1 for none."""
        words = content_words(statement)
        return sum(self.reading.place(word) != NOWHERE for word in words) / len(words) if words else 1.0

    def may_be_true(self, statement: str) -> bool:
        """True when ``statement`` says, word for word, what is known to be true or stands in the source."""
        said = _folded(statement)
        known = [self.statement, *self.truths]
        return any(said == _folded(truth) for truth in known) or f" {said} " in f" {_folded(self.source)} "


def _folded(text: str) -> str:
    return " ".join(folded_words(text))


def edit(text: str, changes: Iterable[tuple[Span, str]]) -> str:
    """``text`` with each span replaced; spans do not overlap. White space around a dropped word is closed."""
    for span, new in sorted(changes, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return " ".join(text.split()).replace(" .", ".").replace(" ،", "،")
