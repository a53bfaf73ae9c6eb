"""Goud: 158 k headlines of the Moroccan site Goud.ma (Issam and Mrini 2021, ``Goud/Goud-sum`` on the hub).

A row: ``article``, ``headline``, ``categories``. Headlines are in Darija or in standard Arabic.
"""

from __future__ import annotations

from collections.abc import Iterator

from training.corpora.hub import read as read_hub
from training.corpora.record import Record


def read(split: str = "train", name: str = "Goud/Goud-sum") -> Iterator[Record]:
    """Yield the records of ``split`` (``train``, ``validation``, ``test``). Raises ``DataError`` without the hub."""
    return read_hub(name=name, split=split, source="Goud", title="headline", body="article")
