"""Lines to choose from: every candidate of the backend for a headline, or for one line, that passes the checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer import editing
from summarizer.arabic.words import folded_words
from summarizer.backends.base import Backend, editor_of
from summarizer.backends.extractive import Extractive
from summarizer.briefing.ladder import Ladder, Rung
from summarizer.config import BriefOptions
from summarizer.pipeline import brief
from summarizer.plan import ladder_for, lead_requests, plan_for, request_for
from summarizer.schema import Article, Candidate, Passage, Request, Span, Statement, Task

WORDINGS = 4


@dataclass(frozen=True, slots=True)
class Reword:
    """A line that is wanted in other words: its task, and the places in the article that it rests on."""

    task: Task
    sources: tuple[Span, ...]


def headlines(article: Article, backend: Backend, options: BriefOptions, count: int) -> tuple[Statement, ...]:
    """Up to ``count`` different headlines, the brief's own first, then the model's others, then lifted ones.

    Fewer when fewer pass the checks. Raises ``EmptyInput`` as :func:`summarizer.pipeline.brief` does.
    """
    if (editor := editor_of(backend)) and (found := editing.headlines(plan_for(article, backend, options), editor)):
        return _different(found, count)
    own = brief(article, backend, replace(options, bullets=0)).headline
    return beside(own, article, backend, options, 1 if editor else count)


def beside(
    own: Statement, article: Article, backend: Backend, options: BriefOptions, count: int
) -> tuple[Statement, ...]:
    """Up to ``count`` headlines: ``own``, a written brief's headline, then the others of :func:`headlines`."""
    if (editor := editor_of(backend)) and count > 1:
        others = editing.headlines(plan_for(article, backend, options), editor)
        return _different((own, *others), count)
    request = lead_requests(article, backend, options)[0]
    further = _passing(request, article, backend, options, count) if count > 1 else ()
    return _different((own, *further), count)


def wordings(article: Article, backend: Backend, options: BriefOptions, line: Reword) -> tuple[Statement, ...]:
    """Up to four wordings of a line, from the sentences that its sources overlap, the best first; perhaps none."""
    about = tuple(one for one in article.sentences if any(map(one.span.overlaps, line.sources)))
    if not about:
        return ()
    if editor := editor_of(backend):
        found = editing.wordings(plan_for(article, backend, options), editor, line.task, line.sources)
        return _different(found, WORDINGS)
    request = request_for(line.task, Passage(about), options)
    return _different(_passing(request, article, backend, options, WORDINGS), WORDINGS)


def _passing(
    request: Request, article: Article, backend: Backend, options: BriefOptions, count: int
) -> Iterator[Statement]:
    """The candidates for a request that pass the checks, the best first."""
    # A memory of its own: alternatives are meant to say the same thing.
    judge = ladder_for(article, options)
    for candidates, rung in _candidates(request, backend, options, count):
        _verify(judge, request, candidates, rung, backend)
        yield from judge.choices(request, candidates, rung)


def _different(found: Iterable[Statement], most: int) -> tuple[Statement, ...]:
    """The first ``most`` of different wording."""
    chosen: dict[tuple[str, ...], Statement] = {}
    for one in found:
        chosen.setdefault(_wording(one), one)
    return tuple(chosen.values())[:most]


def _wording(statement: Statement) -> tuple[str, ...]:
    """The words of a line: another with the same words in other marks is no choice."""
    return tuple(folded_words(statement.text))


def _candidates(
    request: Request, backend: Backend, options: BriefOptions, count: int
) -> Iterator[tuple[Sequence[Candidate], Rung]]:
    """The backend's candidates for a line, then the article's own sentences one by one."""
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
