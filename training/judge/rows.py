"""Labelled lines in token ids: a sentence once, and behind it every line about it, none of which sees another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from summarizer.backends.asks import LABELS, Asker
from training.corpora.annotated.labels import JudgedArticle, Slot

_AT_ONCE = 8
"""Lines about one sentence that are read side by side."""
OK = (LABELS.index("ok"),)
FAULTS = tuple(place for place, label in enumerate(LABELS) if label != "ok")
"""Of a line that an editor did not print, nobody said why."""


class Said(NamedTuple):
    """A line about a sentence, and the labels (places in ``LABELS``) one of which it has."""

    slot: Slot
    text: str
    sentence: int
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A sentence and lines about it.

    ``ids``, ``places`` (in the text that a line ends) and ``parts`` (0: the sentence, else the number of the line) are
    equally long; ``ends`` and ``labels`` (places in ``LABELS``, one of which the line has) are as many as the lines.
    """

    ids: tuple[int, ...]
    places: tuple[int, ...]
    parts: tuple[int, ...]
    ends: tuple[int, ...]
    labels: tuple[tuple[int, ...], ...]


def judged_groups(articles: Iterable[JudgedArticle], asker: Asker) -> Iterator[Group]:
    """The lines that readers labelled; one that is about no sentence is left out."""
    for article in articles:
        lines = [
            Said(one.slot, one.text, one.sentence, (LABELS.index(one.label),))
            for one in article.candidates
            if one.sentence is not None
        ]
        yield from groups(article.sentences, lines, asker)


def groups(sentences: Sequence[str], lines: Iterable[Said], asker: Asker) -> Iterator[Group]:
    """The lines of one article."""
    about: dict[int, list[Said]] = {}
    for line in lines:
        about.setdefault(line.sentence, []).append(line)
    for place, found in about.items():
        before = asker.judged_alone(asker.words(sentences[place]))
        for start in range(0, len(found), _AT_ONCE):
            yield _group(before, found[start : start + _AT_ONCE], asker)


def _group(before: Sequence[int], lines: Sequence[Said], asker: Asker) -> Group:
    ids, places, parts = list(before), list(range(len(before))), [0] * len(before)
    ends: list[int] = []
    for number, line in enumerate(lines, start=1):
        said = asker.judge_alone(line.slot, asker.words(line.text))
        ids += said
        places += range(len(before), len(before) + len(said))
        parts += [number] * len(said)
        ends.append(len(ids) - 1)
    return Group(tuple(ids), tuple(places), tuple(parts), tuple(ends), tuple(line.labels for line in lines))
