"""Sentences lifted from the article: the baseline, the last rung of the ladder, and the test double.

It cannot invent: every candidate is a slice of the source, and ``Candidate.spans`` says which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.arabic.adjuncts import tight_clauses
from summarizer.arabic.centrality import centroid_scores, jaccard, position_scores
from summarizer.arabic.clauses import shorter_clauses
from summarizer.arabic.scripture import quotes_scripture
from summarizer.arabic.words import content_keys, count_words
from summarizer.config import Decoding
from summarizer.schema import Candidate, Passage, Request, Sentence, Task

#: Share of the position prior in a sentence's score; the rest is centrality. A headline is news, so it leans on
#: the inverted pyramid; a bullet comes from a passage that was chosen already.
_POSITION_SHARE = {Task.HEADLINE: 0.8, Task.STANDFIRST: 0.8, Task.BULLET: 0.3}
_MAX_CANDIDATES = 12
#: A lifted headline may be this many times its limit long, if it is the best sentence's: no other tells the news.
LONG_HEADLINE = 1.3
_MIN_LIKENESS = 0.25
_ITEM = re.compile(r"[\-–—•*·▪►]|\(?\d{1,2}\s?[.)\-–ـ/]\s")
LEAD_SCORE = -1.5
"""Mean log-probability per token that a lead is given as a standfirst: it is then seldom taken (``python -m
eval.ranking`` prints how often). Asking the model about each lead costs one more reading and ranked no better."""


class Extractive:
    """Ranks the sentences of a passage and offers each whole and cut at the end of its main clause."""

    name = "extractive"
    #: In words. News tells its story first: a headline is not to be found beyond this.
    max_source_tokens = 2_000

    def generate(
        self,
        requests: Sequence[Request],
        decoding: Decoding,  # noqa: ARG002 - the protocol's signature
    ) -> list[tuple[Candidate, ...]]:
        """Up to twelve candidates a request, best sentence first. ``decoding`` has no say: nothing is searched."""
        return [self._candidates(request) for request in requests]

    def count_tokens(self, text: str) -> int:
        """The number of words, the only unit that this backend knows."""
        return count_words(text)

    def verify(self, statements: Sequence[tuple[Passage, str]]) -> None:
        """None: it has no opinion."""

    def _candidates(self, request: Request) -> tuple[Candidate, ...]:
        tight = request.task is Task.HEADLINE
        ranked = self._ranked(request)
        found = [
            Candidate(text, score, self.name, (sentence.span,))
            for score, sentence in ranked[:_MAX_CANDIDATES]
            for text in _readings(sentence, request.max_words, tight=tight)
        ]
        if request.task is Task.HEADLINE:
            found = _near_lead(found, ranked[0][1], request.max_words)
        return tuple(found[:_MAX_CANDIDATES])

    def _ranked(self, request: Request) -> list[tuple[float, Sentence]]:
        """Sentences with their scores in [0, 1], best first, fragments last; ties go to the earlier one."""
        share = _POSITION_SHARE[request.task]
        scored = enumerate(_scored(request.passage, share))
        ranked = sorted(scored, key=lambda item: (_is_poor(item[1][1], request), -item[1][0], item[0]))
        return [pair for _, pair in ranked]


def lifted_lead(request: Request) -> Candidate:
    """The first sentence of the passage, whole, to be ranked among what a model wrote."""
    lead = request.passage.sentences[0]
    return Candidate(lead.text, LEAD_SCORE, Extractive.name, (lead.span,))


def leaves_the_lead(headline: Request, standfirst: Request) -> bool:
    """True when a headline can be lifted beside a standfirst that had the first choice, and should be.

    A lead of news is a standfirst: the headline is a clause of it, or another sentence that says the same. One that is
    hardly longer than a headline, or that can neither be shortened nor be told by another, is the headline itself.
    """
    candidates, choices = Extractive().generate([headline, standfirst], Decoding())
    own = [candidate.text for candidate in candidates if candidate.spans == candidates[0].spans]
    whole = max(own, key=count_words)
    if count_words(whole) <= LONG_HEADLINE * headline.max_words:
        return False
    shorter = [text for text in own if text not in (whole, choices[0].text)]
    others = [candidate.text for candidate in candidates if candidate.spans != candidates[0].spans]
    return bool(shorter) or any(_tells_the_same(text, whole, headline.max_words) for text in others)


class Lead(Extractive):
    """The first sentences in the order of the article: the baseline to beat."""

    name = "lead"

    def _ranked(self, request: Request) -> list[tuple[float, Sentence]]:
        sentences = request.passage.sentences
        return list(zip(position_scores(len(sentences)), sentences, strict=True))


def _scored(passage: Passage, position_share: float) -> list[tuple[float, Sentence]]:
    """Each sentence with its mix of centrality and position."""
    central = centroid_scores([content_keys(sentence.text) for sentence in passage.sentences])
    position = position_scores(len(passage.sentences))
    scores = [position_share * p + (1 - position_share) * c for p, c in zip(position, central, strict=True)]
    return list(zip(scores, passage.sentences, strict=True))


def _is_poor(sentence: Sentence, request: Request) -> bool:
    """True for an item of a list without a full stop, a question, and, for a headline, scripture: never the best."""
    text = sentence.text.rstrip()
    if request.task is Task.HEADLINE and quotes_scripture(text):
        return True
    item = bool(_ITEM.match(text)) and not text.endswith(".") and count_words(text) <= request.max_words
    return item or text.endswith((":", "؟"))


def _readings(sentence: Sentence, max_words: int, *, tight: bool) -> list[str]:
    """The sentence and its shorter clauses: the longest that fits first, then those that do not, shortest first.

    Beginnings that lose an adjunct come among them when ``tight``, else last: where all else is far too long.
    """
    if sentence.text.rstrip().endswith("؟"):
        return [sentence.text]
    texts = [sentence.text, *(span.of(sentence.text) for span in shorter_clauses(sentence.text))]
    cut = [span.of(sentence.text) for span in tight_clauses(sentence.text)]
    if tight:
        return _by_fit([*texts, *cut], max_words)
    return list(dict.fromkeys([*_by_fit(texts, max_words), *_by_fit(cut, max_words)]))


def _by_fit(texts: Sequence[str], max_words: int) -> list[str]:
    """Those that fit in their order, then the others, shortest first."""
    lengths = {text: count_words(text) for text in texts}
    fitting = [text for text in lengths if lengths[text] <= max_words]
    return fitting + sorted((text for text in lengths if lengths[text] > max_words), key=lengths.__getitem__)


def _near_lead(candidates: Sequence[Candidate], best: Sentence, max_words: int) -> list[Candidate]:
    """Headlines: all of the best sentence, then what fits of the others, the nearest to it in words first.

    Where the best sentence cannot be shortened, another that says the same is news; any other clause is a detail.
    """

    def order(candidate: Candidate) -> tuple[int, float]:
        if candidate.spans == (best.span,):
            return 0, 0.0
        if _tells_the_same(candidate.text, best.text, max_words):
            return 1, -_likeness(candidate.text, best.text)
        return 2, 0.0

    return sorted(candidates, key=order)


def _tells_the_same(text: str, best: str, max_words: int) -> bool:
    return count_words(text) <= max_words and _likeness(text, best) >= _MIN_LIKENESS


def _likeness(one: str, other: str) -> float:
    return jaccard(content_keys(one), content_keys(other))
