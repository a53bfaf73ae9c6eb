"""Where the words of a written statement stand in the sentence that it copies.

A model of this size mostly shortens: its bullet is a stretch of one sentence of its passage, with a word changed here
and there. Where that stretch begins and ends can then be judged by the rules that hold for the article's own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.arabic.words import Word, content_keys, folded_words, tokenize
from summarizer.schema import Span

#: Words that must stand together in both before they are taken for a copy.
_MIN_END, _MIN_START = 3, 3


@dataclass(frozen=True, slots=True)
class Copied:
    """The stretch of ``sentence`` that a statement shortens: code points of its first and behind its last word."""

    sentence: str
    span: Span

    @property
    def before(self) -> str:
        """The sentence up to the stretch."""
        return self.sentence[: self.span.start]

    @property
    def after(self) -> str:
        """The sentence behind the stretch."""
        return self.sentence[self.span.end :]


def copied_end(text: str, sentences: Sequence[str]) -> Copied | None:
    """The stretch that ends with the last words of ``text`` in that order; None when no three of them are copied.

    Of several, the one that shares most words at the end. It begins where the first word of ``text`` stands, else with
    its sentence.
    """
    return _copied_end(text, tuple(sentences))


@lru_cache(maxsize=1024)  # a statement is asked for by the checks of its end and of its wording
def _copied_end(text: str, sentences: tuple[str, ...]) -> Copied | None:
    words = folded_words(text)
    found: list[tuple[int, Copied]] = []
    for sentence in sentences:
        theirs = tokenize(sentence)
        keys = folded_words(sentence)
        shared, last = max(((_shared(words, keys, end), -end) for end in range(len(keys))), default=(0, 0))
        if shared >= min(_MIN_END, len(words)) > 0:
            start = _start(words, keys, -last - shared + 1)
            found.append((shared, Copied(sentence, Span(theirs[start].span.start, theirs[-last].span.end))))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def copied_start(text: str, sentences: Sequence[str]) -> tuple[tuple[Word, ...], str] | None:
    """The words before the first three of ``text`` in the sentence that has these together, and that sentence.

    None when no sentence has them.
    """
    words = folded_words(text)[:_MIN_START]
    for sentence in sentences:
        theirs = tokenize(sentence)
        keys = folded_words(sentence)
        for place in range(len(keys) - _MIN_START + 1):
            if len(words) == _MIN_START and same(words[0], keys[place]) and words[1:] == keys[place + 1 : place + 3]:
                return theirs[:place], sentence
    return None


def is_stretch(text: str, sentences: Sequence[str]) -> bool:
    """True when ``text`` is, word for word, a stretch of one of ``sentences``."""
    copied, words = copied_end(text, sentences), folded_words(text)
    if copied is None:
        return False
    theirs = folded_words(copied.sentence[: copied.span.end])
    return _shared(words, theirs, len(theirs) - 1) == len(words)


def nearest(text: str, sentences: Sequence[str]) -> str:
    """The sentence that has most content words of ``text``, the first of several; "" for no sentence."""
    wanted = set(content_keys(text))
    return max(sentences, key=lambda sentence: len(wanted.intersection(content_keys(sentence))), default="")


def _shared(words: list[str], keys: list[str], end: int) -> int:
    """How many words up to ``keys[end]`` are the last ones of ``words``."""
    count = 0
    while count < min(len(words), end + 1) and same(words[-1 - count], keys[end - count]):
        count += 1
    return count


def _start(words: list[str], keys: list[str], latest: int) -> int:
    """The place of the first of ``words``, nearest before ``latest``; 0 when it is not there."""
    return next((place for place in range(latest, -1, -1) if same(words[0], keys[place])), 0)


def same(written: str, source: str) -> bool:
    """Equal, or the source's word has a conjunction before it that the statement dropped."""
    return written == source or (source[:1] in ("و", "ف") and source[1:] == written)
