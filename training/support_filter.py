"""Keep a target only when its source bears it out: numbers, dates, names, quotations, and most content words.

Training on targets that say more than the source teaches a model to invent (Nan et al. 2021, "Entity-level Factual
Consistency of Abstractive Text Summarization"). The judge of single claims is the product's own
``summarizer.brief.faithfulness``, so that a model learns what its briefs will be held to; the share of content words
is counted more kindly, by consonants, since headlines turn verbs into nouns («اعتقلت» → «اعتقال»).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from summarizer.arabic.words import is_stopword, key, tokenize
from summarizer.brief.faithfulness import check
from summarizer.brief.source_index import SourceIndex

NOWHERE = 10**9
"""The position of a word that the source does not have."""
LEAD_WORDS = 80
"""What counts as the lead: its first paragraph or two."""
CHECKED = ("number", "date", "name", "quote")
"""Kinds of claim that drop a target. Negation is left out: on true headlines most of its alarms were false."""


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
        self._bones: dict[str, int] = {}
        for position, word in enumerate(self.index.words):
            found = bones(word.text)
            if found:
                self._bones.setdefault(found, position)

    def place(self, word: str) -> int:
        """The first position of ``word`` in any of its forms or by its consonants; ``NOWHERE`` without one."""
        places = self.index.positions(word)
        return min(places[0] if places else NOWHERE, self._bones.get(bones(word), NOWHERE))

    def judge(self, target: str, min_share: float) -> Verdict:
        """Whether this source bears ``target`` out: first the share of content words, then each claim."""
        places = [self.place(word) for word in content_words(target)]
        found = [place for place in places if place != NOWHERE]
        share = len(found) / len(places) if places else 0.0
        if share < min_share:
            return Verdict("content_unsupported", share, 0)
        for claim in check(target, self.index).unsupported:
            if claim.kind in CHECKED:
                return Verdict(f"{claim.kind}_unsupported", share, 0)
        lead = sum(place < LEAD_WORDS for place in found) / len(places) if places else 0.0
        return Verdict("", share, max(found, default=0) + 1, lead)

    def has_verbatim(self, quotation: str) -> bool:
        """True when the words of ``quotation`` stand in the source one after another."""
        wanted = " ".join(fold_words(quotation))
        return f" {wanted} " in f" {' '.join(self.index.folded)} "


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


@lru_cache(maxsize=200_000)
def bones(word: str) -> str:
    """The consonants of a word's key, one prefix of derivation off: «اعتقال», «معتقل» -> «عتقل»; "" under three.

    Joins derivations of one root more often than it confuses two roots; only shares of words are counted with it.
    """
    left = "".join(letter for letter in key(word) if letter not in "اويء")
    if left[:1] in ("م", "ت", "ن") and len(left) > 3:
        left = left[1:]
    return left if len(left) >= 3 else ""
