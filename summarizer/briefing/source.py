"""What a line is checked against: the passage that it is about, and the sentences that say who is meant.

Each set of sentences is read once: an article has many candidates over few passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from summarizer.arabic.words import content_keys
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.schema import Passage, Sentence, Span

_MAX_INTRODUCING = 2
"""Sentences beside its own that may say who or what a line is about."""


@dataclass(frozen=True, slots=True)
class Source:
    """A passage, and the ``index`` of all that bears a line about it out."""

    passage: Passage
    index: SourceIndex

    @classmethod
    def of(cls, *texts: str) -> Source:
        """The passage of so many sentences, and nothing beside it."""
        sentences = [Sentence(Span(place, place + 1), text, 0) for place, text in enumerate(texts)]
        return cls(Passage(tuple(sentences)), SourceIndex(" ".join(texts)))

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the passage, in order."""
        return self.passage.texts


@dataclass(slots=True)
class Surroundings:
    """The sentences of one article, each set of them read once."""

    sentences: Sequence[Sentence] = ()
    _indices: dict[tuple[Span, ...], SourceIndex] = field(default_factory=dict)

    def source(self, passage: Passage, introduced: Sequence[Span] = (), lifted: Sequence[Span] | None = None) -> Source:
        """The passage with what bears it out: see :meth:`of`."""
        return Source(passage, self.of(passage, introduced, lifted))

    def of(
        self, passage: Passage, introduced: Sequence[Span] = (), lifted: Sequence[Span] | None = None
    ) -> SourceIndex:
        """The passage, and before it the sentences ``introduced`` that say who is meant.

        Of a passage from which sentences were ``lifted``, these alone.
        """
        outside = [one for one in self.sentences if one.span in introduced and one not in passage.sentences]
        own = [one for one in passage.sentences if lifted is None or one.span in lifted]
        return self._index((*outside, *own))

    def _index(self, sentences: tuple[Sentence, ...]) -> SourceIndex:
        spans = tuple(sentence.span for sentence in sentences)
        if spans not in self._indices:
            self._indices[spans] = SourceIndex(" ".join(sentence.text for sentence in sentences))
        return self._indices[spans]


def introducing(text: str, passage: Passage, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """The sentences, at most two, where words of ``text`` stand that ``passage`` does not have: who is meant.

    Those that have most of them, the nearest before the passage first.
    """
    missing = set(content_keys(text)).difference(*(content_keys(one.text) for one in passage.sentences))
    first, last = passage.sentences[0].span, passage.sentences[-1].span
    before = [one for one in sentences if one.span < first][::-1]
    others = [*before, *(one for one in sentences if one.span > last)]
    keys = {one.span: set(content_keys(one.text)) for one in others} if missing else {}
    chosen: list[Span] = []
    while missing and keys and len(chosen) < _MAX_INTRODUCING:
        best = max(keys, key=lambda span: len(keys[span] & missing))
        gain = keys.pop(best) & missing
        if not gain:
            break
        chosen.append(best)
        missing -= gain
    return tuple(chosen)
