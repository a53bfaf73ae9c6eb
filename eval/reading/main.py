"""Briefs to read line by line: thirty articles, a page and a plain text.

    python -m eval.reading --system default --out runs/reading
    python -m eval.reading --system embedded --seed 2 --out runs/others     # thirty others, none of the list
    python -m eval.reading --choose              # make the list of articles anew, by the rule of reading_articles.py

Writes DIR/reading.html (right to left, self-contained) and DIR/reading.txt: every statement with a number to quote it
by, its rung of the ladder, its support and the sentences it came from. Both hold article text: for reading, not for
publishing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval.benchmarks.rows import Row
from eval.benchmarks.table import BENCHMARKS, load_benchmark
from eval.command import guarded, positive
from eval.reading.articles import Chosen, choose, read_chosen, write_chosen
from eval.reading.page import Reading, html_page, text_page
from eval.systems.articles import read_articles
from summarizer.backends.base import load_backend
from summarizer.config import BriefOptions, data_dir
from summarizer.errors import DataError
from summarizer.pipeline import briefs
from summarizer.schema import Brief


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.reading", _main, argv)


def _main(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    if arguments.choose:
        write_chosen(choose(_benchmarks(arguments.data)))
        return 0
    listed = read_chosen()
    if arguments.seed:
        known = {key for pairs in listed.values() for _, key in pairs}
        listed = choose(_benchmarks(arguments.data), arguments.seed, known)
    chosen = {group: pairs[: arguments.each] for group, pairs in listed.items()}
    readings = read(chosen, arguments.system, arguments.data, arguments.batch)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "reading.html").write_text(html_page(readings), encoding="utf-8")
    (arguments.out / "reading.txt").write_text(text_page(readings), encoding="utf-8")
    print(arguments.out / "reading.html", arguments.out / "reading.txt", sep="\n")
    return 0


def read(chosen: Chosen, system: str, data: Path | None = None, batch: int = 8) -> list[Reading]:
    """The briefs of the chosen articles by the backend ``system``, ``batch`` at a time; titles are withheld."""
    found = _rows(chosen, data)
    articles, failures = read_articles([row for _, _, row in found])
    if failures:
        first = next(iter(failures.values()))
        raise DataError(expected="articles that can be read", got=f"{first.id}: {first.error}", hint="choose anew")
    backend, texts = load_backend(system), list(articles.values())
    written: list[Brief] = []
    for start in range(0, len(texts), batch):
        written += briefs(texts[start : start + batch], backend, BriefOptions())
        print(f"eval.reading: {len(written)} of {len(texts)}", file=sys.stderr)
    return [
        Reading(place, group, benchmark, row, article, brief)
        for place, ((group, benchmark, row), article, brief) in enumerate(zip(found, texts, written, strict=True), 1)
    ]


def _rows(chosen: Chosen, data: Path | None) -> list[tuple[str, str, Row]]:
    """Group, benchmark and row of each article, in order; ids are made unlike across benchmarks."""
    names = sorted({benchmark for pairs in chosen.values() for benchmark, _ in pairs})
    rows = {name: {row.id: row for row in load_benchmark(name, BENCHMARKS[name].tasks[0], data).rows} for name in names}
    found = []
    for group, pairs in chosen.items():
        for benchmark, key in pairs:
            if key not in rows[benchmark]:
                raise DataError(expected=f"{key} in {benchmark}", got="another version of it", hint="--choose anew")
            row = rows[benchmark][key]
            found.append((group, benchmark, replace(row, id=f"{benchmark}/{row.id}")))
    return found


def _benchmarks(data: Path | None) -> Path:
    folder = data or data_dir()
    if folder is None:
        raise DataError(expected="the folder of the corpora", got="none", hint="pass --data DIR or set MUJAZ_DATA")
    return folder / "benchmarks" if (folder / "benchmarks").is_dir() else folder


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="eval.reading", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--system", default="default", metavar="NAME", help="a backend, or a checkpoint folder")
    add("--out", type=Path, default=Path("runs/reading"), metavar="DIR")
    add("--data", type=Path, metavar="DIR", help="folder of the corpora (default: MUJAZ_DATA)")
    add("--each", type=positive, metavar="N", help="only the first N articles of each group")
    add("--batch", type=positive, default=8, metavar="N", help="articles a call (default 8)")
    add("--seed", metavar="WORD", help="thirty other articles, by the same rule: none of those that rules were made on")
    add("--choose", action="store_true", help="write the list of articles anew")
    return parser
