"""Outputs put beside their references. Nothing is dropped in silence and nothing missing is scored 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.benchmarks.rows import is_arabic
from eval.benchmarks.table import Benchmark
from eval.metrics.base import Item
from eval.systems.outputs import Output
from summarizer.errors import DataError

_MAX_FOREIGN_SHARE = 0.5
"""Above this share of outputs in another language the file is taken to be the wrong one."""

FOREIGN = "not in Arabic, scored as they are"


@dataclass(frozen=True, slots=True)
class Pairing:
    """What can be scored; how many rows could not, by reason; and what else a reader must know, counted."""

    items: tuple[Item, ...]
    excluded: Mapping[str, int]
    noted: Mapping[str, int]


def pair(system: str, benchmark: Benchmark, outputs: Mapping[str, Output], *, strict: bool) -> Pairing:
    """The items of ``system`` for the rows of ``benchmark``.

    ``strict`` (for outputs made elsewhere) makes a missing or empty output, or one for an id that the benchmark does
    not have, a ``DataError`` that names it; otherwise each is counted. An output in another language,
    or without a word, is the system's own failure: it is scored, and counted in ``noted``; a system that writes mostly
    in another language is refused.
    """
    rows = [row for row in benchmark.rows if row.id in outputs]
    usable = {row.id: outputs[row.id] for row in rows if outputs[row.id].text}
    missing = [row.id for row in benchmark.rows if row.id not in outputs]
    empty = [outputs[row.id] for row in rows if row.id not in usable]
    unknown = [outputs[key] for key in sorted(outputs.keys() - benchmark.ids)]
    if strict:
        _refuse(system, len(benchmark.rows), missing, empty, unknown)
    foreign = _foreign(system, list(usable.values()))
    if not usable:
        raise DataError(
            expected=f"at least one output of {system!r} for the benchmark",
            got=f"{len(outputs)} outputs, {len(empty)} of them empty, {len(unknown)} for other ids",
            hint=next((f"the first reason: {output.error}" for output in empty if output.error), "check the ids"),
        )
    items = tuple(Item(row.id, usable[row.id].text, row.references, row.body) for row in rows if row.id in usable)
    excluded = {"missing": len(missing), "empty or failed": len(empty), "not in the benchmark": len(unknown)}
    return Pairing(items, _positive(excluded), _positive({FOREIGN: foreign}))


def _refuse(
    system: str, articles: int, missing: Sequence[str], empty: Sequence[Output], unknown: Sequence[Output]
) -> None:
    """Raise for the first kind of row that keeps the outputs from being complete."""
    hint = "complete the file, or pass --exclude-bad to leave such rows out, counted"
    expected = f"an output of {system!r} for each of the {articles} articles"
    if missing:
        raise DataError(expected=expected, got=f"none for {_some(missing)}", hint=hint)
    if empty:
        places = [f"{output.place or system} ({output.id})" for output in empty]
        raise DataError(expected=expected, got=f"an empty one in {_some(places)}", hint=hint)
    if unknown:
        places = [f"{output.place} ({output.id})" for output in unknown]
        raise DataError(
            expected=f"outputs of {system!r} for articles of the benchmark only", got=_some(places), hint=hint
        )


def _foreign(system: str, outputs: Sequence[Output]) -> int:
    """How many outputs are in another language; ``DataError`` when most are."""
    foreign = [output for output in outputs if not is_arabic(output.text)]
    if len(foreign) > _MAX_FOREIGN_SHARE * len(outputs):
        first = foreign[0]
        raise DataError(
            expected=f"outputs of {system!r} in Arabic",
            got=f"{len(foreign)} of {len(outputs)} in another language, first {first.place or first.id}",
            hint="this is the wrong file, or the system was asked in the wrong language",
        )
    return len(foreign)


def _positive(counts: Mapping[str, int]) -> dict[str, int]:
    return {reason: count for reason, count in counts.items() if count}


def _some(names: Sequence[str], shown: int = 3) -> str:
    rest = f" and {len(names) - shown} more" if len(names) > shown else ""
    return f"{', '.join(names[:shown])}{rest}"
