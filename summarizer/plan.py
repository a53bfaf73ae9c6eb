"""What is to be written for an article: lead for headline and standfirst, passages for bullets with some to spare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from summarizer.arabic.words import count_words, folded_words
from summarizer.article.dialogue import answers
from summarizer.article.passages import lead_passage, passages
from summarizer.backends.base import Backend
from summarizer.briefing.house import house_of
from summarizer.briefing.ladder import Ladder, Rung
from summarizer.briefing.rules.length import word_limits
from summarizer.briefing.salience import (
    LIVE_WEIGHTS,
    WEIGHTS,
    bullet_count,
    is_live,
    rank_passages,
    weightiest,
    window_count,
)
from summarizer.briefing.source import Surroundings
from summarizer.briefing.vetting import Vetting
from summarizer.config import BriefOptions
from summarizer.errors import EmptyInput
from summarizer.schema import Article, Candidate, Passage, Request, Sentence, Statement, Task

#: Passages a model is asked about beyond the bullets wanted, since some will be refused; and how many in all the
#: last rung may turn to, where a candidate costs next to nothing.
_SPARE_PASSAGES, _RESERVE_PASSAGES = 2, 12
#: Passages that the wider search is asked about for each bullet that is still missing, beside one.
_WIDER_TRIES = 2
#: Words a bullet on average below which there is room for one more, where the reader did not say how many.
_TERSE = 10
#: Words of the longest bullet that is a sentence lightly edited: what was cut from it less often lost its sense.
_EDITED_WORDS = 26


@dataclass(slots=True)
class Plan:
    """One article on its way: what is to be written, and what has been accepted so far."""

    article: Article
    ladder: Ladder
    singles: tuple[Request, Request]
    bullets: list[Request]
    wanted: int
    needed: int
    """Bullets that the rungs of the ladder go on for; fewer than wanted where a model edits."""
    most: int
    """Bullets that the brief may have where they are terse."""
    done: dict[Request, Statement]
    too_long: frozenset[Passage]
    """Passages of one sentence that is longer than the backend reads."""
    told: Callable[[Statement], None] | None = None
    read_whole: bool = False
    """True when headline and standfirst were written with the whole article in view."""
    mended: list[str] = field(default_factory=list)
    """The paper's slips that were mended in what was accepted, as «slip ← word»."""
    listed: dict[Request, tuple[Candidate, ...]] = field(default_factory=dict)
    """Bullets that were written in one go, by the passage that bears each out."""

    def accept(self, request: Request, statement: Statement) -> None:
        """The statement that answers ``request``; whoever listens is told."""
        self.done[request] = statement
        if self.told:
            self.told(statement)

    def vetting(self, sentences: Sequence[Sentence]) -> Vetting:
        """The vetoes for lines about the article's ``sentences``, as they are spelt there."""
        ladder = self.ladder
        limits = replace(ladder.limits, max_long_bullet_words=_EDITED_WORDS)
        words = frozenset(ladder.source_words).union(*(folded_words(one.text) for one in sentences))
        return Vetting(limits, ladder.house, words, Surroundings(sentences), ladder.spoken)

    def open_requests(self, rung: Rung) -> list[Request]:
        """What is still to be written, headline and standfirst first; on the last rung the fewest bullets alone."""
        missing = [request for request in self.singles if request not in self.done] if rung != "whole" else []
        needed = min(self.needed, self.ladder.limits.min_bullets) if rung == "whole" else self.needed
        written = [self.done[request].text for request in self.bullets if request in self.done]
        lacking = needed - len(written)
        room_for_one = rung in ("model", "wider") and lacking == 0 and self._has_room(written)
        return missing + self._open_bullets(rung, lacking) if lacking > 0 or room_for_one else missing

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


def plan_for(article: Article, backend: Backend, options: BriefOptions) -> Plan:
    """The plan of one article: what is to be written, and from which sentences. ``EmptyInput`` when it has none."""
    if not article.sentences:
        raise EmptyInput(
            expected="an article with at least one sentence", got="none", hint="check that the body is in the input"
        )
    wanted = bullet_count(article, options.limits, options.bullets)
    ranked = _passages(article, wanted) if wanted else []
    return Plan(
        article,
        ladder_for(article, options),
        lead_requests(article, backend, options),
        [bullet_request(passage, options) for passage in ranked],
        wanted,
        wanted,
        wanted if options.bullets is not None else options.limits.max_bullets,
        {},
        _too_long(ranked, backend),
    )


def ladder_for(article: Article, options: BriefOptions) -> Ladder:
    """The ladder that judges what is written of one article, in the style asked for."""
    words = frozenset(folded_words(article.body))
    house = house_of(article.body, options.style)
    return Ladder(
        options.limits,
        words,
        verification=options.verification,
        house=house,
        article=Surroundings(article.sentences),
        spoken=answers(article),
    )


def lead_requests(article: Article, backend: Backend, options: BriefOptions) -> tuple[Request, Request]:
    """The requests for headline and standfirst, from the body's start as far as ``backend`` reads.

    Of a live blog, whose start is its latest entry, the weightiest sentences.
    """
    budget = options.max_source_tokens or backend.max_source_tokens
    choose = weightiest if is_live(article) else lead_passage
    lead = choose(article, budget, backend.count_tokens)
    return request_for(Task.HEADLINE, lead, options), request_for(Task.STANDFIRST, lead, options)


def _passages(article: Article, wanted: int) -> list[Passage]:
    """What the bullets may be written from, the best first."""
    windows = window_count(article, wanted)
    weights = LIVE_WEIGHTS if is_live(article) else WEIGHTS
    return rank_passages(passages(article), wanted + _RESERVE_PASSAGES, weights, windows)


def _too_long(ranked: Sequence[Passage], backend: Backend) -> frozenset[Passage]:
    return frozenset(one for one in ranked if backend.count_tokens(one.text) > backend.max_source_tokens)


def bullet_request(passage: Passage, options: BriefOptions) -> Request:
    """What is asked for a bullet about a passage."""
    return request_for(Task.BULLET, passage, options)


def request_for(task: Task, passage: Passage, options: BriefOptions) -> Request:
    """A request with the editor's limit on words."""
    return Request(task, passage, word_limits(task, options.limits)[1])
