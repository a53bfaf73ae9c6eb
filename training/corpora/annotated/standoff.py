"""Judged candidates without a word of their articles: spans of bodies that whoever has the corpora puts back.

A text is a list of parts: ``[start, end]`` of the body, ``[sentence, start, end]`` of a sentence, or the characters
themselves where neither has them. Log-probabilities are in hundredths. So labels can be kept and shared where article
text may not (standoff annotation, https://tei-c.org/release/doc/tei-p5-doc/en/html/NH.html).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from training.corpora.annotated.lines import RowError

Part = str | Sequence[int]
_LEAST = 4
"""Characters that are worth a span."""
_DIGITS = 16
_TEXTS = ("text", "cure")
"""Of a candidate. What a reader says of it, in a few words of English, is kept as it is."""


def packed(row: Mapping[str, Any], body: str) -> dict[str, Any]:
    """A row of ``labels/candidates.jsonl`` whose texts are parts of ``body`` and of its own sentences."""
    sentences = row["sentences"]
    candidates = [_packed(one, sentences) for one in row["candidates"]]
    texts = [_parts(one, [body]) for one in sentences]
    own = {name: value for name, value in row.items() if name not in ("sentences", "candidates")}
    return {**own, "body": digest(body), "sentences": texts, "candidates": candidates}


def unpacked(row: Mapping[str, Any], bodies: Mapping[str, str]) -> dict[str, Any]:
    """The row that was packed. ``RowError`` for an article that ``bodies`` lacks or has otherwise."""
    body = bodies.get(row["id"])
    if body is None:
        raise RowError("an id that no corpus has")
    if digest(body) != row["body"]:
        raise RowError("an article whose body is another now")
    sentences = [_text(parts, [body]) for parts in row["sentences"]]
    candidates = [_unpacked(one, sentences) for one in row["candidates"]]
    own = {name: value for name, value in row.items() if name != "body"}
    return {**own, "sentences": sentences, "candidates": candidates}


def digest(body: str) -> str:
    """The beginning of a body's SHA-256."""
    return hashlib.sha256(body.encode()).hexdigest()[:_DIGITS]


def _packed(candidate: Mapping[str, Any], sentences: Sequence[str]) -> dict[str, Any]:
    texts = {name: _parts(candidate[name], sentences) for name in _TEXTS if candidate.get(name)}
    hundredths = [round(100 * value) for value in candidate.get("log_probs", [])]
    return {**candidate, **texts, "log_probs": hundredths}


def _unpacked(candidate: Mapping[str, Any], sentences: Sequence[str]) -> dict[str, Any]:
    texts = {name: _text(candidate[name], sentences) for name in _TEXTS if candidate.get(name)}
    log_probs = [value / 100 for value in candidate["log_probs"]]
    return {**candidate, **texts, "log_probs": log_probs}


def _parts(text: str, sources: Sequence[str]) -> list[Part]:
    """``text`` as the longest spans of ``sources``, from left to right, and what stands between them."""
    parts: list[Part] = []
    at, loose = 0, ""
    while at < len(text):
        size, source = max((_shared(text[at:], source), -place) for place, source in enumerate(sources))
        if size < _LEAST:
            loose, at = loose + text[at], at + 1
            continue
        if loose:
            parts.append(loose)
        start = sources[-source].index(text[at : at + size])
        parts.append([start, start + size] if len(sources) == 1 else [-source, start, start + size])
        at, loose = at + size, ""
    return [*parts, loose] if loose else parts


def _shared(text: str, source: str) -> int:
    """How many characters of ``text``, from its beginning, stand together in ``source``."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[:middle] in source else (low, middle - 1)
    return low


def _text(parts: Sequence[Part], sources: Sequence[str]) -> str:
    return "".join(part if isinstance(part, str) else _span(part, sources) for part in parts)


def _span(part: Sequence[int], sources: Sequence[str]) -> str:
    *source, start, end = part
    place = source[0] if source else 0
    if not (0 <= place < len(sources) and 0 <= start < end <= len(sources[place])):
        raise RowError("a span outside its text")
    return sources[place][start:end]
