"""What a source allows to be written: its words in their forms, and what holds a sentence together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.backends.base import EMBEDDED_MODEL
from summarizer.backends.files.tokens import TextTokenizer
from summarizer.backends.grounding import Grounding

TOKENIZER = TextTokenizer((EMBEDDED_MODEL / "tokenizer.json").read_bytes())
END = TOKENIZER.id_of("<eos>")
GROUNDING = Grounding(TOKENIZER, END)
SOURCE = "أعلنت وزارة الدفاع العراقية استعادة مدينة الموصل من مسلحي التنظيم، وقالت إن المعارك استمرت ثلاثة أشهر."


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        (SOURCE, True),
        ("العراق: استعادة الموصل", True),
        ("الوزارة: معارك استمرت ثلاثة أشهر", True),
        ("الدفاع يؤكد أن المعارك استمرت", True),
        ("«المدينة» في العراق", True),
        ("الجيش التركي", False),
        ("سوريا", False),
        ("واشنطن", False),
        ("1500", False),
        ("الدفاع ينفي", False),
    ],
)
def test_words_of_the_source_in_their_forms_may_be_written(text: str, allowed: bool) -> None:
    ids = set(TOKENIZER.encode(" " + text)[0])
    assert (ids <= set(GROUNDING.allowed(SOURCE).tolist())) is allowed


@given(st.text(max_size=200))
def test_a_source_may_always_be_copied_and_ended(source: str) -> None:
    found = GROUNDING.allowed(source)
    assert {END, *TOKENIZER.encode(" " + source)[0]} <= set(found.tolist())
    assert np.all(np.diff(found) > 0)
    assert len(found) < len(TOKENIZER)
