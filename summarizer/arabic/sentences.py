"""Sentences: spans of the text as it stands. (First version: stops, quotations, decimals, abbreviations, glue.)"""

from __future__ import annotations

import re

from summarizer.schema import Span

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_STOP = re.compile(r"[.!?؟…۔]++(?:\s*+[»”’)\]]|\"(?=\s|$|[،؛,.]))*+[.]*+")


def split_sentences(text: str) -> tuple[Span, ...]:
    """Where the sentences of ``text`` stand: trimmed, in order, covering everything that is not blank."""
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        start, limit = line.span()
        for stop in _STOP.finditer(text, start, limit):
            if _ends(text, stop.start(), stop.end()):
                _append(spans, text, start, stop.end())
                start = stop.end()
        _append(spans, text, start, limit)
    return tuple(spans)


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if piece.strip():
        spans.append(Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))


def _ends(text: str, start: int, end: int) -> bool:
    before = re.search(r"[^\W_]*$", text[max(0, start - 12) : start])
    word, after = before.group() if before else "", text[end : end + 1]
    if text[start : start + 2] == "..":
        return False
    if after in ",،؛;:)" and after:
        return False
    return not (
        text[start] == "."
        and (len(word) == 1 or (word.isdigit() and after.isdigit()) or (after.isascii() and after.isalnum()))
    )
