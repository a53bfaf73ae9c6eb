"""A reader's labels, read back: whatever does not fit the statements is named, all of it, and nothing is used then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from eval.jsonl import Line, id_field, read_lines, text_field
from eval.reading.rubric import labels_of
from eval.reading.sheets import Asked, Sheet
from summarizer.errors import DataError
from training.corpora.annotated.labels import Label

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Judgement:
    """A label and, unless it is ``ok``, what is wrong in a few words."""

    label: Label
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one reader said of all statements of an article, in their order."""

    id: str
    reader: str
    judgements: tuple[Judgement, ...]


def read_answers(paths: Sequence[Path], sheets: Sequence[Sheet]) -> dict[str, tuple[Answer, ...]]:
    """The answers to each article, in the order of ``paths``: the first counts, further readers are compared with it.

    ``DataError`` that names articles and statements without a label, with two, or that were never asked about, unknown
    labels, a fault without and an ``ok`` with a reason, an answer without ``reader``.
    """
    by_id = {sheet.id: sheet for sheet in sheets}
    found: dict[str, list[Answer]] = {sheet.id: [] for sheet in sheets}
    faults: list[str] = []
    for line in (line for path in paths for line in read_lines(path)):
        key = id_field(line)
        if key not in by_id:
            faults.append(f"{line.place}: {key} was not asked about")
            continue
        answer, wrong = _answer(line, by_id[key])
        if any(answer.reader == one.reader for one in found[key]):
            wrong.append(f"{key} labelled twice by {answer.reader!r}")
        faults += [f"{line.place}: {what}" for what in wrong]
        found[key].append(answer)
    faults += [f"no labels of {key}" for key, answers in found.items() if not answers]
    if faults:
        shown = "; ".join(faults[:_SHOWN]) + ("; …" if len(faults) > _SHOWN else "")
        raise DataError(
            expected="one known label for each statement", got=f"{len(faults)} faults: {shown}", hint="see RUBRIC.md"
        )
    return {key: tuple(answers) for key, answers in found.items()}


def _answer(line: Line, sheet: Sheet) -> tuple[Answer, list[str]]:
    """The answer with what is wrong with it; it is whole only when nothing is."""
    reader, given = text_field(line, "reader"), line.fields.get("labels")
    wrong = [] if reader else [f'no "reader" for {sheet.id}']
    judgements: dict[int, Judgement] = {}
    asked = {one.number: one for one in sheet.statements}
    for entry in given if isinstance(given, list) else [given]:
        number, judgement, what = _judgement(entry, asked)
        if judgement and number in judgements:
            what = f"statement {number} of {sheet.id} labelled twice"
        if what:
            wrong.append(what if sheet.id in what else f"{sheet.id}: {what}")
        if judgement:
            judgements[number] = judgement
    listed = given if isinstance(given, list) else []
    named = {entry[0] for entry in listed if isinstance(entry, list) and entry and isinstance(entry[0], int)}
    wrong += [f"no label for statement {number} of {sheet.id}" for number in asked if number not in named]
    return Answer(sheet.id, reader, tuple(judgements[number] for number in sorted(judgements))), wrong


def _judgement(entry: Any, asked: Mapping[int, Asked]) -> tuple[int, Judgement | None, str]:
    """Number, judgement and fault of ``[number, label]`` or ``[number, label, why]``; one of the two is there."""
    if not isinstance(entry, list) or not 2 <= len(entry) <= 3 or not all(isinstance(one, str) for one in entry[1:]):
        return -1, None, f"{entry!r:.60} is not [number, label, reason]"
    number, label, why = entry[0], entry[1], (entry[2].strip() if len(entry) == 3 else "")
    if not isinstance(number, int) or isinstance(number, bool) or number not in asked:
        return -1, None, f"statement {number!r} was not asked about"
    if label not in get_args(Label):
        return number, None, f"statement {number}: unknown label {label!r}"
    if label not in labels_of(asked[number].slot):
        return number, None, f"statement {number}: {label!r} of a {asked[number].slot}"
    if (label == "ok") == bool(why):
        return number, None, f"statement {number}: {label} with{'' if why else 'out'} a reason"
    return number, Judgement(label, why), ""


def pairs_of(answers: Mapping[str, Sequence[Answer]]) -> Iterator[tuple[str, list[tuple[Label, Label]]]]:
    """Article and the two labels of each of its statements, for each reader after the first."""
    for key, (first, *others) in answers.items():
        for other in others:
            pairs = zip(first.judgements, other.judgements, strict=True)
            yield key, [(one.label, two.label) for one, two in pairs]
