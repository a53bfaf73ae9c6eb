"""Whether what a statement puts in quotation marks stands in its source in these words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.arabic.forms import forms
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import tokenize
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.schema import Claim, Span

#: Up to this many words are marked rather than quoted: they must be in the source, not in one place.
_MOST_MARKED = 2
_ELLIPSES = re.compile(r"\.{2,}|…")


def check_quotes(spans: Sequence[Span], text: str, source: SourceIndex) -> list[Claim]:
    """A claim for each quotation of the statement ``text``: its words must follow one another in the source.

    Each piece between ellipses is looked up alone; one or two marked
    words («المزعومة») may stand apart. Words are compared in their light forms, so the spelling of
    hamza, the article or a clitic may differ, the words and their order may not.
    """
    claims = []
    for span in spans:
        pieces = [piece for piece in _ELLIPSES.split(span.of(text)) if tokenize(piece)]
        missing = next((piece.strip() for piece in pieces if not _verbatim(piece, source)), "")
        reason = f"the source does not have these words: {missing}" if missing else ""
        claims.append(Claim("quote", span.of(text), span, not missing, reason))
    return claims


def _verbatim(piece: str, source: SourceIndex) -> bool:
    """True when the words of ``piece`` stand one after the other in the source."""
    wanted = [(fold(word.text), forms(word.text)) for word in tokenize(piece)]
    if len(wanted) <= _MOST_MARKED:
        return all(source.has(word) or (len(word) < 3 and word in source.folded) for word, _ in wanted)
    first, size = wanted[0][0], len(wanted)
    starts = source.positions(first) if len(first) > 2 else range(len(source.folded))
    return any(_matches(wanted, source.folded[start : start + size]) for start in starts)


def _matches(wanted: Sequence[tuple[str, frozenset[str]]], heard: Sequence[str]) -> bool:
    if len(wanted) != len(heard):
        return False
    pairs = zip(wanted, heard, strict=True)
    return all(
        word == other or (not stems.isdisjoint(forms(other)) and not _differ_in_tense(word, other))
        for (word, stems), other in pairs
    )


def _differ_in_tense(one: str, other: str) -> bool:
    """«سنتوقف» against «نتوقف»: the future is no spelling."""
    return one == "س" + other or other == "س" + one
