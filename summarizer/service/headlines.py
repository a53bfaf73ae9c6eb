"""Headlines to choose from: every candidate of the backend that passes what a brief's headline has to pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from summarizer.arabic.normalize import fold
from summarizer.arabic.words import tokenize
from summarizer.article.passages import lead_passage
from summarizer.backends.base import Backend
from summarizer.backends.extractive import Extractive
from summarizer.brief.editorial import word_limits
from summarizer.brief.ladder import Ladder, Rung
from summarizer.config import BriefOptions
from summarizer.pipeline import brief
from summarizer.schema import Article, Candidate, Request, Statement, Task


def headlines(article: Article, backend: Backend, options: BriefOptions, count: int) -> tuple[Statement, ...]:
    """Up to ``count`` different headlines, the brief's own first, then the model's others, then lifted ones.

    Fewer when fewer pass the checks. Raises ``EmptyInput`` as :func:`summarizer.pipeline.brief` does.
    """
    chosen = [brief(article, backend, replace(options, bullets=0)).headline]
    words = frozenset(fold(word.text) for word in tokenize(article.body))
    for request, candidate, rung in _candidates(article, backend, options, count):
        if len(chosen) >= count:
            break
        # A fresh ladder each time: alternatives are meant to say the same thing.
        statement = Ladder(options.limits, words).climb(request, [candidate], rung)
        if statement and statement.text.rstrip(".") not in {other.text.rstrip(".") for other in chosen}:
            chosen.append(statement)
    return tuple(chosen[:count])


def _candidates(
    article: Article, backend: Backend, options: BriefOptions, count: int
) -> Iterator[tuple[Request, Candidate, Rung]]:
    """The backend's candidates for the headline, best first, then the article's own sentences."""
    lead = lead_passage(article, options.max_source_tokens or backend.max_source_tokens, backend.count_tokens)
    request = Request(Task.HEADLINE, lead, word_limits(Task.HEADLINE, options.limits)[1])
    decoding = replace(options.decoding, candidates=count, beam=max(count, options.decoding.beam))
    if not isinstance(backend, Extractive):
        for candidate in backend.generate([request], decoding)[0]:
            yield request, candidate, "model"
    for candidate in Extractive().generate([request], decoding)[0]:
        yield request, candidate, "lifted"
