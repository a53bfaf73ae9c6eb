"""A brief as it was printed, with the sentences each statement stands on; read from a file, written to one.

A row: ``{"id", "headline": {"text"}, "standfirst": {"text"}, "bullets": [{"text", "s": 3}]}``. ``s`` is the index of a
sentence, or a list of them; ``method`` the rung of the ladder. Both may be missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.jsonl import Line, id_field, parse_line, read_lines, refuse_twice, text_field
from summarizer.errors import DataError


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of a brief; ``sentences`` are the indices of those it stands on, empty where the writer does not say."""

    text: str
    sentences: tuple[int, ...] = ()
    method: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A brief; ``seconds`` is the wall clock it took to write, 0 where that is not known."""

    id: str
    headline: Statement
    standfirst: Statement
    bullets: tuple[Statement, ...]
    seconds: float = 0.0

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All of them, the headline first."""
        return (self.headline, self.standfirst, *self.bullets)


def read_printed(path: Path, sizes: Mapping[str, int]) -> dict[str, Printed]:
    """The briefs of ``path`` by id. ``sizes`` has the number of sentences of each article of the benchmark.

    ``DataError`` names file and line for an id that is not of the benchmark or stands twice, a bullet without a word, a
    bullet given twice, and an index that names no sentence.
    """
    found: dict[str, Printed] = {}
    seen: dict[str, str] = {}
    for line in read_lines(path):
        key = id_field(line)
        refuse_twice(seen, key, line.place)
        if key not in sizes:
            raise DataError(
                expected="articles of the benchmark", got=f"{line.place}: {key}", hint="leave other articles out"
            )
        found[key] = _printed(line, key, sizes[key])
    return found


def write_printed(path: Path, briefs: Iterable[Printed]) -> None:
    """Write the briefs, a line each, as :func:`read_printed` reads them."""
    path.write_text("".join(as_json(brief) + "\n" for brief in briefs), encoding="utf-8")


def as_json(brief: Printed) -> str:
    """One brief as a line of JSON."""
    head, standfirst, *bullets = (
        {"text": s.text, "s": list(s.sentences), "method": s.method} for s in brief.statements
    )
    record = {"id": brief.id, "headline": head, "standfirst": standfirst, "bullets": bullets, "seconds": brief.seconds}
    return json.dumps(record, ensure_ascii=False)


def from_json(text: str, place: str, sentences: int) -> Printed:
    """What :func:`as_json` wrote, of an article of so many ``sentences``; ``place`` is for messages. ``DataError``."""
    line = parse_line(place, text.encode())
    return _printed(line, id_field(line), sentences)


def _printed(line: Line, key: str, sentences: int) -> Printed:
    bullets = line.fields.get("bullets", [])
    if not isinstance(bullets, list):
        raise DataError(expected='a list in "bullets"', got=line.place, hint="see eval/briefs/printed.py")
    written = tuple(_statement(line, f"bullets[{i}]", one, sentences) for i, one in enumerate(bullets))
    texts = [one.text for one in written]
    if not all(texts) or len(set(texts)) < len(texts):
        raise DataError(
            expected="bullets with words, each once", got=f"{line.place} ({key})", hint="leave such bullets out"
        )
    head, standfirst = (_statement(line, n, line.fields.get(n), sentences) for n in ("headline", "standfirst"))
    seconds = line.fields.get("seconds", 0.0)
    return Printed(key, head, standfirst, written, float(seconds) if isinstance(seconds, int | float) else 0.0)


def _statement(line: Line, name: str, value: object, sentences: int) -> Statement:
    """A statement from an object, or from a lone text; a missing one is empty."""
    fields = {"text": value} if isinstance(value, str) else value if value is not None else {}
    if not isinstance(fields, dict):
        raise DataError(expected=f'a text or an object in "{name}"', got=line.place, hint="see eval/briefs/printed.py")
    inner = Line(f"{line.place}, {name}", fields)
    return Statement(text_field(inner, "text"), _places(inner, sentences), text_field(inner, "method"))


def _places(line: Line, sentences: int) -> tuple[int, ...]:
    value = line.fields.get("s", [])
    places = value if isinstance(value, list) else [value]
    if not all(isinstance(one, int) and not isinstance(one, bool) and 0 <= one < sentences for one in places):
        raise DataError(
            expected=f"indices of sentences, 0 to {sentences - 1}", got=f"{line.place}: {value}", hint='correct "s"'
        )
    return tuple(sorted(set(places)))
