"""Files for the page: the examples that it offers, and those that an editor opens."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from summarizer.article.formats.collection import read_records
from summarizer.article.read import read_bytes, read_text
from summarizer.config import InputLimits
from summarizer.errors import InputError, InputTooLarge
from summarizer.schema import Article

_ROOT = Path(__file__).resolve().parents[3]
_SHIPPED = Path(__file__).resolve().parents[1] / "static" / "examples"
_MAX_NAME_CHARS = 46
_MAX_ROWS = 200
_COLLECTIONS = (".jsonl", ".ndjson")


def examples() -> list[tuple[str, str]]:
    """Names and texts: the seeds, where the page runs from a checkout, then the examples that are shipped with it."""
    paths = [*sorted((_ROOT / "seeds").glob("*.txt")), *sorted(_SHIPPED.glob("*.txt"))]
    texts = [path.read_text("utf-8") for path in paths]
    return [(_short(read_text(text).title or text.strip().split("\n")[0]), text) for text in texts]


def open_file(path: Path, limits: InputLimits) -> tuple[str, tuple[str, str]]:
    """The text of an uploaded file for the form, and a notice in Arabic and English (empty when there is none).

    A text file as it stands; a page or record as its title and body; of a collection the first article that can be
    read. Raises the readers' ``InputError``.
    """
    if path.suffix.lower() in _COLLECTIONS:
        return _first(path, limits)
    data = path.read_bytes()
    article = read_bytes(data, limits, name=path.name)
    if len(article.text) > limits.max_chars:
        raise InputTooLarge(expected=f"at most {limits.max_chars:,} characters", got="more", hint="shorten the text")
    return _as_text(article), ("", "")


def _first(path: Path, limits: InputLimits) -> tuple[str, tuple[str, str]]:
    rows = list(islice(read_records(path, limits), _MAX_ROWS))
    articles = [row.article for row in rows if row.article]
    if not articles:
        error = next((row.error for row in rows if row.error), None)
        raise error or InputError(expected="JSONL with an article", got="no rows", hint="check the file")
    if len(rows) == 1:
        return _as_text(articles[0]), ("", "")
    many = f"{len(rows)}+" if len(rows) == _MAX_ROWS else str(len(rows))
    return _as_text(articles[0]), (
        f"في الملف {many} من السجلات؛ فُتح أول مقال صالح منها.",
        f"The file holds {many} records; the first usable article was opened.",
    )


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
