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
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from summarizer.errors import ConfigError, DataError, MujazError
from training.clean import clean_body
from training.corpora import Record, read_corpus
from training.data_statistics import collect_statistics, write_page
from training.dedup import Benchmarks, drop_near_duplicates, fingerprint, read_benchmarks
from training.gates import body_reason
from training.prepare_recipe import PrepareRecipe, read_recipe
from training.provenance import iso_date, publisher, topic
from training.row import CleanArticle, Row
from training.split import choose_heldout, same_story
from training.targets import clean_standfirst, clean_title, restore_first_letter
from training.tasks import build_rows

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
    """The corpora in the recipe's order, in chunks; ids made unique across corpora by the reader's file."""
    for corpus in recipe.corpora:
        records = read_corpus(corpus.reader, corpus.options)
        while chunk := list(islice(records, CHUNK_RECORDS)):
            yield chunk, corpus.paragraph_breaks


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
    usable = {item.id: item for item in made if item.rows}
    repeated = drop_near_duplicates(((i.id, i.sketch) for i in usable.values()), recipe.split.duplicate_likeness)
    kept = {name: item for name, item in usable.items() if name not in repeated}
    places = {name: (item.publisher, item.date) for name, item in kept.items()}
    held = choose_heldout(places, recipe.split.heldout_share, recipe.split.most_heldout)
    retold = same_story(held, {name: item.sketch for name, item in kept.items()}, recipe.split.story_likeness)
    for name in repeated:
        counts[usable[name].publisher]["articles:near_duplicate"] += 1
    for name in retold:
        counts[usable[name].publisher]["articles:retells_heldout"] += 1
    files = deal(kept.values(), held, retold, seed)
    require_rows(files, counts)
    statistics = collect_statistics(recipe, files, counts, time.monotonic() - began, seed)
    write_all(out, files, statistics)
    return statistics


def deal(kept: Iterable[Made], held: set[str], retold: set[str], seed: int) -> dict[str, list[Row]]:
    """The rows by file name; the training rows in an order fixed by ``seed``."""
    files: dict[str, list[Row]] = {"train": [], "heldout": [], "lead": [], "lead-heldout": []}
    for item in kept:
        if item.id in retold:
            continue
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


def refuse_overwriting(out: Path) -> None:
    """Raise ``ConfigError`` before any work when ``out`` is not an empty or absent folder."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConfigError(expected="an empty or new folder", got=str(out), hint="name another --out or remove it")


def write_all(out: Path, files: dict[str, list[Row]], statistics: dict[str, object]) -> None:
    """Write everything beside ``out`` and move it there at the end, so that nothing half-written stays."""
    import shutil

    draft = out.with_name(out.name + ".part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        for name, rows in files.items():
            with (draft / f"{name}.jsonl").open("w", encoding="utf-8") as lines:
                lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        text = json.dumps(statistics, ensure_ascii=False, indent=1, sort_keys=True)
        (draft / "statistics.json").write_text(text + "\n", encoding="utf-8")
        (draft / "README.md").write_text(write_page(statistics), encoding="utf-8")
        if out.exists():
            out.rmdir()
        draft.rename(out)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
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
    try:
        recipe = read_recipe(options.recipe, options.data)
        statistics = prepare(recipe, options.out, max(options.jobs, 1), options.seed)
    except MujazError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"error: nothing was written: {error}", file=sys.stderr)
        return DataError.exit_code
    except KeyboardInterrupt:
        print("interrupted: nothing was written", file=sys.stderr)
        return 130
    print(json.dumps(statistics["rows"], ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
