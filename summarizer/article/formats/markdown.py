"""Markdown: its text, the first heading as the title, the fields of a front matter taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from summarizer.article.formats.plain import Known, read_plain
from summarizer.article.formats.records import FIELDS, known_as
from summarizer.config import InputLimits
from summarizer.notices import Notice
from summarizer.schema import Article

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"(\w[\w -]*):[ \t]*(?:\"(.*)\"|'(.*)'|(.*?))[ \t]*")
_HTML_TAG = re.compile(r"<[^>]*>")
_SILENT = re.compile(r"\s*<(?:script|style|pre|!--|!|\?|[^>]*\bhidden\b)", re.IGNORECASE)
_SIGNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^#{1,6} +\S",
        r"^#{2,6} +\S",
        r"\[[^\]\n]+\]\((?:https?://|/|#|mailto:)[^)\s]*\)",
        r"!\[[^\]\n]*\]\([^)\s]+\)",
        r"(?<!\*)\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*(?!\*)",
        r"^> +\S",
        r"^```",
    )
)


def looks_like_markdown(text: str) -> bool:
    """True when ``text`` has a front matter, or two of the signs that only Markdown has."""
    head = text[:50_000]
    return _front(head)[1] > 0 or sum(sign.search(head) is not None for sign in _SIGNS) >= 2


def read_markdown(text: str, limits: InputLimits, warnings: tuple[Notice, ...] = ()) -> Article:
    """The article in a Markdown text; ``Article.text`` is the text without its marks. Raises as :func:`read_plain`."""
    fields, start = _front(text)
    heading, blocks = _heading_and_blocks(text[start:])
    title = _of(fields, "title") or heading
    known = Known(
        title=title,
        standfirst=_of(fields, "standfirst"),
        author=_of(fields, "author"),
        date=_of(fields, "date"),
        warnings=warnings,
        opening="untitled" if title else "all",
    )
    return read_plain("\n\n".join(blocks), limits, known)


def _front(text: str) -> tuple[dict[str, str], int]:
    """The simple fields of a front matter by their names, and where the text begins behind it; 0 without one."""
    match = _FRONT.match(text)
    found = [line for line in map(_FIELD.fullmatch, match[1].splitlines()) if line] if match else []
    if match is None or not found:
        return {}, 0
    return {known_as(line[1]): line[2] or line[3] or line[4] or "" for line in found}, match.end()


def _of(fields: Mapping[str, str], field: str) -> str:
    return next((value for name in FIELDS[field] if (value := fields.get(known_as(name), ""))), "")


def _heading_and_blocks(text: str) -> tuple[str, list[str]]:
    """The first heading, when nothing stands above it, and the other blocks of text."""
    from markdown_it import MarkdownIt

    found = _blocks(MarkdownIt("commonmark").enable("table").disable("code").parse(text))
    blocks = [block for block in found if block[1].strip()]
    heading = blocks.pop(0)[1] if blocks and blocks[0][0] == "heading" else ""
    return heading, [block for _, block in blocks]


def _blocks(tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
    """Each heading and paragraph, and its text, HTML's too; tables and code left out."""
    kind = ""
    for token in tokens:
        if token.type in ("heading_open", "paragraph_open", "th_open", "td_open"):
            kind = token.type.removesuffix("_open")
        elif token.type == "html_block" and not _SILENT.match(token.content):
            yield "paragraph", _HTML_TAG.sub("", token.content).strip()
        elif token.type == "inline" and kind in ("heading", "paragraph"):
            yield kind, "".join(_inline(token.children or ()))


def _inline(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " " if token.type == "softbreak" else "\n"
