"""From candidates to a statement: each is polished, measured, checked and compared with what was said already.

The rungs, in order: the model's best candidate, its next ones, those of a wider search, and the article's own
sentences, at last its long ones. ``Statement.method`` says which rung was reached and ``Statement.refused`` what was
turned down on the way and why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from summarizer.arabic.centrality import containment, jaccard
from summarizer.arabic.scripture import is_scripture
from summarizer.arabic.words import content_keys, tokenize
from summarizer.briefing.alignment import is_stretch
from summarizer.briefing.attribution import attribute
from summarizer.briefing.beginnings import as_the_source_has_it, mended, with_first_word, with_verb
from summarizer.briefing.copying import copied_right
from summarizer.briefing.editorial import HOUSE, longest, polish, refuse, word_limits
from summarizer.briefing.endings import finish, without_disclaimer
from summarizer.briefing.faithfulness import check
from summarizer.briefing.house import House
from summarizer.briefing.ranking import WEIGHTS, Weights, values
from summarizer.briefing.referents import bare_role, resolve
from summarizer.briefing.speakers import with_shorter_speaker, with_speaker, without_listener
from summarizer.briefing.surroundings import Surroundings
from summarizer.briefing.written import cut_badly, fault, misspelt, strange_word
from summarizer.config import EditorialLimits, Verification
from summarizer.schema import Candidate, Passage, Refusal, Request, Sentence, Span, Statement, Support, Task

Rung = Literal["model", "wider", "lifted", "whole"]

_LIFTING = ("lifted", "whole")
#: How many times its limit a lifted bullet may be long on the rung «whole», where the article has only long sentences.
_WHOLE_SENTENCES = 2

#: A statement whose words nearly all stand in another says nothing new, however long the other is.
_MAX_CONTAINMENT = 0.75


@dataclass(slots=True)
class Ladder:
    """The judge of one article's candidates. It remembers what was accepted, so that nothing is said twice."""

    limits: EditorialLimits
    source_words: Collection[str]
    accepted: list[Statement] = field(default_factory=list)
    refused: dict[Request, list[Refusal]] = field(default_factory=dict)
    verification: Verification = field(default_factory=Verification)
    weights: Mapping[Task, Weights] = field(default_factory=lambda: WEIGHTS)
    house: House = HOUSE
    article: Surroundings = field(default_factory=Surroundings)
    """Its sentences: the neighbourhood in which a role is named."""
    spoken: frozenset[Span] = frozenset()
    """Sentences of somebody's answers: lifted, they stand in quotation marks."""
    odds: dict[tuple[tuple[Span, ...], str], float] = field(default_factory=dict)
    """What a verifier said of a passage and a text, put here before ``climb`` asks; nothing without a verifier."""

    def pending(self, request: Request, candidates: Iterable[Candidate], rung: Rung) -> list[str]:
        """The written texts that only a verifier could still refuse: what it should be asked about."""
        found = (self._judge(request, candidate, rung, 0) for candidate in candidates if not candidate.spans)
        return list(dict.fromkeys(verdict.text for verdict in found if isinstance(verdict, Statement)))

    def climb(self, request: Request, candidates: Iterable[Candidate], rung: Rung) -> Statement | None:
        """The best of the candidates that pass, accepted; None when none does. Refusals are kept for the report.

        Best is the one with the highest value (``briefing.ranking``) and verifier's weighted log-odds. On the rungs of
        lifted sentences these come in the order of their salience: the first passes.
        """
        found = self.choices(request, candidates, rung)
        if not found:
            return None
        statement = replace(found[0], refused=tuple(self.refused[request]))
        self.accepted.append(statement)
        return statement

    def choices(self, request: Request, candidates: Iterable[Candidate], rung: Rung) -> list[Statement]:
        """The candidates that pass, the best first, none of them accepted: of lifted ones the first alone."""
        candidates = list(candidates)
        refusals = self.refused.setdefault(request, [])
        passed: list[tuple[Candidate, Statement]] = []
        for position, candidate in enumerate(candidates):
            verdict = self._judge(request, candidate, rung, position)
            if isinstance(verdict, Refusal):
                refusals.append(verdict)
                continue
            passed.append((candidate, verdict))
            if rung in _LIFTING:
                break
        sums = self._sums(request, passed, candidates) if passed else []
        order = sorted(range(len(passed)), key=lambda place: -sums[place])
        return [passed[place][1] for place in order]

    def _sums(
        self, request: Request, passed: list[tuple[Candidate, Statement]], written: Sequence[Candidate]
    ) -> list[float]:
        """What each is worth in all; a sentence lifted among written ones is as true as the truest of them."""
        odds = [0.0 if one.spans else self.odds.get((request.passage.spans, said.text), 0.0) for one, said in passed]
        truest, weight = max(odds), self.verification.weight
        return [
            value + weight * (truest if candidate.spans else own)
            for value, (candidate, _), own in zip(
                values(request, passed, written, self.weights[request.task]), passed, odds, strict=True
            )
        ]

    def _judge(self, request: Request, candidate: Candidate, rung: Rung, position: int) -> Statement | Refusal:
        """One candidate as it would be printed, or why it is not."""
        method = _method(candidate, rung, position)
        text = polish(candidate.text, request.task, self.source_words, self.house)
        if candidate.spans and self.spoken.issuperset(candidate.spans):
            text = f"«{text.rstrip('.')}»"
        introduced: tuple[Span, ...] = ()
        if not candidate.spans:
            text = self._mended(text, request)
        if request.task is Task.BULLET:
            text, said = (text, ()) if candidate.spans else with_speaker(text, request.passage.sentences)
            if not candidate.spans and not (text := self._finished(text, request)):
                return Refusal(candidate.text, method, "stops in the middle of a phrase")
            text, introduced = self._named(text, request)
            introduced = (*said, *introduced)
            text = text if candidate.spans else self._told_shortly(text)
        reason = self._reason(text, request, candidate, rung)
        if reason:
            return Refusal(text, method, reason)
        lifted = candidate.spans if rung in _LIFTING else None
        support = check(text, self.article.of(request.passage, introduced, lifted))
        if not candidate.spans and (reason := self._unbacked(text, support, request, introduced)):
            return Refusal(text, method, reason)
        sources = candidate.spans or attribute(text, request.passage.sentences)
        sources = tuple(sorted({*sources, *introduced}))
        return Statement(text, request.task, sources, method, support, score=candidate.score)

    def _named(self, text: str, request: Request) -> tuple[str, tuple[Span, ...]]:
        """A bullet with the bare role at its head replaced by who that is, and where the article says so."""
        role = bare_role(text)
        if role is None:
            return text, ()
        found = resolve(role.text, request.passage.sentences, self.article.before(request.passage))
        if found is None:
            return text, ()
        return text[: role.span.start] + found.phrase + text[role.span.end :], (found.source,)

    def _finished(self, text: str, request: Request) -> str:
        """A written bullet that stops where the sentence it copies may, carried on where need be; "" if it cannot."""
        text = self._told_shortly(text)
        finished = finish(text, request.passage.texts, longest(request.task, self.limits))
        return text if finished == text else polish(finished, request.task, self.source_words, self.house)

    def _mended(self, text: str, request: Request) -> str:
        """A written text with the words that it copied badly, and with what it lost at its head."""
        text = with_verb(copied_right(text, request.passage.texts), request.passage.texts)
        text = without_disclaimer(text) if request.task is Task.HEADLINE else text
        if request.task is Task.BULLET:
            text = as_the_source_has_it(without_listener(text), request.passage.texts)
            text = with_first_word(text, request.passage.texts)
        return text if request.task is Task.STANDFIRST else mended(text, request.passage.texts)

    def _told_shortly(self, text: str) -> str:
        """A bullet that is too long without the particulars of its speaker."""
        return with_shorter_speaker(text, longest(Task.BULLET, self.limits))

    def _unbacked(self, text: str, support: Support, request: Request, introduced: tuple[Span, ...]) -> str:
        """Why a written text is not borne out: its claims; for a bullet its score and words; a verifier's doubt."""
        if not support.supported:
            return "; ".join(f"{claim.kind} «{claim.text}» not in the source" for claim in support.unsupported)
        bullet = request.task is Task.BULLET
        nearby = (self.article.near if bullet else self.article.of)(request.passage, introduced)
        if name := misspelt(text, nearby):
            return f"«{name}» is written otherwise in the source"
        if bullet and support.score < self.limits.min_bullet_support and not is_stretch(text, request.passage.texts):
            return f"support {support.score:.2f}, below {self.limits.min_bullet_support:.2f}"
        if bullet and (word := strange_word(text, nearby)):
            return f"«{word}» is not in the source"
        return self._denied(request, text)

    def _denied(self, request: Request, text: str) -> str:
        """Why a verifier does not take a written text for borne out."""
        key = (request.passage.spans, text)
        if key in self.odds and self.odds[key] < self.verification.min_odds:
            return f"the verifier doubts it: log-odds {self.odds[key]:.2f}, below {self.verification.min_odds:.2f}"
        return ""

    def last_resort(self, request: Request) -> Statement:
        """The opening of the passage's first sentence that is not printed yet, when nothing passed: true, if not fine.

        A sentence past the limit (a body without punctuation is one) is cut there and shows it by «…».
        """
        printed = {statement.text.rstrip(".") for statement in self.accepted}
        texts = [(one, self._opening(one, request.task)) for one in request.passage.sentences]
        sentence, text = next((pair for pair in texts if pair[1].rstrip(".") not in printed), texts[0])
        support = check(text, sentence.text)
        refused = tuple(self.refused.get(request, ()))
        return Statement(text, request.task, (sentence.span,), "extractive", support, refused)

    def _opening(self, sentence: Sentence, task: Task) -> str:
        """A sentence as it would be printed, cut where no lifted one may be longer."""
        text = polish(sentence.text, task, self.source_words, self.house) or sentence.text
        most = max(word_limits(task, self.limits)[1], self.limits.max_extractive_words)
        words = tokenize(text)
        return text if len(words) <= most else text[: words[most - 1].span.end] + "…"

    def _reason(self, text: str, request: Request, candidate: Candidate, rung: Rung) -> str:
        """Why not, before the text is checked against its source."""
        limits = self.limits
        if rung == "whole":
            limits = replace(limits, max_extractive_words=_WHOLE_SENTENCES * limits.max_extractive_words)
        if not candidate.spans and is_scripture(request.passage.text):
            return "scripture is not paraphrased"
        lifted, sentences = bool(candidate.spans), request.passage.texts
        refusal = refuse(text, request.task, limits, lifted=lifted, style=self.house.style, sentences=sentences)
        if request.task is Task.BULLET and (role := bare_role(text)):
            refusal = refusal or f"does not say who «{role.text}» is"
        if not candidate.spans:
            refusal = refusal or fault(text, request.task, request.passage)
        elif request.task is not Task.STANDFIRST and not _is_whole(text, request.passage):
            refusal = refusal or cut_badly(text, request.passage.texts)
        return refusal or self._said_already(text, request.task)

    def _said_already(self, text: str, task: Task) -> str:
        """Why the text adds nothing. A standfirst may share much with its headline, as it does in every paper."""
        keys = set(content_keys(text))
        for other in self.accepted:
            if {task, other.task} == {Task.HEADLINE, Task.STANDFIRST}:
                if text.rstrip(".") == other.text.rstrip("."):
                    return f"the same as the {other.task}"
                continue
            others = set(content_keys(other.text))
            if containment(keys, others) >= _MAX_CONTAINMENT or jaccard(keys, others) > self.limits.max_overlap:
                return f"repeats the {other.task}"
        return ""


def _is_whole(text: str, passage: Passage) -> bool:
    """True when a lifted text is a sentence of the passage, no beginning of one."""
    return any(text.rstrip(".") == sentence.text.rstrip(".") for sentence in passage.sentences)


def _method(candidate: Candidate, rung: Rung, position: int) -> str:
    """``extractive``, ``model``, ``model-next`` or ``model-wider``: the word the reader sees."""
    if candidate.spans or rung in _LIFTING:
        return "extractive"
    if rung == "wider":
        return "model-wider"
    return "model" if position == 0 else "model-next"
