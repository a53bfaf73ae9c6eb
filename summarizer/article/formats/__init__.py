"""The table of formats: one reader a file.

To add one: write ``NAME.py`` beside this file with ``read_NAME(text, limits, warnings) -> Article`` that takes the text
out of its wrapping and hands it to :func:`summarizer.article.formats.plain.read_plain`, which does the rest; add one
line to ``FORMATS``; add one test. Bytes were decoded before: a format is text. One that is not says how it is unpacked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from summarizer.article.formats.docx import docx_text, looks_like_zip
from summarizer.article.formats.feeds import looks_like_feed, read_feed
from summarizer.article.formats.markdown import looks_like_markdown, read_markdown
from summarizer.article.formats.plain import read_plain_text
from summarizer.article.formats.records import looks_like_json, looks_like_jsonl, read_json, read_jsonl
from summarizer.article.formats.tables import looks_like_table, read_table
from summarizer.article.formats.web import has_markup, looks_like_html, read_html_page
from summarizer.config import InputLimits
from summarizer.notices import Notice
from summarizer.schema import Article

Reader = Callable[[str, InputLimits, tuple[Notice, ...]], Article]
"""The decoded text, what is read at all, and what decoding warned of, to an article."""


class Unpacking(NamedTuple):
    """For bytes that are no text: whether some are of this format, and the text in them."""

    opens: Callable[[bytes], bool]
    text: Callable[[bytes, InputLimits], str]


class Format(NamedTuple):
    """A reader, the ends of its files' names, and how it is known.

    ``opens`` says whether a text of which nothing is known is in this format (None: never). Where ``suffix_holds``, a
    file's name is believed before its text is looked at; else only when no format opens so. ``collects``: a file may
    hold many articles, which `mujaz batch` reads.
    """

    read: Reader
    suffixes: tuple[str, ...]
    opens: Callable[[str], bool] | None = None
    suffix_holds: bool = True
    collects: bool = False
    unpack: Unpacking | None = None


_FRAGMENT_TAGS = 2
"""So many in a text that does not open as a page: it was cut out of one."""

FORMATS: dict[str, Format] = {
    # A page that was saved as .txt is still a page, and .xml may be either of two.
    "text": Format(read_plain_text, (".txt", ".text"), suffix_holds=False),
    "feed": Format(read_feed, (".rss", ".atom", ".rdf", ".xml"), looks_like_feed, suffix_holds=False, collects=True),
    "html": Format(read_html_page, (".html", ".htm", ".xhtml"), looks_like_html),
    "json": Format(read_json, (".json",), looks_like_json, collects=True),
    "jsonl": Format(read_jsonl, (".jsonl", ".ndjson"), looks_like_jsonl, collects=True),
    "csv": Format(read_table, (".csv", ".tsv", ".tab"), looks_like_table, collects=True),
    "docx": Format(read_plain_text, (".docx", ".docm"), unpack=Unpacking(looks_like_zip, docx_text)),
    "markdown": Format(read_markdown, (".md", ".markdown"), looks_like_markdown),
}


def format_of(text: str, suffix: str = "") -> str:
    """The name of the format that ``text``, from a file whose name ends in ``suffix`` (".txt"), is in."""
    named = [name for name, one in FORMATS.items() if suffix.lower() in one.suffixes and not one.unpack]
    if named and FORMATS[named[0]].suffix_holds:
        return named[0]
    opened = next((name for name, one in FORMATS.items() if one.opens and one.opens(text)), (named or ["text"])[0])
    return "html" if opened == "text" and has_markup(text, _FRAGMENT_TAGS) else opened


def unpacked(data: bytes, limits: InputLimits) -> str | None:
    """The text in bytes of a format that is no text; None for all others. Raises what the format's unpacking does."""
    for one in FORMATS.values():
        if one.unpack and one.unpack.opens(data):
            return one.unpack.text(data, limits)
    return None
