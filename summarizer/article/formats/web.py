"""HTML pages: the article in them, found by trafilatura. Nothing is ever fetched."""

from __future__ import annotations

import logging
import re
from typing import Any

from summarizer.arabic.words import count_words
from summarizer.article.formats.plain import Known, read_plain
from summarizer.article.parts.lines import ends_sentence
from summarizer.article.sanitize import sanitize
from summarizer.config import InputLimits
from summarizer.errors import EmptyInput, UnreadableInput
from summarizer.notices import Notice
from summarizer.schema import Article

_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|article|section|main|div|p|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|strong|h[1-6]|li|ul|a|img|figure|blockquote|em|b|i)\b[^<>]{0,400}>", re.IGNORECASE
)
_MIN_PROSE_WORDS = 20
"""A paragraph of a page that does not end as a sentence does is prose from here on; shorter ones may be headlines."""
_STYLE = "translate(@style, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ \t\r\n', 'abcdefghijklmnopqrstuvwxyz')"
_HIDDEN = (
    "//*[@hidden]",
    "//*[@aria-hidden='true']",
    f"//*[contains({_STYLE}, 'display:none')]",
    f"//*[contains({_STYLE}, 'visibility:hidden')]",
    f"//*[contains({_STYLE}, 'font-size:0') and not(contains({_STYLE}, 'font-size:0.'))]",
    f"//*[contains({_STYLE}, 'opacity:0') and not(contains({_STYLE}, 'opacity:0.'))]",
    "//template",
    "//dialog[not(@open)]",
)
"""What a browser does not show a reader, and a brief must not repeat."""


def looks_like_html(text: str) -> bool:
    """True when ``text`` opens as an HTML page or fragment does."""
    return _START.match(text[:4_000]) is not None


def has_markup(text: str, least: int = 1) -> bool:
    """True when ``text`` holds so many HTML tags, as the bodies of many exported records do."""
    return len(_MARKUP.findall(text[:20_000])) >= least


def read_html(html: str, limits: InputLimits, known: Known | None = None) -> Article:
    """The article of an HTML page; ``Article.text`` is the text extracted from it.

    ``known`` wins over what the page says of itself. Raises ``EmptyInput`` when the page holds no article, and what
    :func:`read_plain` raises. Elements that a browser would not show are left out.
    """
    known = known or Known()
    html, _ = sanitize(html)
    document = _extract(html)
    text = (getattr(document, "text", "") or "").strip()
    if not text:
        raise _no_article(f"{len(html):,} characters of HTML in which none was found")
    found = Known(
        title=known.title or _one_line(document.title),
        standfirst=known.standfirst,
        bullets=known.bullets,
        id=known.id or (document.url or ""),
        author=known.author or _one_line(document.author),
        date=known.date or (document.date or ""),
        warnings=known.warnings,
        opening="untitled" if known.opening == "all" else known.opening,
    )
    article = read_plain(text, limits, found)
    if _PAGE.search(html) and not any(map(_is_prose, article.read)):
        raise _no_article("a page of headlines and links only")
    return article


def read_html_page(html: str, limits: InputLimits, warnings: tuple[Notice, ...] = ()) -> Article:
    """The article of a page that comes alone. Raises as :func:`read_html` does."""
    return read_html(html, limits, Known(warnings=warnings))


def _is_prose(paragraph: str) -> bool:
    return ends_sentence(paragraph) or count_words(paragraph) >= _MIN_PROSE_WORDS


def _no_article(got: str) -> EmptyInput:
    return EmptyInput(
        expected="an HTML page with an article in it",
        got=got,
        hint="save the page once its text shows, or paste the text itself",
    )


def _extract(html: str) -> Any:
    """What trafilatura makes of a page, or None. The import is here because it takes half a second."""
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    from trafilatura import bare_extraction

    if not _PAGE.search(html[:4_000]):  # a fragment: the parser asks for a page
        html = f"<html><body><div><div>{html}</div></div></body></html>"
    try:
        return bare_extraction(
            html, with_metadata=True, include_comments=False, include_tables=False, prune_xpath=list(_HIDDEN)
        )
    except (ValueError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        got = f"markup that cannot be read ({type(error).__name__})"
        raise UnreadableInput(expected="an HTML page", got=got, hint="paste the text itself") from error


def _one_line(value: str | None) -> str:
    return " ".join((value or "").split())
