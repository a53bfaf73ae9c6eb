"""One SHA-256 a backend and test set over all statements, refusals and reasons: is anything written otherwise now?

    python -m eval.digest --record answers.jsonl        # once, before: the embedded model writes (minutes)
    python -m eval.digest --replay answers.jsonl        # after each step: its answers from the file (a minute)
    python -m eval.digest --replay answers.jsonl --statements after.jsonl    # one line an article, to compare

The digests are of headline, standfirst and bullets (text, sources, method, claims, scores, what was refused and why)
and of the warnings; an input that is refused or fails counts with its error's name and first line. The test sets are
``SETS`` and the files of a folder of odd inputs (``--cases``). On another machine the model's scores may differ in
the last digits, and the digests with them: compare on one machine, or with one record.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from eval.benchmarks.table import load_benchmark
from eval.command import guarded
from eval.digest.recorded import NotRecorded, Recorded
from eval.systems.articles import read_articles
from summarizer.article.read import read_path
from summarizer.backends.base import Backend, load_backend
from summarizer.pipeline import brief, briefs
from summarizer.schema import Article, Brief, Statement

SETS: dict[str, int | None] = {"bbc-2018h2": 150, "easc": None, "argen-headlines": 150}
"""Benchmark → how many of its first articles."""

_BATCH = 8
_RECORDED = "embedded"

Told = tuple[str, Any]
"""An article's id and what was written about it, as JSON takes it."""


def told_of_benchmark(name: str, first: int | None, data: Path | None, backend: Backend) -> Iterator[Told]:
    """What is written about each article of a benchmark, in its order; about an unreadable one, why."""
    articles, failures = read_articles(load_benchmark(name, data=data).first(first).rows)
    yield from ((key, failures[key].error) for key in failures)
    keys = list(articles)
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        yield from zip(part, _written([articles[key] for key in part], backend), strict=True)


def told_of_files(folder: Path, backend: Backend) -> Iterator[Told]:
    """What is written about each file of ``folder``, by name; ``README.md`` is none."""
    for path in sorted(path for path in folder.iterdir() if path.is_file() and path.name != "README.md"):
        yield path.name, _or_error(partial(_file, path, backend), str(folder))


def _file(path: Path, backend: Backend) -> dict[str, Any]:
    return _one(read_path(path), backend)


def _written(articles: Sequence[Article], backend: Backend) -> list[Any]:
    """Of each article its brief; when a batch fails, each by itself."""
    try:
        return [plain(one) for one in briefs(articles, backend)]
    except NotRecorded:
        raise
    except Exception:
        return [_or_error(partial(_one, article, backend)) for article in articles]


def _one(article: Article, backend: Backend) -> dict[str, Any]:
    return plain(brief(article, backend))


def _or_error(write: Callable[[], Any], unsaid: str = "") -> Any:
    """What ``write`` gives, or its error's name and first line without the folder ``unsaid``."""
    try:
        return write()
    except NotRecorded:
        raise
    except Exception as error:
        line = str(error).partition("\n")[0]
        return f"{type(error).__name__}: {line.replace(unsaid, '') if unsaid else line}"


def plain(one: Brief) -> dict[str, Any]:
    """A brief without its time and its model's name."""
    return {
        "headline": _statement(one.headline),
        "standfirst": _statement(one.standfirst),
        "bullets": [_statement(bullet) for bullet in one.bullets],
        "warnings": one.warnings,
    }


def _statement(one: Statement) -> dict[str, Any]:
    claims = [[c.kind, c.text, c.span, c.supported, c.reason] for c in one.support.claims]
    return {
        "task": one.task,
        "text": one.text,
        "sources": one.sources,
        "method": one.method,
        "score": one.score,
        "support": one.support.score,
        "claims": claims,
        "refused": [[r.text, r.method, r.reason] for r in one.refused],
    }


def _told(arguments: argparse.Namespace, name: str, backend: Backend) -> Iterator[Told]:
    if name == "cases":
        return told_of_files(arguments.cases, backend)
    return told_of_benchmark(name, SETS[name], arguments.data, backend)


def _open(name: str, arguments: argparse.Namespace) -> Backend:
    if name != _RECORDED or not (arguments.record or arguments.replay):
        return load_backend(name)
    if arguments.replay:
        return Recorded(arguments.replay)
    return Recorded(arguments.record, lambda: load_backend(name))


def _lines(found: Iterator[Told], where: Mapping[str, str]) -> Iterator[str]:
    for key, told in found:
        yield json.dumps({**where, "id": key, "told": told}, ensure_ascii=False, sort_keys=True) + "\n"


def _main(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    sets = [*SETS, *(["cases"] if arguments.cases else [])]
    with ExitStack() as stack:
        statements = arguments.statements and stack.enter_context(arguments.statements.open("w", encoding="utf-8"))
        for name in arguments.backend or ["extractive", _RECORDED]:
            backend = _open(name, arguments)
            for one in sets:
                lines = list(_lines(_told(arguments, one, backend), {"backend": name, "set": one}))
                digest = hashlib.sha256("".join(lines).encode("utf-8", errors="surrogatepass")).hexdigest()
                print(f"{name:<11} {one:<16} {len(lines):>4}  {digest}", flush=True)
                if statements:
                    statements.writelines(lines)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="eval.digest", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--data", type=Path, metavar="DIR", help="folder of the corpora (default: MUJAZ_DATA)")
    add("--cases", type=Path, metavar="DIR", help="a folder of odd inputs, each a file")
    add("--backend", action="append", metavar="NAME", help="default: extractive and embedded")
    add("--statements", type=Path, metavar="FILE", help="write one JSON line an article here")
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--record", type=Path, metavar="FILE", help="keep the embedded model's answers here")
    kept.add_argument("--replay", type=Path, metavar="FILE", help="take the embedded model's answers from here")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.digest", _main, argv)
