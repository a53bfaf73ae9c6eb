"""The flags that say how a brief should be, for every command that writes some."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import get_args

from summarizer.config import BriefOptions, EditorialLimits, Style
from summarizer.service.settings import MAX_BULLETS

BULLET_WORDS = (6, 40)
"""The fewest and most words that a reader may allow a bullet: below six no news is left."""


def add_shape(parser: argparse.ArgumentParser) -> None:
    """``--bullets``, ``--max-bullet-words`` and ``--style``."""
    least, most = BULLET_WORDS
    add = parser.add_argument
    add("--bullets", type=whole(0, MAX_BULLETS), metavar="N", help=f"0-{MAX_BULLETS}; 3-5 by length when not given")
    add("--max-bullet-words", type=whole(least, most), metavar="N", help=_WORDS_HELP)
    add("--style", choices=get_args(Style), default="news", help=_STYLE_HELP)


_WORDS_HELP = f"{BULLET_WORDS[0]}-{BULLET_WORDS[1]}: no bullet is longer, not even one lifted from the article"
_STYLE_HELP = (
    "news: as headlines, without full stops (the default); plain: whole sentences with their full stop, digits 0-9"
)


def options_of(arguments: argparse.Namespace) -> BriefOptions:
    """The options that those flags ask for."""
    limits = EditorialLimits(max_asked_bullet_words=arguments.max_bullet_words)
    return BriefOptions(bullets=arguments.bullets, style=arguments.style, limits=limits)


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number from ``least`` to ``most``, for ``argparse``."""

    def parse(value: str) -> int:
        try:
            number = int(value)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"expected a whole number from {least} to {most}; got {value!r}")
        return number

    return parse
