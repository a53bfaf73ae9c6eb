"""Keep a target only when its source bears it out: numbers, dates, names, quotations, and most content words.

Training on targets that say more than the source teaches a model to invent (Nan et al. 2021, "Entity-level Factual
Consistency of Abstractive Text Summarization"). The judges of single claims are those of
``summarizer.briefing.claims.check``, so that a model learns what its briefs will be held to; the share of content words
is counted more kindly, by consonants, since headlines turn verbs into nouns («اعتقلت» → «اعتقال»).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.arabic.dates import find_dates
from summarizer.arabic.forms import bones
from summarizer.arabic.numbers.find import find_numbers
from summarizer.arabic.sentences.quotations import find_quotes
from summarizer.arabic.words import is_stopword, key, tokenize
from summarizer.briefing.claims.dates import check_dates
from summarizer.briefing.claims.names import check_names
from summarizer.briefing.claims.quantities import check_numbers
from summarizer.briefing.claims.quotes import check_quotes
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.schema import Span

NOWHERE = 10**9
"""The position of a word that the source does not have."""
LEAD_WORDS = 80
"""What counts as the lead: its first paragraph or two."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` is empty when the target is kept. ``share`` of its content words found, and ``needs_words``: the
    number of leading source words that hold everything that was found; ``lead_share`` of them stands in the lead.
    """

    reason: str
    share: float
    needs_words: int
    lead_share: float = 0.0


class Source:
    """The part of a source that a model will see, read once: ask it about any number of targets."""

    def __init__(self, text: str, within_words: int) -> None:
        self.text = leading_words(text, within_words)
        self.index = SourceIndex(self.text)
        self._places: dict[str, int] = {}
        for position, word in enumerate(self.index.words):
            for form in (key(word.text), bones(word.text)):
                self._places.setdefault(form, position)
        self._places.pop("", None)

    def place(self, word: str) -> int:
        """The first position of ``word`` in any of its forms or by its consonants; ``NOWHERE`` without one."""
        found = min(self._places.get(form, NOWHERE) for form in (key(word), bones(word)))
        if found != NOWHERE:
            return found
        return next(iter(self.index.positions(word)), NOWHERE)

    def judge(self, target: str, min_share: float) -> Verdict:
        """Whether this source bears ``target`` out: first the share of content words, then each claim."""
        places = [self.place(word) for word in content_words(target)]
        found = [place for place in places if place != NOWHERE]
        share = len(found) / len(places) if places else 0.0
        if share < min_share:
            return Verdict("content_unsupported", share, 0)
        kind = unsupported_kind(target, self.index)
        if kind:
            return Verdict(f"{kind}_unsupported", share, 0)
        lead = sum(place < LEAD_WORDS for place in found) / len(places) if places else 0.0
        return Verdict("", share, max(found, default=0) + 1, lead)

    def has_verbatim(self, quotation: str) -> bool:
        """True when the words of ``quotation`` stand in the source one after another."""
        wanted = " ".join(fold_words(quotation))
        return f" {wanted} " in f" {' '.join(self.index.folded)} "


def unsupported_kind(target: str, source: SourceIndex) -> str:
    """The kind of the first claim of ``target`` that the source does not bear out: "number", "date", ...; or "".

    What ``faithfulness.check`` does, but in order of cost and no further than the first failure, which is what makes
    it quick enough for a corpus. Negation is left out: on true headlines most of its alarms were false.
    """
    numbers = find_numbers(target)
    dates = find_dates(target, numbers)
    claims = check_quotes(find_quotes(target), target, source)
    if dates:
        claims += check_dates(dates, target, source.dates, source.numbers)
    dated = [mention.span for mention in dates]
    plain = [
        one for one in numbers if not any(one.span.start < span.end and span.start < one.span.end for span in dated)
    ]
    if plain:
        claims += check_numbers(plain, target, source.numbers)
    failed = [claim.kind for claim in claims if not claim.supported]
    if not failed:
        taken = [claim.span for claim in claims]
        failed = [claim.kind for claim in check_names(tokenize(target), target, source, taken) if not claim.supported]
    return failed[0] if failed else ""


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def leading_words(text: str, count: int) -> str:
    """The first ``count`` words of ``text``, its line breaks kept."""
    match = re.match(rf"(?:\s*\S+){{0,{count}}}", text)
    return match.group() if match else text


def fold_words(text: str) -> list[str]:
    """The words of ``text`` as they are compared."""
    return list(SourceIndex(text).folded)


def content_words(text: str) -> list[str]:
    """The words of ``text`` that carry meaning: no function words, numbers or single letters."""
    return [
        word.text
        for word in tokenize(text)
        if len(word.text) > 1 and not word.text[0].isdigit() and not is_stopword(word.text)
    ]
