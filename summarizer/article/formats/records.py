"""JSON records: one article an object, by the field names that news exports use.

``{"title": "…", "abstract": "…", "body": "…", "date": "…"}``; see ``FIELDS`` for the other names that are read.
Collections of records are read in ``collection``.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from summarizer.article.formats.plain import Known, read_plain
from summarizer.article.formats.web import has_markup, read_html
from summarizer.config import InputLimits
from summarizer.errors import EmptyInput, InputError, ManyArticles, UnreadableInput
from summarizer.notices import Notice
from summarizer.schema import Article

FIELDS: dict[str, tuple[str, ...]] = {
    "body": (
        *("body", "text", "content", "article", "articleBody", "article_body", "maintext", "story", "document"),
        *("content_html", "content_text", "full_text", "news_text"),
        *("النص", "نص", "المحتوى", "المتن", "نص الخبر", "نص المقال", "الخبر", "المقال"),
    ),
    "title": ("title", "headline", "head", "news_title", "العنوان", "عنوان"),
    "standfirst": ("standfirst", "abstract", "summary", "subtitle", "subheadline", "deck", "المقدمة", "الملخص"),
    "bullets": ("bullets", "highlights", "key_points", "keypoints"),
    "id": ("id", "_id", "uid", "guid", "url", "link", "المعرف", "الرقم", "الرابط"),
    "author": (
        *("author", "authors", "byline", "writer", "source", "publisher", "source_name"),
        *("الكاتب", "كاتب", "المصدر"),
    ),
    "date": (
        *("date", "date_publish", "datePublished", "date_published", "published", "published_at", "pubDate"),
        *("التاريخ", "تاريخ النشر"),
    ),
}
"""What a field of an article may be called in a record, best name first; the first that holds anything is taken. Case
and the white space around a name do not count."""

_WRAPPERS = ("articles", "items", "data", "results", "records", "rows", "docs", "documents", "posts", "news")
"""Under which of its names an object holds the list of articles (JSON Feed, NewsAPI and other exports)."""
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d{0,2});")
_SHAPE = 'give one JSON object an article, such as {"title": "…", "body": "…"}'


def read_record(record: object, limits: InputLimits, warnings: tuple[Notice, ...] = ()) -> Article:
    """The article of one parsed JSON object. ``Article.text`` is its body.

    A body in HTML is reduced to its text. Raises ``UnreadableInput`` for what is no object, has no field for a body, or
    holds something else than text in a field, ``EmptyInput`` when that field is empty, and what :func:`read_plain`
    raises.
    """
    if not isinstance(record, Mapping):
        raise _unreadable(f"JSON {_json_type(record)}", _SHAPE)
    names, record = _keys(record), {known_as(name): value for name, value in reversed(list(record.items()))}
    body = _text(record, "body")
    if not body:
        raise _without_body(record, names)
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


def read_json(text: str, limits: InputLimits, warnings: tuple[Notice, ...] = ()) -> Article:
    """The article of a JSON document: an object, or a list that holds one. ``ManyArticles`` for a longer list."""
    try:
        document = parse_json(text)
    except UnreadableInput:
        if looks_like_jsonl(text):  # named .json, as many are
            return read_jsonl(text, limits, warnings)
        raise
    found = records_of(document)
    if len(found) != 1:
        raise _many("a JSON list", len(found))
    return read_record(found[0], limits, warnings)


def read_jsonl(text: str, limits: InputLimits, warnings: tuple[Notice, ...] = ()) -> Article:
    """The article of a JSONL text with one row. ``ManyArticles`` for more."""
    rows = [line for line in text.split("\n") if line.strip()]
    if len(rows) != 1:
        raise _many("JSONL", len(rows))
    return read_record(parse_json(rows[0]), limits, warnings)


def records_of(document: object) -> list[Any]:
    """The records of a JSON document: the items of a list, of the list that an object wraps ("articles"), or itself."""
    if isinstance(document, list):
        return document
    if isinstance(document, Mapping) and not any(known_as(name) in _NAMES["body"] for name in document):
        lists = [value for name, value in document.items() if name in _WRAPPERS and isinstance(value, list)]
        if len(lists) == 1 and all(isinstance(item, Mapping) for item in lists[0]):
            return lists[0]
    return [document]


def looks_like_json(text: str) -> bool:
    """True when ``text`` is one whole JSON object, or a list of objects."""
    if not re.match(r"\s*(?:\{|\[\s*\{)", text.lstrip("\ufeff")):
        return False
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) or all(isinstance(item, dict) for item in found)


def looks_like_jsonl(text: str) -> bool:
    """True when the first line of ``text`` that holds anything is one whole JSON object."""
    return looks_like_json(text.lstrip("\ufeff \t\r\n").split("\n", 1)[0])


def known_as(name: object) -> str:
    """The name of a field or column as ``FIELDS`` is asked for it: without case and white space around it."""
    return str(name).strip("\ufeff \t\r\n").casefold()


_NAMES = {field: tuple(known_as(name) for name in names) for field, names in FIELDS.items()}


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
    for name in _NAMES[field]:
        value = record.get(name)
        if value is None or value in ("", []) or isinstance(value, bool):
            continue
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = ("\n\n" if field == "body" else "، ").join(value)
        if isinstance(value, Mapping) and isinstance(value.get("rendered"), str):
            value = value["rendered"]  # WordPress
        if isinstance(value, (int, float)):
            value = str(value)
        if not isinstance(value, str):
            raise _unreadable(f"a JSON {_json_type(value)} under {name!r}", f"{name!r} must be text")
        if value.strip():
            value = value if has_markup(value) else _ENTITY.sub(lambda entity: html.unescape(entity[0]), value)
            return value if field == "body" else " ".join(value.split())
    return ""


def _lines(record: Mapping[str, Any], field: str) -> tuple[str, ...]:
    for name in _NAMES[field]:
        value = record.get(name)
        if isinstance(value, str):
            value = value.split("\n")
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(" ".join(item.split()) for item in value if item.strip())
    return ()


def _without_body(record: Mapping[str, Any], names: str) -> InputError:
    empty = next((name for name in _NAMES["body"] if name in record), "")
    if empty:
        got, hint = f"{empty} is empty", "give the article's text there, or leave the record out"
        return EmptyInput(expected="an article's text", got=got, hint=hint)
    return _unreadable(f"an object with {names}", f"put the text under one of: {', '.join(FIELDS['body'][:9])}")


def _many(kind: str, count: int) -> InputError:
    if not count:
        return EmptyInput(expected="an article", got=f"{kind} with no rows", hint="check the file")
    return ManyArticles(kind, count)


def _keys(record: Mapping[str, Any]) -> str:
    names = [str(name)[:20] for name in list(record)[:6]]
    return f"the keys {', '.join(names)}{'…' if len(record) > 6 else ''}" if names else "no keys"


def _json_type(value: object) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", int: "number", float: "number"}
    return names.get(type(value), "null")


def _unreadable(got: str, hint: str) -> UnreadableInput:
    return UnreadableInput(expected="a JSON record with an article's text", got=got, hint=hint)
