"""What is printed of all that may be: the best headline and standfirst, and few bullets rather than bad ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.arabic.centrality import containment, jaccard
from summarizer.arabic.words import content_keys, folded_words
from summarizer.briefing.acceptance import BARS, Bars
from summarizer.briefing.choice.outlook import Outlook
from summarizer.schema import Statement, Task

_MAX_CONTAINMENT, _MAX_OVERLAP = 0.75, 0.5
_UNIMPORTANT = 0.5
"""What a bullet about a sentence that does not matter is worth beside one about a sentence that does."""
Outlooks = Sequence[Outlook] | Mapping[int, Outlook]
"""Of the sentences of an article, by their index."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A statement that may be printed: about which sentence, how likely an editor prints it, how likely it is true."""

    statement: Statement
    sentence: int
    printable: float
    true: float


def composed(offers: Sequence[Offer], outlooks: Outlooks, wanted: int, bars: Bars = BARS) -> list[Offer]:
    """What is printed: headline and standfirst, as far as there are any, then at most ``wanted`` bullets, in order."""
    heads: list[Offer] = []
    for task in (Task.HEADLINE, Task.STANDFIRST):
        heads += _head([offer for offer in offers if offer.statement.task is task], heads, outlooks, bars)
    return [*heads, *_bullets(offers, heads, outlooks, wanted, bars)]


def head_worth(offer: Offer, outlooks: Outlooks, bars: Bars = BARS) -> float:
    """How good an offer is as the head of the brief; a standfirst tells the news, so that its sentence counts."""
    worth = offer.printable * offer.true**bars.truth
    news = outlooks[offer.sentence].news if offer.statement.task is Task.STANDFIRST else 1.0
    return float(worth * news)


def _head(offers: Sequence[Offer], above: Sequence[Offer], outlooks: Outlooks, bars: Bars) -> list[Offer]:
    """The best of the offers; one with the same words as what stands above it only where there is no other."""
    said = [folded_words(one.statement.text) for one in above]
    others = [offer for offer in offers if folded_words(offer.statement.text) not in said]
    return sorted(others or offers, key=lambda offer: head_worth(offer, outlooks, bars), reverse=True)[:1]


def _bullets(
    offers: Sequence[Offer], heads: Sequence[Offer], outlooks: Outlooks, wanted: int, bars: Bars
) -> list[Offer]:
    """The likeliest offer of each sentence, the most important first, none that says what is said already."""
    best: dict[int, Offer] = {}
    for offer in offers:
        known = best.get(offer.sentence)
        fits = offer.statement.task is Task.BULLET and offer.true >= bars.true
        if fits and (known is None or offer.printable > known.printable):
            best[offer.sentence] = offer
    standfirsts = [one.statement for one in heads if one.statement.task is Task.STANDFIRST]
    kept: list[Offer] = []
    for offer in sorted(best.values(), key=lambda one: _worth(one, outlooks), reverse=True):
        bar = bars.printable[min(len(kept), len(bars.printable) - 1)]
        if offer.printable >= bar and len(kept) < wanted and not _repeats(offer, standfirsts, kept):
            kept.append(offer)
    return sorted(kept, key=lambda offer: offer.sentence)


def _worth(offer: Offer, outlooks: Outlooks) -> float:
    return offer.printable * (_UNIMPORTANT + outlooks[offer.sentence].important)


def _repeats(offer: Offer, standfirsts: Sequence[Statement], kept: Sequence[Offer]) -> bool:
    """True when a bullet stands in the standfirst, or says what another says."""
    keys = set(content_keys(offer.statement.text))
    if any(containment(keys, set(content_keys(one.text))) >= _MAX_CONTAINMENT for one in standfirsts):
        return True
    return any(jaccard(keys, set(content_keys(one.statement.text))) > _MAX_OVERLAP for one in kept)
