"""The map: from articles to briefs, on one screen.

1. plan     the lead for headline and standfirst; the passages worth a bullet, with some to spare
2. write    one call of the backend for all requests of all articles
3. accept   the ladder: best candidate, next ones, a wider search and further passages, the article's own sentences; for
            a standfirst its first sentence stands among the candidates
4. return   the brief, in the order of the article
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from summarizer.arabic.normalize import fold
from summarizer.arabic.words import count_words, tokenize
from summarizer.article.dialogue import answers
from summarizer.article.passages import lead_passage, passages
from summarizer.backends.base import Backend, load_backend
from summarizer.backends.extractive import Extractive, leaves_the_lead, lifted_lead
from summarizer.brief.editorial import word_limits
from summarizer.brief.house import house_of
from summarizer.brief.ladder import Ladder, Rung
from summarizer.brief.openings import dangling_opening, strip_opening
from summarizer.brief.remarks import remarks
from summarizer.brief.salience import (
    LIVE_WEIGHTS,
    WEIGHTS,
    bullet_count,
    is_live,
    rank_passages,
    weightiest,
    window_count,
)
from summarizer.config import BriefOptions, Decoding
from summarizer.errors import EmptyInput
from summarizer.schema import Article, Brief, Candidate, Passage, Request, Statement, Task

#: Passages a model is asked about beyond the bullets wanted, since some will be refused; and how many in all the
#: last rung may turn to, where a candidate costs next to nothing.
_SPARE_PASSAGES, _RESERVE_PASSAGES = 2, 12
#: Passages that the wider search is asked about for each bullet that is still missing, beside one.
_WIDER_TRIES = 2
#: Words a bullet on average below which there is room for one more, where the reader did not say how many.
_TERSE = 10
Told = Callable[[int, Statement], None]
"""Called with an article's place and each of its statements, as it is accepted."""

_WIDER = Decoding(candidates=6, beam=6, no_repeat_ngram=3)


@dataclass(slots=True)
class _Plan:
    """One article on its way: what is to be written, and what has been accepted so far."""

    article: Article
    ladder: Ladder
    singles: tuple[Request, Request]
    bullets: list[Request]
    wanted: int
    most: int
    """Bullets that the brief may have where they are terse."""
    done: dict[Request, Statement]
    too_long: frozenset[Passage]
    """Passages of one sentence that is longer than the backend reads."""
    told: Callable[[Statement], None] | None = None

    def open_requests(self, rung: Rung) -> list[Request]:
        """What is still to be written, headline and standfirst first; on the last rung the fewest bullets alone."""
        missing = [request for request in self.singles if request not in self.done] if rung != "whole" else []
        wanted = min(self.wanted, self.ladder.limits.min_bullets) if rung == "whole" else self.wanted
        written = [self.done[request].text for request in self.bullets if request in self.done]
        lacking = wanted - len(written)
        if lacking > 0 or (rung == "model" and self._has_room(written)):
            return missing + self._open_bullets(rung, lacking)
        return missing

    def _has_room(self, written: Sequence[str]) -> bool:
        """True when the bullets wanted are there, so short that one more is welcome."""
        return len(written) < self.most and sum(map(count_words, written)) < _TERSE * len(written)

    def _open_bullets(self, rung: Rung, lacking: int) -> list[Request]:
        """The bullets to ask for, so many of which are still lacking: on the second rung those of further passages."""
        reach = self.wanted + _SPARE_PASSAGES
        asked, further = self.bullets[:reach], self.bullets[reach:]
        if rung == "model":
            return asked
        if rung == "wider":
            return further[: _WIDER_TRIES * lacking + 1]
        return [request for request in self.bullets if request not in self.done]


def brief(article: Article, backend: Backend | None = None, options: BriefOptions | None = None) -> Brief:
    """The brief of one article; see :func:`briefs`."""
    return briefs([article], backend, options)[0]


def briefs(
    articles: Sequence[Article],
    backend: Backend | None = None,
    options: BriefOptions | None = None,
    told: Told | None = None,
) -> list[Brief]:
    """One brief an article, in order. The same articles give the same briefs, alone or in a batch.

    Without ``backend`` the default one is loaded (keep it and pass it in, to load it once). ``told`` hears of each
    statement on the way. ``EmptyInput`` when an article has no sentence.
    """
    started = time.perf_counter()
    options = options or BriefOptions()
    backend = backend or load_backend("default")
    plans = [_plan(article, backend, options) for article in articles]
    for place, plan in enumerate(plans):
        plan.told = told and partial(told, place)
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
    if isinstance(backend, Extractive):
        return [(backend, options.decoding, "lifted"), *last]
    wider = replace(_WIDER, seed=options.decoding.seed, max_new_tokens=options.decoding.max_new_tokens)
    return [(backend, options.decoding, "model"), (backend, wider, "wider"), *last]


