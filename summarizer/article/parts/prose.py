"""The check that a body is prose: verse, tables and bare lists have no sentences to make a brief of.

Asked of lines, before anything is written, and only of texts in which hardly a line ends as a sentence does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.arabic.words import count_words, tokenize
from summarizer.article.parts.lines import ends_sentence
from summarizer.errors import NotProse


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What is no prose. Lengths in words.

    Set to refuse none of 2,001 benchmark articles, nor of 3,600 bodies of the nine training corpora.
    """

    min_lines: int = 4
    max_ended_share: float = 0.15
    max_line_words: int = 11
    max_mean_words: float = 8.0
    min_short_share: float = 0.9
    min_cells: int = 3
    max_numbers_share: float = 0.3
    min_rows_share: float = 0.6


_SHAPES = _Shapes()
_CELL_BREAK = re.compile(r"\t|[|│┃]|\s{3,}")


def require_prose(lines: Sequence[str]) -> None:
    """Raise ``NotProse`` when ``lines`` (of a body, no blank ones) are a table, verse or a list of short lines."""
    if len(lines) < _SHAPES.min_lines:
        return
    if any(_is_prose(line) for line in lines):
        return
    if sum(map(is_table_row, lines)) >= _SHAPES.min_rows_share * len(lines):
        raise _refusal("a table", lines)
    if _is_short_lined(lines):
        raise _refusal("short lines without a full stop, as of verse or a list", lines)


def table_rows(lines: Sequence[str]) -> frozenset[int]:
    """Places of the rows of a table among prose; none for a row or two, or when there is no prose."""
    rows = frozenset(place for place, line in enumerate(lines) if is_table_row(line))
    return rows if len(rows) >= _SHAPES.min_lines - 1 and any(map(_is_prose, lines)) else frozenset()


def _is_prose(line: str) -> bool:
    return ends_sentence(line) and count_words(line) > _SHAPES.max_line_words


def is_table_row(line: str) -> bool:
    """True when a line is cells beside each other, or mostly numbers, and does not end as a sentence does."""
    if ends_sentence(line):
        return False
    cells = [cell for cell in _CELL_BREAK.split(line.strip()) if cell.strip()]
    words = tokenize(line)
    numbers = sum(word.text[0].isdigit() for word in words)
    return len(cells) >= _SHAPES.min_cells or (
        len(words) >= _SHAPES.min_cells and numbers > _SHAPES.max_numbers_share * len(words) + 1
    )


def _is_short_lined(lines: Sequence[str]) -> bool:
    ended = sum(map(ends_sentence, lines))
    words = [count_words(line) for line in lines]
    short = sum(count <= _SHAPES.max_line_words for count in words)
    return (
        ended <= _SHAPES.max_ended_share * len(lines)
        and short >= _SHAPES.min_short_share * len(lines)
        and sum(words) <= _SHAPES.max_mean_words * len(lines)
    )


def _refusal(found: str, lines: Sequence[str]) -> NotProse:
    return NotProse(
        expected="an article in sentences",
        got=f"{found}: {len(lines)} lines",
        hint="give the text that goes with it; verse, tables and lists are not shortened",
    )
