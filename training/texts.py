"""Bodies as they stand, cut into pieces that a model reads at once: for continued pre-training.

    python -m training.texts --recipe training/recipes/prepare-news.toml --data "$MUJAZ_DATA" --out data/texts.jsonl

Rows ``{"id", "source_name", "text"}`` from the corpora of a data recipe, cleaned and gated as ``training.prepare``
does, without the articles that share text with a benchmark and without those of ``--without`` (held-out rows).

    python -m training.texts --rows data/news/train.jsonl --out data/texts.jsonl

takes the bodies of prepared rows instead: near-duplicates and what comes after 600 words are left out, and it is quick.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path

from summarizer.arabic.sentences.split import split_sentences
from summarizer.errors import ConfigError, DataError
from training.command import guarded
from training.corpora import Record
from training.prepare.dedup import read_benchmarks
from training.prepare.main import chunks, clean_record
from training.prepare.recipe import PrepareRecipe, read_recipe
from training.tasks.gates import body_reason

Chunk = tuple[list[Record], bool]


def pieces(paragraphs: Sequence[str], max_words: int, min_words: int = 30) -> Iterator[str]:
    """The paragraphs joined by line breaks, a new piece where the next sentence would pass ``max_words``.

    A last piece of fewer than ``min_words`` is left out; a sentence that is too long is a piece of its own.
    """
    piece, count = "", 0
    for paragraph in paragraphs:
        for number, span in enumerate(split_sentences(paragraph)):
            sentence = span.of(paragraph).strip()
            words = len(sentence.split())
            if piece and count + words > max_words:
                yield piece
                piece, count = "", 0
            piece += (" " if number else "\n") * bool(piece) + sentence
            count += words
    if count >= min_words:
        yield piece


def _lines(article: str, source_name: str, paragraphs: Sequence[str], max_words: int) -> Iterator[str]:
    """The rows of one article as JSON lines."""
    for number, text in enumerate(pieces(paragraphs, max_words)):
        row = {"id": f"{article}~t{number}", "source_name": source_name, "text": text}
        yield json.dumps(row, ensure_ascii=False) + "\n"


class Cutter:
    """Turns chunks of records into rows; one in every worker process."""

    def __init__(self, recipe: PrepareRecipe, without: frozenset[str], max_words: int) -> None:
        self.recipe, self.without, self.max_words = recipe, without, max_words
        self.benchmarks = read_benchmarks([Path(name) for name in recipe.benchmarks])

    def rows(self, chunk: Chunk) -> list[str]:
        """The rows of a chunk as JSON lines."""
        return list(chain.from_iterable(self._of_record(record, chunk[1]) for record in chunk[0]))

    def _of_record(self, record: Record, paragraph_breaks: bool) -> Iterator[str]:
        article, _ = clean_record(record, paragraph_breaks)
        body = "\n".join(article.paragraphs)
        used = article.id not in self.without and not body_reason(article, self.recipe.gates)
        if not used or self.benchmarks.reason(article.title, article.standfirst, body):
            return
        yield from _lines(article.id, article.source_name, article.paragraphs, self.max_words)


_cutters: list[Cutter] = []


def start_worker(recipe: PrepareRecipe, without: frozenset[str], max_words: int) -> None:
    """Give a worker process its cutter once."""
    _cutters[:] = [Cutter(recipe, without, max_words)]


def cut_chunk(chunk: Chunk) -> list[str]:
    """What a worker runs."""
    return _cutters[0].rows(chunk)


def write_texts(recipe: PrepareRecipe, out: Path, without: Path | None, max_words: int, jobs: int, seed: int) -> int:
    """Write the shuffled rows to the new file ``out``, all or none; returns how many there are."""
    if out.exists():
        raise ConfigError(expected="a file that does not exist yet", got=str(out), hint="remove it or name another")
    held = _groups(without) if without else frozenset[str]()
    with ProcessPoolExecutor(jobs, initializer=start_worker, initargs=(recipe, held, max_words)) as pool:
        rows = list(chain.from_iterable(pool.map(cut_chunk, chunks(recipe), chunksize=4)))
    _write_shuffled(rows, out, seed)
    return len(rows)


def write_texts_of_rows(rows: Path, out: Path, max_words: int, seed: int) -> int:
    """The same of the bodies in a file of ``training.prepare`` (rows with a ``~`` in their id are parts of others)."""
    if out.exists():
        raise ConfigError(expected="a file that does not exist yet", got=str(out), hint="remove it or name another")
    made: list[str] = []
    try:
        with rows.open(encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if "~" not in record["id"]:
                    made += _lines(record["id"], record["source_name"], record["source"].split("\n"), max_words)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(expected="rows of training.prepare", got=f"{rows}: {error!r}", hint="check the path") from error
    _write_shuffled(made, out, seed)
    return len(made)


def _write_shuffled(rows: list[str], out: Path, seed: int) -> None:
    """Write the rows in another order, all or none."""
    if not rows:
        raise DataError(expected="texts", got="none", hint="check the recipe's corpora and gates, or the rows")
    random.Random(seed).shuffle(rows)
    scratch = out.with_name(f".{out.name}.part")
    scratch.write_text("".join(rows), encoding="utf-8")
    scratch.rename(out)


def _groups(path: Path) -> frozenset[str]:
    """The articles of a prepared file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return frozenset(str(json.loads(line)["group"]) for line in lines)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(expected="rows of training.prepare", got=f"{path}: {error!r}", hint="check the path") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="training.texts", description="Bodies in pieces, to learn as they stand.")
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("--recipe", type=Path, help="the data recipe whose corpora are read")
    given.add_argument("--rows", type=Path, help="train.jsonl of training.prepare, whose bodies are read")
    parser.add_argument("--data", type=Path, help="folder that the recipe's relative paths start from")
    parser.add_argument("--out", type=Path, required=True, help="new .jsonl file")
    parser.add_argument("--without", type=Path, help="heldout.jsonl, whose articles are left out")
    parser.add_argument("--max-words", type=int, default=190, help="words of a piece (default: 190, about 400 tokens)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--seed", type=int, default=0, help="order of the rows (default: 0)")
    options = parser.parse_args(arguments)

    def run() -> None:
        if options.rows:
            count = write_texts_of_rows(options.rows, options.out, options.max_words, options.seed)
        else:
            recipe = read_recipe(options.recipe, options.data)
            jobs = max(1, options.jobs)
            count = write_texts(recipe, options.out, options.without, options.max_words, jobs, options.seed)
        print(f"{options.out}: {count:,} texts")

    return guarded(run)


if __name__ == "__main__":
    sys.exit(main())
