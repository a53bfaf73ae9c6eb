"""A local Parquet table of articles.

The columns are those of ``Record`` (all strings)::

    id       source  title                      standfirst  body                      date        url
    news-1   BBC     الذهب يرتفع واحدا في المئة              ارتفعت أسعار الذهب ...   2018-05-24

Another table is read by naming its columns: ``title = "headline"``, ``body = "text"`` in the recipe.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from summarizer.errors import DataError
from training.corpora.record import FIELDS, Record, from_row

BATCH_ROWS = 2048
"""Rows decoded at a time: keeps memory flat on large tables."""


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
    """Yield the rows of the Parquet file at ``path``; the other options name the columns.

    Only the body's column must exist. Raises ``DataError`` for a missing or damaged file or a missing body column.
    """
    import pyarrow
    import pyarrow.parquet

    names = dict(zip(FIELDS, (id, source, title, standfirst, body, date, url), strict=True))
    try:
        table = pyarrow.parquet.ParquetFile(path)
    except (OSError, pyarrow.ArrowException) as error:
        raise DataError(expected="a Parquet file", got=f"{path}: {error}", hint="check the recipe's path") from error
    columns = {field: column for field, column in names.items() if column in table.schema_arrow.names}
    if "body" not in columns:
        raise DataError(
            expected=f"a column {body!r} with the article's text",
            got=f"{path}: {', '.join(table.schema_arrow.names)}",
            hint="name the column in the recipe: body = ...",
        )
    return _rows(table, columns, Path(path).stem)


def _rows(table: object, columns: dict[str, str], stem: str) -> Iterator[Record]:
    """The rows of an open ``ParquetFile`` as records; ``stem`` names those without an id or a source."""
    number = 0
    for batch in table.iter_batches(batch_size=BATCH_ROWS, columns=sorted(set(columns.values()))):  # type: ignore[attr-defined]
        for row in batch.to_pylist():
            yield from_row(row, columns, fallback_id=f"{stem}-{number}", source=stem)
            number += 1
