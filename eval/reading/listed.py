"""Briefs of the listed articles, with rung, support and sources of every statement: a page and a plain text."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from eval.benchmarks.rows import Row
from eval.benchmarks.table import BENCHMARKS, load_benchmark
from eval.reading.articles import Chosen, choose, read_chosen
from eval.reading.page import Reading, html_page, text_page
from eval.systems.articles import read_articles
from summarizer.backends.base import load_backend
from summarizer.config import BriefOptions, data_dir
from summarizer.errors import DataError
from summarizer.pipeline import briefs
from summarizer.schema import Brief


def write_listed(
    out: Path, system: str, data: Path | None, *, seed: str | None = None, each: int | None = None, batch: int = 8
) -> tuple[Path, Path]:
    """Write the page and the text of the listed articles, or with ``seed`` of others by the same rule; their paths."""
    listed = read_chosen()
    if seed:
        known = {key for pairs in listed.values() for _, key in pairs}
        listed = choose(benchmarks_folder(data), seed, known)
    readings = read({group: pairs[:each] for group, pairs in listed.items()}, system, data, batch)
    out.mkdir(parents=True, exist_ok=True)
    page, text = out / "reading.html", out / "reading.txt"
    page.write_text(html_page(readings), encoding="utf-8")
    text.write_text(text_page(readings), encoding="utf-8")
    return page, text


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


def benchmarks_folder(data: Path | None) -> Path:
    """The folder of the benchmarks under ``data`` (``MUJAZ_DATA`` when None). ``DataError`` without one."""
    folder = data or data_dir()
    if folder is None:
        raise DataError(expected="the folder of the corpora", got="none", hint="pass --data DIR or set MUJAZ_DATA")
    return folder / "benchmarks" if (folder / "benchmarks").is_dir() else folder
