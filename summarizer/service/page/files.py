"""Files for the page: the examples that it offers, and those that an editor opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from summarizer.article.encoding import decode
from summarizer.article.formats import FORMATS
from summarizer.article.formats.collection import Row, collection_of, collection_rows
from summarizer.article.read import read_bytes, read_text
from summarizer.config import InputLimits
from summarizer.errors import InputError, InputTooLarge
from summarizer.schema import Article

_ROOT = Path(__file__).resolve().parents[3]
_SHIPPED = Path(__file__).resolve().parents[1] / "static" / "examples"
_MAX_NAME_CHARS = 46
_MAX_ROWS = 200
_HEAD_BYTES = 65_536
_SUFFIXES = {suffix: name for name, one in FORMATS.items() if one.collects for suffix in one.suffixes}


def examples() -> list[tuple[str, str]]:
    """Names and texts: the seeds, where the page runs from a checkout, then the examples that are shipped with it."""
    paths = [*sorted((_ROOT / "seeds").glob("*.txt")), *sorted(_SHIPPED.glob("*.txt"))]
    texts = [path.read_text("utf-8") for path in paths]
    return [(_short(read_text(text).title or text.strip().split("\n")[0]), text) for text in texts]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds: the article for the form; of a file of several, all that can be read, and how many cannot.

    ``articles``: names and texts, empty for a file of one; ``more``: whether the file goes on after them.
    """

    text: str
    articles: tuple[tuple[str, str], ...] = ()
    unusable: int = 0
    more: bool = False


def open_file(path: Path, limits: InputLimits) -> Opened:
    """An uploaded file: a text as it stands, a page or record as its title and body, of a collection its articles.

    Raises the readers' ``InputError``.
    """
    if rows := _rows(path, limits):
        return _several(rows)
    article = read_bytes(path.read_bytes(), limits, name=path.name)
    if len(article.text) > limits.max_chars:
        raise InputTooLarge(expected=f"at most {limits.max_chars:,} characters", got="more", hint="shorten the text")
    return Opened(_as_text(article))


def _rows(path: Path, limits: InputLimits) -> list[Row]:
    """The rows of a collection of more than one; none for any other file."""
    named = _SUFFIXES.get(path.suffix.lower())
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
        kind = collection_of(decode(head).text) or named
        rows = list(islice(collection_rows(path, kind, limits), _MAX_ROWS + 1)) if kind else []
    except InputError:
        if named:
            raise
        return []
    return rows if len(rows) > 1 else []


def _several(rows: Sequence[Row]) -> Opened:
    shown = rows[:_MAX_ROWS]
    texts = [(row.article.title, _as_text(row.article)) for row in shown if row.article]
    if not texts:
        raise next(row.error for row in shown if row.error)
    articles = tuple((_short(" ".join((title or text.strip()).split())), text) for title, text in texts)
    return Opened(texts[0][1], articles, len(shown) - len(texts), len(rows) > _MAX_ROWS)


def _as_text(article: Article) -> str:
    """The text as it was read; a title that stands outside it goes above, as a reader would write it."""
    if article.title and article.title not in article.text[: 2 * len(article.title) + 200]:
        return f"{article.title}\n\n{article.text}"
    return article.text


def _short(title: str) -> str:
    """A title that fits a button, cut between words."""
    if len(title) <= _MAX_NAME_CHARS:
        return title
    return title[:_MAX_NAME_CHARS].rsplit(" ", 1)[0] + "…"
