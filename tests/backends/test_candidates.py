"""Hypotheses become readable text in whole sentences, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.arabic.words import count_words
from summarizer.backends.candidates import is_whole, make_candidates, readings
from summarizer.backends.engines.base import Hypothesis

ONE = "وصل الوفد إلى العاصمة."
TWO = "وصل الوفد إلى العاصمة. وغادرها بعد يومين."


@pytest.mark.parametrize(
    ("raw", "ended", "max_words", "expected"),
    [
        (" " + ONE, True, 14, (ONE,)),
        ("وصل الوفد إلى العاصمة", True, 14, ("وصل الوفد إلى العاصمة",)),
        # Not ended: a text without a final mark was cut.
        ("وصل الوفد إلى العا", False, 14, ()),
        (ONE, False, 14, (ONE,)),
        (ONE + " وغادرها بعد", False, 14, (ONE,)),
        ("هل وصل الوفد؟ نعم", False, 14, ("هل وصل الوفد؟",)),
        ("قال «وصل الوفد.»", False, 14, ("قال «وصل الوفد.»",)),
        # Several sentences: all that fit, then the first alone; a first one that is too long stays whole.
        (TWO, True, 14, (TWO, ONE)),
        (TWO, True, 5, (ONE,)),
        (TWO, True, 2, (ONE,)),
        ("", True, 14, ()),
        ("  \n ", True, 14, ()),
        ("خبر \ufffd مكسور", True, 14, ()),
        ("وصل  الوفد\nأمس", True, 14, ("وصل الوفد أمس",)),
        # Direction marks and zero width characters are not printed.
        ("وصل\u200f الوفد\u200b أمس", True, 14, ("وصل الوفد أمس",)),
    ],
)
def test_readings(raw: str, ended: bool, max_words: int, expected: tuple[str, ...]) -> None:
    assert readings(raw, ended, max_words) == expected


@given(st.text(alphabet="ابتثجح .؟!«»\n،", max_size=80), st.booleans(), st.integers(1, 20))
def test_readings_never_end_in_mid_sentence(raw: str, ended: bool, max_words: int) -> None:
    texts = readings(raw, ended, max_words)
    whole = " ".join(raw.split())
    for text in texts:
        assert whole.startswith(text)
        assert text == whole if ended and len(text) == len(whole) else True
        assert ended or is_whole(text)
    assert len(texts) < 2 or count_words(texts[0]) <= max_words


def test_best_first_each_text_once_and_scores_are_at_most_zero() -> None:
    words = {1: "أ", 2: "وصل الوفد أمس", 3: "غادر الوفد أمس"}
    hypotheses = [
        Hypothesis((3,), -2.0, True),
        Hypothesis((2,), 1e-7, True),
        Hypothesis((2,), -3.0, True),
        Hypothesis((1,), -0.5, False),
    ]
    found = make_candidates(hypotheses, lambda ids: words[ids[0]], 14, "causal")
    assert [(candidate.text, candidate.score) for candidate in found] == [
        ("وصل الوفد أمس", 0.0),
        ("غادر الوفد أمس", -2.0),
    ]
    assert all(candidate.method == "causal" and not candidate.spans for candidate in found)
