"""Corpora by name. One file a corpus or format; to add one:

1. write ``training/corpora/NAME.py`` with ``read(**options) -> Iterator[Record]``,
2. add one line to ``READERS``,
3. add one row to the table in ``tests/training/corpora/test_corpora.py``.

Readers are imported on demand: a run on local files needs no ``datasets``.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator, Mapping
from typing import cast

from summarizer.errors import ConfigError, UnknownName
from training.corpora.record import Reader, Record

READERS = {
    "parquet": "training.corpora.parquet",
    "jsonl": "training.corpora.jsonl",
    "xlsum": "training.corpora.xlsum",
    "goud": "training.corpora.goud",
    "hub": "training.corpora.hub",
}


def reader(name: str) -> Reader:
    """The reader called ``name``. Raises ``UnknownName`` with near matches when there is none."""
    if name not in READERS:
        raise UnknownName("corpus reader", name, READERS)
    return cast(Reader, importlib.import_module(READERS[name]).read)


def check_options(name: str, options: Mapping[str, str]) -> None:
    """Raise ``ConfigError`` naming every option that reader ``name`` does not take or lacks. Reads no data."""
    parameters = inspect.signature(reader(name)).parameters
    unknown = sorted(set(options) - set(parameters))
    needed = {key for key, value in parameters.items() if value.default is inspect.Parameter.empty}
    missing = sorted(needed - set(options))
    if unknown or missing:
        raise ConfigError(
            expected=f"options of corpus reader {name!r}: {', '.join(parameters)}",
            got=f"unknown {unknown}, missing {missing}",
            hint="correct the [[corpus]] table of the recipe",
        )


def read_corpus(name: str, options: Mapping[str, str]) -> Iterator[Record]:
    """The records of one corpus. Raises ``UnknownName``, ``ConfigError`` or ``DataError``."""
    check_options(name, options)
    return reader(name)(**options)


__all__ = ["READERS", "Reader", "Record", "check_options", "read_corpus", "reader"]
