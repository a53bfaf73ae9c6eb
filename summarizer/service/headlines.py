"""Headlines to choose from: every candidate of the backend that passes what a brief's headline has to pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer import editing
from summarizer.arabic.words import folded_words
from summarizer.backends.base import Backend, editor_of
from summarizer.backends.extractive import Extractive
from summarizer.briefing.ladder import Ladder, Rung
from summarizer.config import BriefOptions
from summarizer.pipeline import brief
from summarizer.plan import ladder_for, lead_requests, plan_for
from summarizer.schema import Article, Candidate, Request, Statement


def headlines(article: Article, backend: Backend, options: BriefOptions, count: int) -> tuple[Statement, ...]:
    """Up to ``count`` different headlines, the brief's own first, then the model's others, then lifted ones.

    Fewer when fewer pass the checks. Raises ``EmptyInput`` as :func:`summarizer.pipeline.brief` does.
    """
    own = brief(article, backend, replace(options, bullets=0)).headline
    return beside(own, article, backend, options, count)


def beside(
    own: Statement, article: Article, backend: Backend, options: BriefOptions, count: int
) -> tuple[Statement, ...]:
    """Up to ``count`` headlines: ``own``, a written brief's headline, then the others of :func:`headlines`."""
    if (editor := editor_of(backend)) and count > 1:
        others = editing.headlines(plan_for(article, backend, options), editor, backend)
        return tuple({_wording(one): one for one in (own, *others)}.values())[:count]
    request = lead_requests(article, backend, options)[0]
    # A memory of its own: alternatives are meant to say the same thing.
    judge = ladder_for(article, options)
    chosen = {_wording(own): own}
    for candidates, rung in _candidates(request, backend, options, count) if count > 1 else ():
        _verify(judge, request, candidates, rung, backend)
        for statement in judge.choices(request, candidates, rung):
            chosen.setdefault(_wording(statement), statement)
    return tuple(chosen.values())[:count]


def _wording(statement: Statement) -> tuple[str, ...]:
    """The words of a headline: another with the same words in other marks is no choice."""
    return tuple(folded_words(statement.text))


def _candidates(
    request: Request, backend: Backend, options: BriefOptions, count: int
) -> Iterator[tuple[Sequence[Candidate], Rung]]:
    """The backend's candidates for the headline, then the article's own sentences one by one."""
    decoding = replace(options.decoding, candidates=count, beam=max(count, options.decoding.beam))
    if not isinstance(backend, Extractive):
        yield backend.generate([request], decoding)[0], "model"
    for candidate in Extractive().generate([request], decoding)[0]:
        yield [candidate], "lifted"


def _verify(judge: Ladder, request: Request, found: Sequence[Candidate], rung: Rung, backend: Backend) -> None:
    """Ask the backend's verifier, if it has one, about all that only it could still refuse."""
    texts = judge.pending(request, found, rung)
    odds = backend.verify([(request.passage, text) for text in texts]) if texts else None
    for text, value in zip(texts, odds or (), strict=False):
        judge.odds[request.passage.spans, text] = value
