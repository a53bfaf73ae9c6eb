"""The command ``mujaz``. Errors go to standard error in one line; the exit code says of what kind they are."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from summarizer import __version__
from summarizer.errors import MujazError, OutOfMemory
from summarizer.service.cli.batch import add_batch
from summarizer.service.cli.brief import add_brief, add_headline
from summarizer.service.cli.completion import SHELLS, completion
from summarizer.service.cli.configured import configure
from summarizer.service.cli.models import models
from summarizer.service.cli.serve import add_demo, add_serve

_EXIT_CODES = "exit codes: 0 done, 2 wrong usage, 3 the input, 4 an option, 5 the model, 6 data, 130 interrupted"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the process's exit code. Without a command: the help."""
    given = sys.argv[1:] if argv is None else list(argv)
    _write_utf8()
    try:
        parser, commands = _parser()
        if given[:1] in (["serve"], ["demo"]):
            configure(commands[given[0]], given[1:])
        arguments = parser.parse_args(given)
        if "run" not in arguments:
            parser.print_help()
            return 0
        code: int = arguments.run(arguments)
    except MujazError as error:
        print(f"mujaz: {error}", file=sys.stderr)
        return error.exit_code
    except MemoryError:
        print(f"mujaz: {OutOfMemory()}", file=sys.stderr)
        return OutOfMemory.exit_code
    except KeyboardInterrupt:
        print("mujaz: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read us has gone (`mujaz … | head`): keep the interpreter from complaining while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _parser() -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """The parser, and those of its commands by name."""
    parser = argparse.ArgumentParser(
        prog="mujaz", description="Arabic news briefs, each line with its source.", epilog=_EXIT_CODES
    )
    parser.add_argument("--version", action="version", version=f"mujaz {__version__}")
    found = parser.add_subparsers(metavar="COMMAND")
    add_brief(found.add_parser("brief", help="write the brief of one article or several", epilog=_EXIT_CODES))
    add_headline(found.add_parser("headline", help="headlines to choose from", epilog=_EXIT_CODES))
    add_batch(found.add_parser("batch", help="write the briefs of many articles", epilog=_EXIT_CODES))
    found.add_parser("models", help="what --backend takes").set_defaults(run=models)
    add_serve(found.add_parser("serve", help="run the HTTP API and the web page", epilog=_EXIT_CODES))
    add_demo(found.add_parser("demo", help="open the web page in a browser", epilog=_EXIT_CODES))
    shells = found.add_parser("completion", help="print a shell's completion of this command")
    shells.add_argument("shell", choices=SHELLS, help='put it into ~/.bashrc: eval "$(mujaz completion bash)"')
    shells.set_defaults(run=lambda arguments: print(completion(arguments.shell, found.choices)) or 0)
    return parser, dict(found.choices)


def _write_utf8() -> None:
    """Arabic on every terminal and pipe, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
