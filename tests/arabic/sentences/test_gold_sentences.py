"""The splitter against hand-labelled sentences: boundary F1, the ends of lines not counted."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from summarizer.arabic.sentences.split import split_sentences
from summarizer.arabic.text.charsets import INVISIBLE

GOLD = Path(__file__).with_name("gold_sentences.txt")
KNOWN_MISSES = ("اشترى هاتفا جديدا من Nokia!", "صمت الرجل طويلا...")
"""A stop behind a Latin name, an ellipsis that ends a sentence: nothing on the page tells them from a pause."""

MIN_SENTENCES, MIN_BOUNDARIES, MIN_F1 = 120, 100, 0.98


class Labelled(NamedTuple):
    phenomenon: str
    text: str
    boundaries: frozenset[int]


def visible_end(text: str, offset: int) -> int:
    """``offset`` moved back over white space and direction marks: both sides may draw the line differently there."""
    while offset > 0 and (text[offset - 1].isspace() or text[offset - 1] in INVISIBLE):
        offset -= 1
    return offset


def read_gold() -> list[Labelled]:
    rows, phenomenon = [], ""
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            phenomenon = line.removeprefix("## ")
        elif line and not line.startswith("#"):
            rows.append(read_line(phenomenon, line))
    return rows


def read_line(phenomenon: str, line: str) -> Labelled:
    pieces = line.split("‖")
    text, at, boundaries = "".join(pieces), 0, set()
    for piece in pieces[:-1]:
        at += len(piece)
        boundaries.add(visible_end(text, at))
    return Labelled(phenomenon, text, frozenset(boundaries) - {visible_end(text, len(text))})


def found_boundaries(text: str) -> frozenset[int]:
    ends = {visible_end(text, span.end) for span in split_sentences(text)}
    return frozenset(ends) - {visible_end(text, len(text))}


def test_boundary_f1_on_hand_labelled_sentences() -> None:
    rows = read_gold()
    right = wrong = missed = 0
    errors = []
    for row in rows:
        found = found_boundaries(row.text)
        right += len(found & row.boundaries)
        wrong += len(found - row.boundaries)
        missed += len(row.boundaries - found)
        errors += [
            f"{row.phenomenon}: {row.text[at - 20 : at]} ⏎{row.text[at : at + 20]}" for at in found ^ row.boundaries
        ]
    f1 = 2 * right / (2 * right + wrong + missed)
    sentences = sum(len(row.boundaries) + 1 for row in rows)
    assert sentences >= MIN_SENTENCES
    assert right + missed >= MIN_BOUNDARIES
    assert f1 >= MIN_F1, f"F1 {f1:.3f} over {right + missed} boundaries:\n" + "\n".join(errors)


@pytest.mark.parametrize("row", read_gold(), ids=lambda row: row.text[:24])
def test_each_paragraph(row: Labelled) -> None:
    missed = row.boundaries if row.text.startswith(KNOWN_MISSES) else frozenset()
    assert found_boundaries(row.text) == row.boundaries - missed


def test_the_gold_covers_the_phenomena_and_a_naive_splitter_fails_it() -> None:
    rows = read_gold()
    assert len({row.phenomenon for row in rows}) >= 20
    right = wrong = missed = 0
    for row in rows:
        naive = {at + 1 for at, char in enumerate(row.text) if char in ".!?؟…"} - {visible_end(row.text, len(row.text))}
        right, wrong = right + len(naive & row.boundaries), wrong + len(naive - row.boundaries)
        missed += len(row.boundaries - naive)
    assert 2 * right / (2 * right + wrong + missed) < 0.8
