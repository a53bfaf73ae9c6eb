"""How fast the backends brief, next to what they replace, in one run.

    python -m eval.speed                                  the table: ours, and two shapes in transformers
    python -m eval.speed --systems default,extractive --articles articles.jsonl
    python -m eval.speed --batch-rows 100000 --workers 2  `mujaz batch` on so many articles: rate and peak memory
    python -m eval.speed --profile --count 4              where the time of the embedded model's briefs goes, by stage

Every system gets the same articles (of a stated number of words, from shuffled sentences of the seed article, unless
``--articles`` names a JSONL file) and a process of its own: start-up, one article at a time (median, 95th percentile,
articles a second), all of them at once, and peak resident memory. A timing is of this machine and hour: the ratios of
one run are what can be quoted. Behind the table stand the bars of the embedded model (``default``); exit code 1 when
one is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.speed.articles import read_articles, shuffled_articles
from eval.speed.bars import Bar, bars_of, load_told, memory_bar
from eval.speed.batch import measure_batch
from eval.speed.measure import Measured, Setting, measure
from eval.speed.profile import profile, table
from eval.speed.shapes import SHAPES
from summarizer.article.read import read_text
from summarizer.backends.base import BACKENDS, load_backend
from summarizer.config import BriefOptions
from summarizer.errors import DataError, MujazError
from summarizer.pipeline import briefs
from summarizer.schema import Article

REFERENCE = "arabart-shape"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print; 1 when a bar is missed."""
    arguments = _parser().parse_args(argv)
    try:
        told, bars = _run(arguments)
        print("\n".join([told, *([""] if bars else []), *(bar.line() for bar in bars)]))
        return 0 if all(bar.reached for bar in bars) else 1
    except MujazError as error:
        print(f"eval.speed: {error}", file=sys.stderr)
        return error.exit_code


def _run(arguments: argparse.Namespace) -> tuple[str, list[Bar]]:
    """What the command prints: the figures of a child as JSON, the line of a batch, or the table; and its bars."""
    if arguments.child:
        return json.dumps(asdict(measure(Setting(**json.load(sys.stdin))))), []
    if arguments.profile:
        return _profiled(arguments), []
    if arguments.batch_rows:
        rows, where = arguments.batch_rows, arguments.folder
        told, peak = measure_batch(rows, arguments.words, arguments.workers, arguments.backend, where)
        return told, [memory_bar(peak, rows)] if arguments.backend == "extractive" else []
    found = _run_all(arguments)
    return _table(found, arguments), list(bars_of(found, REFERENCE))


def _profiled(arguments: argparse.Namespace) -> str:
    """The table of stages; one brief that is not measured goes before the measured ones."""
    texts = [article.text for article in _articles(arguments, arguments.count + 1)]
    backend, options = load_backend("embedded"), BriefOptions(bullets=arguments.bullets)
    briefs([read_text(texts[0])], backend, options)
    heading = f"{len(texts) - 1} articles, {arguments.bullets} bullets, one worker; {platform.machine()}{load_told()}"
    return f"{heading}\n\n{table(profile(texts[1:], backend, options))}"


def _articles(arguments: argparse.Namespace, count: int) -> list[Article]:
    if arguments.articles:
        return read_articles(arguments.articles, count)
    return shuffled_articles(count, arguments.words)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.speed", description=__doc__.splitlines()[0])
    ours = [name for name in ("embedded", "fast", "extractive") if name in BACKENDS]
    parser.add_argument("--systems", default=",".join([*ours, *SHAPES]), help="names of backends, folders, shapes")
    parser.add_argument("--articles", type=Path, help="JSONL; without it, made from the seed article")
    parser.add_argument("--count", type=int, default=8, help="articles (default 8)")
    parser.add_argument("--words", type=int, default=400, help="words of an article (default 400)")
    parser.add_argument("--bullets", type=int, default=4, help="bullets of a brief (default 4)")
    parser.add_argument("--tokens-per-word", type=float, default=1.4, help="of a shape's source (default 1.4)")
    parser.add_argument("--tiny", action="store_true", help="shapes of two layers, to try the command")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--batch-rows", type=int, default=0, help="measure `mujaz batch` on so many articles instead")
    parser.add_argument("--workers", type=int, default=1, help="processes of --batch-rows (default 1)")
    parser.add_argument("--backend", default="extractive", help="of --batch-rows (default extractive)")
    parser.add_argument("--folder", type=Path, help="where --batch-rows keeps its files (default: a temporary one)")
    parser.add_argument("--profile", action="store_true", help="seconds and tokens of each stage instead")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return parser


def _run_all(arguments: argparse.Namespace) -> list[Measured]:
    """Each system in turn, ours first: how long their texts are is how long those of the shapes will be."""
    texts = [article.text for article in _articles(arguments, arguments.count)]
    found: list[Measured] = []
    for system in sorted(arguments.systems.split(","), key=lambda name: name in SHAPES):
        lengths = next((one.new_tokens for one in found if one.new_tokens), None)
        setting = Setting(
            system, texts, arguments.bullets, time.time(), lengths, arguments.tokens_per_word, arguments.tiny
        )
        found.append(_in_a_process(setting))
        print(f"{system}: done", file=sys.stderr)
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(one) for one in found], indent=2) + "\n", "utf-8")
    return found


def _in_a_process(setting: Setting) -> Measured:
    # The articles go in by standard input: an argument may not be longer than 128 kB.
    command = [sys.executable, "-m", "eval.speed", "--child"]
    done = subprocess.run(command, input=json.dumps(asdict(setting)), capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise DataError(expected=f"figures of {setting.system}", got=last, hint="run that system alone to see more")
    return Measured(**json.loads(done.stdout.strip().splitlines()[-1]))


def _table(found: Sequence[Measured], arguments: argparse.Namespace) -> str:
    """Markdown: a system a line, the reference's rate as the unit of the last columns."""
    reference = next((one for one in found if one.system == REFERENCE), None)
    lines = [_heading(found, arguments), "", _row(_COLUMNS), _row(["---", *["---:"] * (len(_COLUMNS) - 1)])]
    return "\n".join(lines + [_row(_cells(one, reference)) for one in found])


_COLUMNS = [
    *("system", "ready, s", "p50, s", "p95, s", "articles/s alone", "articles/s batched", "peak MB"),
    *("× alone", "× batched"),
]


def _heading(found: Sequence[Measured], arguments: argparse.Namespace) -> str:
    words = sorted({words for one in found for words in one.words})
    lengths = next((one.new_tokens for one in found if one.new_tokens), None) or {}
    told = ", ".join(f"{part} {count}" for part, count in lengths.items()) or "as many as words allow"
    return (
        f"{found[0].articles} articles of {words[0]}-{words[-1]} words; headline, standfirst and {arguments.bullets} "
        f"bullets; {_cores()} cores, {platform.machine()}, {found[-1].device}{load_told()}. "
        f"Shapes: random weights, transformers, beam 4, {arguments.tokens_per_word} source tokens a word, new tokens "
        f"as ours ({told}). × is articles/s over {REFERENCE}."
    )


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cells(one: Measured, reference: Measured | None) -> list[str]:
    ratios = ["-", "-"]
    if reference is not None:
        ratios = [f"{one.alone / reference.alone:.1f}", f"{one.batched / reference.batched:.1f}"]
    name = one.system if one.model in ("", one.system) else f"{one.system} ({one.model})"
    numbers = [one.ready_s, one.p50_s, one.p95_s, one.alone, one.batched]
    return [name, *(f"{number:.3g}" for number in numbers), f"{one.peak_mb:.0f}", *ratios]


def _row(cells: Sequence[Any]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
