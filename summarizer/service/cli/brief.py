"""``mujaz brief`` and ``mujaz headline``: articles in, their briefs or headlines out, on the screen or into files."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import ConfigError, MujazError
from summarizer.service.settings import MAX_HEADLINES
from summarizer.service.shape import add_shape, options_of, whole

if TYPE_CHECKING:
    from summarizer.backends.base import Backend
    from summarizer.schema import Article, Brief, Statement

_FORMATS = ("text", "markdown", "html", "json", "docx")
_FILES_HELP = ".txt .md .docx .html .json …; - or none: stdin; of several the readable ones are briefed"


def add_brief(parser: argparse.ArgumentParser) -> None:
    """The flags of ``mujaz brief``."""
    _add_input(parser)
    parser.add_argument("--format", choices=_FORMATS, help="what comes out (text)")
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    parser.add_argument("--output", "-o", type=Path, metavar="PATH", help="a file; of several articles a folder")
    add_shape(parser)
    parser.add_argument("--candidates", type=whole(1, MAX_HEADLINES), default=1, metavar="K", help=_CANDIDATES_HELP)
    parser.add_argument("--explain", action="store_true", help="show sources, rungs and the candidates turned down")
    parser.set_defaults(run=_brief)


def add_headline(parser: argparse.ArgumentParser) -> None:
    """The flags of ``mujaz headline``."""
    _add_input(parser)
    parser.add_argument("--count", type=whole(1, MAX_HEADLINES), default=3, metavar="N", help="at most so many (3)")
    parser.add_argument("--json", action="store_true", help="with sources and claims")
    add_shape(parser)
    parser.set_defaults(run=_headline)


_CANDIDATES_HELP = "also show up to K headlines, scored"


def _add_input(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", default=["-"], metavar="FILE", help=_FILES_HELP)
    parser.add_argument("--backend", default="default", metavar="NAME", help="see `mujaz models`, or a folder")
    told = parser.add_mutually_exclusive_group()
    told.add_argument("--quiet", "-q", action="store_true", help="the texts alone: no notes, no warnings")
    told.add_argument("--verbose", "-v", action="store_true", help="say on standard error what was read, and how long")


def _brief(arguments: argparse.Namespace) -> int:
    """`mujaz brief`: read, brief, write; one article that cannot be used costs the others nothing."""
    form = _form(arguments)
    _check_output(arguments, form)
    return _each(arguments, lambda file, article, backend: _one(file, article, backend, form, arguments))


def _headline(arguments: argparse.Namespace) -> int:
    """`mujaz headline`: read, propose, print."""
    return _each(arguments, lambda _, article, backend: _headlines(article, backend, arguments))


def _each(arguments: argparse.Namespace, work: Callable[[str, Article, Backend], None]) -> int:
    """``work`` for each file and its article; the exit code of the last error, 0 without one."""
    from summarizer.backends.base import load_backend

    backend: Backend | None = None
    code = 0
    for place, file in enumerate(arguments.files):
        try:
            if place and not arguments.json and getattr(arguments, "format", None) in (None, "text", "markdown"):
                print(flush=True)
            article = _read(file)  # before a model is loaded for nothing
            backend = backend or load_backend(arguments.backend)
            work(file, article, backend)
        except MujazError as error:
            if len(arguments.files) == 1:
                raise
            print(f"mujaz: {file}: {error}", file=sys.stderr)
            code = error.exit_code
    return code


def _one(file: str, article: Article, backend: Backend, form: str, arguments: argparse.Namespace) -> None:
    from summarizer.pipeline import brief
    from summarizer.service.headlines import beside

    options = options_of(arguments)
    result = brief(article, backend, options)
    count = arguments.candidates
    choice = beside(result.headline, article, backend, options, count) if count > 1 else ()
    if arguments.verbose:
        sentences = len(article.sentences)
        sys.stderr.write(f"mujaz: {file}: {sentences} sentences, {result.model}, {result.timing_s:.2f} s\n")
    _put(file, _made(file, result, choice, form, arguments), form, arguments)


def _made(file: str, result: Brief, choice: tuple[Statement, ...], form: str, arguments: argparse.Namespace) -> bytes:
    """The brief in its form: text wrapped and marked on a terminal alone, JSON of several articles a line each."""
    from summarizer.service.forms import FORMS
    from summarizer.service.render import brief_as_text, brief_with_choice

    if form == "json":
        several = len(arguments.files) > 1 and not arguments.output
        found = {**({"file": file} if several else {}), **brief_with_choice(result, choice)}
        return f"{json.dumps(found, ensure_ascii=False, indent=None if several else 2)}\n".encode()
    if form != "text" or (arguments.quiet and not arguments.explain and not choice):
        return FORMS[form].write(result)
    on_screen = sys.stdout.isatty() and not arguments.output
    width = max(40, min(100, shutil.get_terminal_size().columns - 2)) if on_screen else None
    bold = on_screen and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    text = brief_as_text(
        result, width=width, explain=arguments.explain, choice=choice, notes=not arguments.quiet, bold=bold
    )
    return f"{text}\n".encode()


def _put(file: str, data: bytes, form: str, arguments: argparse.Namespace) -> None:
    """``data`` on standard output, in the file that was named, or in the folder under the article's own name."""
    if not arguments.output:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    target: Path = arguments.output
    try:
        if len(arguments.files) > 1:
            from summarizer.service.forms import FORMS

            target.mkdir(parents=True, exist_ok=True)
            target /= f"{Path(file).stem if file != '-' else 'stdin'}{FORMS[form].suffix}"
        target.write_bytes(data)
    except OSError as error:
        raise ConfigError(
            expected="a place that can be written to",
            got=f"{target} ({error.strerror})",
            hint="choose another --output",
        ) from error


def _form(arguments: argparse.Namespace) -> str:
    """The form that was asked for, or that the output's suffix means, or text."""
    if arguments.json and arguments.format not in (None, "json"):
        raise ConfigError(expected="one format", got=f"--json and --format {arguments.format}", hint="leave one out")
    if arguments.json or arguments.format:
        return "json" if arguments.json else str(arguments.format)
    from summarizer.service.forms import FORMS

    suffix = arguments.output.suffix.lower() if arguments.output and len(arguments.files) == 1 else ""
    return next((name for name, form in FORMS.items() if form.suffix == suffix), "text")


def _check_output(arguments: argparse.Namespace, form: str) -> None:
    """Fail before anything is written where it could not be put."""
    if form == "docx" and not arguments.output and sys.stdout.isatty():
        raise ConfigError(expected="--output for a Word document", got="none", hint="add -o brief.docx")
    names = [Path(file).stem for file in arguments.files]
    if arguments.output and len(set(names)) < len(names):
        raise ConfigError(
            expected="files of different names, one output each", got="two of the same name", hint="brief them apart"
        )


def _headlines(article: Article, backend: Backend, arguments: argparse.Namespace) -> None:
    from summarizer.service.headlines import headlines

    found = headlines(article, backend, options_of(arguments), arguments.count)
    if arguments.json:
        listed = [one.to_dict(article.text) for one in found]
        print(json.dumps({"headlines": listed, "model": backend.name}, ensure_ascii=False, indent=2))
        return
    mark = "\u200f" if sys.stdout.isatty() else ""
    print("\n".join(f"{mark}{one.text}" for one in found))


def _read(file: str) -> Article:
    """The article in that file, or on standard input."""
    from summarizer.article.read import read_path, read_stream

    return read_path(file) if file != "-" else read_stream(sys.stdin.buffer)
