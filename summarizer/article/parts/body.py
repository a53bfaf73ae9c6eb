"""The body of an article: which lines are its paragraphs, and which stand among them without being text.

A line without an end mark, short, in a body whose paragraphs do have end marks, is a caption, a subheading or the
headline of another article. Lists and verse also look like that; they come in longer runs, and are kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.text.normalize import fold
from summarizer.article.parts import furniture
from summarizer.article.parts.datelines import dateline_end
from summarizer.article.parts.furniture import Kind
from summarizer.article.parts.lines import Line, trim
from summarizer.article.parts.prose import table_rows
from summarizer.schema import Span

MAX_STRAY_WORDS = 16
"""Words in a caption or subheading. Of 1,400 unpunctuated lines among paragraphs of BBC, CNN, Sky News and Al Arabiya
84 % have at most 10; from 12 on there is a thin flat tail of sentences whose stop was forgotten."""
_MIN_SENTENCE_WORDS = 7
"""From here on a line that opens with a verb of news is a sentence whose stop was forgotten."""
_MAX_STRAY_RUN = 3
_MAX_STRAY_SHARE = 0.35
"""Of all words: above this the unpunctuated lines are the text itself."""

_CONNECTIVES = word_list("datelines", "connectives")
"""Words that go on from the line before, folded: nothing that stands alone opens with one."""
_JOINED_VERB = re.compile(r"و(?:[تي](?!لي|كي|مب|ير)|س[تين](?!ل|ط|م))\w{3,}")
"""«وتقول», «ويتوقع», «وسيكون»; not «ويليام», «ويكيبيديا», «ويمبلدون», «وتيرة», «وسيلة»."""
_WHOLE_WORDS = word_list("datelines", "own waw")
"""Verbs and nouns of which the «و» is a part."""
_LIST_ITEM = re.compile(r"[•●▪◦*\-–—]\s*\S|\d{1,3}\s*[.)/ـ–-]\s*\S")


@dataclass(frozen=True, slots=True)
class Body:
    """Spans into the text: paragraphs without datelines and credits, the dateline, and the stray lines."""

    paragraphs: tuple[Span, ...] = ()
    dateline: Span | None = None
    captions: tuple[Span, ...] = ()
    author: str = ""
    date: str = ""


def read_body(text: str, lines: Sequence[Line]) -> Body:
    """The body that ``lines`` of ``text`` make up. Without a single paragraph it is empty, and the caller decides."""
    body, kept = _without_furniture(lines)
    rows = table_rows([line.text for line in kept])
    kept = [line for place, line in enumerate(kept) if place not in rows]
    byline, kept = _without_bylines(kept)
    strays = _strays(kept)
    captions = sorted([*body.captions, *(line.span for line in strays)])
    chosen = set(map(id, strays))
    paragraphs = [line.span for line in kept if id(line) not in chosen]
    dateline, paragraphs = _split_dateline(text, paragraphs)
    return replace(
        body, paragraphs=_without_tail(text, paragraphs), dateline=byline or dateline, captions=tuple(captions)
    )


def opens_as_continuation(line: Line) -> bool:
    """True when a line opens with a connective («وأضاف», «كما»): it goes on from the line before."""
    first = (line.folded.split() or [""])[0].strip("\"'():,")
    joined_verb = first[:1] in ("و", "ف") and _is_verb(first[1:]) and first not in _WHOLE_WORDS
    return first in _CONNECTIVES or joined_verb or bool(_JOINED_VERB.fullmatch(first))


def opens_with_verb(line: Line) -> bool:
    """True when a line opens with one of the verbs that news sentences open with: leads do, headlines seldom."""
    return _is_verb((line.folded.split() or [""])[0])


def _is_verb(folded: str) -> bool:
    return folded in word_list("datelines", "news verbs") or folded in word_list("saying", "at the head of a sentence")


def _without_furniture(lines: Sequence[Line]) -> tuple[Body, list[Line]]:
    """The lines that may be text, and what the others gave: captions, an author, a date."""
    body, kept = Body(), []
    after_link = False
    for line in lines:
        kind = furniture.kind_of(line)
        if kind is None and not (after_link and _is_headline(line)):
            kept.append(line)
            after_link = False
            continue
        after_link = kind is Kind.LINK or (after_link and kind is None)
        if kind is Kind.CAPTION:
            body = replace(body, captions=(*body.captions, line.span))
        elif kind is Kind.DATE and not kept:
            body = replace(body, date=body.date or line.text)
        elif kind is Kind.CREDIT:
            body = replace(body, author=body.author or furniture.author_of(line))
    return body, kept


def _is_headline(line: Line) -> bool:
    if line.stops or line.hangs or line.words > MAX_STRAY_WORDS or opens_as_continuation(line):
        return False
    return line.words < _MIN_SENTENCE_WORDS or not opens_with_verb(line)


def _strays(lines: Sequence[Line]) -> list[Line]:
    """Captions, subheadings and headlines of other articles, among lines that are otherwise punctuated text."""
    punctuated = [line for line in lines if line.stops]
    if not punctuated or len(lines) < 2:
        return []
    found: list[Line] = []
    before: Line | None = None
    for stray, run in groupby(lines, key=_looks_stray):
        members = list(run)
        introduced = before is not None and before.hangs
        if stray and len(members) <= _MAX_STRAY_RUN and not introduced:
            found += members
        before = members[-1]
    total = sum(line.words for line in lines)
    return found if sum(line.words for line in found) <= _MAX_STRAY_SHARE * total else []


def _looks_stray(line: Line) -> bool:
    return _is_headline(line) and not _LIST_ITEM.match(line.text)


def _without_bylines(lines: list[Line]) -> tuple[Span | None, list[Line]]:
    """The first of the opening lines that are nothing but a dateline or byline, and the lines after them."""
    count = 0
    while count < len(lines) - 1 and dateline_end(lines[count].text) == len(lines[count].text):
        count += 1
    return (lines[0].span if count else None), lines[count:]


def _split_dateline(text: str, paragraphs: list[Span]) -> tuple[Span | None, list[Span]]:
    """The dateline that the first paragraph opens with, and the paragraphs without it."""
    if not paragraphs:
        return None, paragraphs
    first = paragraphs[0]
    end = dateline_end(first.of(text))
    dateline = trim(text, Span(first.start, first.start + end)) if end else None
    rest = trim(text, Span(first.start + end, first.end))
    if dateline is None or rest is None:
        return None, paragraphs
    return dateline, [rest, *paragraphs[1:]]


def _without_tail(text: str, paragraphs: list[Span]) -> tuple[Span, ...]:
    """The last paragraph without the agency, tags or page mark that hang on its end."""
    if not paragraphs:
        return ()
    last = paragraphs[-1]
    cut = trim(text, Span(last.start, last.start + furniture.tail_start(last.of(text))))
    return (*paragraphs[:-1], cut or last)


def same_words(one: str, other: str) -> bool:
    """True when two lines say the same, whatever their marks, spaces and spelling of hamza."""
    return re.sub(r"\W+", "", fold(one)) == re.sub(r"\W+", "", fold(other))
