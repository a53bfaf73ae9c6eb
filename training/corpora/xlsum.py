"""XL-Sum Arabic: 37,519 training articles of BBC Arabic (Hasan et al. 2021, CC BY-NC-SA 4.0, csebuetnlp/xl-sum).

A row: ``id``, ``url``, ``title``, ``summary`` (the bold lead of the page, which is *not* in ``text``), ``text``.
The summary is read as the standfirst. As it was cut out of the page, it says things that the rest does not: the
support filter of ``training.prepare`` drops those.
"""

from __future__ import annotations

from collections.abc import Iterator

from training.corpora.hub import read as read_hub
from training.corpora.record import Record

REVISION = "refs/convert/parquet"
"""The hub's own conversion: the dataset's main branch is a loading script, which is never run."""


def read(split: str = "train", name: str = "csebuetnlp/xlsum") -> Iterator[Record]:
    """Yield the records of ``split`` (``train``, ``validation``, ``test``). Raises ``DataError`` without the hub."""
    return read_hub(
        name=name,
        config="arabic",
        split=split,
        revision=REVISION,
        source="BBC",
        id="id",
        title="title",
        standfirst="summary",
        body="text",
        url="url",
    )
