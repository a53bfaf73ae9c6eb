"""What a worker of a batch does: a shard of raw rows in, the text of the finished shard out.

A shard's text depends on its rows and on the :class:`Work` alone, not on the process, the order or the day: this is why
an interrupted batch, one of many workers and one on a cluster end in the same bytes. Each line is ``+`` and a brief or
``-`` and a rejected row, as JSON; the last is ``#`` and the :class:`Tally`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from summarizer.article.formats.collection import Row
from summarizer.backends.base import Backend, load_backend
from summarizer.config import BriefOptions, InputLimits
from summarizer.errors import InputError, MujazError
from summarizer.pipeline import briefs
from summarizer.schema import Article, Brief
from summarizer.service.batch.input import RawShard, parse_row

Tick = Callable[[int], None]
"""Told how many rows have just been done."""


@dataclass(frozen=True, slots=True)
class Work:
    """How rows become briefs. ``batch_rows``: articles that are written together."""

    backend: str
    options: BriefOptions
    limits: InputLimits
    batch_rows: int
    keep: tuple[str, ...] = ()
    """Columns of the rows that their briefs carry along."""


@dataclass(slots=True)
class Tally:
    """What a shard, or all of them, came to. ``rungs`` counts statements by ``Statement.method``."""

    rows: int = 0
    briefs: int = 0
    rejected: int = 0
    rungs: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    """Rejected rows by the name of the error."""
    kept: Counter[str] = field(default_factory=Counter)
    """Rows that had each of the columns that are kept."""
    digest: str = ""
    """SHA-256 of the rows read, see :class:`summarizer.service.batch.input.RawShard`."""

    def add(self, other: Tally) -> None:
        """Count ``other`` in."""
        self.rows += other.rows
        self.briefs += other.briefs
        self.rejected += other.rejected
        self.rungs.update(other.rungs)
        self.errors.update(other.errors)
        self.kept.update(other.kept)

    def as_json(self) -> dict[str, Any]:
        """The tally as a JSON object, rungs by name."""
        counts = {"rows": self.rows, "briefs": self.briefs, "rejected": self.rejected}
        tables = {"rungs": self.rungs, "errors": self.errors, "kept": self.kept}
        return {**counts, **{name: dict(sorted(one.items())) for name, one in tables.items()}, "digest": self.digest}

    @staticmethod
    def of_json(value: dict[str, Any]) -> Tally:
        """What :meth:`as_json` gave. ``KeyError`` or ``TypeError`` for anything else."""
        rungs, errors, kept = (Counter(value[name]) for name in ("rungs", "errors", "kept"))
        return Tally(value["rows"], value["briefs"], value["rejected"], rungs, errors, kept, value["digest"])


class DoneShard(NamedTuple):
    """A shard that is ready to be written."""

    number: int
    text: bytes
    rows: int


class Worker:
    """One loaded backend that briefs shard after shard."""

    def __init__(self, work: Work, backend: Backend | None = None) -> None:
        """``backend``: given when it is loaded already."""
        self.work = work
        self.backend = backend or load_backend(work.backend)

    def brief(self, shard: RawShard, tick: Tick = lambda _: None) -> DoneShard:
        """The finished shard. A bad row is a line like any other; only a failing backend or no memory raises."""
        tally = Tally(rows=len(shard.rows), digest=shard.digest)
        lines: list[bytes] = []
        for start in range(0, len(shard.rows), self.work.batch_rows):
            chosen = shard.rows[start : start + self.work.batch_rows]
            lines += self._lines([parse_row(raw, self.work.limits, self.work.keep) for raw in chosen], tally)
            tick(len(chosen))
        lines.append(_line("#", tally.as_json()))
        return DoneShard(shard.number, b"".join(lines), tally.rows)

    def _lines(self, rows: Sequence[Row], tally: Tally) -> list[bytes]:
        """The lines of one batch of rows, in their order."""
        good = [row.article for row in rows if row.article is not None]
        written = iter(self._written(good))
        lines = []
        for row in rows:
            result = next(written) if row.article is not None else row.error
            tally.kept.update(name for name, value in (row.kept or {}).items() if value is not None)
            kept = {} if row.kept is None else {"kept": row.kept}
            if row.article is not None and isinstance(result, Brief):
                lines.append(_line("+", _brief_row(row.id, result, kept)))
                tally.briefs += 1
                tally.rungs.update(one.method for one in result.statements)
            else:
                kind = type(result).__name__
                lines.append(
                    _line("-", {"row": row.number, "id": row.id, "error": kind, "reason": str(result), **kept})
                )
                tally.rejected += 1
                tally.errors[kind] += 1
        return lines

    def _written(self, articles: Sequence[Article]) -> Sequence[Brief | Exception]:
        """A brief for each article, or why there is none: one that fails is found by briefing each alone."""
        if not articles:
            return []
        try:
            return briefs(articles, self.backend, self.work.options)
        except (MemoryError, OSError):
            raise
        except Exception as error:  # a batch goes on, whatever one article does to it
            if isinstance(error, MujazError) and not isinstance(error, InputError):
                raise
            if len(articles) == 1:
                return [_as_reason(error)]
        return [one for article in articles for one in self._written([article])]


def _as_reason(error: Exception) -> Exception:
    """An ``InputError`` as it is; anything else is a fault of ours, and says so."""
    if isinstance(error, InputError):
        return error
    return RuntimeError(f"internal error, please report it: {type(error).__name__}: {error}")


def _brief_row(name: str, brief: Brief, kept: dict[str, Any]) -> dict[str, Any]:
    """``Brief.to_dict()`` between the row's id and what is kept of it, without its time, never twice the same."""
    whole = {"id": name, **brief.to_dict(), **kept}
    del whole["timing_s"]
    return whole


def _line(mark: str, value: dict[str, Any]) -> bytes:
    """One line; a lone surrogate becomes its JSON escape."""
    return (mark + json.dumps(value, ensure_ascii=False) + "\n").encode("utf-8", errors="backslashreplace")
