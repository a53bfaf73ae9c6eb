"""A brief as a sub-editor makes it, with a model that can be asked about sentences: choose, edit lightly, leave out.

1. choose   the sentences that matter and can stand; for the headline those that bear the news
2. edit     a line about each, as lightly as possible; the sentence as it stands is always among the candidates
3. judge    what no line may do is refused; of the others, how likely an editor prints them
4. compose  the likeliest headline and standfirst, and bullets that matter; few of them rather than bad ones
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from summarizer.backends.editor import Draft, Editing
from summarizer.briefing.acceptance import Surveyed
from summarizer.briefing.composing import Offer, head_worth
from summarizer.briefing.lost_stops import parted
from summarizer.briefing.slips import Suspect, respelt, suspects
from summarizer.briefing.vetting import spelt
from summarizer.config import Decoding
from summarizer.desk import GREEDY, SEARCH, Desk
from summarizer.plan import Plan
from summarizer.schema import Article, Chances, Sentence, Span, Statement, Task


def edit(plans: Sequence[Plan], editor: Editing) -> None:
    """Write the statements of all plans, as far as they come out well; each as it would be alone."""
    desks = drafted(plans, editor)
    _weigh(desks, editor, short=True)
    for desk in desks:
        desk.compose()


def headlines(plan: Plan, editor: Editing) -> list[Statement]:
    """The headlines of one article that no veto stops, that of its brief first, then the likeliest to be printed."""
    desk = _alone(plan, editor)
    _ask(desk, Task.HEADLINE, desk.news(), editor, GREEDY)
    return _told(sorted(desk.offers, key=lambda offer: head_worth(offer, desk.outlooks), reverse=True))


def wordings(plan: Plan, editor: Editing, task: Task, sources: Sequence[Span]) -> list[Statement]:
    """Lines about the sentences that ``sources`` overlap and that no veto stops, the likeliest to be printed first."""
    desk = _alone(plan, editor)
    places = [place for place, one in enumerate(desk.sentences) if any(map(one.span.overlaps, sources))]
    _ask(desk, task, places, editor, SEARCH)
    return _told(sorted(desk.offers, key=lambda offer: -offer.printable))


def _alone(plan: Plan, editor: Editing) -> Desk:
    """The desk of one article; nothing is written yet."""
    ((sentences, slips),) = mended_sentences([plan.article], editor)
    return _desk(plan, sentences, slips, editor)


def _ask(desk: Desk, task: Task, places: Sequence[int], editor: Editing, decoding: Decoding) -> None:
    """Write lines of one task about some sentences, and nothing else, and weigh them."""
    desk.asked = tuple((task, place) for place in places)
    _write([desk], editor, decoding)
    _weigh([desk], editor)


def _weigh(desks: Sequence[Desk], editor: Editing, short: bool = False) -> None:
    """Every draft of every desk, or those that are likeliest, judged in one call."""
    drafts = [desk.shortlist(desk.count()) if short else desk.count() for desk in desks]
    questions = [
        Draft(desk.sentences[one.offer.sentence].text, one.offer.statement.task, one.offer.statement.text)
        for desk, counted in zip(desks, drafts, strict=True)
        for one in counted
    ]
    verdicts = iter(editor.judge(questions))
    for desk, counted in zip(desks, drafts, strict=True):
        desk.weigh(counted, list(islice(verdicts, len(counted))))


def _told(offers: Sequence[Offer]) -> list[Statement]:
    """The statements of the offers, with their chances."""
    return [replace(one.statement, chances=Chances(one.printable, one.true)) for one in offers]


def drafted(plans: Sequence[Plan], editor: Editing) -> list[Desk]:
    """Each article with all that may be printed of it; nothing is weighed yet."""
    read = mended_sentences([plan.article for plan in plans], editor)
    desks = [_desk(plan, *article, editor) for plan, article in zip(plans, read, strict=True)]
    for desk in desks:
        desk.asked = tuple(desk.choose())
    _write(desks, editor)
    return desks


def mended_sentences(articles: Sequence[Article], editor: Editing) -> list[tuple[tuple[Sentence, ...], list[Suspect]]]:
    """The sentences of each article, parted where a full stop was lost and the paper's slips mended, and the words
    that were suspected.
    """
    read = parted([article.sentences for article in articles], editor.likelihoods)
    texts = [[spelt(one.text, one.text) for one in sentences] for sentences in read]
    found = suspects(texts, editor.likelihoods)
    return [
        (tuple(one._replace(text=text) for one, text in zip(sentences, respelt(lines, known), strict=True)), known)
        for sentences, lines, known in zip(read, texts, found, strict=True)
    ]


def _desk(plan: Plan, sentences: tuple[Sentence, ...], slips: Sequence[Suspect], editor: Editing) -> Desk:
    texts = [one.text for one in sentences]
    return Desk(plan, sentences, slips, plan.vetting(sentences), editor.read(texts), Surveyed(texts))


def _write(desks: Sequence[Desk], editor: Editing, decoding: Decoding = GREEDY) -> None:
    """All lines of all desks in one call, so that each article is read once; then the sentences as they stand."""
    tasks = (Task.STANDFIRST, Task.BULLET, Task.HEADLINE)
    lines = [(desk, line) for desk in desks for task in tasks for line in desk.lines(task)]
    for (desk, line), found in zip(lines, editor.write([line for _, line in lines], decoding), strict=True):
        for candidate in found:
            desk.take(line.task, line.sentence, candidate)
    for desk in desks:
        for task, index in desk.asked:
            desk.take(task, index)
