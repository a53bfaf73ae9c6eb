"""Articles from a path, bytes, a stream or a string; the formats are in ``formats``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from summarizer.article.encoding import decode
from summarizer.article.formats import FORMATS, format_of, unpacked
from summarizer.config import InputLimits
from summarizer.errors import EmptyInput, InputTooLarge, UnknownName, UnreadableInput
from summarizer.notices import Notice
from summarizer.schema import Article

_ADDRESS = re.compile(r"\s*(?:https?|ftps?|file):/{1,3}\S+\s*|\s*www\.\S+\s*", re.IGNORECASE)
"""A text or a file's name that is nothing but an address; ``pathlib`` makes one slash of two."""

ArticleLike = Article | str | os.PathLike[str]
"""An article that was read, the text of one, or the path of a file (a ``str`` is never a path)."""


def read_path(path: str | os.PathLike[str], limits: InputLimits | None = None, kind: str | None = None) -> Article:
    """The article in a file. ``kind``, a name of ``FORMATS``, overrides what the suffix and the content say.

    Never reads more than ``limits.max_bytes`` and one byte, from devices and pipes too. Raises ``UnreadableInput``
    for what is missing, a folder, forbidden or no text, ``InputTooLarge``, and what :func:`read_bytes` raises.
    """
    limits = limits or InputLimits()
    if is_address(str(path)):
        raise _not_fetched(str(path))
    path = Path(path)
    try:
        if path.is_dir():
            raise _unreadable(f"the folder {_name(path)}", "name one file in it")
        with path.open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
    except FileNotFoundError as error:
        raise _unreadable(f"no file at {_name(path)}", "check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _unreadable(f"{_name(path)}, which cannot be opened ({reason})", "check its permissions") from error
    return read_bytes(data, limits, name=_name(path), kind=kind)


def read_stream(stream: BinaryIO, limits: InputLimits | None = None, kind: str | None = None) -> Article:
    """The article in an open binary stream such as ``sys.stdin.buffer``. Raises as :func:`read_path` does."""
    limits = limits or InputLimits()
    return read_bytes(stream.read(limits.max_bytes + 1), limits, name="standard input", kind=kind)


def read_bytes(data: bytes, limits: InputLimits | None = None, name: str = "", kind: str | None = None) -> Article:
    """The article in ``data``; ``name`` (a file's, perhaps) is for messages and gives the suffix.

    Raises ``EmptyInput``, ``InputTooLarge``, ``UnreadableInput``, ``UndecodableInput``, ``NotArabic`` and ``NotProse``.
    """
    limits = limits or InputLimits()
    if len(data) > limits.max_bytes:
        raise InputTooLarge(
            expected=f"an article of at most {limits.max_bytes:,} bytes",
            got=f"more than that in {name or 'the input'}",
            hint="give one article at a time, or read collections with `mujaz batch`",
        )
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        got = f"{name or 'an input'} with nothing in it" if not data else f"only white space in {name or 'the input'}"
        raise EmptyInput(expected="an article", got=got, hint="give the article's text")
    text = unpacked(data, limits)
    if text is not None:
        return _read(text, limits, kind or "text")
    decoded = decode(data)
    return _read(decoded.text, limits, kind or format_of(decoded.text, Path(name).suffix), decoded.warnings)


def read_text(text: str, limits: InputLimits | None = None, kind: str | None = None) -> Article:
    """The article in a string, such as a text pasted into a form or sent to a service. Raises as :func:`read_bytes`."""
    limits = limits or InputLimits()
    if len(text) > limits.max_chars:
        got = f"{len(text):,}"
        raise InputTooLarge(
            expected=f"an article of at most {limits.max_chars:,} characters",
            got=got,
            hint="give one article at a time",
        )
    return _read(text, limits, kind or format_of(text))


def is_address(text: str) -> bool:
    """True for a text, or a file's name, that is nothing but the address of a page."""
    return _ADDRESS.fullmatch(text) is not None


def as_article(given: ArticleLike) -> Article:
    """``given`` if it is an article, else what is read from that text or that file; ``TypeError`` for anything else."""
    if isinstance(given, Article):
        return given
    if isinstance(given, str):
        return read_text(given)
    if isinstance(given, os.PathLike):
        return read_path(given)
    raise _type_error("an Article, a str (the text of an article) or a pathlib.Path (a file)", given)


def as_articles(given: Iterable[ArticleLike]) -> list[Article]:
    """:func:`as_article` of each; ``TypeError`` for one article by itself, whose letters are no articles."""
    if isinstance(given, str | bytes | os.PathLike | Article) or not isinstance(given, Iterable):
        raise _type_error("a list of articles, texts or pathlib.Paths (of one article: brief)", given)
    return [as_article(one) for one in given]


def _type_error(expected: str, given: object) -> TypeError:
    return TypeError(f"expected {expected}; got {type(given).__name__}")


def _read(text: str, limits: InputLimits, kind: str, warnings: tuple[Notice, ...] = ()) -> Article:
    if kind not in FORMATS:
        raise UnknownName("format", kind, FORMATS)
    if is_address(text):
        raise _not_fetched(text.strip())
    return FORMATS[kind].read(text, limits, warnings)


def _not_fetched(address: str) -> UnreadableInput:
    shown = address if len(address) <= 80 else address[:80] + "…"
    return _unreadable(f"the address {shown}", "nothing is fetched: save the page and give the file, or paste its text")


def _name(path: Path) -> str:
    """The path as it may be printed: undecodable bytes and line ends in a file's name made harmless."""
    return (
        str(path).encode("utf-8", errors="backslashreplace").decode("utf-8").replace("\n", "\\n").replace("\r", "\\r")
    )


def _unreadable(got: str, hint: str) -> UnreadableInput:
    return UnreadableInput(expected="a file of text (.txt .md), .docx, .html, .json or .jsonl", got=got, hint=hint)
