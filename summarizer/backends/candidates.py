"""From hypotheses to candidates: readable text in whole sentences, each text once, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from summarizer.arabic.sentences.split import split_sentences
from summarizer.arabic.text.normalize import clean
from summarizer.arabic.words import count_words
from summarizer.backends.engines.base import Hypothesis
from summarizer.schema import Candidate

_FINAL_MARKS = (".", "؟", "?", "!", "…")
_CLOSING = "»”’)]\"'"
BROKEN = "\ufffd"
"""REPLACEMENT CHARACTER: byte tokens that are no UTF-8."""


def make_candidates(
    hypotheses: Iterable[Hypothesis], decode: Callable[[Sequence[int]], str], max_words: int, method: str
) -> tuple[Candidate, ...]:
    """The candidates of one request, best first; empty when nothing printable was written."""
    found: dict[str, Candidate] = {}
    for hypothesis in sorted(hypotheses, key=lambda hypothesis: -hypothesis.score):
        for text in readings(decode(hypothesis.ids), hypothesis.ended, max_words):
            found.setdefault(text, Candidate(text, min(0.0, hypothesis.score), method, log_probs=hypothesis.log_probs))
    return tuple(found.values())


def listed_candidates(
    hypotheses: Sequence[Hypothesis], decode: Callable[[Sequence[int]], str], method: str
) -> tuple[Candidate, ...]:
    """The sentences of the best text, in its order, each a candidate; one that was cut or is broken is left out."""
    if not hypotheses:
        return ()
    best = max(hypotheses, key=lambda hypothesis: hypothesis.score)
    text = " ".join(clean(decode(best.ids)).split())
    lines = [span.of(text) for span in split_sentences(text)]
    if lines and not best.ended and not is_whole(lines[-1]):
        lines.pop()
    score = min(0.0, best.score)
    return tuple(Candidate(line, score, method) for line in dict.fromkeys(lines) if BROKEN not in line)


def readings(raw: str, ended: bool, max_words: int) -> tuple[str, ...]:
    """The texts that ``raw`` may be printed as, first choice first.

    Nothing when it is empty, broken or cut in its first sentence. A text that did not end (``ended`` false) loses its
    last sentence, unless that has its final mark. Of several sentences, those that fit in ``max_words`` words come
    first, then the first sentence alone.
    """
    text = " ".join(clean(raw).split())
    if not text or BROKEN in text:
        return ()
    ends = [span.end for span in split_sentences(text)]
    if not ended and ends and not is_whole(text):
        ends.pop()
    if not ends:
        return ()
    fitting = [end for end in ends if count_words(text[:end]) <= max_words] or ends[:1]
    return tuple(dict.fromkeys((text[: fitting[-1]], text[: ends[0]])))


def is_whole(text: str) -> bool:
    """True when the last sentence of ``text`` has its final mark."""
    return text.rstrip(_CLOSING).endswith(_FINAL_MARKS)
