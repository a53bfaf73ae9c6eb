"""Labelled lines as pairs: what an editor prints about a sentence, and what the model wrote and an editor turned down.

A pair is of one slot and one sentence. Preferred is a line that is ``ok``, else the cure of the one that is not. A
sentence as it stands takes part too, so that a model learns where it had better not have edited, and where it had to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.backends.asks import Asker, Ids, readings
from training.corpora.annotated.labels import Judged, JudgedArticle
from training.finetune.data.examples import Example

MANNERS = {"headline": "middle", "standfirst": "light", "bullet": "light"}
"""How each slot's lines are asked for (``summarizer.editing``)."""
_TURNED_DOWN = frozenset({"false", "broken", "unclear", "copy"})
"""What is trivial was well written: the sentence was the wrong one."""
_MOST = 2
"""Pairs of one slot and sentence."""
_READING, _LONG = 150, 500
"""Tokens of a reading, and those from which on lines are read behind a copy of it: attention grows with their square.
A short reading is what serving reads of the end of a long article: the lead, what stands before, the sentences."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines of a slot about the sentence at ``place``."""

    slot: str
    place: int
    chosen: str
    rejected: str


def pairs_of(article: JudgedArticle) -> Iterator[Pair]:
    """The pairs of an article. Lines that were written freely are about no one sentence, and left out."""
    groups: dict[tuple[str, int], list[Judged]] = defaultdict(list)
    for line in article.candidates:
        if line.sentence is not None and not line.free:
            groups[line.slot, line.sentence].append(line)
    for (slot, place), lines in groups.items():
        good = [line.text for line in lines if line.label == "ok"] or [line.cure for line in lines if line.cure]
        bad = [line.text for line in lines if line.label in _TURNED_DOWN and line.text not in good]
        for number, text in enumerate(bad[:_MOST] if good else ()):
            yield Pair(slot, place, good[number % len(good)], text)


def lessons(article: JudgedArticle, asker: Asker, end: Ids) -> Iterator[Example]:
    """Readings of an article with lines behind them: always one that is preferred, then one that was turned down."""
    pairs = list(pairs_of(article))
    words = [asker.words(one) for one in article.sentences]
    for reading in readings([len(one) for one in words], _READING):
        read = asker.reading([words[index] for index in reading.read])
        own = [pair for pair in pairs if pair.place in reading.asked]
        yield from _examples(read, [_targets(pair, words[pair.place], asker, end) for pair in own])


def _targets(pair: Pair, about: Ids, asker: Asker, end: Ids) -> list[tuple[str, Ids, Ids]]:
    before = asker.write(pair.slot, about, MANNERS[pair.slot])
    return [(pair.slot, before, (*asker.words(text), *end)) for text in (pair.chosen, pair.rejected)]


def _examples(read: Ids, pairs: Sequence[Sequence[tuple[str, Ids, Ids]]]) -> Iterator[Example]:
    targets: list[tuple[str, Ids, Ids]] = []
    for number, pair in enumerate(pairs, start=1):
        targets += pair
        made = Example(read, tuple(targets))
        if made.length > _LONG or number == len(pairs):
            yield made
            targets = []
