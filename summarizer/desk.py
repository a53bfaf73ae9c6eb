"""One article as it is edited: what is chosen of it, the lines about that, and what each is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from summarizer.arabic.words import count_words
from summarizer.backends.editor import Line, Read
from summarizer.briefing.acceptance import BARS, Surveyed, Weighed, committed, features
from summarizer.briefing.choice.outlook import Outlook, choose
from summarizer.briefing.choice.written import committed as written
from summarizer.briefing.composing import Offer, composed, head_worth
from summarizer.briefing.slips import Suspect, mended, unslipped
from summarizer.briefing.vetting import Vetting
from summarizer.config import Decoding
from summarizer.plan import Plan
from summarizer.schema import Candidate, Chances, Passage, Refusal, Request, Sentence, Statement, Task, Verdict

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
