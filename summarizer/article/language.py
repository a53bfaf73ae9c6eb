"""The check that a body is Arabic, made once, before anything is written about it."""

from __future__ import annotations

import re

from summarizer.arabic.lexicon import entries, word_list
from summarizer.arabic.text.normalize import fold
from summarizer.config import InputLimits
from summarizer.errors import NotArabic, TooShort

_ARABIC_LETTER = re.compile(r"[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufefc]")
_ANY_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")

# The commonest function words of each language, folded as ``fold`` folds them.
_ARABIC_WORDS = word_list("languages", "Arabic")
_NEIGHBOUR_WORDS = {name: frozenset(entries("languages", name)) for name in ("Persian", "Urdu", "Kurdish")}
_MIN_FOREIGN = 6
_MOJIBAKE = re.compile(r"[ØÙÚÛ][\u0080-\u00bf\u0152-\u0178\u2013-\u2122]|[ÇÃÊËÌÍÎÏÐÑÒÓÔÕÖÚÛÝáãäæíÉ]{3}")


def require_arabic(text: str, limits: InputLimits) -> None:
    """Raise ``NotArabic`` unless ``text`` is Arabic by its letters and words, ``TooShort`` for Arabic of too few.

    How many letters, and how large a share of all, ``limits`` say. Persian, Urdu and Kurdish are written in the same
    script: they are told by their commonest words. Dialects pass.
    """
    arabic, letters = len(_ARABIC_LETTER.findall(text)), len(_ANY_LETTER.findall(text))
    if 0 < arabic < limits.min_arabic_letters and arabic >= limits.min_arabic_share * letters:
        raise TooShort(
            expected=f"an article, of at least {limits.min_arabic_letters} Arabic letters",
            got=f"{arabic}: «{_excerpt(text)}»",
            hint="give the whole text",
        )
    if arabic < limits.min_arabic_letters or arabic < limits.min_arabic_share * letters:
        got = f"{arabic:,} Arabic letters among {letters:,}"
        raise _refusal(f"{got}: «{_excerpt(text)}»" if letters else "no letters at all", _hint(text))
    neighbour = _neighbour(text)
    if neighbour:
        raise _refusal(f"what reads as {neighbour}: «{_excerpt(text)}»", "Mujaz writes about Arabic articles only")


def _refusal(got: str, hint: str) -> NotArabic:
    return NotArabic(expected="an article in Arabic", got=got, hint=hint)


def _hint(text: str) -> str:
    if len(_MOJIBAKE.findall(text)) >= 3:
        return "the text was decoded wrongly before it came here (mojibake): save the original as UTF-8"
    return "pass the article's own text, not a translation, a link or a code listing"


def _excerpt(text: str, size: int = 30) -> str:
    line = " ".join(text[: 4 * size].split())
    return line if len(line) <= size else line[:size].rstrip() + "…"


def _neighbour(text: str) -> str:
    """The name of the neighbouring language that ``text`` is written in, or an empty string."""
    words = _WORD.findall(text[:20_000])
    arabic = sum(fold(word) in _ARABIC_WORDS for word in words)
    for name, known in _NEIGHBOUR_WORDS.items():
        foreign = sum(word in known for word in words)
        if foreign >= _MIN_FOREIGN and foreign > 2 * arabic:
            return name
    return ""
