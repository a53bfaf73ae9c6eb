"""Sub-headings and captions that a page fused into the paragraph below: «محادثات السلام وقال المبعوث إن …».

BBC Arabic's older pages lose the line end behind them in every text copied out of them. A heading is a few words
without a verb, and what follows it opens a sentence: one of the openers counted over other newsrooms
(``after_headings.txt``), which stand inside a sentence only behind a verb or far from its head.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from summarizer.arabic.grammar import is_verb, own_waw
from summarizer.arabic.text.normalize import fold, normalize
from summarizer.arabic.words import is_stopword

MOST_WORDS = 4
"""Words of a heading. With five and six, sentences without a listed verb were taken for one."""
_HEAD_CHARS = 120
_HEAD_WORD = re.compile(r"\s*([^\W_]+)(?=\s)")


def heading_end(paragraph: str) -> int:
    """Where ``paragraph`` begins behind a heading fused to its head, white space included; 0 without one."""
    copy = normalize(paragraph[:_HEAD_CHARS])
    words: list[re.Match[str]] = []
    while len(words) < MOST_WORDS + 2 and (match := _HEAD_WORD.match(copy.text, words[-1].end() if words else 0)):
        words.append(match)
    said = [match[1] for match in words]
    for count in range(1, min(MOST_WORDS, len(said) - 2) + 1):
        if _opens(said[count], said[count + 1]):
            start = words[count].start(1)
            return copy.span(start, start + 1).start if _is_heading(said[:count]) else 0
    return 0


def is_opener(words: str) -> bool:
    """True for a word, or two, that stand at the head of sentences and hardly ever inside one."""
    return words in _openers()


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    lines = (Path(__file__).parents[1] / "data" / "after_headings.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))


def _opens(word: str, following: str) -> bool:
    return is_opener(word) or is_opener(f"{word} {following}")


def _is_heading(words: list[str]) -> bool:
    """True for words that no sentence is made of: no verb, no function word at the ends, no «و» at the head."""
    first, last = words[0], words[-1]
    joined = first[0] in "وف" and not own_waw(first)
    spoken = any(is_verb(word) or is_opener(word) for word in words)
    return not joined and not spoken and not is_stopword(first) and not is_stopword(last)
