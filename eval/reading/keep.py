"""Labelled statements kept in the format of ``labels/candidates.jsonl``, for whoever measures acceptance."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.briefs.measures import nearest
from eval.reading.answers import Answer, Judgement
from eval.reading.rubric import graver
from eval.reading.sheets import Asked, Round, Sheet
from summarizer.errors import DataError


def write_kept(path: Path, made: Round, answers: Mapping[str, Sequence[Answer]]) -> str:
    """Write a row an article, by its first reader; what was written, in words.

    ``{"id", "benchmark", "reader", "sentences", "candidates": [{"slot", "text", "sentence", "label", "why"}]}``. What
    two systems say in the same words of the same sentence is kept once, under the graver label. ``DataError`` when
    the file is there already.
    """
    rows, statements, other = [], 0, 0
    for sheet in made.sheets:
        answer = answers[sheet.id][0]
        candidates, unlike = _candidates(sheet, answer)
        head = {"id": sheet.id, "benchmark": made.about["benchmark"], "reader": answer.reader}
        rows.append({**head, "sentences": list(sheet.sentences), "candidates": candidates})
        statements, other = statements + len(candidates), other + unlike
    try:
        with path.open("x", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    except OSError as error:
        raise DataError(
            expected="a new file for the labels", got=f"{path}: {error.strerror}", hint="take another name"
        ) from error
    unlike_note = f", {other} of them labelled in two ways and kept under the graver" if other else ""
    return f"{path}: {statements} statements of {len(rows)} articles{unlike_note}"


def _candidates(sheet: Sheet, answer: Answer) -> tuple[list[dict[str, object]], int]:
    """The different statements of an article, and how many of them had two labels."""
    kept: dict[tuple[str, str, int | None], Judgement] = {}
    unlike = set()
    for asked, said in zip(sheet.statements, answer.judgements, strict=True):
        key = (asked.slot, asked.text, _sentence(asked, sheet))
        before = kept.setdefault(key, said)
        if before.label != said.label:
            unlike.add(key)
            kept[key] = said if graver(before.label, said.label) == said.label else before
    return [_kept(*key, said) for key, said in kept.items()], len(unlike)


def _kept(slot: str, text: str, sentence: int | None, said: Judgement) -> dict[str, object]:
    fields = {"slot": slot, "text": text, "sentence": sentence, "label": said.label, "why": said.why or None}
    return {name: value for name, value in fields.items() if value is not None}


def _sentence(asked: Asked, sheet: Sheet) -> int | None:
    """The sentence a statement stands on: of those that its writer names the nearest; for a bullet always one."""
    places = asked.sentences or (range(len(sheet.sentences)) if asked.slot == "bullet" else ())
    return nearest(asked.text, sheet.sentences, places) if places else None
