"""Articles to be judged that have no reference brief: any bodies that nobody has read briefs of yet."""

from __future__ import annotations

from pathlib import Path

from eval.benchmarks.briefs import Reference
from eval.jsonl import Line, id_field, read_lines, text_field
from summarizer.article.read import read_text
from summarizer.errors import DataError, InputError
from training.corpora.annotated.briefs import EditedBrief, Slots

_NOTHING = Slots("", "", ())


def unread(path: Path) -> list[Reference]:
    """The articles of a JSONL file of ``id`` and ``body`` with an empty brief each, in their order.

    ``DataError`` names the line of a body that is missing, and of an id that comes twice.
    """
    found: dict[str, Reference] = {}
    for line in read_lines(path):
        key = id_field(line)
        if key in found:
            raise DataError(expected="every id once", got=f"{line.place}: {key!r} again", hint="leave one of them out")
        found[key] = _reference(key, line)
    return list(found.values())


def _reference(key: str, line: Line) -> Reference:
    body = text_field(line, "body")
    if not body:
        raise DataError(expected="a body", got=f"{line.place}: none", hint="every row needs id and body")
    try:
        article = read_text(body)
    except InputError as error:
        raise DataError(expected=error.expected, got=f"{line.place}: {error.got}", hint=error.hint) from error
    # As they stand in the text, which is where a brief's sources are.
    sentences = tuple(sentence.span.of(article.text) for sentence in article.sentences)
    return Reference(EditedBrief(key, sentences, "", "", (), _NOTHING), body)
