"""A brief as a sub-editor makes it, with a model that can be asked about sentences: choose, edit lightly, leave out.

1. choose   the sentences that matter and can stand; for the headline those that bear the news
2. edit     a line about each, as lightly as possible; the sentence as it stands is always among the candidates
3. judge    what no line may do is refused; of the others, how likely an editor prints them
4. compose  the likeliest headline and standfirst, and bullets that matter; few of them rather than bad ones
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from summarizer.arabic.words import count_words
from summarizer.backends.editor import Draft, Editing, Line, Read
from summarizer.briefing.acceptance import BARS, Surveyed, Weighed, committed, features
from summarizer.briefing.choice.outlook import Outlook, choose
from summarizer.briefing.choice.written import committed as written
from summarizer.briefing.composing import Offer, composed, head_worth
from summarizer.briefing.lost_stops import parted
from summarizer.briefing.slips import Suspect, mended, respelt, suspects, unslipped
from summarizer.briefing.vetting import Vetting, spelt
from summarizer.config import Decoding
from summarizer.plan import Plan
from summarizer.schema import (
    Article,
    Candidate,
    Chances,
    Passage,
    Refusal,
    Request,
    Sentence,
    Span,
    Statement,
    Task,
    Verdict,
)

GREEDY = Decoding(candidates=1, beam=1, bullet_beam=None, no_repeat_ngram=0)
"""How a standfirst or bullet is written."""
SEARCH = Decoding(candidates=4, beam=4, bullet_beam=None, no_repeat_ngram=0)
"""How headlines are: of what a model writes in one go, few end within a headline's words."""
_SPARE, _HEADS = 3, 2
"""Sentences beyond the bullets wanted that are edited, since some lines will not do; and those for the head."""
_WRITTEN = 2
"""How much the chance that a bullet comes out counts beside a sentence's importance, as an exponent."""
_MAX_WORDS = 70
"""A sentence that is longer has lost its full stops."""
_MANNERS = {Task.HEADLINE: "middle", Task.STANDFIRST: "light", Task.BULLET: "light"}
_READ = {Task.HEADLINE: 3, Task.STANDFIRST: 2, Task.BULLET: 1}
"""Drafts of a brief that a judge reads: of a head, and of a sentence for bullets."""
_HEADLINE_TOKENS = 28
"""In which a headline has to end: two a word."""


