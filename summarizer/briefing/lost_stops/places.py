"""Where a full stop may be lost: before a word with «و» that opens sentences elsewhere. Counts alone say which do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.arabic.lexicon import sections
from summarizer.arabic.scripture import quotes_scripture
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import Word, tokenize
from summarizer.briefing.choice.learned import log_odds
from summarizer.schema import Fork

_LEAST_BEFORE, _LEAST_BEHIND = 3, 4
"""Words that each of the two sentences has at least."""
_READ_BEFORE, _READ_BEHIND = 20, 5
"""Words around the place that the model reads."""
_PAIRED = (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"))


@dataclass(frozen=True, slots=True)
class Place:
    """A word of the sentence at ``sentence`` that may open another: it begins at ``start``.

    ``share``: how many hundredths of the times it stands anywhere it opens a sentence; ``before`` and ``behind``: how
    many words of its sentence stand there.
    """

    sentence: int
    start: int
    share: int
    before: int
    behind: int
    fork: Fork
    """What the model is asked: the last word before it and the word, as they stand and with a full stop between."""


@lru_cache(maxsize=1)
def opening_shares() -> Mapping[str, int]:
    """Folded words with «و» that open sentences, with the hundredths of the places where they stand that are such."""
    return {word: int(share) for share, rows in sections("sentence_openers").items() for row in rows for word in row}


def places(sentences: Sequence[str]) -> Iterator[Place]:
    """The places of an article in order; none in scripture or in quotation marks, or beside other signs."""
    shares = opening_shares()
    for number, sentence in enumerate(sentences):
        words = tokenize(sentence)
        for at in range(_LEAST_BEFORE, len(words) - _LEAST_BEHIND + 1):
            share = shares.get(fold(words[at].text), 0)
            if share and _is_free(sentence, words, at) and not quotes_scripture(sentence):
                before = sentences[number - 1] if number else ""
                fork = _fork(before, sentence, words, at)
                yield Place(number, words[at].span.start, share, at, len(words) - at, fork)


def _is_free(sentence: str, words: Sequence[Word], at: int) -> bool:
    """True where nothing but a blank stands before the word, and no quotation is open."""
    before = sentence[: words[at].span.start]
    if before[words[at - 1].span.end :].strip():
        return False
    return before.count('"') % 2 == 0 and all(before.count(one) == before.count(other) for one, other in _PAIRED)


def _fork(last_sentence: str, sentence: str, words: Sequence[Word], at: int) -> Fork:
    last, word = words[at - 1], words[at]
    before = f"{last_sentence} {sentence[: last.span.start]}".split()[-_READ_BEFORE:]
    behind = sentence[word.span.end :].split()[:_READ_BEHIND]
    return " ".join(before), (f"{last.text} {word.text}", f"{last.text}. {word.text}"), " " + " ".join(behind)


def log_share(place: Place) -> float:
    """Log-odds that the word opens a sentence, by counts."""
    return log_odds(min(max(place.share, 1), 99) / 100)
