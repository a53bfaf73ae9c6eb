"""Benchmarks that live on the hub, through ``datasets``: data files only, never a loading script.

A copy on disk with the same columns serves as well: pass its folder as ``location``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eval.jsonl import Line
from summarizer.errors import DataError

Fields = dict[str, Any]


def xlsum_fields(row: Mapping[str, Any]) -> Iterator[Fields]:
    """One row of csebuetnlp/xlsum: ``id url title summary text``."""
    yield {"id": row["id"], "title": row["title"], "abstract": row["summary"], "body": row["text"], "url": row["url"]}


def wikilingua_fields(row: Mapping[str, Any]) -> Iterator[Fields]:
    """One page of esdurmus/wiki_lingua: ``url`` and ``article``, parallel lists of ``section_name document summary``.

    Each section is an article of its own, as in the paper; its summary has a line a step.
    """
    sections = row["article"]
    pairs = zip(sections["section_name"], sections["document"], sections["summary"], strict=True)
    for number, (name, document, summary) in enumerate(pairs):
        yield {
            "id": f"{row['url']}#{number}",
            "title": name,
            "bullets": [line for line in summary.splitlines() if line.strip()],
            "body": document,
            "url": row["url"],
        }


@dataclass(frozen=True, slots=True)
class HubSource:
    """Where a benchmark is on the hub, and how one of its rows becomes rows of ours."""

    repository: str
    config: str
    split: str
    fields: Callable[[Mapping[str, Any]], Iterator[Fields]]
    revision: str | None = None


XLSUM_ARABIC = HubSource("csebuetnlp/xlsum", "arabic", "test", xlsum_fields, revision="refs/convert/parquet")
"""The repository's own branch is a script; the hub keeps its rows as Parquet in another."""

WIKILINGUA_ARABIC = HubSource("esdurmus/wiki_lingua", "arabic", "train", wikilingua_fields)
"""The hub's copy has this one split only."""


def read_hub(source: HubSource, location: str = "") -> list[Line]:
    """Every row of ``source``, from the hub or from the folder ``location`` (files of the split's name).

    ``DataError`` when ``datasets`` is missing, the hub is out of reach or a column is not there.
    """
    name = location or source.repository
    lines: list[Line] = []
    for number, row in enumerate(_open(source, location), start=1):
        place = f"{name} row {number}"
        try:
            lines += [Line(place, fields) for fields in source.fields(row)]
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise DataError(
                expected=f"the columns of {source.repository}",
                got=f"{place}: {type(error).__name__} {error} (columns {', '.join(row)})",
                hint="the data set has changed, or is another one",
            ) from error
    return lines


def _open(source: HubSource, location: str) -> Any:
    try:
        import datasets

        if location:
            return datasets.load_dataset(location, split=source.split, streaming=True)  # leaves no copy in a cache
        return datasets.load_dataset(source.repository, source.config, split=source.split, revision=source.revision)
    except (ImportError, OSError, ValueError, RuntimeError) as error:
        message = str(error).splitlines()
        raise DataError(
            expected=f"the data set {location or source.repository}",
            got=f"{type(error).__name__}: {message[0] if message else 'no message'}",
            hint="check network and name, or pass a folder with a copy to --hub-copy",
        ) from error