@dataclass(frozen=True, slots=True)
class Written:
    """A statement that no veto stopped, and the sentence that it is about.

    ``log_probs``: those of its tokens, as the candidate has them.
    """

    statement: Statement
    sentence: int
    log_probs: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A draft with what it is worth by what is counted of it (``acceptance.features``)."""

    offer: Offer
    found: Mapping[str, float]
    spelt_well: float
    """How likely none of its words is a slip."""


@dataclass(slots=True)
class Desk:
    """One article on its way."""

    plan: Plan
    sentences: Sequence[Sentence]
    """Those of the article, the paper's slips mended."""
    slips: Sequence[Suspect]
    """Words that were suspected to be slips, mended or not."""
    vetting: Vetting
    read: Read
    surveyed: Surveyed
    asked: Sequence[tuple[Task, int]] = ()
    """What is written: a task and the sentence that it is about."""
    drafts: list[Written] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    refused: dict[tuple[Task, int], list[Refusal]] = field(default_factory=dict)

    @property
    def outlooks(self) -> Sequence[Outlook]:
        """How each sentence looks to an editor."""
        return self.surveyed.outlooks

    def choose(self) -> Iterator[tuple[Task, int]]:
        """The sentences that bear the news for the head, those that matter for bullets."""
        news = self.news()
        for index in news:
            yield from ((task, index) for task in (Task.HEADLINE, Task.STANDFIRST))
        if self.plan.wanted:
            yield from ((Task.BULLET, index) for index in self._for_bullets(news[:1]))

    def news(self) -> list[int]:
        """The sentences that bear the news, the best first."""
        return sorted(self._fit(), key=lambda index: (-self.outlooks[index].news, index))[:_HEADS]

    def _fit(self) -> list[int]:
        return [index for index, one in enumerate(self.sentences) if count_words(one.text) <= _MAX_WORDS]

    def _for_bullets(self, besides: Sequence[int]) -> list[int]:
        """Those that matter and about which a bullet will come out."""
        worth = [chance**_WRITTEN for chance in written().chances(self.surveyed.read, self.outlooks)]
        texts, fit = [one.text for one in self.sentences], self._fit()
        chosen = choose(texts, self.outlooks, self.plan.wanted + _SPARE, besides, worth=worth)
        return [index for index in chosen if index in fit]

    def lines(self, task: Task) -> Iterator[Line]:
        """What is asked for one task, for the model."""
        most = {request.task: request.max_words for request in self.plan.singles}
        words = most.get(task, self.vetting.limits.max_long_bullet_words)
        headline = task is Task.HEADLINE
        tokens, search = (_HEADLINE_TOKENS, SEARCH) if headline else (None, None)
        for other, index in self.asked:
            if other is task:
                yield Line(self.read, index, task, _MANNERS[task], words, tokens, search)

    def take(self, task: Task, index: int, candidate: Candidate | None = None) -> None:
        """Keep a candidate, or the sentence as it stands, once, if no veto stops it."""
        sentence = self.sentences[index]
        candidate = candidate or Candidate(sentence.text, 0.0, "extractive", (sentence.span,))
        verdict = self.vetting.vet(candidate, task, sentence)
        if isinstance(verdict, Refusal):
            self.refused.setdefault((task, index), []).append(verdict)
        elif all(one.statement.text != verdict.text or one.statement.task is not task for one in self.drafts):
            self.drafts.append(Written(verdict, index, candidate.log_probs))

    def count(self) -> list[Counted]:
        """Every draft with what is counted of it, and what it is worth by that alone."""
        known, made = committed(), []
        for one in self.drafts:
            said, lifted = one.statement, one.statement.method == "extractive"
            line = Weighed(said.text, one.sentence, said.score, lifted, log_probs=one.log_probs)
            found, spelt_well = features(self.surveyed, line), unslipped(said.text, one.sentence, self.slips)
            printable = known.printable(said.task, found) * spelt_well
            made.append(Counted(Offer(said, one.sentence, printable, known.true(found)), found, spelt_well))
        return made

    def shortlist(self, counted: Sequence[Counted]) -> list[Counted]:
        """The likeliest heads, and the likeliest bullet of each sentence: what is worth being read by a judge."""
        left: dict[tuple[Task, int], int] = {}
        kept: list[Counted] = []
        for one in sorted(counted, key=lambda other: -head_worth(other.offer, self.outlooks)):
            task = one.offer.statement.task
            group = (task, one.offer.sentence if task is Task.BULLET else 0)
            if left.setdefault(group, _READ[task]):
                left[group] -= 1
                kept.append(one)
            else:
                self._turn_down(one.offer)
        return sorted(kept, key=counted.index)

    def weigh(self, counted: Sequence[Counted], verdicts: Sequence[Verdict | None]) -> None:
        """Offer some drafts with how likely an editor prints them, and how likely they are true.

        ``verdicts``: what a judge says of each that reads.
        """
        known = committed()
        for one, verdict in zip(counted, verdicts, strict=True):
            said, place = one.offer.statement, one.offer.sentence
            printable = known.printable(said.task, one.found, verdict) * one.spelt_well
            self.offers.append(Offer(said, place, printable, known.true(one.found, verdict)))

    def _turn_down(self, offer: Offer) -> None:
        said = offer.statement
        refusal = Refusal(said.text, said.method, f"printable {offer.printable:.2f}, less than another")
        self.refused.setdefault((said.task, offer.sentence), []).append(refusal)

    def compose(self) -> None:
        """The best headline and standfirst, then the bullets, into the plan."""
        self.plan.needed, self.plan.read_whole = min(BARS.needed, self.plan.wanted), True
        singles = {request.task: request for request in self.plan.singles}
        for offer in composed(self.offers, self.outlooks, self.plan.wanted):
            passage = Passage((self.sentences[offer.sentence],))
            bullet = Request(Task.BULLET, passage, self.vetting.limits.max_long_bullet_words)
            self._print(singles.get(offer.statement.task, bullet), offer)

    def _print(self, request: Request, offer: Offer) -> None:
        """The statement of an offer is done; it keeps what was turned down for its task and sentence."""
        task = request.task
        others = [
            Refusal(one.statement.text, one.statement.method, f"printable {one.printable:.2f}, less than another")
            for one in self.offers
            if one is not offer and (one.statement.task, one.sentence) == (task, offer.sentence)
        ]
        refused = (*self.refused.get((task, offer.sentence), ()), *others)
        if task is Task.BULLET:
            self.plan.bullets.append(request)
        self.plan.mended += [
            text for text in mended(offer.statement.text, offer.sentence, self.slips) if text not in self.plan.mended
        ]
        statement = replace(offer.statement, refused=refused, chances=Chances(offer.printable, offer.true))
        self.plan.ladder.accepted.append(statement)
        self.plan.accept(request, statement)


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
