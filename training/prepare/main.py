"""From corpora to training rows: read, clean, gate, deduplicate, check support, split, count.

    python -m training.prepare --recipe training/recipes/prepare-news.toml --data "$MUJAZ_DATA" --out data/news

``DIR/train.jsonl`` and ``DIR/heldout.jsonl`` hold rows ``{"id", "group", "source_name", "topic", "date", "weight",
"support", "needs_words", "source", "targets": {"headline", "standfirst"?} | {"bullet"}}``; ``DIR/lead.jsonl`` holds
leads as summaries of the rest; ``DIR/statistics.json`` and ``DIR/README.md`` count what was kept and why the rest
was not. Nothing appears under ``DIR`` before everything is written.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from summarizer.errors import DataError
from training.command import guarded
from training.corpora import Record, read_corpus
from training.prepare.dedup import Benchmarks, drop_near_duplicates, fingerprint, read_benchmarks
from training.prepare.files import refuse_overwriting, write_all
from training.prepare.provenance import iso_date, publisher, topic
from training.prepare.recipe import PrepareRecipe, SplitOptions, read_recipe
from training.prepare.split import choose_heldout, same_story
from training.prepare.statistics import collect_statistics
from training.tasks.build import build_rows
from training.tasks.clean import clean_body
from training.tasks.gates import body_reason
from training.tasks.row import CleanArticle, Row
from training.tasks.targets import clean_standfirst, clean_title, restore_first_letter

CHUNK_RECORDS = 128
"""Records handed to a worker at a time."""
WINDOW_CHUNKS = 16
"""Chunks in flight for each worker."""


@dataclass(slots=True)
class Made:
    """What became of one record: its rows by stage, its MinHash, its place in time, and the reasons of its losses."""

    id: str
    publisher: str
    date: str
    rows: list[tuple[str, Row]] = field(default_factory=list)
    sketch: Sequence[int] = ()
    counts: Counter[str] = field(default_factory=Counter)


_state: dict[str, object] = {}


def start_worker(recipe: PrepareRecipe) -> None:
    """Give a worker process the recipe and the benchmark index once, not with every chunk."""
    _state["recipe"] = recipe
    _state["benchmarks"] = read_benchmarks([Path(name) for name in recipe.benchmarks])


def clean_record(record: Record, paragraph_breaks: bool) -> tuple[CleanArticle, Counter[str]]:
    """A record as a clean article, with the counts of the cleaning rules that bit."""
    paragraphs, counts = clean_body(record.body, paragraph_breaks)
    article = CleanArticle(
        id=record.id,
        source_name=publisher(record.source),
        topic=topic(record),
        date=iso_date(record.date, record.id),
        title=clean_title(record.title),
        standfirst=restore_first_letter(clean_standfirst(record.standfirst), " ".join(paragraphs)),
        paragraphs=paragraphs,
    )
    return article, Counter({f"clean:{name}": number for name, number in counts.items() if number})


def make(record: Record, paragraph_breaks: bool) -> Made:
    """Clean, gate and turn one record into rows. Needs ``start_worker`` first."""
    recipe, benchmarks = _state["recipe"], _state["benchmarks"]
    assert isinstance(recipe, PrepareRecipe)
    assert isinstance(benchmarks, Benchmarks)
    article, counts = clean_record(record, paragraph_breaks)
    made = Made(article.id, article.source_name, article.date, counts=counts)
    body = "\n".join(article.paragraphs)
    reason = body_reason(article, recipe.gates) or benchmarks.reason(article.title, article.standfirst, body)
    counts["articles:read"] += 1
    if reason:
        counts[f"articles:{reason}"] += 1
        return made
    made.rows = list(build_rows(article, recipe.gates, recipe.tasks, counts))
    made.sketch = fingerprint(body)
    counts["articles:usable" if made.rows else "articles:no_target"] += 1
    return made


def make_chunk(chunk: tuple[list[Record], bool]) -> list[Made]:
    """``make`` over a chunk: what a worker runs."""
    records, paragraph_breaks = chunk
    return [make(record, paragraph_breaks) for record in records]


def chunks(recipe: PrepareRecipe) -> Iterator[tuple[list[Record], bool]]:
    """The corpora in the recipe's order, in chunks; an id that was there before gets a number: «a1», «a1#2»."""
    seen: Counter[str] = Counter()
    for corpus in recipe.corpora:
        records = (unique(record, seen) for record in read_corpus(corpus.reader, corpus.options))
        while chunk := list(islice(records, CHUNK_RECORDS)):
            yield chunk, corpus.paragraph_breaks


