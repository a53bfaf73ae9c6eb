"""Labelled lines as pairs: what an editor prints about a sentence, and what the model wrote and an editor turned down.

A pair is of one slot and one sentence. Preferred is a line that is ``ok``, else the cure of the one that is not. A
sentence as it stands takes part too, so that a model learns where it had better not have edited, and where it had to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.article.read import read_text
from summarizer.backends.asks import Ids, readings
from summarizer.backends.model import ModelBackend
from summarizer.backends.prompt import source_ids
from summarizer.config import BriefOptions
from summarizer.plan import plan_for
from training.corpora.annotated.labels import Judged, JudgedArticle
from training.finetune.data.examples import Example

MANNERS = {"headline": "middle", "standfirst": "light", "bullet": "light"}
"""How each slot's lines are asked for (``summarizer.editing``)."""
_TURNED_DOWN = frozenset({"false", "broken", "unclear", "copy"})
"""What is trivial was well written: the sentence was the wrong one."""
_MOST = 3
"""Pairs of one slot and sentence."""
_LONG = 1200
"""Tokens from which on what is asked behind a reading is read with a copy of it: attention grows with their square."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines of a slot about the sentence at ``place``, or, ``free``, about the beginning of the article.

    ``rejected`` is empty where nothing was turned down.
    """

    slot: str
    place: int
    free: bool
    chosen: str
    rejected: str = ""


@dataclass(frozen=True, slots=True)
class Paired:
    """A reading with lines behind it. ``pairs``: which of its targets are preferred to the one behind them."""

    example: Example
    pairs: tuple[int, ...]


def pairs_of(article: JudgedArticle) -> Iterator[Pair]:
    """The pairs of an article, and what is ok without one that was turned down."""
    groups: dict[tuple[str, int, bool], list[Judged]] = defaultdict(list)
    for line in article.candidates:
        if line.sentence is not None:
            groups[line.slot, line.sentence, line.free].append(line)
    for (slot, place, free), lines in groups.items():
        yield from _pairs(slot, place, free, lines)


def _pairs(slot: str, place: int, free: bool, lines: Sequence[Judged]) -> Iterator[Pair]:
    good = [line.text for line in lines if line.label == "ok"] or [line.cure for line in lines if line.cure]
    if not good:
        return
    bad = [line.text for line in lines if line.label in _TURNED_DOWN and line.text not in good]
    if not bad:
        yield Pair(slot, place, free, good[0])
    for number, text in enumerate(bad[:_MOST]):
        yield Pair(slot, place, free, good[number % len(good)], text)


class Lessons:
    """Makes of labelled articles what a model reads; asked as the model of ``backend`` is asked when it serves."""

    def __init__(self, backend: ModelBackend) -> None:
        self._backend, self._asker, self._format = backend, backend.asker, backend.prompt
        self._end = (backend.tokenizer.id_of(backend.prompt.end),)

    def of(self, article: JudgedArticle) -> Iterator[Paired]:
        """The readings of an article that have lines to learn from."""
        pairs = list(pairs_of(article))
        words = [self._asker.words(one) for one in article.sentences]
        for reading in readings([len(one) for one in words], self._asker.asks.reading_tokens):
            own = [pair for pair in pairs if not pair.free and pair.place in reading.asked]
            read = self._asker.reading([words[index] for index in reading.read])
            yield from self._paired(read, own, words)
        yield from self._paired(self._beginning(article), [pair for pair in pairs if pair.free], words)

    def _paired(self, read: Ids, pairs: Sequence[Pair], words: Sequence[Ids]) -> Iterator[Paired]:
        targets: list[tuple[str, Ids, Ids]] = []
        places: list[int] = []
        for pair in pairs:
            if pair.rejected:
                places.append(len(targets))
            targets += self._targets(pair, words)
            if Example(read, tuple(targets)).length > _LONG:
                yield Paired(Example(read, tuple(targets)), tuple(places))
                targets, places = [], []
        if targets:
            yield Paired(Example(read, tuple(targets)), tuple(places))

    def _targets(self, pair: Pair, words: Sequence[Ids]) -> Iterator[tuple[str, Ids, Ids]]:
        for text in filter(None, (pair.chosen, pair.rejected)):
            yield pair.slot, self._before(pair, words), (*self._asker.words(text), *self._end)

    def _before(self, pair: Pair, words: Sequence[Ids]) -> Ids:
        if pair.free:
            return (self._backend.tokenizer.id_of(self._format.tasks[pair.slot]),)
        return self._asker.write(pair.slot, words[pair.place], MANNERS[pair.slot])

    def _beginning(self, article: JudgedArticle) -> Ids:
        """What is read before a free headline."""
        plan = plan_for(read_text("\n".join(article.sentences)), self._backend, BriefOptions())
        passage = plan.singles[0].passage
        before = [self._backend.tokenizer.id_of(token) for token in self._format.before]
        return (*before, *source_ids(passage, "", self._backend.tokenizer, self._format.max_source_tokens))
