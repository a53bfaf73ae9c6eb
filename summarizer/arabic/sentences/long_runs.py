"""Text without stops: cutting a run that is too long to be one sentence.

A run is cut at the best kind of place it has, in this order, each only where the pieces still are too long:

1. an ellipsis («..»), which many papers use for a full stop;
2. a semicolon;
3. before a connective that opens sentences of news («وقال», «وأضافت», «من جهته»);
4. after a comma;
5. at white space, as a last resort, so that no piece is endless.

A line that ends without a stop is taken to be careless and is cut from 220 characters on (about 35 words); one that
ends with a stop was punctuated on purpose and is left alone up to 500 (about 80 words: the longest leads of agency
reports), but for its ellipses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.arabic.sentences.openers import cuts_before, may_cut_before
from summarizer.arabic.sentences.quotations import Quotations
from summarizer.arabic.text.charsets import CLOSING, STOPS
from summarizer.arabic.text.normalize import fold_letters
from summarizer.schema import Span

CARELESS_CHARS = 220
PUNCTUATED_CHARS = 500
COMMA_CHARS = 600
ENDLESS_CHARS = 1200
_MIN_PIECE_CHARS = 70

_ELLIPSIS = re.compile(r"(?:(?<!\.)\.{2,}+|…|\. \.)[»”\")]?(\s+)")
_SEMICOLON = re.compile(r"[؛;](\s+)")
_CONNECTIVE = re.compile(r"(\s+)(?=(\S{2,20}))")
_COMMA_AND_BLANK = re.compile(r"[،,](\s+)")
_WHITE_SPACE = re.compile(r"(\s+)")


def cut_long_run(text: str, run: Span, quotations: Quotations) -> tuple[Span, ...]:
    """``run`` of ``text`` (one line, no sentence end inside) as one or more spans; the white space between is left out.

    Linear in the length of the run.
    """
    ends_with_stop = text[run.start : run.end].rstrip(CLOSING + '" ').endswith(tuple(STOPS))
    allowed = PUNCTUATED_CHARS if ends_with_stop else CARELESS_CHARS
    pieces = _cut(text, (run,), _ELLIPSIS, CARELESS_CHARS, quotations)
    pieces = _cut(text, pieces, _SEMICOLON, allowed, quotations)
    pieces = _cut(text, pieces, _CONNECTIVE, allowed, quotations)
    pieces = _cut(text, pieces, _COMMA_AND_BLANK, COMMA_CHARS, quotations)
    return _cut(text, pieces, _WHITE_SPACE, ENDLESS_CHARS, quotations)


def _cut(
    text: str, runs: tuple[Span, ...], at: re.Pattern[str], allowed: int, quotations: Quotations
) -> tuple[Span, ...]:
    return tuple(
        piece
        for run in runs
        for piece in ((run,) if run.end - run.start <= allowed else _pieces(text, run, at, quotations))
    )


def _pieces(text: str, run: Span, at: re.Pattern[str], quotations: Quotations) -> Iterator[Span]:
    least = (
        ENDLESS_CHARS // 2 if at is _WHITE_SPACE else COMMA_CHARS // 2 if at is _COMMA_AND_BLANK else _MIN_PIECE_CHARS
    )
    begin = run.start
    for match in at.finditer(text, run.start, run.end):
        end, resume = match.span(1)
        if end - begin < least or run.end - resume < min(least, _MIN_PIECE_CHARS):
            continue
        if at is _CONNECTIVE and not (may_cut_before(match.group(2)) and _opens(text, resume, run.end)):
            continue
        if quotations.shelter(end):
            continue
        yield Span(begin, end)
        begin = resume
    yield Span(begin, run.end)


def _opens(text: str, start: int, end: int) -> bool:
    return cuts_before(fold_letters(text[start : min(end, start + 40)]))
