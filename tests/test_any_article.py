"""Texts made of fragments of articles, cut anywhere, with marks around them: a brief or one line of refusal, always.

300 of them here, 10,000 behind the marker ``slow``. No number stands in a brief that its text lacks.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from eval.inputs.exact import faults
from summarizer import Brief, brief
from summarizer.backends.extractive import Extractive
from summarizer.errors import MujazError

_HERE = Path(__file__).parent
_TEXTS = [json.loads(line)["text"] for line in (_HERE / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
_TEXTS += [path.read_text(encoding="utf-8") for path in sorted((_HERE.parent / "seeds").glob("*.txt"))]
_MARKS = (
    *'،؛؟.!:,;-–—«»"“”()[]{}…ـ/\\|*#+@%٪﴿﴾',
    *("\u200f", "\u202b", "\u2067", "\u200b", "\u00ad", "\ufeff", "\u064e", "\u0651", "\u0654", "\u3164"),
    *("و", "ف", "ال", "1", "٢", "3.5", "2014-2015", "في المئة", "\n", "\n\n", "\t", "\u00a0", " و ", " أن ", " قال "),
    *("🔴", "«»", "()", "ﷺ", "ﻻ", "الـ", "و،", "،و", "<p>", "\ud800", "\x00"),
)


def _article(chance: random.Random) -> str:
    paragraphs = [_paragraph(chance) for _ in range(chance.randint(1, 6))]
    return chance.choice(["\n\n", "\n", " "]).join(paragraphs)


def _paragraph(chance: random.Random) -> str:
    text, kind = chance.choice(_TEXTS), chance.random()
    if kind < 0.1:
        return chance.choice(_MARKS) * chance.randint(1, 3)
    if kind < 0.2:
        return chance.choice(text.split())
    start = chance.randrange(len(text))
    piece = text[start : start + chance.randint(1, 600)]
    place = chance.randrange(len(piece) + 1)
    parts = [_marks(chance), piece[:place], _marks(chance), piece[place:], _marks(chance)]
    return "".join(parts)


def _marks(chance: random.Random) -> str:
    size = chance.choice([0, 0, 1, 2, 3])
    return "".join(chance.choice(_MARKS) + chance.choice(["", " "]) for _ in range(size))


def _written(text: str) -> Brief | str:
    """The brief of ``text``, or why it is refused."""
    try:
        return brief(text, Extractive())
    except MujazError as error:
        return str(error)


def _check(seed: int, count: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        text = _article(chance)
        written = _written(text)
        if isinstance(written, str):
            assert "\n" not in written
            continue
        written.to_json()
        written.to_markdown()
        assert faults(written, text) == [], text


def test_300_articles_of_fragments() -> None:
    _check(seed=1, count=300)


@pytest.mark.slow
def test_10000_articles_of_fragments() -> None:
    _check(seed=2, count=10_000)
