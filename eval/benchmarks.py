"""The table of named test sets, each with its licence, its tasks and the digest it is known by.

To add one: one line in ``BENCHMARKS``, one test. Any JSONL file of the same columns (``id body`` and ``title``,
``abstract`` or ``standfirst``, ``bullets`` or ``summaries``) can be named by its path instead.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from eval.hub import WIKILINGUA_ARABIC, XLSUM_ARABIC, HubSource, read_hub
from eval.rows import Line, id_field, read_lines, refuse_twice, text_field, texts_field
from summarizer.config import InputLimits, data_dir
from summarizer.errors import ConfigError, DataError, NotArabic, UnknownName
from summarizer.schema import Task

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

#: Columns a task's references may stand in, first come first served. ``summaries`` are alternatives of each other;
#: ``bullets`` are the lines of one reference.
_COLUMNS: dict[Task, tuple[str, ...]] = {
    Task.STANDFIRST: ("abstract", "standfirst"),
    Task.HEADLINE: ("title", "headline"),
    Task.BULLET: ("summaries", "bullets"),
}


@dataclass(frozen=True, slots=True)
class Spec:
    """One line of the table. ``file`` is under the data folder; ``digest`` is that of the version we know."""

    licence: str
    tasks: tuple[Task, ...]
    file: str = ""
    hub: HubSource | None = None
    digest: str = ""
    note: str = ""


_UNSTATED = "none stated: the publisher's, for measuring only"

BENCHMARKS: dict[str, Spec] = {
    "bbc-2018h2": Spec(_UNSTATED, (Task.STANDFIRST, Task.HEADLINE), "bbc-2018h2.jsonl"),
    "xlsum-sample": Spec(
        "CC BY-NC-SA 4.0",
        (Task.STANDFIRST, Task.HEADLINE),
        "xlsum-sample.jsonl",
        note="the lead is not in the body: XL-Sum's summaries were cut out of the text",
    ),
    "easc": Spec("none stated; free for research", (Task.BULLET,), "easc.jsonl", note="five human extracts an article"),
    "argen-headlines": Spec(_UNSTATED, (Task.HEADLINE,), "argen-headlines.jsonl"),
    "marsum-darija": Spec("CC BY 4.0", (Task.HEADLINE,), "marsum-darija.jsonl", note="Moroccan Darija"),
    "xlsum-arabic": Spec("CC BY-NC-SA 4.0", (Task.STANDFIRST, Task.HEADLINE), hub=XLSUM_ARABIC),
    "wikilingua-arabic": Spec("CC BY-NC-SA 3.0", (Task.BULLET,), hub=WIKILINGUA_ARABIC, note="wikiHow, not news"),
    "seeds": Spec("see seeds/", (Task.STANDFIRST, Task.HEADLINE, Task.BULLET)),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a benchmark and what editors wrote about it. ``place`` says where it was read."""

    id: str
    body: str
    references: tuple[str, ...]
    title: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A test set for one task.

    ``ids`` are those of the whole set, before ``limit`` and before the rows that ``excluded`` counts by reason were
    left out; ``digest`` is of the whole set too. ``path`` is empty for a named benchmark.
    """

    name: str
    task: Task
    rows: tuple[Row, ...]
    ids: frozenset[str]
    digest: str
    licence: str
    known_digest: bool = False
    path: str = ""
    limit: int | None = None
    excluded: Mapping[str, int] = field(default_factory=dict)

    def first(self, count: int | None) -> Benchmark:
        """The same with at most ``count`` rows (all when None)."""
        return self if count is None else replace(self, rows=self.rows[:count], limit=count)


def load_benchmark(name: str, task: Task | None = None, data: Path | None = None, hub_copy: str = "") -> Benchmark:
    """The benchmark of that name or path, ready for ``task`` (its first one when None).

    ``data`` is the folder of the corpora (``MUJAZ_DATA`` when None), ``hub_copy`` a folder to read in place of the
    hub. ``UnknownName`` for a name that is neither, ``DataError`` for a file that cannot be used, ``ConfigError`` for
    a task it has no references for.
    """
    path = Path(name)
    by_path = name not in BENCHMARKS and (path.exists() or path.suffix == ".jsonl")
    known_as = path.stem if by_path else name
    if not by_path and name not in BENCHMARKS:
        raise UnknownName("benchmark, or a path to a .jsonl file", name, BENCHMARKS)
    spec = BENCHMARKS.get(known_as, Spec("not stated", ()))
    lines = _lines(path if by_path else None, known_as, spec, data, hub_copy)
    digest = digest_of(line.fields for line in lines)
    task = task or _first_task(spec, lines)
    rows, excluded = _rows(lines, task)
    if not rows:
        raise ConfigError(
            expected=f"references for the task {task}",
            got=f"{name}: {_reasons(excluded)}",
            hint=f"columns there: {', '.join(sorted(lines[0].fields))}",
        )
    return Benchmark(
        known_as,
        task,
        rows,
        frozenset(id_field(line) for line in lines),
        digest,
        spec.licence,
        known_digest=digest == spec.digest,
        path=name if by_path else "",
        excluded=excluded,
    )


def digest_of(rows: Iterable[Mapping[str, object]]) -> str:
    """SHA-256 of the rows in order, each as JSON with sorted keys: the same for a file and for a copy on the hub."""
    found = hashlib.sha256()
    for row in rows:
        found.update(json.dumps(row, ensure_ascii=True, sort_keys=True).encode() + b"\n")
    return found.hexdigest()


def _lines(path: Path | None, name: str, spec: Spec, data: Path | None, hub_copy: str) -> list[Line]:
    """The raw rows, from wherever this benchmark lives."""
    if name == "seeds" and path is None:
        return list(_seed_lines(SEEDS))
    if path is not None:
        return list(_seed_lines(path)) if path.is_dir() else read_lines(path)
    if spec.hub is not None:
        return read_hub(spec.hub, hub_copy)
    return read_lines(_named_file(spec.file, data or data_dir()))


def _named_file(file: str, data: Path | None) -> Path:
    """Where a named file is: in the data folder, or in its ``benchmarks``."""
    if data is None:
        raise DataError(
            expected="the folder of the corpora", got="none", hint="pass --data DIR, set MUJAZ_DATA, or name a path"
        )
    inside = data / "benchmarks" / file
    return inside if inside.exists() else data / file


def _seed_lines(folder: Path) -> Iterator[Line]:
    """Articles in the layout of ``seeds/``, one file each."""
    from summarizer.article.read import read_path

    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise DataError(expected="articles (*.txt)", got=f"{folder}: none", hint="check the folder")
    for path in paths:
        article = read_path(path)
        bullets = list(article.bullets)
        fields = {"id": path.stem, "body": article.body, "title": article.title, "bullets": bullets}
        yield Line(str(path), {**fields, "standfirst": article.standfirst})


def _first_task(spec: Spec, lines: list[Line]) -> Task:
    """The table's first task, or for a foreign file the first that any row has references for."""
    if spec.tasks:
        return spec.tasks[0]
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


def _rows(lines: list[Line], task: Task) -> tuple[tuple[Row, ...], dict[str, int]]:
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


def _reasons(excluded: Mapping[str, int]) -> str:
    return ", ".join(f"{count} rows with {reason}" for reason, count in excluded.items()) or "no rows"
