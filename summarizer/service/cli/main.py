"""The command ``mujaz``. Errors go to standard error in one line; the exit code says of what kind they are."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer import __version__
from summarizer.errors import MujazError
from summarizer.service.cli.batch import add_batch
from summarizer.service.cli.serve import add_demo, add_serve
from summarizer.service.settings import MAX_HEADLINES
from summarizer.service.shape import add_shape, options_of, whole

if TYPE_CHECKING:
    from summarizer.schema import Article

_EXIT_CODES = "exit codes: 0 done, 2 wrong usage, 3 the input, 4 an option, 5 the model, 6 data, 130 interrupted"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the process's exit code."""
    arguments = _parser().parse_args(argv)
    _write_utf8()
    try:
        code: int = arguments.run(arguments)
    except MujazError as error:
        print(f"mujaz: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("mujaz: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read us has gone (`mujaz … | head`): keep the interpreter from complaining while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mujaz", description="Arabic news briefs, checked.", epilog=_EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"mujaz {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_brief(commands.add_parser("brief", help="write the brief of one article", epilog=_EXIT_CODES))
    add_batch(commands.add_parser("batch", help="write the briefs of many articles", epilog=_EXIT_CODES))
    models = commands.add_parser("models", help="list the backends")
    models.set_defaults(run=_models)
    add_serve(commands.add_parser("serve", help="run the HTTP API and the web page", epilog=_EXIT_CODES))
    add_demo(commands.add_parser("demo", help="open the web page in a browser", epilog=_EXIT_CODES))
    return parser


def _add_brief(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help=".txt .html .json .jsonl; - or none: stdin"
    )
    parser.add_argument(
        "--json", action="store_true", help="print JSON: text, sources, method and support of each part"
    )
    add_shape(parser)
    parser.add_argument(
        "--candidates",
        type=whole(1, MAX_HEADLINES),
        default=1,
        metavar="K",
        help="also show up to K headlines, scored",
    )
    parser.add_argument(
        "--backend", default="default", metavar="NAME", help="see `mujaz models`, or a checkpoint folder"
    )
    parser.add_argument("--explain", action="store_true", help="show sources, rungs and the candidates turned down")
    parser.set_defaults(run=_brief)


def _brief(arguments: argparse.Namespace) -> int:
    """`mujaz brief`: read, brief, print."""
    from summarizer.backends.base import load_backend
    from summarizer.pipeline import brief
    from summarizer.service.headlines import beside
    from summarizer.service.render import brief_as_text, brief_with_choice

    article, options = _read(arguments.file), options_of(arguments)
    backend = load_backend(arguments.backend)
    result = brief(article, backend, options)
    choice = (
        beside(result.headline, article, backend, options, arguments.candidates) if arguments.candidates > 1 else ()
    )
    if arguments.json:
        import json

        print(json.dumps(brief_with_choice(result, choice), ensure_ascii=False, indent=2))
    else:
        width = min(100, shutil.get_terminal_size().columns - 2)
        print(brief_as_text(result, width=max(40, width), explain=arguments.explain, choice=choice))
    return 0


def _read(file: str) -> Article:
    """The article in that file, or on standard input."""
    from summarizer.article.read import read_path, read_stream

    if file != "-":
        return read_path(file)
    return read_stream(sys.stdin.buffer)


def _models(_: argparse.Namespace) -> int:
    """`mujaz models`: the names that --backend takes, and what the default is now."""
    from summarizer.backends.base import BACKENDS, DEFAULT_BACKEND, EMBEDDED_MODEL
    from summarizer.backends.files.checkpoint import FAMILIES

    embedded = (EMBEDDED_MODEL / "manifest.json").is_file()
    for name in BACKENDS:
        note = {"default": f"→ {DEFAULT_BACKEND}"}.get(name, "")
        missing = name == "embedded" and not embedded
        print(f"{name:<12}{'not in this installation' if missing else note}".rstrip())
    print("PATH        a folder: an export (CTranslate2, without torch), or transformers files (with torch) of")
    print(f"            {', '.join(sorted(FAMILIES))}: all can be exported")
    return 0


def _write_utf8() -> None:
    """Arabic on every terminal and pipe, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