def _plan(article: Article, backend: Backend, options: BriefOptions) -> _Plan:
    """What to write for one article, and from which sentences."""
    if not article.sentences:
        raise EmptyInput(
            expected="an article with at least one sentence", got="none", hint="check that the body is in the input"
        )
    wanted = bullet_count(article, options.limits, options.bullets)
    ranked = _passages(article, wanted) if wanted else []
    return _Plan(
        article,
        ladder_for(article, options),
        lead_requests(article, backend, options),
        [_request(Task.BULLET, passage, options) for passage in ranked],
        wanted,
        wanted if options.bullets is not None else options.limits.max_bullets,
        {},
        _too_long(ranked, backend),
    )


def ladder_for(article: Article, options: BriefOptions) -> Ladder:
    """The judge of one article, in the style asked for."""
    words = frozenset(fold(word.text) for word in tokenize(article.body))
    house = house_of(article.body, options.style)
    return Ladder(
        options.limits,
        words,
        verification=options.verification,
        house=house,
        sentences=article.sentences,
        spoken=answers(article),
    )


def lead_requests(article: Article, backend: Backend, options: BriefOptions) -> tuple[Request, Request]:
    """What is asked for headline and standfirst: the body from its start, as far as ``backend`` reads.

    Of a live blog, whose start is its latest entry, the weightiest sentences.
    """
    budget = options.max_source_tokens or backend.max_source_tokens
    choose = weightiest if is_live(article) else lead_passage
    lead = choose(article, budget, backend.count_tokens)
    return _request(Task.HEADLINE, lead, options), _request(Task.STANDFIRST, lead, options)


def _passages(article: Article, wanted: int) -> list[Passage]:
    """What the bullets may be written from, the best first."""
    windows = window_count(article, wanted)
    weights = LIVE_WEIGHTS if is_live(article) else WEIGHTS
    return rank_passages(passages(article), wanted + _RESERVE_PASSAGES, weights, windows)


def _too_long(ranked: Sequence[Passage], backend: Backend) -> frozenset[Passage]:
    return frozenset(one for one in ranked if backend.count_tokens(one.text) > backend.max_source_tokens)


def _request(task: Task, passage: Passage, options: BriefOptions) -> Request:
    """A request with the editor's limit on words."""
    return Request(task, passage, word_limits(task, options.limits)[1])


def _climb(plans: Sequence[_Plan], writer: Backend, decoding: Decoding, rung: Rung) -> None:
    """One rung for every article: one call of the writer, then each article's ladder takes what passes."""
    asked = [(plan, request) for plan in plans for request in _in_order(plan.open_requests(rung), rung)]
    answers = writer.generate([request for _, request in asked], decoding) if asked else []
    if rung in ("model", "wider"):
        answers = [beside_the_lead(request, written) for (_, request), written in zip(asked, answers, strict=True)]
    _verify(asked, answers, writer, rung)
    for (plan, request), candidates in zip(asked, answers, strict=True):
        if request in plan.open_requests(rung):
            _accept(plan, request, candidates, rung)


def beside_the_lead(request: Request, written: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """What was written; for a standfirst also the article's first sentence, which often is the better one.

    Not one that is tied to a sentence before it («وأضاف»): the lead of such an article is missing.
    """
    lead = lifted_lead(request)
    tied = dangling_opening(lead.text) or strip_opening(lead.text) != lead.text
    return tuple(written) if request.task is not Task.STANDFIRST or tied else (*written, lead)


def _verify(
    asked: Sequence[tuple[_Plan, Request]], answers: Sequence[Sequence[Candidate]], writer: Backend, rung: Rung
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


def _accept(plan: _Plan, request: Request, candidates: Sequence[Candidate], rung: Rung) -> None:
    statement = plan.ladder.climb(request, candidates, rung)
    if statement:
        plan.done[request] = statement
        if plan.told:
            plan.told(statement)


def _collect(plan: _Plan, model: str, seconds: float) -> Brief:
    """The accepted statements as a brief, bullets in the order of the article, with what the reader must know."""
    headline, standfirst = (plan.done.get(r) or plan.ladder.last_resort(r) for r in plan.singles)
    bullets = sorted((plan.done[r] for r in plan.bullets if r in plan.done), key=lambda statement: statement.sources)
    cut = sum(said.method != "extractive" and asked.passage in plan.too_long for asked, said in plan.done.items())
    warnings = remarks(plan.article, plan.singles[0].passage, cut, len(bullets), plan.wanted)
    return Brief(headline, standfirst, tuple(bullets), model, warnings, seconds)
