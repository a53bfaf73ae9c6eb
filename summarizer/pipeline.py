"""The map: from articles to briefs, on one screen.

1. plan     the lead for headline and standfirst; the passages worth a bullet, with some to spare
2. write    one call of the backend for all requests of all articles
3. accept   the ladder: best candidate, next ones, a wider search and further passages, the article's own sentences; for
            a standfirst its first sentence stands among the candidates
4. return   the brief, in the order of the article
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from summarizer.arabic.words import count_words
from summarizer.article.read import ArticleLike, as_articles
from summarizer.backends.base import Backend, BackendLike, as_backend, editor_of
from summarizer.backends.extractive import Extractive, leaves_the_lead, lifted_lead
from summarizer.briefing.ladder import Rung
from summarizer.briefing.polish import strip_opening
from summarizer.briefing.remarks import remarks
from summarizer.briefing.rules import dangling_opening
from summarizer.config import BriefOptions, Decoding, EditorialLimits
from summarizer.listing import beside, lists, propose
from summarizer.plan import Plan, plan_for
from summarizer.schema import Brief, Candidate, Passage, Request, Statement, Task

Told = Callable[[int, Statement], None]
"""Called with an article's place and each of its statements, as it is accepted."""

_WIDER = Decoding(candidates=6, beam=6, no_repeat_ngram=3)


def brief(article: ArticleLike, backend: BackendLike | None = None, options: BriefOptions | None = None) -> Brief:
    """The brief of one article: one that was read, its text (a ``str``) or its file (a path); see :func:`briefs`."""
    return briefs([article], backend, options)[0]


def briefs(
    articles: Iterable[ArticleLike],
    backend: BackendLike | None = None,
    options: BriefOptions | None = None,
    told: Told | None = None,
) -> list[Brief]:
    """One brief an article, in order. The same articles give the same briefs, alone or in a batch.

    ``backend`` is one that was loaded, a name or a folder; without it the default one is loaded. What is named is
    loaded at every call: :func:`load_backend` gives one to keep. ``told`` hears of each statement on the way.
    ``EmptyInput`` when an article has no sentence, what reading it raises, ``UnknownName`` for a backend that is not
    there, ``TypeError`` for what is none of these.
    """
    options = BriefOptions() if options is None else options
    if not isinstance(options, BriefOptions):
        raise TypeError(f"expected BriefOptions; got {type(options).__name__}")
    # What is wrong with the articles is said before a model is loaded.
    read, backend = as_articles(articles), as_backend(backend)
    started = time.perf_counter()
    plans = [plan_for(article, backend, options) for article in read]
    for place, plan in enumerate(plans):
        plan.told = told and partial(told, place)
    if lists(backend):
        propose(plans, backend, options)
    if editor := editor_of(backend):
        # What it counts with is loaded only where a model edits.
        from summarizer.editing import edit

        edit(plans, editor)
    for writer, decoding, rung in _rungs(backend, options):
        _climb(plans, writer, decoding, rung)
    seconds = (time.perf_counter() - started) / max(1, len(plans))
    return [_collect(plan, backend.name, seconds) for plan in plans]


def _rungs(backend: Backend, options: BriefOptions) -> list[tuple[Backend, Decoding, Rung]]:
    """Who writes, and how, from the first rung to the last."""
    last: list[tuple[Backend, Decoding, Rung]] = [
        (Extractive(), options.decoding, "lifted"),
        (Extractive(), options.decoding, "whole"),
    ]
    if editor_of(backend):
        return last
    if isinstance(backend, Extractive):
        return [(backend, options.decoding, "lifted"), *last]
    wider = replace(_WIDER, seed=options.decoding.seed, max_new_tokens=options.decoding.max_new_tokens)
    return [(backend, options.decoding, "model"), (backend, wider, "wider"), *last]


def _climb(plans: Sequence[Plan], writer: Backend, decoding: Decoding, rung: Rung) -> None:
    """One rung for every article: one call of the writer, then each article's ladder takes what passes."""
    asked = [(plan, request) for plan in plans for request in _in_order(plan.open_requests(rung), rung)]
    answers = writer.generate([request for _, request in asked], decoding) if asked else []
    if rung in ("model", "wider"):
        if rung == "model":
            answers = [beside(plan, request, written) for (plan, request), written in zip(asked, answers, strict=True)]
        answers = [
            beside_the_lead(request, written, plan.ladder.limits)
            for (plan, request), written in zip(asked, answers, strict=True)
        ]
    _verify(asked, answers, writer, rung)
    for (plan, request), candidates in zip(asked, answers, strict=True):
        if request in plan.open_requests(rung):
            _accept(plan, request, candidates, rung)


def beside_the_lead(request: Request, written: Sequence[Candidate], limits: EditorialLimits) -> tuple[Candidate, ...]:
    """``written``; for a standfirst also the article's first sentence, which often is the better one.

    Not one that is tied to a sentence before it («وأضاف»), since the lead of such an article is missing, nor one
    that is longer than a lifted sentence, which is there to be shortened, or two that lost the mark between them.
    """
    lead = lifted_lead(request)
    tied = dangling_opening(lead.text) or strip_opening(lead.text) != lead.text
    unfit = request.task is not Task.STANDFIRST or tied or count_words(lead.text) > limits.max_extractive_words
    return tuple(written) if unfit else (*written, lead)


def _verify(
    asked: Sequence[tuple[Plan, Request]], answers: Sequence[Sequence[Candidate]], writer: Backend, rung: Rung
) -> None:
    """One call of the writer's verifier, if it has one, about all that passed the other checks."""
    if writer.verify(()) is None:
        return
    pending = [
        (plan.ladder, request.passage, text)
        for (plan, request), candidates in zip(asked, answers, strict=True)
        for text in plan.ladder.pending(request, candidates, rung)
    ]
    odds = pending and writer.verify([(passage, text) for _, passage, text in pending])
    for (ladder, passage, text), value in zip(pending, odds or (), strict=True):
        ladder.odds[passage.spans, text] = value


def _in_order(requests: list[Request], rung: Rung) -> list[Request]:
    """Where sentences are lifted, the standfirst before the headline if that leaves it the lead, whole."""
    if rung == "lifted" and [request.task for request in requests[:2]] == [Task.HEADLINE, Task.STANDFIRST]:
        headline, standfirst, *bullets = requests
        if leaves_the_lead(headline, standfirst):
            return [standfirst, headline, *bullets]
    return requests


def _accept(plan: Plan, request: Request, candidates: Sequence[Candidate], rung: Rung) -> None:
    """Keep the best candidate that passes the checks, if one does, and tell of it."""
    statement = plan.ladder.climb(request, candidates, rung)
    if statement:
        plan.accept(request, statement)


def _collect(plan: Plan, model: str, seconds: float) -> Brief:
    """The accepted statements as a brief, bullets in the order of the article, with what the reader must know."""
    headline, standfirst = (plan.done.get(r) or plan.ladder.last_resort(r) for r in plan.singles)
    bullets = sorted((plan.done[r] for r in plan.bullets if r in plan.done), key=lambda statement: statement.sources)
    cut = sum(said.method != "extractive" and asked.passage in plan.too_long for asked, said in plan.done.items())
    read = Passage(plan.article.sentences) if plan.read_whole else plan.singles[0].passage
    warnings = remarks(plan.article, read, cut, len(bullets), plan.wanted, plan.mended)
    return Brief(headline, standfirst, tuple(bullets), model, plan.article, warnings, seconds)
