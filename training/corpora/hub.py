"""Any dataset of a model hub with a text column, through ``datasets``: options name the columns::

    [[corpus]]
    reader = "hub"
    name = "owner/dataset"
    split = "train"
    title = "headline"
    body = "text"

Only data files are loaded, never a loading script.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.errors import DataError
from training.corpora.record import Record, from_row


def read(
    name: str,
    body: str,
    config: str = "",
    split: str = "train",
    revision: str = "",
    source: str = "",
    id: str = "",
    title: str = "",
    standfirst: str = "",
    date: str = "",
    url: str = "",
) -> Iterator[Record]:
    """Stream ``split`` of dataset ``name``. Column options left empty give empty fields.

    ``source`` is the publisher's name, not a column. Raises ``DataError`` when the hub cannot be reached, the
    dataset is missing or a named column is not there.
    """
    wanted = {"id": id, "title": title, "standfirst": standfirst, "body": body, "date": date, "url": url}
    columns = {field: column for field, column in wanted.items() if column}
    return _stream(name, config, split, revision, columns, source or name)


def _stream(
    name: str, config: str, split: str, revision: str, columns: dict[str, str], source: str
) -> Iterator[Record]:
    """The rows of a hub dataset as records; the dataset is opened when the first one is asked for."""
    import datasets

    try:
        rows = datasets.load_dataset(name, config or None, split=split, revision=revision or None, streaming=True)
        for number, row in enumerate(rows):
            missing = sorted(set(columns.values()) - set(row))
            if missing:
                raise DataError(
                    expected=f"columns {', '.join(columns.values())}",
                    got=f"{name}: no {', '.join(missing)} among {', '.join(row)}",
                    hint="name the columns in the recipe",
                )
            yield from_row(row, columns, fallback_id=f"{name}-{split}-{number}", source=source)
    except (OSError, ValueError, RuntimeError) as error:
        raise DataError(
            expected=f"dataset {name!r} of the hub",
            got=f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no message'}",
            hint="check the name and the network, or download it and read it with the parquet reader",
        ) from error
