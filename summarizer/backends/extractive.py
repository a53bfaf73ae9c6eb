"""Sentences lifted from the article: the baseline, the last rung of the ladder, and the test double.

It cannot invent: every candidate is a slice of the source, and ``Candidate.spans`` says which.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.arabic.centrality import centroid_scores, position_scores
from summarizer.arabic.clauses import shorter_clauses
from summarizer.arabic.words import content_keys, count_words
from summarizer.config import Decoding
from summarizer.schema import Candidate, Passage, Request, Sentence, Task

#: Share of the position prior in a sentence's score; the rest is centrality. A headline is news, so it leans on
#: the inverted pyramid; a bullet comes from a passage that was chosen already.
_POSITION_SHARE = {Task.HEADLINE: 0.8, Task.STANDFIRST: 0.8, Task.BULLET: 0.3}
_MAX_CANDIDATES = 12


class Extractive:
    """Ranks the sentences of a passage and offers each whole and cut at the end of its main clause."""

    name = "extractive"
    #: In words. News tells its story first: a headline is not to be found beyond this.
    max_source_tokens = 2_000

    def generate(
        self,
        requests: Sequence[Request],
        decoding: Decoding,  # noqa: ARG002 - the protocol's signature
    ) -> list[tuple[Candidate, ...]]:
        """Up to twelve candidates a request, best sentence first. ``decoding`` has no say: nothing is searched."""
        return [self._candidates(request) for request in requests]

    def count_tokens(self, text: str) -> int:
        """Words: the only unit this backend knows."""
        return count_words(text)

    def verify(self, statements: Sequence[tuple[Passage, str]]) -> None:
        """None: it has no opinion."""

    def _candidates(self, request: Request) -> tuple[Candidate, ...]:
        found: list[Candidate] = []
        for score, sentence in self._ranked(request):
            found += [
                Candidate(text, score, self.name, (sentence.span,)) for text in _readings(sentence, request.max_words)
            ]
            if len(found) >= _MAX_CANDIDATES:
                break
        return tuple(found[:_MAX_CANDIDATES])

    def _ranked(self, request: Request) -> list[tuple[float, Sentence]]:
        """Sentences with their scores in [0, 1], best first; ties go to the earlier one."""
        share = _POSITION_SHARE[request.task]
        return sorted(_scored(request.passage, share), key=lambda pair: (-pair[0], pair[1].span))


class Lead(Extractive):
    """The first sentences in the order of the article: the baseline to beat."""

    name = "lead"

    def _ranked(self, request: Request) -> list[tuple[float, Sentence]]:
        sentences = request.passage.sentences
        return list(zip(position_scores(len(sentences)), sentences, strict=True))


def _scored(passage: Passage, position_share: float) -> list[tuple[float, Sentence]]:
    """Each sentence with its mix of centrality and position."""
    central = centroid_scores([content_keys(sentence.text) for sentence in passage.sentences])
    position = position_scores(len(passage.sentences))
    scores = [position_share * p + (1 - position_share) * c for p, c in zip(position, central, strict=True)]
    return list(zip(scores, passage.sentences, strict=True))


def _readings(sentence: Sentence, max_words: int) -> list[str]:
    """The sentence and its shorter clauses: the longest that fits first, then those that do not, shortest first."""
    texts = [sentence.text, *(span.of(sentence.text) for span in shorter_clauses(sentence.text))]
    lengths = {text: count_words(text) for text in texts}
    return sorted(texts, key=lambda text: (lengths[text] > max_words, abs(lengths[text] - max_words)))
