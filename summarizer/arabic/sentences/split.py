"""Sentences: spans of the text as it stands, in order, covering everything that shows.

What the splitter holds to:

- A line break ends a sentence.
- ``. ؟ ? ! ۔`` end one, with the closing quotes and brackets behind them, also when the next word is glued to them
  («كلمة.كلمة»); not in decimals, dates, addresses, acronyms («أ.ف.ب»), titles («د. محمد»), initials and list markers.
- An ellipsis, of two dots or more, is a pause: it ends a sentence only before an opening like «وقال» or «من جهته», and
  where the sentence would be too long otherwise.
- A stop inside a quotation or bracket of up to 160 characters does not cut it. Where such a quotation closes behind
  its own stop, the sentence ends unless an attribution follows («...» قال الوزير), and behind ``؟ !`` only where a new
  sentence plainly opens («رفعوا شعار "ارحل!" في الساحة»).
- A run without stops is cut at ellipses, semicolons, connectives and commas once it is too long: see ``long_runs``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.arabic.sentences.long_runs import CARELESS_CHARS, cut_long_run
from summarizer.arabic.sentences.quotations import Pair, Quotations, pair_quotations
from summarizer.arabic.sentences.stops import Stop, ends_sentence
from summarizer.arabic.text.charsets import (
    BIDI_CONTROLS,
    CONTROLS,
    INVISIBLE,
    LINE_BREAKS,
    SPACES,
    STOPS,
    ZERO_WIDTH,
    escape_class,
)
from summarizer.schema import Span

_LINE = re.compile(f"[^{escape_class(LINE_BREAKS)}]+")
_STOPS_CLASS = escape_class(STOPS)
_STOP = re.compile(rf"\.(?:[ \u00a0]\.)+|[{_STOPS_CLASS}]++")
_INVISIBLE_CLASS = escape_class(BIDI_CONTROLS + ZERO_WIDTH)
_EMPTY = SPACES + INVISIBLE + CONTROLS
_INK = re.compile(r"[^\W_]")
_BLANKS = re.compile(rf"[\s{_INVISIBLE_CLASS}]{{0,8}}")
_OUTER_STOPS = re.compile(rf"[ \u00a0{_INVISIBLE_CLASS}]{{0,4}}([{_STOPS_CLASS}]++)")
_CLOSING_CONTROLS = re.compile("[\u200e\u200f\u202c\u2069]*+")
_ADJACENT_CLOSERS = frozenset("»”’)]}")


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text``: half-open spans in code points, in order, trimmed of what shows nothing.

    Takes any string. Every character that is neither white space nor invisible (direction marks, zero-width, tags,
    controls) lies in exactly one span, and no span is without one. Linear time.
    """
    return tuple(
        piece
        for line in _LINE.finditer(text)
        for span in _sentences_of_line(text, line.start(), line.end())
        for piece in span
    )


def _sentences_of_line(text: str, start: int, limit: int) -> Iterator[tuple[Span, ...]]:
    quotations = pair_quotations(text, start, limit)
    for end in _boundaries(text, start, limit, quotations):
        span = _trimmed(text, start, end)
        start = end
        if span.end - span.start > CARELESS_CHARS:
            yield cut_long_run(text, span, quotations)
        elif span.end > span.start:
            yield (span,)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    kept = piece.lstrip(_EMPTY)
    start += len(piece) - len(kept)
    return Span(start, start + len(kept.rstrip(_EMPTY)))


def _boundaries(text: str, start: int, limit: int, quotations: Quotations) -> Iterator[int]:
    """The offsets behind which a new sentence begins, ``limit`` last. Punctuation alone joins the sentence before."""
    begin = start
    for match in _STOP.finditer(text, start, limit):
        if match.start() < begin:
            continue
        after, pair = _closed(text, match.end(), limit, quotations)
        shelter = quotations.shelter(match.start())
        if shelter is not None and after <= shelter.end:
            continue
        if begin > start and _joins_the_sentence_before(text, begin, match.start(), after):
            begin = after
        elif ends_sentence(Stop(text, begin, *match.span(), after, limit, pair)):
            if begin > start:
                yield begin
            begin = after
    if begin > start and _INK.search(text, begin, limit):
        yield begin
    yield limit


def _joins_the_sentence_before(text: str, begin: int, at: int, after: int) -> bool:
    """True for stops with no word before them since ``begin`` and none glued behind: «؟ !», «" .»."""
    return at - begin <= 16 and not _INK.search(text, begin, at) and not text[after : after + 1].strip()


def _closed(text: str, at: int, limit: int, quotations: Quotations) -> tuple[int, Pair | None]:
    """Where the closing marks behind a stop end (with stops behind them), and the outermost pair they closed."""
    pair: Pair | None = None
    at = _after_marks(text, at, limit)
    while at < limit:
        blank = _BLANKS.match(text, at, limit)
        place = blank.end() if blank else at
        if place < limit and place in quotations.closing:
            pair, at = quotations.closing[place], place + 1
        elif at < limit and text[at] in _ADJACENT_CLOSERS:
            at += 1
        else:
            break
        outer = _OUTER_STOPS.match(text, at, limit)
        at = _after_marks(text, outer.end() if outer else at, limit)
    return at, pair


def _after_marks(text: str, at: int, limit: int) -> int:
    """``at`` moved behind direction marks that close or only mark: they belong to the stop before them."""
    match = _CLOSING_CONTROLS.match(text, at, limit)
    return match.end() if match else at
