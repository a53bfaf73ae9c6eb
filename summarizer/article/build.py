"""The one place where an ``Article`` is put together, so that its promises hold whatever was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from summarizer.arabic.sentences.split import split_sentences
from summarizer.article.parts.lines import trim
from summarizer.schema import Article, Sentence, Span

_LINE_ENDS = re.compile(r"[\r\n]")
_HAS_WORD = re.compile(r"[^\W_]")


def make_article(text: str, paragraphs: Iterable[Span], **fields: Any) -> Article:
    """An article over ``text`` whose body is ``paragraphs`` (spans into it), with its sentences computed.

    Paragraphs are trimmed, blank ones dropped; ``fields`` are the other fields of ``Article``. Every sentence lies
    inside its paragraph and ``sentence.text`` is the slice that its span names. A paragraph may hold line ends (text
    wrapped at a fixed width): they do not end a sentence. Pieces without a letter or digit are no sentences.
    """
    kept = tuple(
        span for given in paragraphs if (span := trim(text, given)) is not None and _HAS_WORD.search(span.of(text))
    )
    return Article(text=text, paragraphs=kept, sentences=tuple(_sentences(text, kept)), **fields)


def _sentences(text: str, paragraphs: Sequence[Span]) -> Iterable[Sentence]:
    for number, paragraph in enumerate(paragraphs):
        unwrapped = _LINE_ENDS.sub(" ", paragraph.of(text))
        for start, end in split_sentences(unwrapped):
            span = Span(paragraph.start + start, paragraph.start + end)
            if _HAS_WORD.search(span.of(text)):
                yield Sentence(span, span.of(text), number)
