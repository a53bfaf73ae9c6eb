"""The one place where an ``Article`` is put together, so that its promises hold whatever was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from summarizer.arabic.sentences.split import split_sentences
from summarizer.arabic.text.offsets import Normalized, identity
from summarizer.article.parts.furniture import fused_end
from summarizer.article.parts.headings import heading_end
from summarizer.article.parts.lines import trim
from summarizer.schema import Article, Sentence, Span

_LINE_ENDS = re.compile(r"[\r\n]")
_HAS_WORD = re.compile(r"[^\W_]")


def make_article(text: str, paragraphs: Iterable[Span], copy: Normalized | None = None, **fields: Any) -> Article:
    """An article over ``text`` whose body is ``paragraphs`` (spans into it), with its sentences computed.

    ``copy``: what is read in place of ``text``; then ``paragraphs`` and the spans among ``fields``, the other fields of
    ``Article``, are places in it and become places in ``text``. Paragraphs are trimmed, blank ones dropped. Every
    sentence lies inside its paragraph and ``sentence.text`` is the slice as it was read. A paragraph may hold line ends
    (text wrapped at a fixed width): they do not end a sentence. Pieces without a letter or digit are no sentences.
    """
    copy = copy or identity(text)
    read = copy.text
    kept = tuple(
        span for given in paragraphs if (span := trim(read, given)) is not None and _HAS_WORD.search(span.of(read))
    )
    dateline, captions = fields.pop("dateline", None), fields.pop("captions", ())
    return Article(
        text=text,
        paragraphs=tuple(copy.span(*span) for span in kept),
        sentences=tuple(one._replace(span=copy.span(*one.span)) for one in _sentences(read, kept)),
        read=tuple(span.of(read) for span in kept),
        dateline=dateline and copy.span(*dateline),
        captions=tuple(copy.span(*caption) for caption in captions),
        **fields,
    )


def _sentences(text: str, paragraphs: Sequence[Span]) -> Iterable[Sentence]:
    for number, paragraph in enumerate(paragraphs):
        unwrapped = _LINE_ENDS.sub(" ", paragraph.of(text))
        heading = heading_end(unwrapped)
        for start, end in split_sentences(unwrapped):
            behind = max(heading, start + fused_end(unwrapped[start:end]))
            span = Span(paragraph.start + behind, paragraph.start + end)
            if _HAS_WORD.search(span.of(text)):
                yield Sentence(span, span.of(text), number)
