"""Labelled lines in token ids: a sentence once, and behind it every line about it, none of which sees another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.backends.asks import LABELS, Asker
from training.corpora.annotated.labels import Judged, JudgedArticle

_AT_ONCE = 8
"""Lines about one sentence that are read side by side."""


@dataclass(frozen=True, slots=True)
class Group:
    """A sentence and lines about it.

    ``ids``, ``places`` (in the text that a line ends) and ``parts`` (0: the sentence, else the number of the line) are
    equally long; ``ends`` and ``labels`` (places in ``LABELS``) are as many as the lines.
    """

    ids: tuple[int, ...]
    places: tuple[int, ...]
    parts: tuple[int, ...]
    ends: tuple[int, ...]
    labels: tuple[int, ...]


def groups(articles: Iterable[JudgedArticle], asker: Asker) -> Iterator[Group]:
    """The lines of some articles; one that is about no sentence is left out."""
    for article in articles:
        about: dict[int, list[Judged]] = {}
        for line in article.candidates:
            if line.sentence is not None:
                about.setdefault(line.sentence, []).append(line)
        for place, lines in about.items():
            before = asker.judged_alone(asker.words(article.sentences[place]))
            for start in range(0, len(lines), _AT_ONCE):
                yield _group(before, lines[start : start + _AT_ONCE], asker)


def _group(before: Sequence[int], lines: Sequence[Judged], asker: Asker) -> Group:
    ids, places, parts = list(before), list(range(len(before))), [0] * len(before)
    ends: list[int] = []
    for number, line in enumerate(lines, start=1):
        said = asker.judge_alone(line.slot, asker.words(line.text))
        ids += said
        places += range(len(before), len(before) + len(said))
        parts += [number] * len(said)
        ends.append(len(ids) - 1)
    labels = tuple(LABELS.index(line.label) for line in lines)
    return Group(tuple(ids), tuple(places), tuple(parts), tuple(ends), labels)
