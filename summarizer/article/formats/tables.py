"""Tables of articles: CSV and its kin (tabs, semicolons), a record a row under the names of the first row.

What parts the cells is read off the first row. A row whose cells do not fit under it, or whose quotation mark is never
closed, is a fault of its own: what follows is read on from the next line, so that no row disappears into another.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from summarizer.article.formats.records import FIELDS, known_as, read_record
from summarizer.config import InputLimits
from summarizer.errors import EmptyInput, ManyArticles, UnreadableInput
from summarizer.notices import Notice
from summarizer.schema import Article

_PARTERS = "\t;,|"
_SEP_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)
"""The line that Excel writes above a table to say what parts its cells."""
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_MAX_NAME_CHARS = 60
_HEAD_LINES = 50
_BODIES = frozenset(map(known_as, FIELDS["body"]))


class TableRow(NamedTuple):
    """One row below the names: its number from 1, and either a record or what is wrong with it."""

    number: int
    record: dict[str, str] | None = None
    fault: str = ""


class _TooLong(Exception):
    """A row beyond the limit."""


class Lines:
    """The lines of a file with their ends (None for one that is too long to hold), of which some may be given back."""

    def __init__(self, lines: Iterable[str | None]) -> None:
        self._rest = iter(lines)
        self._back: deque[str | None] = deque()

    def __iter__(self) -> Iterator[str | None]:
        while self._back or (line := next(self._rest, self)) is not self:
            yield self._back.popleft() if self._back else line  # type: ignore[misc]

    def give_back(self, lines: Sequence[str | None]) -> None:
        """Lines that were taken and are to be read again, in order."""
        self._back.extendleft(reversed(lines))

    def ahead(self, count: int) -> list[str]:
        """The next lines, at most ``count``, without taking them."""
        taken = [line for line, _ in zip(self, range(count), strict=False)]
        self.give_back(taken)
        return [line for line in taken if line]


def looks_like_table(text: str) -> bool:
    """True when the first line of ``text`` names columns, one of them as a body of articles is named."""
    lines = text[:10_000].lstrip("\ufeff\r\n").split("\n", 2)
    first = lines[1] if _SEP_LINE.fullmatch(lines[0]) and len(lines) > 1 else lines[0]
    names = _cells(first, _parter(first))
    known = any(known_as(name) in _BODIES for name in names)
    return len(names) > 1 and known and all(len(name) <= _MAX_NAME_CHARS for name in names)


def column_names(lines: Lines) -> tuple[str, tuple[str, ...]]:
    """What parts the cells, and the names in the first row, which is taken.

    ``UnreadableInput`` when none of them names a column of articles, ``EmptyInput`` when there is no row at all.
    """
    told = ""
    for line in lines:
        text = (line or "").strip("\ufeff\r\n")
        if not told and (match := _SEP_LINE.fullmatch(text)):
            told = match[1]
        elif text.strip():
            parter = told or _parter(text)
            return parter, _checked(tuple(name.strip() for name in _cells(text, parter)))
    raise EmptyInput(expected="a table of articles", got="no rows", hint="check the file")


def table_rows(lines: Lines, max_chars: int) -> Iterator[TableRow]:
    """The rows of a table, empty ones passed over but counted. Raises as :func:`column_names` does, before the first.

    Never holds more than ``max_chars`` of a row.
    """
    csv.field_size_limit(max(csv.field_size_limit(), max_chars))
    parter, names = column_names(lines)
    tabs = [line.count("\t") for line in lines.ahead(_HEAD_LINES)] if parter == "\t" else [-1]
    by_line = all(count == len(names) - 1 for count in tabs)
    number = 0
    while (found := _row(lines, parter, by_line, max_chars)) is not None:
        cells, fault = found
        number += 1
        if not fault and not any(cell.strip() for cell in cells):
            continue
        if not fault and (len(cells) < len(names) or any(cell.strip() for cell in cells[len(names) :])):
            fault = f"{len(cells):,} cells where the first row has {len(names):,}"
        yield TableRow(number, fault=fault) if fault else TableRow(number, dict(zip(names, cells, strict=False)))


def read_table(text: str, limits: InputLimits, warnings: tuple[Notice, ...] = ()) -> Article:
    """The article of a table of one row. ``ManyArticles`` for more."""
    rows = list(table_rows(Lines(io.StringIO(text, newline="")), limits.max_chars))
    if not rows:
        raise EmptyInput(expected="an article", got="a table with no rows", hint="check the file")
    if len(rows) > 1:
        raise ManyArticles("a table", len(rows))
    if rows[0].record is None:
        raise UnreadableInput(expected="a row of cells", got=rows[0].fault, hint="save the table again as CSV")
    return read_record(rows[0].record, limits, warnings)


def _row(lines: Lines, parter: str, by_line: bool, max_chars: int) -> tuple[list[str], str] | None:
    """The cells of the next row, or what is wrong with it; None at the end."""
    taken: list[str | None] = []
    try:
        if by_line:
            cells = [_unquoted(cell) for line in _fed(lines, taken, max_chars, most=1) for cell in line.split("\t")]
        else:
            cells = next(csv.reader(_fed(lines, taken, max_chars), delimiter=parter, strict=True), [])
    except _TooLong:
        fault = f"a row of more than {max_chars:,} characters"
    except csv.Error as error:
        fault = f"a row that cannot be parted into cells ({error})"
    else:
        return (cells, "") if taken else None
    lines.give_back(taken[1:])
    return [], fault


def _fed(lines: Lines, taken: list[str | None], max_chars: int, most: int = 0) -> Iterator[str]:
    """The lines of one row, as they are asked for; ``taken`` keeps them. ``most`` 0: as many as it takes."""
    size = 0
    for line in lines:
        taken.append(line)
        size += len(line or "")
        if line is None or size > max_chars:
            raise _TooLong
        yield line.rstrip("\r\n") if most else line
        if len(taken) == most:
            return


def _unquoted(cell: str) -> str:
    """A cell without the quotation marks around it, if all of it stands in them."""
    match = _QUOTED.fullmatch(cell)
    return match[1].replace('""', '"') if match else cell


def _checked(names: tuple[str, ...]) -> tuple[str, ...]:
    if any(known_as(name) in _BODIES for name in names):
        return names
    shown = ", ".join(name[:20] for name in names[:6]) + ("…" if len(names) > 6 else "")
    raise UnreadableInput(
        expected=f"a first row that names the columns, the articles' own as one of {', '.join(FIELDS['body'][:4])}",
        got=shown,
        hint="name that column so",
    )


def _parter(line: str) -> str:
    """The one of the usual characters that parts the first row into the most cells."""
    return max(_PARTERS, key=lambda parter: len(_cells(line, parter)))


def _cells(line: str, parter: str) -> list[str]:
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=parter, strict=True), [])
    except csv.Error:
        return line.split(parter)
