"""Visual order: lines as they look from left to right, which many readers of PDF give instead of the text.

Told by words: read backwards, the words of such a text are words of edited news, and as they stand they are not. Put
right by what the Unicode Bidirectional Algorithm (UAX #9) did for a line that runs from the right: rule L2 reverses it
whole, then numbers (rules W4 and W5 say what is part of one) and words of other scripts again; rule L4 mirrors
brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from summarizer.arabic.word_counts import bare, count_of
from summarizer.notices import Notice, notice

_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_FROM_THE_RIGHT = "\u0590-\u08ff\ufb1d-\ufefc"
_FORWARD = re.compile(
    rf"[A-Za-z\u00c0-\u024f](?:[^{_FROM_THE_RIGHT}\n]*[A-Za-z\u00c0-\u024f0-9])?"  # a run of words from the left
    r"|[%٪$€£]*\d+(?:(?:[.,:/٫٬+-]|[%٪$€£]+)\d+)*[%٪$€£]*"
)
_MIRRORED = str.maketrans("()[]{}«»<>‹›", ")(][}{»«><›‹")
_OPENING, _CLOSING = "([{«‹", ")]}»›"
_SAMPLE_CHARS = 6_000
_LEAST_WORDS = 8
_BACKWARDS_SHARE = 0.3
_TIMES = 2


def in_reading_order(text: str) -> tuple[str, Notice | None]:
    """``text`` with the lines that are in visual order put right, and a warning; as it is and None when none is.

    Words are of three letters and more: by chance a short one is a word from both sides.
    """
    sample = text[:_SAMPLE_CHARS]
    forwards, backwards = _known(sample)
    if backwards < max(_LEAST_WORDS, _BACKWARDS_SHARE * len(_LONG_WORD.findall(bare(sample)))):
        return text, None
    if backwards <= _TIMES * forwards:
        return text, None
    return "\n".join(_line(line) for line in re.split(r"\r\n|\r|\n", text)), notice("visual-order")


def _line(line: str) -> str:
    forwards, backwards = _known(line)
    return line if forwards > backwards else _reversed(line)


def _known(text: str) -> tuple[int, int]:
    """How many words are known as they stand, and how many when they are read backwards."""
    words = _LONG_WORD.findall(bare(text))
    return _count(words), _count(word[::-1] for word in words)


def _count(words: Iterable[str]) -> int:
    return sum(count_of(unicodedata.normalize("NFKC", word)) > 0 for word in words)


def _reversed(line: str) -> str:
    """A line as it is read. Brackets are mirrored unless they already stand right: some readers leave them so."""
    turned = _FORWARD.sub(lambda run: run[0][::-1], line[::-1])
    mirrored = turned.translate(_MIRRORED)
    return mirrored if _misplaced(mirrored) <= _misplaced(turned) else turned


def _misplaced(line: str) -> int:
    """How many brackets close before anything was opened."""
    depth = wrong = 0
    for char in line:
        depth += (char in _OPENING) - (char in _CLOSING)
        wrong += depth < 0
        depth = max(depth, 0)
    return wrong
