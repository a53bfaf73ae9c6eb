"""How a brief is set: final marks, digits and quotation marks, the same in every statement of it.

``news`` is the style of headlines: no full stop but behind the standfirst, and the digits that the article uses most.
``plain`` is running text: every statement ends with its mark, and digits are 0-9 whatever the article writes. In both,
quotation marks are «», and “” inside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from summarizer.arabic.clauses import is_balanced
from summarizer.arabic.numbers.digits import RUN, with_separators
from summarizer.arabic.sentences.quotations import pair_quotations
from summarizer.arabic.text.charsets import ARABIC_INDIC_DIGITS, FULLWIDTH_DIGITS, PERSIAN_DIGITS
from summarizer.config import Style
from summarizer.schema import Task

Digits = Literal["european", "arabic"]

_EUROPEAN = "0123456789"
_FOREIGN = (ARABIC_INDIC_DIGITS, PERSIAN_DIGITS, FULLWIDTH_DIGITS)
_TO_EUROPEAN = str.maketrans("".join(_FOREIGN), _EUROPEAN * len(_FOREIGN))
_TO_ARABIC = str.maketrans(_EUROPEAN + PERSIAN_DIGITS + FULLWIDTH_DIGITS, ARABIC_INDIC_DIGITS * 3)
#: Tokens with digits; those that hold a Latin letter («COVID-19», «4G») keep them.
_NUMBER_TOKEN = re.compile(r"[\w.,،٫٬:/%٪-]*\d[\w.,،٫٬:/%٪-]*")
_RUN = re.compile(RUN)
_PERCENT_SIGNS = re.compile(r"[%٪]+")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_QUOTE_MARKS = frozenset('«»“”„‹›"″')
_UNSPACED = re.compile(r"(?<=:)(?=«)|(?<=[^\W\d_]{3})(?=«)")
"""«تويتر:«ستسقط»», «موقع«الشرق»»; one or two letters before a mark are prefixes: «بـ«الشرق»», «ول«الشرق»»."""
_BLANK_INSIDE = re.compile(r"(?<=[«“])\s+|\s+(?=[»”])")
_TRAILING = re.compile(r"[\s،,؛;:\-–—.…]+$")
_ENDS = ("؟", "!", "…", ".»", ".”", '."')


@dataclass(frozen=True, slots=True)
class House:
    """The style of one brief, and the digits it is written with."""

    style: Style = "news"
    digits: Digits = "european"

    def set_type(self, text: str, task: Task) -> str:
        """``text``, one line, with this house's digits, separators, percent signs, quotation marks and final mark."""
        text = _UNSPACED.sub(" ", uniform_quotes(_NUMBER_TOKEN.sub(self._digits, text)))
        text = _BLANK_INSIDE.sub("", text)
        if task is Task.STANDFIRST or self.style == "plain":
            return text if not text or text.endswith(_ENDS) else _TRAILING.sub("", text) + "."
        return _TRAILING.sub("", text)

    def _digits(self, match: re.Match[str]) -> str:
        if _LATIN_LETTER.search(match[0]):
            return match[0]
        arabic = self.digits == "arabic"
        text = match[0].translate(_TO_ARABIC if arabic else _TO_EUROPEAN)
        text = _RUN.sub(lambda run: with_separators(run[0], arabic=arabic), text)
        return _PERCENT_SIGNS.sub("٪" if arabic else "%", text)


def house_of(body: str, style: Style = "news") -> House:
    """The house for an article: in ``news`` the digits that its ``body`` uses most, those of 0-9 when it has none."""
    arabic = sum(body.count(digit) for digit in ARABIC_INDIC_DIGITS)
    european = sum(body.count(digit) for digit in _EUROPEAN)
    return House(style, "arabic" if style == "news" and arabic > european else "european")


def uniform_quotes(text: str) -> str:
    """``text`` with its pairs of quotation marks as «», and “” inside a pair; a mark without a partner stays.

    Pairs that cross each other stay as they are: a change would leave more marks without a partner.
    """
    pairs = [pair for pair in pair_quotations(text, 0, len(text)).closing.values() if text[pair.start] in _QUOTE_MARKS]
    letters = list(text)
    for pair in pairs:
        inside = any(other.start < pair.start and pair.end < other.end for other in pairs)
        letters[pair.start], letters[pair.end] = ("“", "”") if inside else ("«", "»")
    uniform = "".join(letters)
    return uniform if is_balanced(uniform) or not is_balanced(text) else text
