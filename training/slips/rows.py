"""Doubted words with their features, to be labelled.

    python -m training.slips.rows --articles FILE --out FILE [--read FILE]

FILE has a JSON object a line, ``id`` and ``sentences``. A row of ``--out`` is one form that may be meant: the word, the
form and its features, no article text. ``--read`` is for the reader: each word that the model finds less likely than
such a form, in its surroundings, with at most two of these.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from summarizer.arabic.spelling import mend_spelling
from summarizer.backends.base import Backend, editor_of, load_backend
from summarizer.backends.editor import Editing
from summarizer.briefing.slips import Doubt, doubts, features
from summarizer.errors import BackendError
from training.acceptance.offers import read_articles
from training.command import guarded

_OFFERED = 2
_LEAST_GAIN = 1.5
"""Of a form that the reader is shown: below it, it is taken to be wrong."""
Row = dict[str, Any]


def rows_of(doubt: Doubt, likely: Sequence[tuple[float, float]], article: str) -> list[Row]:
    """A row for each form that may be meant, the most likely first."""
    about = {"id": article, "place": doubt.place, "start": doubt.span.start, "word": doubt.word}
    found = [
        {**about, "meant": meant.word, **{name: round(value, 3) for name, value in row.items()}}
        for meant, row in zip(doubt.meant, features(doubt, likely), strict=True)
    ]
    return sorted(found, key=lambda row: -row["gain"])


def shown(doubt: Doubt, sentence: str, rows: Sequence[Row]) -> Row | None:
    """What the reader sees of a doubt, or None."""
    offered = [row["meant"] for row in rows[:_OFFERED] if row["gain"] > _LEAST_GAIN]
    context = f"{doubt.before} [[{doubt.word}]]{sentence[doubt.span.end :][:120]}"
    return {"context": context, "word": doubt.word, "offered": offered} if offered else None


def editor_with(backend: Backend) -> Editing:
    """What ``backend`` edits with; ``BackendError`` for one that does not edit."""
    if (editor := editor_of(backend)) is None:
        raise BackendError(expected="a model that edits", got=backend.name, hint="take embedded, or one like it")
    return editor


def read_doubts(path: Path, editor: Editing) -> Iterator[tuple[list[Row], Row | None]]:
    """The rows of each doubted word of the articles of ``path``, and what is shown of it."""
    for article in read_articles(path):
        sentences = [mend_spelling(one).text for one in article.sentences]
        found = list(doubts(sentences))
        told = editor.likelihoods([(one.before, one.words, one.behind) for one in found])
        for doubt, likely in zip(found, told, strict=True):
            rows = rows_of(doubt, likely, article.id)
            yield rows, shown(doubt, sentences[doubt.place], rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.slips.rows", description="Words that may be slips, for labels.")
    parser.add_argument("--articles", type=Path, required=True, help="JSON Lines with id and sentences")
    parser.add_argument("--backend", default="embedded", help="a backend or folder (default: embedded)")
    parser.add_argument("--out", type=Path, required=True, help="JSON Lines to write: a row a form")
    parser.add_argument("--read", type=Path, help="JSON Lines to write: what a reader labels")
    options = parser.parse_args(arguments)

    def run() -> None:
        found = list(read_doubts(options.articles, editor_with(load_backend(options.backend))))
        _write(options.out, [row for rows, _ in found for row in rows])
        if options.read:
            _write(options.read, [{"n": n, **one} for n, (_, one) in enumerate(found) if one])

    return guarded(run)


def _write(path: Path, rows: Sequence[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
