"""All that a model offers for articles, to be labelled: lines and sentences as they stand.

    python -m training.acceptance.offers --articles FILE --out FILE

FILE has a JSON object a line, ``id`` and ``sentences``. Written are lines in the format of ``labels/candidates.jsonl``
but for the labels, and which sentences bullets were ``asked`` about; what a veto stops is not among them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.article.read import read_text
from summarizer.backends.base import Backend, editor_of, load_backend
from summarizer.backends.editor import Editing
from summarizer.config import BriefOptions
from summarizer.desk import Desk, Written
from summarizer.editing import drafted
from summarizer.errors import BackendError
from summarizer.plan import plan_for
from summarizer.schema import Task
from training.command import guarded
from training.corpora.annotated.lines import read_rows, text, texts

_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Unread:
    """An article that nothing is labelled of."""

    id: str
    sentences: tuple[str, ...]


def read_articles(path: Path) -> list[Unread]:
    """The articles of a file of ``id`` and ``sentences``; ``DataError`` names what is wrong with it."""
    rows = read_rows(
        path, lambda row: Unread(text(row, "id"), texts(row, "sentences")), None, {"an id": lambda row: row.id}
    )
    return list(rows.checked())


def editing(backend: Backend) -> Editing:
    """What ``backend`` edits with; ``BackendError`` for one that does not edit."""
    if (editor := editor_of(backend)) is None:
        raise BackendError(expected="a model that edits", got=backend.name, hint="take embedded, or one like it")
    return editor


def offers(articles: Sequence[Unread], backend: Backend) -> Iterator[dict[str, Any]]:
    """A record an article, some articles at a time; ``BackendError`` for a backend that does not edit."""
    editor = editing(backend)
    for start in range(0, len(articles), _AT_ONCE):
        chunk = articles[start : start + _AT_ONCE]
        plans = [plan_for(read_text("\n".join(one.sentences)), backend, BriefOptions()) for one in chunk]
        for article, desk in zip(chunk, drafted(plans, editor), strict=True):
            yield _record(article.id, desk)


def _record(article: str, desk: Desk) -> dict[str, Any]:
    sentences = [one.text for one in desk.sentences]
    asked = [place for task, place in desk.asked if task is Task.BULLET]
    return {
        "id": article,
        "sentences": sentences,
        "asked": asked,
        "candidates": [_candidate(one) for one in desk.drafts],
    }


def _candidate(one: Written) -> dict[str, Any]:
    said = one.statement
    known = {"slot": said.task.value, "text": said.text, "sentence": one.sentence}
    log_probs = [round(value, 3) for value in one.log_probs]
    return {**known, "score": round(said.score, 4), "rank": 0, "log_probs": log_probs}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.acceptance.offers", description="What a model offers, for labels.")
    parser.add_argument("--articles", type=Path, required=True, help="JSON Lines with id and sentences")
    parser.add_argument("--backend", default="embedded", help="a backend or folder (default: embedded)")
    parser.add_argument("--out", type=Path, required=True, help="JSON Lines to write")
    options = parser.parse_args(arguments)

    def run() -> None:
        articles = read_articles(options.articles)
        with options.out.open("w", encoding="utf-8") as lines:
            for number, record in enumerate(offers(articles, load_backend(options.backend)), start=1):
                lines.write(json.dumps(record, ensure_ascii=False) + "\n")
                lines.flush()
                print(f"{number} of {len(articles)}", file=sys.stderr)

    return guarded(run)


if __name__ == "__main__":
    sys.exit(main())
