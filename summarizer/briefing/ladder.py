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
from summarizer.arabic.words import content_keys, tokenize
from summarizer.briefing.attribution import attribute
from summarizer.briefing.claims.check import check
from summarizer.briefing.draft import Draft
from summarizer.briefing.house import House
from summarizer.briefing.polish import HOUSE, polish
from summarizer.briefing.ranking import WEIGHTS, Weights, values
from summarizer.briefing.rules import fault, mended
from summarizer.briefing.rules.length import word_limits
from summarizer.briefing.source import Surroundings
from summarizer.config import EditorialLimits, Verification
from summarizer.schema import Candidate, Refusal, Request, Sentence, Span, Statement, Support, Task

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
        lifted = bool(candidate.spans)
        draft = mended(Draft(text, request.task, lifted, self._limits(rung), self.house.style))
        text = draft.text
        # What is written has to be borne out by its passage alone: nothing here weighs whether a name fits.
        source = self.article.source(request.passage, lifted=candidate.spans if rung in _LIFTING else None)
        if reason := fault(draft, source) or self._said_already(text, request.task):
            return Refusal(text, method, reason)
        support = check(text, source.index)
        if not lifted and (reason := self._unbacked(text, support, request)):
            return Refusal(text, method, reason)
        sources = candidate.spans or attribute(text, request.passage.sentences)
        return Statement(text, request.task, tuple(sources), method, support, score=candidate.score)

    def _unbacked(self, text: str, support: Support, request: Request) -> str:
        """Why a written text is not borne out: its claims, or a verifier's doubt."""
        return support.missing or self._denied(request, text)

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

    def _limits(self, rung: Rung) -> EditorialLimits:
        """Those of the brief; on the last rung lifted sentences may be longer."""
        if rung != "whole":
            return self.limits
        return replace(self.limits, max_extractive_words=_WHOLE_SENTENCES * self.limits.max_extractive_words)

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


def _method(candidate: Candidate, rung: Rung, position: int) -> str:
    """``extractive``, ``model``, ``model-next`` or ``model-wider``: the word the reader sees."""
    if candidate.spans or rung in _LIFTING:
        return "extractive"
    if rung == "wider":
        return "model-wider"
    return "model" if position == 0 else "model-next"
