"""One article as a corpus gives it: what every reader in this folder yields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """An article before any cleaning. Every field is a string, empty when the corpus has none.

    ``source`` is the publisher as the corpus names it (``"BBC"``, ``"Hespress:economie"``); paragraphs of ``body``
    are parted by line breaks when the corpus kept them.
    """

    id: str
    source: str
    title: str
    standfirst: str
    body: str
    date: str = ""
    url: str = ""


class Reader(Protocol):
    """A corpus: options from the recipe in, records out, in the corpus' own order."""

    def __call__(self, **options: str) -> Iterator[Record]:
        """Yield the records. Raises ``DataError`` when the corpus cannot be read as described."""
        ...


FIELDS = ("id", "source", "title", "standfirst", "body", "date", "url")


def from_row(row: Mapping[str, object], columns: Mapping[str, str], fallback_id: str, source: str = "") -> Record:
    """One table row as a record.

    ``columns`` maps a field of ``Record`` to the column that holds it; unmapped fields stay empty, ``fallback_id``
    and ``source`` stand in where the corpus gives neither.
    """
    values = {field: _text(row.get(column)) for field, column in columns.items()}
    return Record(
        id=values.get("id") or fallback_id,
        source=values.get("source") or source,
        title=values.get("title", ""),
        standfirst=values.get("standfirst", ""),
        body=values.get("body", ""),
        date=values.get("date", ""),
        url=values.get("url", ""),
    )


def _text(value: object) -> str:
    """Any cell as text: None is empty, a list is its items on lines of their own."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(_text(item) for item in value)
    return str(value)
