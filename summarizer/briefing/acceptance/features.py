"""What is counted of a line about a sentence of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.arabic.centrality import words_in_order
from summarizer.arabic.words import content_keys, folded_words
from summarizer.briefing.acceptance.edits import edits
from summarizer.briefing.choice.features import alone, features_of
from summarizer.briefing.choice.learned import log_odds
from summarizer.briefing.choice.outlook import Outlook, outlooks_of
from summarizer.briefing.choice.sentence import read, read_all

_UNSURE = -0.3
"""Of a token, as a log-probability: another was three times in ten as likely, or more."""
_LOWEST = 3


class Surveyed:
    """The sentences of one article as lines about them are weighed: counted once, with their ``outlooks``."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = sentences
        self.read = read_all(sentences)
        self.outlooks = outlooks_of(self.read)
        self.keys = frozenset[str]().union(*(one.key_set for one in self.read))
        self._alone = [alone(one, place, len(self.read)) for place, one in enumerate(self.read)]

    def counted(self, text: str, place: int) -> dict[str, float]:
        """What ``choice.features`` counts of ``text``, as if it stood in the place of a sentence."""
        names, row = features_of([*self.read[:place], read(text), *self.read[place + 1 :]], place, self._alone)
        return {f"line_{name}": value for name, value in zip(names, row.tolist(), strict=True)}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A line about the sentence at ``place``.

    ``log_probs``: those of its tokens, where it was written and they are known; ``score`` their mean, 0 for a sentence
    as it stands. ``lifted``: it is the sentence; ``free``: it was written from the article's beginning.
    """

    text: str
    place: int
    score: float
    lifted: bool
    free: bool = False
    log_probs: Sequence[float] = ()

    @classmethod
    def offered(
        cls, text: str, place: int | None, score: float | None, free: bool, log_probs: Sequence[float]
    ) -> Weighed:
        """A line of a label file: what has no likelihood was not written."""
        return cls(text, place or 0, score or 0.0, not score, free, log_probs)


def features(article: Surveyed, line: Weighed) -> dict[str, float]:
    """Named numbers of a line, always the same names in the same order."""
    sentence = article.sentences[line.place]
    said, source = folded_words(line.text), folded_words(sentence)
    common, own = words_in_order(said, source), set(content_keys(line.text))
    return {
        "score": line.score,
        "kept": common / max(1, len(source)),
        "added": float(len(own - set(content_keys(sentence)))),
        "unknown": float(len(own - article.keys)),
        "strange": 1 - common / max(1, len(said)),
        "long_source": len(source) / 10,
        "lifted": float(line.lifted),
        "free": float(line.free),
        "label": float(":" in line.text[:40]),
        **_looks(article.outlooks[line.place]),
        **_doubts(line.log_probs),
        **article.counted(line.text, line.place),
        **edits(line.text, sentence),
    }


def _looks(outlook: Outlook) -> dict[str, float]:
    return {
        "important": log_odds(outlook.important),
        "stands": log_odds(outlook.stands),
        "news": log_odds(outlook.news),
    }


def _doubts(log_probs: Sequence[float]) -> dict[str, float]:
    """Where the model was unsure of a line that it wrote; nothing where that is not known."""
    lowest = sorted(log_probs)[:_LOWEST]
    return {
        "unsure": float(sum(one < _UNSURE for one in log_probs)),
        "lowest": lowest[0] if lowest else 0.0,
        "lowest_three": sum(lowest) / max(1, len(lowest)),
        "end_likely": log_probs[-1] if log_probs else 0.0,
    }
