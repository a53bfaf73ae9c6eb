"""The table of named test sets, each with its licence, its tasks and the digest it is known by.

To add one: one line in ``BENCHMARKS``, one test. Any JSONL file of the same columns (``id body`` and ``title``,
``abstract`` or ``standfirst``, ``bullets`` or ``summaries``) can be named by its path instead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from eval.benchmarks.briefs import FILE as BRIEFS_FILE
from eval.benchmarks.briefs import NAME as BRIEFS
from eval.benchmarks.briefs import reference_lines
from eval.benchmarks.hub import WIKILINGUA_ARABIC, XLSUM_ARABIC, HubSource, read_hub
from eval.benchmarks.rows import Row, first_task, measurable
from eval.jsonl import Line, id_field, read_lines
from summarizer.config import data_dir
from summarizer.errors import ConfigError, DataError, UnknownName
from summarizer.schema import Task

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

#: Column with an article as it was published, where ``body`` is what our reader made of it: the digest is of that.
_PUBLISHED = "published"


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
    "bbc-2018h2": Spec(
        _UNSTATED,
        (Task.STANDFIRST, Task.HEADLINE),
        "bbc-2018h2.jsonl",
        digest="acddfe743e425f5f7e7faa483a7b2f2a506a4e10bb79d9800085d5cd5982ada1",
    ),
    "xlsum-sample": Spec(
        "CC BY-NC-SA 4.0",
        (Task.STANDFIRST, Task.HEADLINE),
        "xlsum-sample.jsonl",
        digest="09b2ef52565461b427bacee6292034978dffb4e51bdf4be4e4b1e494f229c474",
        note="the lead is not in the body: XL-Sum's summaries were cut out of the text",
    ),
    "easc": Spec(
        "none stated; free for research",
        (Task.BULLET,),
        "easc.jsonl",
        digest="88a8cb85593c95b0f33de33a3248fad673d1f19e6b66d2b76f66168c94cb66cc",
        note="five human extracts an article",
    ),
    "argen-headlines": Spec(
        _UNSTATED,
        (Task.HEADLINE,),
        "argen-headlines.jsonl",
        digest="3953e0da1cd07daaa7950c9d298b7fc84c82da85007f7890db815de046fd9130",
    ),
    "marsum-darija": Spec(
        "CC BY 4.0",
        (Task.HEADLINE,),
        "marsum-darija.jsonl",
        digest="dd110a146dc097ab202d40fe6b0fe01455c34c12b20b484fe3ce61cc318f8722",
        note="Moroccan Darija",
    ),
    "xlsum-arabic": Spec("CC BY-NC-SA 4.0", (Task.STANDFIRST, Task.HEADLINE), hub=XLSUM_ARABIC),
    "wikilingua-arabic": Spec("CC BY-NC-SA 3.0", (Task.BULLET,), hub=WIKILINGUA_ARABIC, note="wikiHow, not news"),
    "briefs-dev": Spec(
        _UNSTATED,
        (Task.HEADLINE, Task.STANDFIRST, Task.BULLET),
        BRIEFS_FILE,
        digest="92ac1f8e061dc37272a57ed38f762b21f71b8dc166f468018103e874deb08df5",
        note="articles of the four above; headline, standfirst and bullets by a language model in an editor's part",
    ),
    "seeds": Spec("see seeds/", (Task.STANDFIRST, Task.HEADLINE, Task.BULLET)),
}


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
    digest = digest_of(line.fields.get(_PUBLISHED, line.fields) for line in lines)
    task = task or (spec.tasks[0] if spec.tasks else first_task(lines))
    rows, excluded = measurable(lines, task)
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
    if name == BRIEFS and path is None:
        return list(reference_lines(data))
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
        fields = {"id": path.stem, "body": article.body, "title": article.title, "standfirst": article.standfirst}
        published = {"id": path.stem, "text": path.read_text(encoding="utf-8")}
        yield Line(str(path), {**fields, "bullets": bullets, _PUBLISHED: published})


def _reasons(excluded: Mapping[str, int]) -> str:
    return ", ".join(f"{count} rows with {reason}" for reason, count in excluded.items()) or "no rows"
