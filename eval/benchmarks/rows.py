"""Raw rows of a test set made into articles with references; what cannot be measured is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eval.jsonl import Line, id_field, refuse_twice, text_field, texts_field
from summarizer.config import InputLimits
from summarizer.errors import DataError, NotArabic
from summarizer.schema import Task

#: Columns a task's references may stand in, first come first served. ``summaries`` are alternatives of each other;
#: ``bullets`` are the lines of one reference.
_COLUMNS: dict[Task, tuple[str, ...]] = {
    Task.STANDFIRST: ("abstract", "standfirst"),
    Task.HEADLINE: ("title", "headline"),
    Task.BULLET: ("summaries", "bullets"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a benchmark and what editors wrote about it. ``place`` says where it was read."""

    id: str
    body: str
    references: tuple[str, ...]
    title: str = ""
    place: str = ""


def first_task(lines: Sequence[Line]) -> Task:
    """The first task that any row has references for; ``DataError`` when there is none."""
    found = (task for task in _COLUMNS if any(_references(line, task) for line in lines))
    task = next(found, None)
    if task is None:
        wanted = ", ".join(column for columns in _COLUMNS.values() for column in columns)
        raise DataError(
            expected=f"one of the columns {wanted}",
            got=f"{lines[0].place}: {', '.join(sorted(lines[0].fields))}",
            hint="rename the column that holds the references",
        )
    return task


def measurable(lines: Sequence[Line], task: Task) -> tuple[tuple[Row, ...], dict[str, int]]:
    """The rows that can be measured, and how many cannot, by reason."""
    seen: dict[str, str] = {}
    rows: list[Row] = []
    excluded: Counter[str] = Counter()
    for line in lines:
        key = id_field(line)
        refuse_twice(seen, key, line.place)
        row = Row(key, text_field(line, "body"), _references(line, task), text_field(line, "title"), line.place)
        reason = _unusable(row)
        if reason:
            excluded[reason] += 1
        else:
            rows.append(row)
    return tuple(rows), dict(excluded)


def _references(line: Line, task: Task) -> tuple[str, ...]:
    """The references of one row for ``task``; empty when it has none."""
    for column in _COLUMNS[task]:
        texts = texts_field(line, column)
        if texts:
            return ("\n".join(texts),) if column == "bullets" else texts
    return ()


def _unusable(row: Row) -> str:
    """Why a row cannot be measured; empty when it can."""
    if not row.body:
        return "no body"
    if not row.references:
        return "no reference"
    return "" if is_arabic(row.body) else "body not in Arabic"


def is_arabic(text: str) -> bool:
    """Whether the text has words, most of them Arabic, as the article readers judge it; short texts count too."""
    from summarizer.article.language import require_arabic

    try:
        require_arabic(text, InputLimits(min_arabic_letters=1))
    except NotArabic:
        return False
    return True
