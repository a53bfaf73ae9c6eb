"""Which sentences of an article a statement is checked against: its passage, and what stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from summarizer.briefing.source_index import SourceIndex
from summarizer.schema import Passage, Sentence, Span

#: Sentences before a passage whose words its bullet may use: a role's name stands there.
_BEFORE = 2


@dataclass(slots=True)
class Surroundings:
    """The sentences of one article, each set of them read once."""

    sentences: Sequence[Sentence] = ()
    _indices: dict[tuple[Span, ...], SourceIndex] = field(default_factory=dict)

    def before(self, passage: Passage) -> list[Sentence]:
        """The sentences before a passage, in order."""
        first = passage.sentences[0].span
        return [sentence for sentence in self.sentences if sentence.span < first]

    def of(
        self, passage: Passage, introduced: Sequence[Span] = (), lifted: Sequence[Span] | None = None
    ) -> SourceIndex:
        """The passage, and before it the sentences ``introduced`` that say who its role is.

        Of a passage from which sentences were ``lifted``, these alone.
        """
        outside = [one for one in self.sentences if one.span in introduced and one not in passage.sentences]
        own = [one for one in passage.sentences if lifted is None or one.span in lifted]
        return self._index((*outside, *own))

    def near(self, passage: Passage, introduced: Sequence[Span] = ()) -> SourceIndex:
        """The same with the sentences right before the passage: what a bullet's words may come from."""
        before = self.before(passage)
        named = [one for one in before[:-_BEFORE] if one.span in introduced]
        return self._index((*named, *before[-_BEFORE:], *passage.sentences))

    def _index(self, sentences: tuple[Sentence, ...]) -> SourceIndex:
        spans = tuple(sentence.span for sentence in sentences)
        if spans not in self._indices:
            self._indices[spans] = SourceIndex(" ".join(sentence.text for sentence in sentences))
        return self._indices[spans]
