"""JSON records: one article an object, by the field names that news exports use.

``{"title": "…", "abstract": "…", "body": "…", "date": "…"}``; see ``FIELDS`` for the other names that are read.
Collections of records are read in ``collection``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from summarizer.article.formats.plain import Known, read_plain
from summarizer.article.formats.web import has_markup, read_html
from summarizer.config import InputLimits
from summarizer.errors import UnreadableInput
from summarizer.schema import Article

FIELDS: dict[str, tuple[str, ...]] = {
    "body": ("body", "text", "content", "article", "articleBody", "article_body", "maintext", "story", "document"),
    "title": ("title", "headline", "head", "news_title"),
    "standfirst": ("standfirst", "abstract", "summary", "subtitle", "subheadline", "deck"),
    "bullets": ("bullets", "highlights", "key_points", "keypoints"),
    "id": ("id", "_id", "uid", "guid", "url", "link"),
    "author": ("author", "authors", "byline", "writer", "source", "publisher", "source_name"),
    "date": ("date", "date_publish", "datePublished", "date_published", "published", "published_at", "pubDate"),
}
"""What a field of an article may be called in a record, best name first; the first that holds anything is taken."""

_SHAPE = 'give one JSON object an article, such as {"title": "…", "body": "…"}'


def read_record(record: object, limits: InputLimits, warnings: tuple[str, ...] = ()) -> Article:
    """The article of one parsed JSON object. ``Article.text`` is its body.

    A body in HTML is reduced to its text. Raises ``UnreadableInput`` for what is no object, has no body, or holds
    something else than text in a field, and what :func:`read_plain` raises.
    """
    if not isinstance(record, Mapping):
        raise _unreadable(f"JSON {_json_type(record)}", _SHAPE)
    body = _text(record, "body")
    if not body and (named := [name for name in FIELDS["body"] if name in record]):
        raise _unreadable(f"{named[0]} is empty", f"put the article's text under {named[0]}")
    if not body:
        raise _unreadable(f"an object with {_keys(record)}", f"put the text under one of: {', '.join(FIELDS['body'])}")
    title = _text(record, "title")
    known = Known(
        title=title,
        standfirst=_text(record, "standfirst"),
        bullets=_lines(record, "bullets"),
        id=_text(record, "id"),
        author=_text(record, "author"),
        date=_text(record, "date"),
        warnings=warnings,
        opening="none" if title else "all",
    )
    if has_markup(body):
        return read_html(body, limits, known)
    return read_plain(body, limits, known)


def read_json(text: str, limits: InputLimits, warnings: tuple[str, ...] = ()) -> Article:
    """The article of a JSON document: an object, or a list that holds one. Raises ``UnreadableInput`` for others."""
    document = parse_json(text)
    if isinstance(document, list):
        if len(document) != 1:
            raise _unreadable(f"a JSON list of {len(document):,} items", "read collections with `mujaz batch`")
        document = document[0]
    return read_record(document, limits, warnings)


def read_jsonl(text: str, limits: InputLimits, warnings: tuple[str, ...] = ()) -> Article:
    """The article of a JSONL text with one row. More rows are a collection: see :func:`read_records`."""
    rows = [line for line in text.split("\n") if line.strip()]
    if len(rows) != 1:
        raise _unreadable(f"JSONL of {len(rows):,} rows", "read collections with `mujaz batch`")
    return read_record(parse_json(rows[0]), limits, warnings)


def looks_like_json(text: str) -> bool:
    """True when ``text`` is one whole JSON object."""
    if text.lstrip("\ufeff \t\r\n")[:1] != "{":
        return False
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def parse_json(text: str) -> Any:
    """The value of a JSON text. Raises ``UnreadableInput`` that names the place where it breaks."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{error.msg}, line {error.lineno}, column {error.colno}"
        raise _unreadable(f"broken JSON ({place})", _SHAPE) from error
    except (RecursionError, ValueError) as error:
        raise _unreadable("JSON nested or long beyond reading", _SHAPE) from error


def _text(record: Mapping[str, Any], field: str) -> str:
    """The first of a field's names that holds text; numbers are taken as text, lists as lines."""
    for name in FIELDS[field]:
        value = record.get(name)
        if value is None or value == "" or isinstance(value, bool):
            continue
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return ("\n\n" if field == "body" else "، ").join(value)
        if isinstance(value, (int, float)):
            value = str(value)
        if not isinstance(value, str):
            raise _unreadable(f"a JSON {_json_type(value)} under {name!r}", f"{name!r} must be text")
        if value.strip():
            return value if field == "body" else " ".join(value.split())
    return ""


def _lines(record: Mapping[str, Any], field: str) -> tuple[str, ...]:
    for name in FIELDS[field]:
        value = record.get(name)
        if isinstance(value, str):
            value = value.split("\n")
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(" ".join(item.split()) for item in value if item.strip())
    return ()


def _keys(record: Mapping[str, Any]) -> str:
    names = [str(name)[:20] for name in list(record)[:6]]
    return f"the keys {', '.join(names)}{'…' if len(record) > 6 else ''}" if names else "no keys"


def _json_type(value: object) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", int: "number", float: "number"}
    return names.get(type(value), "null")


def _unreadable(got: str, hint: str) -> UnreadableInput:
    return UnreadableInput(expected="a JSON record with an article's text", got=got, hint=hint)
