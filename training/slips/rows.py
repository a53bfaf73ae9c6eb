"""Doubted words with their features, to be labelled, and the labels put to them.

    python -m training.slips.rows --articles FILE --out ROWS --read SHEET
    python -m training.slips.rows --rows ROWS --read SHEET --answers ANSWERS --out LABELS

FILE has a JSON object a line, ``id`` and ``sentences``. ROWS is a label file without labels yet (``training.slips.
labelled``): every form that may be meant, and the model's answer about those that it is asked about. SHEET is what a
reader sees by ``labels/RUBRIC.md``: each word that the model finds less likely than another form, in its surroundings,
with at most two of these. ANSWERS has ``{"n", "labels"}`` a line; forms that were not shown are wrong.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from summarizer.backends.base import load_backend
from summarizer.backends.editor import Editing
from summarizer.briefing.slips import Doubt, committed, counted, doubts, features
from summarizer.briefing.vetting import spelt
from summarizer.errors import DataError
from training.acceptance.offers import editing, read_articles
from training.command import guarded
from training.corpora.annotated.lines import read_objects
from training.slips.labelled import About, Labelled, read, write

_OFFERED = 2
_LEAST_GAIN = 1.5
"""Of a form that the reader is shown: below it, it is taken to be wrong."""
_AFTER_CHARS = 120
Rows = list[Labelled]


def rows_of(article: str, doubt: Doubt, asked: Doubt | None, likely: Sequence[tuple[float, float]]) -> Rows:
    """A row for each form that may be meant; those that were ``asked`` about have the model's answer."""
    weighed = {}
    if asked and likely:
        names = set(counted(asked)[0])
        for meant, row in zip(asked.meant, features(asked, likely), strict=True):
            weighed[meant.word] = {name: value for name, value in row.items() if name not in names}
    return [
        Labelled(_about(article, doubt, meant.word), "wrong", row, weighed.get(meant.word, {}))
        for meant, row in zip(doubt.meant, counted(doubt), strict=True)
    ]


def _about(article: str, doubt: Doubt, meant: str) -> About:
    return article, doubt.place, doubt.span.start, doubt.word, meant


def shown(doubt: Doubt, sentence: str, rows: Rows) -> dict[str, Any] | None:
    """What the reader sees of a doubt, or None."""
    likely = sorted((row for row in rows if row.weighed), key=lambda row: -row.weighed["gain"])
    offered = [row.about[4] for row in likely[:_OFFERED] if row.weighed["gain"] > _LEAST_GAIN]
    context = f"{doubt.before} [[{doubt.word}]]{sentence[doubt.span.end :][:_AFTER_CHARS]}"
    return {"context": context, "word": doubt.word, "offered": offered} if offered else None


def read_doubts(path: Path, editor: Editing) -> Iterator[tuple[Rows, dict[str, Any] | None]]:
    """The rows of each doubted word of the articles of ``path``, and what is shown of it."""
    known = committed()
    for article in read_articles(path):
        sentences = [spelt(one, one) for one in article.sentences]
        found = [(doubt, known.worth_asking(doubt)) for doubt in doubts(sentences)]
        told = iter(editor.likelihoods([asked.fork for _, asked in found if asked]))
        for doubt, asked in found:
            rows = rows_of(article.id, doubt, asked, next(told) if asked else ())
            yield rows, shown(doubt, sentences[doubt.place], rows)


def labelled(
    rows: Sequence[Labelled], answers: Sequence[Mapping[str, Any]], sheet: Sequence[Mapping[str, Any]]
) -> Rows:
    """The rows with the reader's labels; ``DataError`` for an answer to nothing that was shown."""
    offered = {one["n"]: one for one in sheet}
    labels: dict[tuple[object, ...], str] = {}
    for answer in answers:
        asked = offered.get(answer["n"])
        if asked is None or len(asked["offered"]) != len(answer["labels"]):
            raise DataError(expected="an answer to each form shown", got=str(answer)[:80], hint="see the sheet")
        labels |= {
            (*asked["at"], meant): label for meant, label in zip(asked["offered"], answer["labels"], strict=True)
        }
    return [replace(row, label=labels.get((*row.doubt, row.about[4]), "wrong")) for row in rows]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.slips.rows", description="Words that may be slips, for labels.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--articles", type=Path, help="JSON Lines with id and sentences")
    what.add_argument("--rows", type=Path, help="what was written before, to be labelled")
    parser.add_argument("--backend", default="embedded", help="a backend or folder (default: embedded)")
    parser.add_argument("--out", type=Path, required=True, help="the rows to write")
    parser.add_argument("--read", type=Path, required=True, help="the sheet of the reader: written, or read")
    parser.add_argument("--answers", type=Path, nargs="*", default=(), help="what the reader answered")
    options = parser.parse_args(arguments)

    def run() -> None:
        if options.rows:
            answers = [one for path in options.answers for one in read_objects(path)]
            write(options.out, labelled(read(options.rows), answers, read_objects(options.read)))
            return
        found = list(read_doubts(options.articles, editing(load_backend(options.backend))))
        write(options.out, [row for rows, _ in found for row in rows])
        sheet = [{"n": n, "at": list(rows[0].doubt), **one} for n, (rows, one) in enumerate(found) if one]
        options.read.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in sheet), encoding="utf-8")

    return guarded(run)


if __name__ == "__main__":
    raise SystemExit(main())
