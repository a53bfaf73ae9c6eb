"""Words that a scan or a wrapper at a fixed width broke in two: «السو دان», «مل» at the end of a line and «يون».

By the counts of edited news alone: two neighbours are one word when their letters together are counted there, and one
of the two is not, or is a single letter. Texts that are whole have hardly any such neighbours, so nothing is touched
until there are several.
"""

from __future__ import annotations

import re

from summarizer.arabic.word_counts import bare, count_of
from summarizer.notices import Notice, notice

_HALF = r"[\u0621-\u063a\u0641-\u064a][\u0621-\u063a\u0640-\u0652]*"
_NEIGHBOURS = re.compile(rf"(?<![\w+#-])({_HALF})([ \t]?\n|[ \t])(?=({_HALF})(?![\w+#-]))")
_LEAST_BROKEN, _BROKEN_SHARE = 3, 0.01
_JOINED_CHARS = 3
_JOINED_COUNT = 40
_OWN_LETTERS = "و"
"""A letter that is written by itself by habit: what joins it to its word is not for this file to say."""


def join_broken(text: str) -> tuple[str, Notice | None]:
    """``text`` with its broken words joined, and a warning; as it is and None when it has too few to be sure."""
    found = [pair for pair in _NEIGHBOURS.finditer(text) if _is_broken(pair[1], pair[3])]
    if len(found) < _LEAST_BROKEN or len(found) < _BROKEN_SHARE * len(text.split()):
        return text, None
    parts, end = [], 0
    for pair in found:
        if pair.start() < end:
            continue
        start, stop = pair.end(1), pair.end(3)
        tail = re.match(r"[ \t]*\n?", text[stop:])
        parts += [text[end:start], pair[3]]
        end = stop
        if "\n" in pair[2] and tail and "\n" not in tail[0]:  # the line ends behind the word
            parts.append("\n")
            end += len(tail[0])
    return "".join([*parts, text[end:]]), notice("broken-words", count=len(found))


def _is_broken(one: str, other: str) -> bool:
    one, other = bare(one), bare(other)
    if one in _OWN_LETTERS or len(one + other) < _JOINED_CHARS:
        return False
    halves = [count_of(half) if len(half) > 1 else 0 for half in (one, other)]
    return min(halves) == 0 and count_of(one + other) >= max(_JOINED_COUNT, max(halves) // 50)