def unique(record: Record, seen: Counter[str]) -> Record:
    """The record under an id that no earlier one has; ``seen`` counts the ids."""
    seen[record.id] += 1
    return record if seen[record.id] == 1 else replace(record, id=f"{record.id}#{seen[record.id]}")


def make_all(recipe: PrepareRecipe, jobs: int) -> list[Made]:
    """Every record of every corpus, in order, over ``jobs`` processes (1: in this one)."""
    if jobs == 1:
        start_worker(recipe)
        return [made for chunk in chunks(recipe) for made in make_chunk(chunk)]
    made: list[Made] = []
    waiting = chunks(recipe)
    with ProcessPoolExecutor(jobs, initializer=start_worker, initargs=(recipe,)) as pool:
        # A window at a time: ``map`` takes all that it is given at once, and the corpora need not fit in memory.
        while window := list(islice(waiting, WINDOW_CHUNKS * jobs)):
            made += [item for part in pool.map(make_chunk, window) for item in part]
            print(f"{len(made):,} articles read", file=sys.stderr)
    return made


def prepare(recipe: PrepareRecipe, out: Path, jobs: int = 2, seed: int = 0) -> dict[str, object]:
    """Make the data set of ``recipe`` in ``out`` and return its statistics.

    Raises ``ConfigError`` when ``out`` holds files already, ``DataError`` for a corpus that cannot be read.
    """
    refuse_overwriting(out)
    began = time.monotonic()
    made = make_all(recipe, jobs)
    counts: dict[str, Counter[str]] = {}
    for item in made:
        counts.setdefault(item.publisher, Counter()).update(item.counts)
    kept, held = select({item.id: item for item in made if item.rows}, recipe.split, counts)
    files = deal(kept, held, seed)
    require_rows(files, counts)
    statistics = collect_statistics(recipe, files, counts, time.monotonic() - began, seed)
    write_all(out, files, statistics)
    return statistics


def select(
    usable: Mapping[str, Made], options: SplitOptions, counts: Mapping[str, Counter[str]]
) -> tuple[list[Made], set[str]]:
    """The articles that stay, in order, and the ids among them that are held out.

    Near-duplicates go, and training articles that tell a held-out story again; ``counts`` (by publisher) takes both.
    """
    sketches = {name: item.sketch for name, item in usable.items()}
    repeated = drop_near_duplicates(sketches.items(), options.duplicate_likeness)
    single = {name: item for name, item in usable.items() if name not in repeated}
    places = {name: (item.publisher, item.date) for name, item in single.items()}
    held = choose_heldout(places, options.heldout_share, options.most_heldout)
    retold = same_story(held, {name: sketches[name] for name in single}, options.story_likeness)
    for reason, names in (("near_duplicate", repeated), ("retells_heldout", retold)):
        for name in names:
            counts[usable[name].publisher][f"articles:{reason}"] += 1
    return [item for name, item in single.items() if name not in retold], held


def deal(kept: Iterable[Made], held: set[str], seed: int) -> dict[str, list[Row]]:
    """The rows by file name; the training rows in an order fixed by ``seed``."""
    files: dict[str, list[Row]] = {"train": [], "heldout": [], "lead": [], "lead-heldout": []}
    for item in kept:
        for stage, row in item.rows:
            main = "heldout" if item.id in held else "train"
            files[main if stage == "main" else {"train": "lead", "heldout": "lead-heldout"}[main]].append(row)
    for rows in files.values():
        random.Random(seed).shuffle(rows)
    return files


def require_rows(files: dict[str, list[Row]], counts: dict[str, Counter[str]]) -> None:
    """Raise ``DataError`` with the commonest reasons when nothing is left to train on: never an empty data set."""
    if files["train"]:
        return
    reasons = sum(counts.values(), Counter())
    told = ", ".join(f"{reason.partition(':')[2]} {number}" for reason, number in reasons.most_common(5))
    raise DataError(expected="rows to train on", got=f"none: {told}", hint="check the recipe's corpora and gates")


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command's flags as they were given."""
    parser = argparse.ArgumentParser(prog="python -m training.prepare", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--recipe", type=Path, required=True, help="TOML file: corpora, gates, thresholds")
    parser.add_argument("--data", type=Path, help="folder that the recipe's relative paths start from")
    parser.add_argument("--out", type=Path, required=True, help="new folder for the rows and their statistics")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--seed", type=int, default=0, help="order of the training rows (default: 0)")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code of ``summarizer.errors``."""
    options = parse_arguments(arguments)

    def run() -> None:
        recipe = read_recipe(options.recipe, options.data)
        statistics = prepare(recipe, options.out, max(options.jobs, 1), options.seed)
        print(json.dumps(statistics["rows"], ensure_ascii=False))

    return guarded(run)
