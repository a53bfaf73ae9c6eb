"""Rows of readings with what is asked behind them, from the briefs and labels that were written for this project.

    python -m training.edit_rows --data ../shared/corpora --out data/edits

Writes ``train.jsonl`` and ``heldout.jsonl`` (an eighth of the labelled articles by a checksum of their ids, every 25th
brief) and prints what became of everything that was read: rows and questions by file, their tokens, what was left out
and why. The same data, model and seed give the same bytes. ``source_name`` is ``briefs``, ``light`` or ``candidates``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

from summarizer.backends.base import EMBEDDED_MODEL
from summarizer.backends.files.tokens import TextTokenizer
from summarizer.config import data_dir
from summarizer.errors import ConfigError, DataError
from training.command import guarded
from training.corpora.annotated.briefs import read_briefs
from training.corpora.annotated.labels import read_all, read_candidates, read_falsehoods, read_light
from training.corpora.annotated.lines import Read
from training.edit_rows.article import Count, EditedArticle
from training.edit_rows.briefs import from_briefs
from training.edit_rows.labels import from_candidates, from_light

Row = dict[str, Any]


def token_count(model: Path) -> Count:
    """Tokens of a text by the ``tokenizer.json`` of a checkpoint or an export; ``ConfigError`` when it has none."""
    path = model / "tokenizer.json"
    if not path.is_file():
        raise ConfigError(expected="a model folder with tokenizer.json", got=str(model), hint="check --model")
    return TextTokenizer(path.read_bytes()).count


def read_articles(data: Path, count: Count, seed: int) -> tuple[list[EditedArticle], list[str]]:
    """The articles of ``briefs/train.jsonl`` and ``labels/`` with what is asked, and the faults of these files."""
    labels = data / "labels"
    briefs, false = read_briefs(data / "briefs" / "train.jsonl"), read_falsehoods(labels / "falsehoods.jsonl")
    light, judged = read_all(labels, "light", read_light), read_all(labels, "candidates", read_candidates)
    reads: list[Read[Any]] = [briefs, false, *light, *judged]
    faults = [f"{fault.place} ({fault.id}): {fault.what}" for read in reads for fault in read.faults]
    articles = [
        *from_briefs(briefs.rows, false.rows, count, seed),
        *from_light([row for read in light for row in read.rows], count),
        *from_candidates([row for read in judged for row in read.rows], count),
    ]
    return articles, faults


def write(data: Path, out: Path, model: Path, seed: int) -> list[str]:
    """Write both files to the folder ``out``, both or none; what there is to say about them, a line each."""
    if any((out / name).exists() for name in ("train.jsonl", "heldout.jsonl")):
        raise ConfigError(expected="a folder without rows", got=str(out), hint="remove them or name another")
    count = token_count(model)
    articles, faults = read_articles(data, count, seed)
    split: dict[str, list[Row]] = {}
    for name, held in (("train", False), ("heldout", True)):
        split[name] = [row for article in articles if article.held is held for row in article.rows(seed)]
        Random(f"{seed} {name}").shuffle(split[name])
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in split.items():
        _write(out / f"{name}.jsonl", rows)
    dropped = sum((article.dropped for article in articles), Counter[str]())
    return list(chain(*(statistics(name, rows, count) for name, rows in split.items()), _losses(dropped, faults)))


def _write(path: Path, rows: Iterable[Row]) -> None:
    scratch = path.with_name(f".{path.name}.part")
    with scratch.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    scratch.rename(path)


def statistics(name: str, rows: Sequence[Row], count: Count) -> Iterator[str]:
    """Rows by file, then what is asked by file and task, each with its tokens."""
    read: Counter[str] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    tokens: Counter[tuple[str, str]] = Counter()
    for row in rows:
        source = row["source_name"]
        read[source] += 1
        tokens[source, "read"] += sum(count(" " + text) for text in row.get("reading", [row.get("source", "")]))
        for ask in row.get("asks", [{"task": task, "text": text} for task, text in row.get("targets", {}).items()]):
            asked[source, ask["task"]] += 1
            tokens[source, ask["task"]] += sum(count(" " + ask[key]) for key in ("about", "line", "text") if key in ask)
    total, words = sum(read.values()), sum(tokens.values())
    yield f"{name}: {total:,} rows, {sum(asked.values()):,} questions, {words:,} tokens"
    for source, rows_of in sorted(read.items()):
        yield f"  {source}: {rows_of:,} rows that read {tokens[source, 'read']:,} tokens"
        for (origin, task), number in sorted(asked.items()):
            if origin == source:
                yield f"    {task}: {number:,} of {tokens[source, task]:,} tokens"


def _losses(dropped: Counter[str], faults: Sequence[str]) -> Iterator[str]:
    yield f"left out: {sum(dropped.values()):,}"
    yield from (f"  {why}: {number:,}" for why, number in sorted(dropped.items()))
    yield f"rows that cannot be used: {len(faults)}"
    yield from (f"  {fault}" for fault in faults)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.edit_rows", description="Briefs and labels as rows of readings.")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of the corpora (default: MUJAZ_DATA)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for train.jsonl, heldout.jsonl")
    parser.add_argument("--model", type=Path, default=EMBEDDED_MODEL, metavar="DIR", help="whose tokens are counted")
    parser.add_argument("--seed", type=int, default=1, help="of samples and orders (default: 1)")
    options = parser.parse_args(arguments)

    def run() -> None:
        data = options.data or data_dir()
        if data is None:
            raise DataError(expected="the folder of the corpora", got="none", hint="pass --data DIR or set MUJAZ_DATA")
        print(*write(data, options.out, options.model, options.seed), sep="\n")

    return guarded(run)
