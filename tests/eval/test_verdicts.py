from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.verdicts import main, table
from summarizer.backends.asks import LABELS
from summarizer.errors import BackendError
from training.corpora.annotated.labels import Judged, JudgedArticle

LINES = tuple(
    Judged("bullet", text, 0, -0.1, 0, label, "", "")
    for text, label in (("أ", "ok"), ("ب", "false"), ("ج", "ok"), ("د", "broken"))
)
ARTICLES = [JudgedArticle("1", ("جملة.",), LINES)]


def test_a_judge_that_knows_and_one_that_does_not() -> None:
    knows = np.array([[one.label == label for label in LABELS] for one in LINES], np.float32)
    even = np.full((len(LINES), len(LABELS)), 1 / len(LABELS), np.float32)
    row = {name: table(ARTICLES, said).splitlines()[-1] for name, said in (("knows", knows), ("even", even))}
    assert row["knows"] == "| bullet | 4 | 1.00 | 1.00 | 1.00 | – | – | – |"
    assert row["even"] == "| bullet | 4 | 0.50 | 0.50 | 0.50 | – | – | – |"


def test_a_backend_that_cannot_be_asked_is_refused(tmp_path: Path) -> None:
    labels = tmp_path / "offers.jsonl"
    labels.write_text(
        '{"id": "1", "reader": "a large language model", "sentences": ["جملة."], "candidates":'
        ' [{"slot": "bullet", "text": "أ", "sentence": 0, "label": "ok"}]}\n',
        encoding="utf-8",
    )
    with pytest.raises(BackendError, match="can be asked"):
        main(["--labels", str(labels), "--model", "extractive"])
