"""All files of briefs and labels read together: what is wrong, and what a split has to know."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any, Protocol

from training.corpora.annotated.briefs import EditedBrief, read_briefs
from training.corpora.annotated.labels import LightArticle, read_all, read_candidates, read_falsehoods, read_light
from training.corpora.annotated.lines import Fault, Read

_SHOWN = 3
_LONG_WORDS = 8
"""Words from which two articles that share a sentence are taken to be of one event."""


class _Article(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def sentences(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Survey:
    """Every fault of every file, and the report as lines."""

    faults: tuple[Fault, ...]
    lines: tuple[str, ...]


def survey(data: Path, *, with_ids: bool = True) -> Survey:
    """Read ``briefs/`` and ``labels/`` under ``data``. ``DataError`` when one of the files is missing.

    ``with_ids`` looks every id up in ``train/*.parquet``, those of dev in ``benchmarks/*.jsonl``.
    """
    train_ids = _parquet_ids(data / "train") if with_ids else None
    dev_ids = _jsonl_ids(data / "benchmarks") if with_ids else None
    train, dev = (
        read_briefs(data / "briefs" / f"{name}.jsonl", ids) for name, ids in (("train", train_ids), ("dev", dev_ids))
    )
    labels = data / "labels"
    lights = read_all(labels, "light", read_light, train_ids)
    candidates = read_all(labels, "candidates", read_candidates, train_ids)
    light = [row for read in lights for row in read.rows]
    judged = [row for read in candidates for row in read.rows]
    false = read_falsehoods(labels / "falsehoods.jsonl", train_ids)
    reads: tuple[Read[Any], ...] = (train, dev, *lights, *candidates, false)
    faults = tuple(fault for read in reads for fault in read.faults)
    articles: dict[str, Sequence[_Article]] = {
        "briefs/train": train.rows,
        "briefs/dev": dev.rows,
        "labels/light": light,
        "labels/candidates": judged,
    }
    lines = [f"{read.path.name}: {len(read.rows)} rows, {len(read.faults)} faults" for read in reads]
    lines += [f"  {place} ({key}): {what}" for place, key, what in faults]
    lines += [*_of_briefs("train", train.rows), *_of_briefs("dev", dev.rows), _of_light(light)]
    lines.append(f"candidates: {_counts(one.label for row in judged for one in row.candidates)}")
    lines.append(f"falsehoods: {_counts(row.kind for row in false.rows)}")
    return Survey(faults, (*lines, *_in_common(articles)))


def _of_briefs(name: str, rows: Sequence[EditedBrief]) -> list[str]:
    bullets = [bullet for row in rows for bullet in row.bullets]
    cuts = [cut for row in rows for cut in row.cuts.bullets]
    mended = [row.lines for row in rows if row.lines]
    return [
        f"{name}: {len(bullets)} bullets on {sum(len(one.sentences) for one in bullets)} sentences, "
        f"{sum(one.apart for one in bullets)} of them on sentences that do not stand together; "
        f"{sum(not cut for cut in cuts)} bullets without a cut; {len(mended)} articles with lines, "
        f"{sum(not line for one in mended for line in one.bullets)} of these empty; "
        f"{sum(len(set(row.sentences)) < len(row.sentences) for row in rows)} articles that say a sentence twice"
    ]


def _of_light(rows: Sequence[LightArticle]) -> str:
    lines = [line for row in rows for line in row.lines]
    as_is = sum(line.as_is for line in lines)
    return f"light: {len(lines)} sentences, rank {_counts(line.rank for line in lines)}; {as_is} as they are"


def _counts(values: Iterable[object]) -> str:
    return ", ".join(f"{value} {count}" for value, count in Counter(values).most_common())


def _in_common(files: Mapping[str, Sequence[_Article]]) -> list[str]:
    """A line for each two files with articles that share a long sentence: of one event, they leak across a split."""
    where = {name: _by_sentence(rows) for name, rows in files.items()}
    lines = []
    for one, other in combinations_with_replacement(files, 2):
        pairs = {
            (near, row.id)
            for row in files[other]
            for sentence in row.sentences
            for near in where[one].get(sentence, ())
            if one != other or near < row.id
        }
        if pairs:
            same, named = sum(a == b for a, b in pairs), ", ".join(f"{a} ~ {b}" for a, b in sorted(pairs)[:_SHOWN])
            lines.append(
                f"{one} and {other}: {len(pairs)} pairs of articles share a sentence of {_LONG_WORDS} words or more, "
                f"{same} under one id: {named}{', …' if len(pairs) > _SHOWN else ''}"
            )
    return lines


def _by_sentence(rows: Sequence[_Article]) -> Mapping[str, set[str]]:
    """The ids of the articles that have it, for each long sentence."""
    found = defaultdict(set)
    for row in rows:
        for sentence in row.sentences:
            if len(sentence.split()) >= _LONG_WORDS:
                found[sentence].add(row.id)
    return found


def _parquet_ids(folder: Path) -> frozenset[str]:
    import pyarrow.parquet as pq

    columns = (pq.read_table(path, columns=["id"]).column("id") for path in sorted(folder.glob("*.parquet")))
    return frozenset(key for column in columns for key in column.to_pylist())


def _jsonl_ids(folder: Path) -> frozenset[str]:
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.read_bytes().splitlines())
    return frozenset(str(json.loads(line).get("id")) for line in lines)
