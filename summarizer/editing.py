"""A brief as a sub-editor makes it, with a model that can be asked about sentences: choose, edit lightly, leave out.

1. choose   the sentences that matter and can stand; for the headline those that bear the news
2. edit     a line about each, as lightly as possible; the sentence as it stands is always among the candidates
3. judge    what no line may do is refused; of the others, how likely an editor prints them
4. compose  the likeliest headline and standfirst, and bullets that matter; few of them rather than bad ones
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from summarizer.arabic.centrality import containment, jaccard
from summarizer.arabic.words import content_keys, count_words, folded_words
from summarizer.backends.editor import Draft, Editing, Line, Read
from summarizer.briefing import acceptance
from summarizer.briefing.choice.outlook import Outlook, choose, outlooks
from summarizer.briefing.vetting import Vetting
from summarizer.config import Decoding
from summarizer.plan import Plan
from summarizer.schema import Candidate, Passage, Refusal, Request, Sentence, Statement, Task

GREEDY = Decoding(candidates=1, beam=1, bullet_beam=None, no_repeat_ngram=0)
"""How a line is written."""
_SPARE, _HEADS = 4, 2
"""Sentences beyond the bullets wanted that are edited, since some lines will not do; and those for the head."""
_MAX_WORDS = 70
"""A sentence that is longer has lost its full stops."""
_MANNERS = {Task.HEADLINE: ("short", "middle", "long"), Task.STANDFIRST: ("light",), Task.BULLET: ("light", "near")}
_CUTS = ("shorter", "shortest")
"""Manners of a bullet that may be a headline: they cut more than a headline's own do."""
_PRINTABLE, _TRUE, _FEWEST = 0.5, 0.9, 2
"""How likely an editor must be to print a bullet, unless there are fewer; and how likely it must be true. Chosen on
labelled lines of training articles that neither the model nor the judge had seen."""
_MAX_CONTAINMENT, _MAX_OVERLAP = 0.75, 0.5
_UNIMPORTANT = 0.5
"""What a bullet about a sentence that does not matter is worth beside one about a sentence that does."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A statement that may be printed: about which sentence, how likely an editor prints it, how likely it is true."""

    statement: Statement
    sentence: int
    printable: float
    true: float


