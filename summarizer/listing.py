"""Bullets of a model that writes all of an article's in one go: each goes beside the passage that bears it out.

There the ladder finds it among the other candidates, checks it against that passage and names its sentences; the
passages that the model wrote about are asked about first.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.arabic.words import content_keys
from summarizer.article.passages import lead_passage, passages
from summarizer.backends.base import Backend
from summarizer.config import BriefOptions
from summarizer.plan import Plan, bullet_request
from summarizer.schema import Candidate, Passage, Request, Task

MIN_BORNE = 0.5
"""A line that has fewer of its content words in one passage stands on none."""


def lists(backend: Backend) -> bool:
    """True for a model that answers a request with ``listed`` by all bullets of its passage, the weightiest first."""
    return bool(getattr(backend, "lists", False))


def propose(plans: Sequence[Plan], backend: Backend, options: BriefOptions) -> None:
    """One call of ``backend`` for all articles: their lines become ``Plan.listed``, and their passages come first."""
    asked = [plan for plan in plans if plan.wanted]
    requests = [_whole(plan, backend, options) for plan in asked]
    answers = backend.generate(requests, options.decoding) if requests else []
    for plan, lines in zip(asked, answers, strict=True):
        known = {request.passage: request for request in plan.bullets}
        for line in lines:
            passage = bearing(line.text, passages(plan.article))
            if passage is not None:
                request = known.setdefault(passage, bullet_request(passage, options))
                plan.listed[request] = (*plan.listed.get(request, ()), line)
        plan.bullets = [*plan.listed, *(request for request in plan.bullets if request not in plan.listed)]


def beside(plan: Plan, request: Request, written: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The lines about the passage of a request, before what was ``written`` from it alone."""
    return (*plan.listed.get(request, ()), *written)


def bearing(line: str, among: Sequence[Passage]) -> Passage | None:
    """The passage that has most content words of ``line``, the shortest of several; None when none has half of them."""
    wanted = set(content_keys(line))
    shares = [(len(wanted.intersection(content_keys(one.text))), -len(one.text)) for one in among]
    best = max(range(len(shares)), key=shares.__getitem__, default=None)
    return among[best] if best is not None and wanted and shares[best][0] >= MIN_BORNE * len(wanted) else None


def _whole(plan: Plan, backend: Backend, options: BriefOptions) -> Request:
    budget = options.max_source_tokens or backend.max_source_tokens
    body = lead_passage(plan.article, budget, backend.count_tokens)
    return Request(Task.BULLET, body, bullet_request(body, options).max_words, listed=True)
