"""Places where a full stop was lost, and places where none was: the text labels itself.

Of two neighbouring sentences the full stop between them is taken away; every other place where a sentence might open
is as the paper printed it. A few of these lost their full stop before they came here, and count as if they had not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer.article.read import read_text
from summarizer.backends.editor import Editing
from summarizer.briefing.lost_stops import Place, features, places
from summarizer.errors import EmptyInput

_LONGEST = 24
"""Words of a first sentence whose full stop is taken away: captions and leads are short."""
_TAKEN_AWAY = 0.5
"""The share of such sentences."""
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Row:
    """A place with what is counted of it; ``context`` is read by people alone."""

    article: int
    lost: bool
    found: dict[str, float]
    context: str


def rows_of(bodies: Sequence[str], editor: Editing, seed: int = 0) -> Iterator[Row]:
    """The rows of the articles, in order."""
    asked = [(number, *one) for number, body in enumerate(bodies) for one in _of_article(body, f"{seed} {number}")]
    for start in range(0, len(asked), _AT_ONCE):
        part = asked[start : start + _AT_ONCE]
        told = editor.likelihoods([place.fork for _, place, _, _ in part])
        for (number, place, text, lost), likely in zip(part, told, strict=True):
            context = f"{text[: place.start]}‖ {text[place.start :]}"
            yield Row(number, lost, features(place, likely), context)


def _of_article(body: str, seed: str) -> Iterator[tuple[Place, str, bool]]:
    try:
        sentences = [one.text for one in read_text(body).sentences]
    except EmptyInput:
        return
    chosen = random.Random(seed)
    for place in places(sentences):
        yield place, sentences[place.sentence], False
    for number, (one, other) in enumerate(pairwise(sentences)):
        if one.endswith(".") and len(one.split()) <= _LONGEST and chosen.random() < _TAKEN_AWAY:
            before, stopped = sentences[number - 1 : number], one[:-1].rstrip()
            yield from _joined(before, f"{stopped} {other}", len(stopped) + 1, number)


def _joined(before: Sequence[str], text: str, start: int, number: int) -> Iterator[tuple[Place, str, bool]]:
    """The place in ``text``, sentence ``number``, where its full stop was, if a word that opens sentences is there."""
    for one in places([*before, text]):
        if (one.sentence, one.start) == (len(before), start):
            yield replace(one, sentence=number), text, True
