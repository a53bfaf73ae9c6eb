"""The table of formats: one reader a file.

To add one: write ``NAME.py`` beside this file with ``read_NAME(text, limits, warnings) -> Article`` that takes the text
out of its wrapping and hands it to :func:`summarizer.article.formats.plain.read_plain`, which does the rest; add one
line to ``FORMATS``; add one test. Bytes were decoded before: a format is text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from summarizer.article.formats.plain import read_plain_text
from summarizer.article.formats.records import looks_like_json, read_json, read_jsonl
from summarizer.article.formats.web import looks_like_html, read_html_page
from summarizer.config import InputLimits
from summarizer.schema import Article

Reader = Callable[[str, InputLimits, tuple[str, ...]], Article]
"""The decoded text, what is read at all, and what decoding warned of, to an article."""


class Format(NamedTuple):
    """A reader, the ends of its files' names, and how it is known.

    ``opens`` says whether a text of which nothing is known is in this format (None: never). Where ``suffix_holds``, a
    file's name is believed before its text is looked at. ``in_folders``: `mujaz batch FOLDER` takes such files, an
    article each.
    """

    read: Reader
    suffixes: tuple[str, ...]
    opens: Callable[[str], bool] | None = None
    suffix_holds: bool = True
    in_folders: bool = True


FORMATS: dict[str, Format] = {
    # A page that was saved as .txt is still a page.
    "text": Format(read_plain_text, (".txt", ".text"), suffix_holds=False),
    "html": Format(read_html_page, (".html", ".htm", ".xhtml"), looks_like_html),
    "json": Format(read_json, (".json",), looks_like_json, in_folders=False),
    "jsonl": Format(read_jsonl, (".jsonl", ".ndjson"), in_folders=False),
}


def format_of(text: str, suffix: str = "") -> str:
    """The name of the format that ``text``, from a file whose name ends in ``suffix`` (".txt"), is in."""
    for name, one in FORMATS.items():
        if one.suffix_holds and suffix.lower() in one.suffixes:
            return name
    return next((name for name, one in FORMATS.items() if one.opens and one.opens(text)), "text")