@dataclass(slots=True)
class Desk:
    """One article on its way."""

    plan: Plan
    vetting: Vetting
    read: Read
    outlooks: Sequence[Outlook] = ()
    asked: Sequence[tuple[Task, int]] = ()
    """What is written: a task and the sentence that it is about."""
    drafts: list[tuple[Statement, int]] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    refused: dict[tuple[Task, int], list[Refusal]] = field(default_factory=dict)

    @property
    def sentences(self) -> Sequence[Sentence]:
        """Those of the article."""
        return self.plan.article.sentences

    def choose(self) -> Iterator[tuple[Task, int]]:
        """The sentences that bear the news for the head, those that matter for bullets."""
        fit = [index for index, one in enumerate(self.sentences) if count_words(one.text) <= _MAX_WORDS]
        news = sorted(fit, key=lambda index: (-self.outlooks[index].news, index))[:_HEADS]
        for index in news:
            yield from ((task, index) for task in (Task.HEADLINE, Task.STANDFIRST))
        texts = [one.text for one in self.sentences]
        chosen = choose(texts, self.outlooks, self.plan.wanted + _SPARE, besides=news[:1]) if self.plan.wanted else ()
        yield from ((Task.BULLET, index) for index in chosen if index in fit)

    def lines(self) -> Iterator[tuple[Task, Line]]:
        """The same for the model in each of the manners, with the task that it is for."""
        most = {request.task: request.max_words for request in self.plan.singles}
        for task, index in self.asked:
            words = most.get(task, self.vetting.limits.max_long_bullet_words)
            for manner in _MANNERS[task]:
                yield task, Line(self.read, index, task, manner, words)
            for manner in _CUTS if task is Task.HEADLINE else ():
                yield task, Line(self.read, index, Task.BULLET, manner, words)

    def take(self, task: Task, index: int, candidate: Candidate | None = None) -> None:
        """Keep a candidate, or the sentence as it stands, once, if no veto stops it."""
        sentence = self.sentences[index]
        candidate = candidate or Candidate(sentence.text, 0.0, "extractive", (sentence.span,))
        verdict = self.vetting.vet(candidate, task, sentence)
        if isinstance(verdict, Refusal):
            self.refused.setdefault((task, index), []).append(verdict)
        elif all(said.text != verdict.text or said.task is not task for said, _ in self.drafts):
            self.drafts.append((verdict, index))

    def weigh(self, said: Statement, index: int, labels: Sequence[float]) -> None:
        """Offer a draft with how likely an editor prints it."""
        text, lifted = self.sentences[index].text, said.method == "extractive"
        found = acceptance.features(said.text, text, said.score, self.outlooks[index], labels, lifted=lifted)
        known = acceptance.committed()
        self.offers.append(Offer(said, index, known.printable(said.task, found), known.true(found)))

    def compose(self) -> None:
        """The likeliest headline and standfirst, then the bullets, into the plan."""
        self.plan.needed, self.plan.read_whole = min(_FEWEST, self.plan.wanted), True
        heads: list[Offer] = []
        for request in self.plan.singles:
            if offer := self._head(request.task, heads):
                heads.append(offer)
                self._print(request, offer)
        bullets = self._bullets([one.statement for one in heads if one.statement.task is Task.STANDFIRST])
        for offer in bullets:
            passage = Passage((self.sentences[offer.sentence],))
            self._print(Request(Task.BULLET, passage, self.vetting.limits.max_long_bullet_words), offer)

    def _head(self, task: Task, above: Sequence[Offer]) -> Offer | None:
        """The likeliest offer of a task, weighed by how likely its sentence bears the news.

        One with the same words as what stands above it only where there is no other.
        """
        offers = [offer for offer in self.offers if offer.statement.task is task]
        said = [folded_words(one.statement.text) for one in above]
        others = [offer for offer in offers if folded_words(offer.statement.text) not in said]
        true = [offer for offer in others if offer.true >= _TRUE]
        return max(true or others or offers, key=self.head_worth, default=None)

    def head_worth(self, offer: Offer) -> float:
        """How good an offer is as the head of the brief."""
        return offer.printable * self.outlooks[offer.sentence].news

    def _bullets(self, heads: Sequence[Statement]) -> list[Offer]:
        """The likeliest offer of each sentence, the most important first, none that says what is said already."""
        best: dict[int, Offer] = {}
        for offer in self.offers:
            known = best.get(offer.sentence)
            fits = offer.statement.task is Task.BULLET and offer.true >= _TRUE
            if fits and (known is None or offer.printable > known.printable):
                best[offer.sentence] = offer
        kept: list[Offer] = []
        for offer in sorted(best.values(), key=self._worth, reverse=True):
            good = offer.printable >= _PRINTABLE or len(kept) < _FEWEST
            if good and len(kept) < self.plan.wanted and not _repeats(offer, heads, kept):
                kept.append(offer)
        return sorted(kept, key=lambda offer: offer.sentence)

    def _worth(self, offer: Offer) -> float:
        return offer.printable * (_UNIMPORTANT + self.outlooks[offer.sentence].important)

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
        statement = replace(offer.statement, refused=refused)
        self.plan.ladder.accepted.append(statement)
        self.plan.accept(request, statement)


def _repeats(offer: Offer, heads: Sequence[Statement], kept: Sequence[Offer]) -> bool:
    """True when a bullet stands in the standfirst, or says what another says."""
    keys = set(content_keys(offer.statement.text))
    if any(containment(keys, set(content_keys(one.text))) >= _MAX_CONTAINMENT for one in heads):
        return True
    return any(jaccard(keys, set(content_keys(one.statement.text))) > _MAX_OVERLAP for one in kept)


def edit(plans: Sequence[Plan], editor: Editing) -> None:
    """Write the statements of all plans, as far as they come out well; each as it would be alone."""
    for desk in _desks(plans, editor):
        desk.compose()


def headlines(plan: Plan, editor: Editing) -> list[Statement]:
    """The headlines of one article that no veto stops, the likeliest to be printed first."""
    (desk,) = _desks([plan], editor)
    offers = [offer for offer in desk.offers if offer.statement.task is Task.HEADLINE]
    return [offer.statement for offer in sorted(offers, key=desk.head_worth, reverse=True)]


def _desks(plans: Sequence[Plan], editor: Editing) -> list[Desk]:
    """Each article with all that may be printed of it, judged."""
    desks = [Desk(plan, plan.vetting(), editor.read([one.text for one in plan.article.sentences])) for plan in plans]
    for desk in desks:
        desk.outlooks = outlooks([one.text for one in desk.sentences])
        desk.asked = tuple(desk.choose())
    lines = [(desk, task, line) for desk in desks for task, line in desk.lines()]
    written = editor.write([line for _, _, line in lines], GREEDY)
    for (desk, task, line), candidate in zip(lines, written, strict=True):
        if candidate:
            desk.take(task, line.sentence, candidate)
    for desk in desks:
        for task, index in desk.asked:
            desk.take(task, index)
    drafts = [(desk, said, index) for desk in desks for said, index in desk.drafts]
    labels = editor.judge([Draft(desk.read, index, said.task, said.text) for desk, said, index in drafts])
    for (desk, said, index), found in zip(drafts, labels, strict=True):
        desk.weigh(said, index, found.tolist())
    return desks
