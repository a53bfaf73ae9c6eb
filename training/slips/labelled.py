"""Label files of doubted words: features alone, no article text.

The first line has the names of what is counted and of what is weighed; a row is a form that may be meant, ``about``
(article, sentence, start, word, form), its ``label`` and its numbers: those of what is counted, then those of what is
weighed where the model was asked.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.errors import DataError
from training.corpora.annotated.lines import read_objects

LABELS = ("right", "same", "wrong")
About = tuple[str, int, int, str, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A form that may be meant, with its ``label`` and what is ``counted``, and ``weighed`` if the model was asked."""

    about: About
    label: str
    counted: dict[str, float]
    weighed: dict[str, float]

    @property
    def doubt(self) -> tuple[str, int, int]:
        """The doubted word: article, sentence, start."""
        return self.about[:3]

    @property
    def all(self) -> dict[str, float]:
        """All its features."""
        return {**self.counted, **self.weighed}


def write(path: Path, rows: Sequence[Labelled]) -> None:
    """A label file; some rows are weighed."""
    counted = list(rows[0].counted)
    weighed = next((list(row.weighed) for row in rows if row.weighed), [])
    lines: list[Any] = [{"counted": counted, "weighed": weighed}]
    for row in rows:
        values = [int(value) if value == int(value) else round(value, 2) for value in row.all.values()]
        lines.append({"about": list(row.about), "label": row.label, "values": values})
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def read(path: Path) -> list[Labelled]:
    """The rows of a label file; ``DataError`` for one of another format, or with an unknown label."""
    head, *lines = read_objects(path)
    if set(head) != {"counted", "weighed"}:
        raise DataError(expected="names in the first line", got=f"{sorted(head)} in {path}", hint="see training.slips")
    found = []
    for number, line in enumerate(lines, start=2):
        if line["label"] not in LABELS:
            got = f"{line['label']!r} in line {number} of {path}"
            raise DataError(expected=f"a label of {', '.join(LABELS)}", got=got, hint="correct the line")
        values, size = line["values"], len(head["counted"])
        counted = dict(zip(head["counted"], values[:size], strict=True))
        weighed = dict(zip(head["weighed"], values[size:], strict=True)) if values[size:] else {}
        found.append(Labelled(tuple(line["about"]), line["label"], counted, weighed))
    return found
