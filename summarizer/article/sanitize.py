"""Characters that no reader sees and no model should: replaced one for one, so that every offset stays.

Text can carry instructions that are invisible on a screen (tag characters), be shown in another order than it is
stored (bidi overrides), or break a terminal or an encoder (escapes, NULs, lone surrogates). Each such character
becomes one harmless character; ordinary marks of right-to-left text (RLM, embeddings, joiners) are left alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from summarizer.arabic.text.charsets import MARKS, escape_class
from summarizer.notices import Notice, notice

_ZERO_WIDTH = "\u200b"
"""ZERO WIDTH SPACE: no ink, no word boundary, and dropped by the rules for matching and for printing."""

_MAX_STACKED_MARKS = 8
"""Combining marks on one letter: fully vowelled Koranic text needs four."""

_TAGS = r"\U000e0000-\U000e007f"
_SELECTORS = r"\U000e0100-\U000e01ef"
_OVERRIDES = r"\u202d\u202e"
_CONTROLS = r"\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
_ODD_LINE_ENDS = r"\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_SURROGATES = r"\ud800-\udfff"
_NONCHARACTERS = r"\ufdd0-\ufdef\ufffe\uffff"


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    became: str
    code: str


_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
"""The one lawful use of tag characters: an emoji flag such as Scotland's."""

_RULES = (
    _Rule(re.compile(f"(?<!\U0001f3f4)[{_TAGS}]+"), _ZERO_WIDTH, "hidden-text"),
    _Rule(re.compile(f"[{_SELECTORS}]+"), _ZERO_WIDTH, "variation-selectors"),
    _Rule(re.compile(f"[{_OVERRIDES}]+"), _ZERO_WIDTH, "mixed-direction"),
    _Rule(re.compile(f"[{_SURROGATES}]+"), "\ufffd", "lone-surrogates"),
    _Rule(re.compile(f"[{_NONCHARACTERS}]+"), "\ufffd", "no-characters"),
    _Rule(re.compile(f"[{_CONTROLS}]+"), " ", "control-characters"),
    _Rule(re.compile(f"[{_ODD_LINE_ENDS}]+"), "\n", ""),
    _Rule(
        re.compile(f"(?<=[{escape_class(MARKS)}]{{{_MAX_STACKED_MARKS}}})[{escape_class(MARKS)}]+"),
        _ZERO_WIDTH,
        "stacked-marks",
    ),
)


def sanitize(text: str) -> tuple[str, tuple[Notice, ...]]:
    """``text`` with what must not travel on replaced character for character, and one warning for each kind found.

    The result has the length of ``text``, can be encoded as UTF-8, and is unchanged by a second call.
    """
    warnings = []
    text = re.sub(_FLAG, lambda flag: flag.group()[0] + _ZERO_WIDTH * (len(flag.group()) - 1), text)
    for rule in _RULES:
        found = sum(len(run) for run in rule.pattern.findall(text))
        if not found:
            continue
        text = rule.pattern.sub(lambda run, became=rule.became: became * len(run.group()), text)  # type: ignore[misc]
        if rule.code:
            warnings.append(notice(rule.code, count=f"{found:,}", most=_MAX_STACKED_MARKS))
    return text, tuple(warnings)
