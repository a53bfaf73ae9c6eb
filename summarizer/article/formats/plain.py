"""Plain text: lines to an article, with or without the editor's part above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.article.build import make_article
from summarizer.article.language import require_arabic
from summarizer.article.parts.body import Body, read_body, same_words
from summarizer.article.parts.lines import Line, split_lines
from summarizer.article.parts.prose import require_prose
from summarizer.article.parts.seed import Header, read_header
from summarizer.article.reading import reading_copy
from summarizer.article.repairs import repair
from summarizer.article.sanitize import sanitize
from summarizer.config import InputLimits
from summarizer.errors import EmptyInput, InputTooLarge
from summarizer.notices import Notice, notice
from summarizer.schema import Article

_POST, _MIN_POSTS = re.compile(r"\d{1,2}\s?/\s?[^\W\d]"), 2
"""Lines of a thread are numbered «1/»: what stands above them is its lead, no title."""
_END_MARK = re.compile(r"[.؟?!…۔](?=[\s»”\"')\]]|$)")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article besides its text: a record's fields, a page's metadata, what decoding found.

    ``opening`` says what may stand above the body in the text: ``all`` (headline, standfirst, bullets), ``untitled``
    (a standfirst and bullets, but no headline: that one came apart) or ``none`` (the text is a body).
    """

    title: str = ""
    standfirst: str = ""
    bullets: tuple[str, ...] = ()
    id: str = ""
    author: str = ""
    date: str = ""
    warnings: tuple[Notice, ...] = ()
    opening: Literal["all", "untitled", "none"] = "all"


def read_plain(text: str, limits: InputLimits, known: Known | None = None) -> Article:
    """The article in ``text``, its parts told apart; ``Article.text`` is ``text``, sanitised character for character.

    What programs did to a text on its way is undone first, with a warning: ``Article.text`` is the text put right.

    Raises ``EmptyInput``, ``InputTooLarge``, ``NotArabic`` and ``NotProse``.
    """
    known = known or Known()
    if len(text) > limits.max_chars:
        raise InputTooLarge(
            expected=f"an article of at most {limits.max_chars:,} characters",
            got=f"{len(text):,}",
            hint="give one article at a time, not a collection",
        )
    known = _sanitized(known)
    text, repairs = repair(text)
    text, notes = sanitize(text)
    copy = reading_copy(text)
    lines = split_lines(copy.text)
    if not lines:
        raise EmptyInput(expected="an article", got="nothing but white space", hint="give the article's text")
    header, body = _divide(lines, copy.text, known)
    paragraphs = [span.of(copy.text) for span in body.paragraphs]
    # Letters tell the neighbours apart, and the copy has folded them.
    require_arabic(" ".join(copy.span(*span).of(text) for span in body.paragraphs), limits)
    require_prose(paragraphs)
    return make_article(
        text,
        body.paragraphs,
        copy,
        title=known.title or header.title,
        standfirst=known.standfirst or header.standfirst,
        bullets=known.bullets or header.bullets,
        dateline=body.dateline,
        captions=body.captions,
        id=known.id,
        author=known.author or body.author,
        date=known.date or body.date,
        warnings=(*known.warnings, *repairs, *notes, *_shape_warnings(paragraphs)),
    )


def read_plain_text(text: str, limits: InputLimits, warnings: tuple[Notice, ...] = ()) -> Article:
    """The article in a text that comes alone. Raises as :func:`read_plain` does."""
    return read_plain(text, limits, Known(warnings=warnings))


def _sanitized(known: Known) -> Known:
    return replace(
        known,
        title=sanitize(known.title)[0],
        standfirst=sanitize(known.standfirst)[0],
        bullets=tuple(sanitize(bullet)[0] for bullet in known.bullets),
        id=sanitize(known.id)[0],
        author=sanitize(known.author)[0],
        date=sanitize(known.date)[0],
    )


def _divide(lines: Sequence[Line], text: str, known: Known) -> tuple[Header, Body]:
    """The editor's part and the body. A division that would leave no body is taken back."""
    if known.title and len(lines) > 1 and same_words(lines[0].text, known.title):
        lines = lines[1:]
    untitled = bool(known.title) or known.opening == "untitled"
    thread = sum(bool(_POST.match(line.text)) for line in lines) >= _MIN_POSTS
    header = Header() if known.opening == "none" or thread else read_header(lines, title=not untitled)
    body = read_body(text, [line for index, line in enumerate(lines) if index not in header.taken])
    if not body.paragraphs and header.taken:
        header, body = Header(), read_body(text, lines)
    if body.paragraphs:
        return header, body
    if body.captions:
        return header, Body(paragraphs=body.captions)
    raise EmptyInput(
        expected="an article",
        got="only links, credits or separators",
        hint="give the article's own text",
    )


def _shape_warnings(paragraphs: Sequence[str]) -> tuple[Notice, ...]:
    if any(map(_END_MARK.search, paragraphs)):
        return ()
    return (notice("no-full-stops"),)
