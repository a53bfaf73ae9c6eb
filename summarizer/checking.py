"""Any line against an article: the sentences it rests on, its claims and its score, as a brief's own lines are checked.

For lines that somebody else wrote: an editor who changed a bullet, another program. What is looked up is what the
checks of ``briefing.claims.check`` look up (numbers, dates, names, quotations, negations); the sense is not checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.arabic.words import content_keys
from summarizer.briefing.claims.check import check
from summarizer.briefing.source import Surroundings, introducing
from summarizer.schema import Article, Claim, Passage, Sentence, Span, Support, places

_MAX_BEARING = 2
"""Sentences beside those that share its words which may bear a claim out, in other words («أربعة» for «4»)."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A line, the places in ``Article.text`` that it was checked against (none: it shares no word), and its report."""

    text: str
    sources: tuple[Span, ...]
    support: Support

    def to_dict(self, text: str) -> dict[str, Any]:
        """The line as a JSON object. ``text``: the ``Article.text`` that ``sources`` point into."""
        return {"text": self.text, "sources": places(self.sources, text), "support": self.support.to_dict()}


def check_lines(article: Article, lines: Sequence[str]) -> tuple[Checked, ...]:
    """Each line with its sources and its report, in order; the article is read once. A line may be any text."""
    reader = _Reader(article)
    return tuple(reader.check(line) for line in lines)


class _Reader:
    """One article, its sentences' words at hand."""

    def __init__(self, article: Article) -> None:
        self._sentences = article.sentences
        self._keys = [frozenset(content_keys(sentence.text)) for sentence in article.sentences]
        self._near = Surroundings(article.sentences)

    def check(self, line: str) -> Checked:
        """The line against the sentences that share most of its words; for a claim that they lack, against others."""
        own = self._nearest(line)
        chosen = {own.span, *introducing(line, Passage((own,)), self._sentences)} if own else set()
        support = self._against(line, chosen)
        if support.unsupported and (others := self._bearing(support.unsupported, chosen)):
            chosen |= others
            support = self._against(line, chosen)
        return Checked(line, tuple(sorted(chosen)), support)

    def _nearest(self, line: str) -> Sentence | None:
        """The sentence that shares most content words with the line, the first of several; None without any."""
        wanted = set(content_keys(line))
        shared = [len(wanted & keys) for keys in self._keys]
        best = max(shared, default=0)
        return self._sentences[shared.index(best)] if best else None

    def _against(self, line: str, chosen: set[Span]) -> Support:
        passage = Passage(tuple(one for one in self._sentences if one.span in chosen))
        return check(line, self._near.of(passage))

    def _bearing(self, missing: Sequence[Claim], chosen: set[Span]) -> set[Span]:
        """The first sentence that bears out each claim that those chosen do not, where the article has one."""
        whole = self._near.of(Passage(self._sentences))
        found: set[Span] = set()
        for claim in missing:
            if len(found) < _MAX_BEARING and check(claim.text, whole).supported:
                found.update(self._first(claim, chosen))
        return found

    def _first(self, claim: Claim, chosen: set[Span]) -> tuple[Span, ...]:
        others = (one for one in self._sentences if one.span not in chosen)
        return next(((one.span,) for one in others if check(claim.text, self._near.of(Passage((one,)))).supported), ())
