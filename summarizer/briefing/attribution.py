"""Which sentences a statement came from: the smallest set that covers its words."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.arabic.words import content_keys
from summarizer.schema import Sentence, Span

MAX_SOURCES = 3
#: A further sentence must add this share of the statement's content words.
_MIN_GAIN = 0.15


def attribute(statement: str, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """The spans of one to three of ``sentences``, in the order of the article.

    Greedy set cover over content keys: each pick adds the most words that are not covered yet. A statement that
    shares no word with any sentence is attributed to the first: the passage it was written from.
    """
    if not sentences:
        return ()
    wanted = set(content_keys(statement))
    keys = [set(content_keys(sentence.text)) & wanted for sentence in sentences]
    chosen: list[int] = []
    missing = set(wanted)
    while missing and len(chosen) < MAX_SOURCES:
        best = max(range(len(keys)), key=lambda index: (len(keys[index] & missing), -index))
        gain = keys[best] & missing
        if not gain or (chosen and len(gain) < _MIN_GAIN * len(wanted)):
            break
        chosen.append(best)
        missing -= gain
    return tuple(sentences[index].span for index in sorted(chosen or [0]))
