"""Settings of ``mujaz serve`` and ``mujaz demo``: defaults ← a TOML file ← the environment ← flags.

The names are those of the flags: ``--max-queue`` is ``max_queue`` in the file and ``MUJAZ_MAX_QUEUE`` outside.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarizer.config import service_environment
from summarizer.errors import ConfigError, UnknownName

_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def configure(parser: argparse.ArgumentParser, argv: Sequence[str]) -> None:
    """Give ``parser`` the defaults that file and environment hold; ``ConfigError`` for what does not parse there.

    The file is the one that ``--config`` in ``argv`` names, or ``MUJAZ_CONFIG``; an unknown key in it is an error. Of
    the environment only the names of this command's flags are looked at.
    """
    actions = {action.dest: action for action in parser._actions if action.option_strings and action.dest != "help"}
    outside = service_environment()
    path = _named(argv) or outside.get("config", "")
    for key, value in (_read(Path(path)) if path else {}).items():
        action = actions.get(key.replace("-", "_"))
        if action is None or action.dest == "config":
            raise UnknownName(f"setting in {path}", key, sorted(set(actions) - {"config"}))
        parser.set_defaults(**{action.dest: _value(action, value, f"{key} in {path}")})
    for name in actions.keys() & outside.keys() - {"config"}:
        parser.set_defaults(**{name: _value(actions[name], outside[name], f"MUJAZ_{name.upper()}")})


def _named(argv: Sequence[str]) -> str:
    """The file that ``--config`` names; "" without."""
    finder = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    finder.add_argument("--config", default="")
    return str(finder.parse_known_args(list(argv))[0].config)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise ConfigError(
            expected="a TOML file of settings", got=f"{path} ({reason})", hint="see docs/service.md"
        ) from error


def _value(action: argparse.Action, value: object, where: str) -> object:
    """``value`` as the flag would have read it."""
    if action.nargs == 0:
        said = str(value).lower()
        if said not in (*_TRUE, *_FALSE):
            raise ConfigError(expected="true or false", got=f"{value!r} for {where}", hint="use one of the two")
        return said in _TRUE
    many = isinstance(action, argparse._AppendAction)
    if many:
        listed = value if isinstance(value, list) else str(value).split(",")
        return [_one(action, str(one).strip(), where) for one in listed if str(one).strip()]
    if isinstance(value, (list, dict, bool)):
        raise ConfigError(expected="one value", got=f"{value!r} for {where}", hint="give it as the flag takes it")
    return _one(action, str(value), where)


def _one(action: argparse.Action, value: str, where: str) -> object:
    try:
        found = action.type(value) if callable(action.type) else value
    except (argparse.ArgumentTypeError, ValueError) as error:
        said = str(error).removeprefix("expected ").partition("; got")[0]
        raise ConfigError(expected=said, got=f"{value!r} for {where}", hint="see `mujaz serve --help`") from error
    if action.choices and found not in action.choices:
        raise UnknownName(f"value for {where}", value, map(str, action.choices))
    return found
