"""Lines and blocks of a text: where they stand, and what their shape says.

A *line* is what stands between two line ends, trimmed; a *block* is a run of lines with no blank line among them.
Text wrapped at a fixed width (old archives, mail) is unwrapped first: there a line is as much as a paragraph.
"""

from __future__ import annotations

import re
from functools import cached_property
from statistics import quantiles
from typing import NamedTuple

from summarizer.arabic.text.charsets import INVISIBLE, SPACES
from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import count_words
from summarizer.schema import Span

_TEXT_LINE = re.compile(r"[^\r\n]+")
_TRIM = SPACES + "\r\n" + INVISIBLE
_CLOSERS = _TRIM + "\"'»”’)]}›"
_STOPS = tuple(".؟?!…۔")
_REST, _LINKED_WORDS = re.compile(r"[،,؛]\s*\w"), 5
_OPEN_ENDS = tuple(":،,؛;-–—")


class Line:
    """One line of ``text``: its span (trimmed of white space and invisible characters) and its block's number."""

    def __init__(self, text: str, span: Span, block: int) -> None:
        self.text, self.span, self.block = span.of(text), span, block

    def __repr__(self) -> str:
        return f"Line({self.text[:40]!r}, {self.span.start}, block={self.block})"

    @cached_property
    def folded(self) -> str:
        """The line in the form that words are compared in."""
        return fold(self.text).strip()

    @cached_property
    def words(self) -> int:
        """How many words and numbers it has."""
        return count_words(self.text)

    @cached_property
    def stops(self) -> bool:
        """True when it ends as a sentence does: a stop, perhaps behind closing quotes or brackets."""
        return ends_sentence(self.text)

    @cached_property
    def hangs(self) -> bool:
        """True when it ends on a colon, a comma or a dash: something must follow."""
        return self.text.rstrip(_TRIM).endswith(_OPEN_ENDS)


def split_lines(text: str) -> list[Line]:
    """The lines of ``text`` that hold anything, in order, wrapped ones joined."""
    spans = [trimmed for match in _TEXT_LINE.finditer(text) if (trimmed := trim(text, Span(*match.span())))]
    blocks, block = [], 0
    for index, span in enumerate(spans):
        if index and _blank_line_between(text, spans[index - 1].end, span.start):
            block += 1
        blocks.append(block)
    lines = [Line(text, span, number) for span, number in zip(spans, blocks, strict=True)]
    return _with_rests(text, _unwrap(text, lines) if _is_wrapped(lines) else lines)


def _with_rests(text: str, lines: list[Line]) -> list[Line]:
    """``lines`` with those that open on a comma put to what is before: pages are cut where a link or a picture stood.

    The words of the link come along: they stand between as a line of their own.
    """
    joined: list[Line] = []
    for line in lines:
        if joined and _REST.match(line.text) and not joined[-1].stops:
            first = joined.pop()
            if joined and first.words <= _LINKED_WORDS and not joined[-1].stops:
                first = joined.pop()
            line = Line(text, Span(first.span.start, line.span.end), first.block)
        joined.append(line)
    return joined


def ends_sentence(text: str) -> bool:
    """True when ``text`` ends on a stop, perhaps behind closing quotes, brackets and white space."""
    return text.rstrip(_CLOSERS).endswith(_STOPS)


def trim(text: str, span: Span) -> Span | None:
    """``span`` without white space and invisible characters at its ends; None when nothing is left."""
    piece = span.of(text)
    left = len(piece) - len(piece.lstrip(_TRIM))
    right = len(piece.rstrip(_TRIM))
    return Span(span.start + left, span.start + right) if left < right else None


def _blank_line_between(text: str, start: int, end: int) -> bool:
    return len(text[start:end].replace("\r\n", "\n").replace("\r", "\n").split("\n")) > 2


class _Wrap(NamedTuple):
    """What hard-wrapped text looks like: widths in characters, shares of lines (of full ones, of short ones).

    Set on the wrapped articles of EASC, and to find none in 28,000 news articles of other corpora.
    """

    max_width: int = 110
    min_margin: int = 40
    min_lines: int = 4
    full: float = 0.8
    min_full_share: float = 0.45
    max_stopped_share: float = 0.35
    min_inner_share: float = 0.2
    min_ended_share: float = 0.6


_WRAP = _Wrap()
_INNER_STOP = re.compile(r"[.؟!،,]\s+\S")


def _is_wrapped(lines: list[Line]) -> bool:
    """True when most lines are as wide as a common margin allows and break in mid-sentence."""
    if len(lines) < _WRAP.min_lines:
        return False
    widths = [len(line.text) for line in lines]
    margin = quantiles(widths, n=20)[-1]
    if max(widths) > _WRAP.max_width or margin < _WRAP.min_margin:
        return False
    full = [line for line in lines if len(line.text) >= _WRAP.full * margin]
    short = [line for line in lines if len(line.text) < _WRAP.full * margin]
    stopped = sum(line.stops for line in full)
    inner = sum(bool(_INNER_STOP.search(line.text)) for line in full)
    ended = sum(line.stops for line in short)
    return (
        len(full) >= _WRAP.min_full_share * len(lines)
        and stopped <= _WRAP.max_stopped_share * len(full)
        # A poem or a list has neither commas and stops inside its lines, nor stops where they end early.
        and (inner >= _WRAP.min_inner_share * len(full) or ended >= max(1.0, _WRAP.min_ended_share * len(short)))
    )


def _unwrap(text: str, lines: list[Line]) -> list[Line]:
    """Wrapped lines joined until a paragraph ends: its block does, or a line does not use the room that it had.

    A short line that opens a paragraph is all of it (a title, mostly). Two paragraphs of which the first happens to
    end at the margin stay joined: sentences do not suffer by it.
    """
    margin = max(len(line.text) for line in lines)
    joined: list[Line] = []
    first = lines[0]
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if (
            following is None
            or following.block != line.block
            or _ends_paragraph(line, following, margin, line is first)
        ):
            joined.append(Line(text, Span(first.span.start, line.span.end), first.block))
            first = following or first
    return joined


def _ends_paragraph(line: Line, following: Line, margin: int, opens: bool) -> bool:
    room = margin - len(line.text) - 1
    next_word = following.text.split(maxsplit=1)[0]
    if line.stops or line.hangs:
        return len(next_word) <= room
    return opens and room > (1 - _WRAP.full) * margin
