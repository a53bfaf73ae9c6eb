"""A JSON Lines file of one's own: one object a line, at least with ``body``::

    {"id": "a1", "source": "my-paper", "title": "الميناء يستقبل ألف سفينة", "body": "استقبل الميناء ..."}

Other keys are read by naming them in the recipe (``title = "headline"``); a list of paragraphs is a body too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from summarizer.errors import DataError
from training.corpora.record import FIELDS, Record, from_row


def read(
    path: str,
    id: str = "id",
    source: str = "source",
    title: str = "title",
    standfirst: str = "standfirst",
    body: str = "body",
    date: str = "date",
    url: str = "url",
) -> Iterator[Record]:
    """Yield the objects of the UTF-8 file at ``path``; the other options name the keys.

    Blank lines are passed over. Raises ``DataError`` naming file and line for anything that is not an object with
    a body.
    """
    columns = dict(zip(FIELDS, (id, source, title, standfirst, body, date, url), strict=True))
    if not Path(path).is_file():
        raise DataError(expected="a JSON Lines file", got=f"{path}: no such file", hint="check the recipe's path")
    return _lines(Path(path), columns)


def _lines(path: Path, columns: dict[str, str]) -> Iterator[Record]:
    """The records of ``path``, one a line."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _record(line, columns, f"{path}:{number}", path.stem, number)
    except UnicodeDecodeError as error:
        raise DataError(expected="UTF-8", got=f"{path}: {error}", hint="convert the file to UTF-8") from error


def _record(line: str, columns: dict[str, str], place: str, stem: str, number: int) -> Record:
    """One line as a record. ``place`` (file and line) goes into the error."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise DataError(expected="one JSON object a line", got=f"{place}: {error}", hint="repair the line") from error
    if not isinstance(row, dict) or not row.get(columns["body"]):
        raise DataError(
            expected=f"a JSON object with {columns['body']!r}",
            got=f"{place}: {line.strip()[:60]}",
            hint="name the key in the recipe: body = ...",
        )
    return from_row(row, columns, fallback_id=f"{stem}-{number}", source=stem)
