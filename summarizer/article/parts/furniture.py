"""Lines that are printed with an article and are not the article.

Related links, share bars, credits, tags, bylines and captions of the pages that Arabic news is copied from: the
patterns are data (``furniture.txt``, one line a habit); this file applies them.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.text.normalize import fold
from summarizer.article.parts.datelines import is_agency
from summarizer.article.parts.lines import Line


class Kind(StrEnum):
    """What a line of furniture is."""

    CAPTION = "caption"
    LINK = "link"
    CREDIT = "credit"
    DATE = "date"
    OTHER = "other"


class Habit(NamedTuple):
    """One row of ``furniture.txt``."""

    kind: Kind
    max_words: int
    pattern: re.Pattern[str]

    def takes(self, line: Line) -> bool:
        """True when all of ``line`` is what the pattern describes."""
        return line.words <= self.max_words and self.pattern.fullmatch(line.folded) is not None


_MAX_LINE_CHARS = 500
"""A longer line is text, whatever it opens with."""


@lru_cache(maxsize=1)
def habits() -> tuple[Habit, ...]:
    """The rows of ``furniture.txt``, in order."""
    lines = (Path(__file__).parents[1] / "data" / "furniture.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t", 2) for line in lines if line and not line.startswith("#"))
    return tuple(Habit(Kind(kind), int(words), re.compile(pattern, re.DOTALL)) for kind, words, pattern in rows)


def kind_of(line: Line) -> Kind | None:
    """What kind of furniture ``line`` is, or None for text."""
    if len(line.text) > _MAX_LINE_CHARS:
        return None
    for habit in habits():
        if habit.takes(line):
            return habit.kind
    if line.words <= 8 and is_agency(line.folded) and line.folded.strip(" .:") not in word_list("datelines", "labels"):
        return Kind.CREDIT
    return None


@lru_cache(maxsize=1)
def _fused() -> re.Pattern[str]:
    lines = (Path(__file__).parents[1] / "data" / "fused.txt").read_text(encoding="utf-8").splitlines()
    return re.compile("(?:(?:" + "|".join(line for line in lines if line and not line.startswith("#")) + r")\b\W*)+")


def fused_end(sentence: str) -> int:
    """Where ``sentence`` begins behind furniture that is fused to its head; 0 without any, or without a sentence."""
    match = _fused().match(fold(sentence[:_TAIL_CHARS])) if len(fold(sentence)) == len(sentence) else None
    return match.end() if match and match.end() < len(sentence) else 0


def author_of(line: Line) -> str:
    """The name in a byline that says so («بقلم: سلمى أحمد», «كتب - أحمد علي»), else an empty string."""
    match = re.match(
        r"\s*(?:بقلم\s*[:/ـ–-]?|(?:كتب|كتبت|كتبه|حرره|تحرير|[إا]عداد)\s*[:/ـ–-])\s*(\S.{1,50})$", line.text
    )
    return match.group(1).strip(" .:-–") if match else ""


_TAIL = re.compile(
    r"\s*(?:\(\s*(?:التفاصيل|المزيد|لمزيد من التفاصيل|صورة أرشيفية|صورة تعبيرية|صورة توضيحية|يتبع)\s*\)"
    r"|[(\[«\"“-]\s*(?P<agency>[^()\[\]«»\"“”\n]{2,34}?)\s*[)\]»\"”-]\s*\.?"
    r"|//\s*انتهى\s*//[^\n]*|(?<=[.؟!])\s*سمات\s[^.\n]{0,120}|(?:\.{3}|…)\s*المزيد"
    r"|(?:المصدر\s*:|ملاحظة\s*:\s*الصورة)[^\n]{0,60}|رابط الخبر بصحيفة [^\n]*)\s*$"
)
_TAIL_CHARS = 160


def tail_start(text: str) -> int:
    """Where the credit at the end of a paragraph begins («… (رويترز)», «… // انتهى //»); ``len(text)`` without one."""
    match = _TAIL.search(text, max(0, len(text) - _TAIL_CHARS))
    if match is None or match.start() == 0:
        return len(text)
    agency = match["agency"]
    if agency is None:
        return match.start()
    # «… نقلته وكالة «واس»»: only behind the end of a sentence is the name a credit and no part of it.
    before = text[: match.start()].rstrip(" \"»”'’)")
    return match.start() if before[-1:] in tuple(".؟?!…") and is_agency(fold(agency)) else len(text)
