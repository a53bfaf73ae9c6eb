"""Feeds: RSS 0.9-2.0, RDF and Atom, an article an item, told by the local names of their elements.

Nothing is fetched. A document that declares entities of its own is refused: a few lines of them swell to gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.entities import html5
from typing import Any

from summarizer.article.formats.records import read_record
from summarizer.article.formats.safe_xml import local_name, parse_xml
from summarizer.config import InputLimits
from summarizer.errors import EmptyInput, ManyArticles, UnreadableInput
from summarizer.notices import Notice
from summarizer.schema import Article

_FEED_OPENS = re.compile(
    r"\s*+(?>(?:<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)\s*)*+<(?:\w+:)?(rss|feed|RDF)\b", re.DOTALL
)
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(\w+;)")
_BARE = re.compile(r"&(?!#?\w+;)")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MEDIA = "{http://search.yahoo.com/mrss/}"
"""Titles and descriptions of pictures, which have the names of the item's own."""
_ITEMS = ("item", "entry")
_ELEMENTS: dict[str, tuple[str, ...]] = {
    "id": ("guid", "id", "link"),
    "title": ("title",),
    "body": ("encoded", "content", "description", "summary", "abstract"),
    "author": ("creator", "author", "source"),
    "date": ("pubDate", "published", "date", "updated"),
    "link": ("link",),
    "category": ("category",),
}
"""A record's field to the local names of the elements that hold it, best first; the first that holds text is taken."""


def looks_like_feed(text: str) -> bool:
    """True when ``text`` opens as an RSS, RDF or Atom document does."""
    return _FEED_OPENS.match(text[:20_000].lstrip("\ufeff")) is not None


def feed_records(text: str) -> list[dict[str, str]]:
    """The items of a feed as records: ``id``, ``title``, ``body`` (text or HTML), ``author``, ``date``, ``link`` and
    ``category``, empty ones left out.

    ``UnreadableInput`` for broken XML, for XML that is no feed, and for entities of the document's own.
    """
    root = parse_xml(_repaired(text), "a feed")
    if local_name(root) not in ("rss", "feed", "RDF"):
        raise _unreadable(f"XML of another kind: <{local_name(root)[:40]}>", "give RSS or Atom, or the text itself")
    return [_record(item) for item in root.iter() if local_name(item) in _ITEMS]


def read_feed(text: str, limits: InputLimits, warnings: tuple[Notice, ...] = ()) -> Article:
    """The article of a feed of one item. ``ManyArticles`` for more."""
    records = feed_records(text)
    if not records:
        raise EmptyInput(expected="an article", got="a feed with no items", hint="check the file")
    if len(records) > 1:
        raise ManyArticles("a feed", len(records))
    return read_record(records[0], limits, warnings)


def _repaired(text: str) -> str:
    """The text with what feeds often get wrong put right: HTML's entities, «&» by itself, control characters."""
    named = _NAMED_ENTITY.sub(lambda match: html5.get(match[1], f"&amp;{match[1]}"), _NOT_IN_XML.sub(" ", text))
    return _BARE.sub("&amp;", named)


def _record(item: Any) -> dict[str, str]:
    children: dict[str, list[Any]] = {}
    for child in item:
        if not str(child.tag).startswith(_MEDIA):
            children.setdefault(local_name(child), []).append(child)
    found = {field: _first(children, names) for field, names in _ELEMENTS.items()}
    return {field: value for field, value in found.items() if value}


def _first(children: Mapping[str, list[Any]], names: tuple[str, ...]) -> str:
    for name in names:
        read = _READERS.get(name, _text)
        values = [value for child in children.get(name, ()) if (value := read(child))]
        if values:
            return "، ".join(values) if name == "category" else values[0]
    return ""


def _text(element: Any) -> str:
    """All text inside an element; of Atom's XHTML the markup too."""
    if element.get("type") == "xhtml":
        from lxml import etree

        return "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in element)
    return "".join(element.itertext()).strip()


def _link(element: Any) -> str:
    """The address of RSS's <link>text</link> or of Atom's <link href="…"/> to the article itself."""
    if element.get("rel", "alternate") != "alternate":
        return ""
    return (element.get("href") or _text(element)).strip()


def _author(element: Any) -> str:
    name = next((child for child in element if local_name(child) == "name"), element)
    return _text(name)


def _category(element: Any) -> str:
    return (element.get("term") or _text(element)).strip()


_READERS: dict[str, Callable[[Any], str]] = {"link": _link, "author": _author, "category": _category}


def _unreadable(got: str, hint: str) -> UnreadableInput:
    return UnreadableInput(expected="a feed (RSS or Atom)", got=got, hint=hint)
