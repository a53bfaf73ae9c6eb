from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from eval.calibrate.labelled import SCORES, Line, areas, read_lines, reliability
from eval.calibrate.main import main
from summarizer.backends.editor import Draft, Editing
from summarizer.schema import Task, Verdict

SENTENCES = [
    "أعلنت وزارة الصحة في تونس تسجيل 12 إصابة جديدة بالحمى في ولاية صفاقس.",
    "وقال الوزير عماد الحمامي إن المصابين نقلوا إلى المستشفى، وإن حالتهم مستقرة.",
]


def line(label: str, **scores: float) -> Line:
    return Line(Task.BULLET, label, dict.fromkeys(SCORES, 0.5) | scores)


def test_areas_of_a_score_that_knows_and_one_that_does_not() -> None:
    lines = [line("ok", true=0.9), line("false", true=0.1), line("unclear", true=0.9), line("ok", true=0.9)]
    rows = {row.split(" | ")[1]: row for row in areas(lines).splitlines() if row.startswith("| bullet")}
    assert rows["true"] == "| bullet | true | 4 | 0.75 | 1.00 | 1.00 | – | 0.50 | – | – |"
    assert rows["support"] == "| bullet | support | 4 | 0.50 | 0.50 | 0.50 | – | 0.50 | – | – |"


def test_reliability_by_hand() -> None:
    lines = [line("ok", printable=0.82), line("ok", printable=0.88), line("ok", printable=0.82), line("false")]
    good = np.array([1.0, 1.0, 0.0, 0.0])
    table = reliability(lines, "printable", good).splitlines()
    assert table[2:4] == ["| 0.5 to 0.6 | 1 | 0.50 | 0.00 |  |", "| 0.8 to 0.9 | 3 | 0.84 | 0.67 | █████████████ |"]
    # (1 × 0.5 + 3 × |0.84 − 2/3|) / 4
    assert table[-1] == "expected calibration error 0.255"


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "offers.jsonl"
    path.write_text(json.dumps(article(), ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def article(**changed: object) -> dict[str, Any]:
    said = [
        ("standfirst", SENTENCES[0], "ok", 0.0),
        ("bullet", "قال الوزير عماد الحمامي إن حالة المصابين مستقرة", "ok", -0.1),
        ("bullet", "وزارة الصحة في ليبيا تعلن وفاة 50 مريضا", "false", -0.9),
    ]
    keys = ("slot", "text", "label", "score")
    candidates = [dict(zip(keys, one, strict=True)) | {"sentence": 0, "rank": 0} for one in said]
    candidates[2]["why"] = "another country"
    return {"id": "1", "reader": "a large language model", "sentences": SENTENCES, "candidates": candidates} | changed


def test_lines_have_their_scores(labels: Path) -> None:
    lifted, edited, false = read_lines([labels])
    assert (lifted.slot, edited.label, false.label) == (Task.STANDFIRST, "ok", "false")
    assert lifted.scores["bigram overlap"] == 1.0
    for name in ("support", "true", "unigram overlap"):
        assert lifted.scores[name] > false.scores[name]
    assert {0 <= one.scores["printable"] <= 1 for one in (lifted, edited, false)} == {True}


def test_the_command_prints_areas_and_reliability(labels: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--labels", str(labels)]) == 0
    printed = capsys.readouterr().out
    assert "| bullet | printable | 2 |" in printed
    assert printed.count("expected calibration error") == 2


def test_one_judge_is_asked_alone(labels: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both, one = read_lines([labels]), read_lines([labels], 1)
    assert [line.scores["true"] for line in both] != [line.scores["true"] for line in one]
    assert main(["--labels", str(labels), "--judge", "7"]) != 0
    assert "a judge from 0 to 1" in capsys.readouterr().err


def test_a_label_that_is_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "offers.jsonl"
    wrong = {**article()["candidates"][0], "label": "fine", "why": "well"}
    path.write_text(json.dumps(article(candidates=[wrong])) + "\n", encoding="utf-8")
    assert main(["--labels", str(path)]) != 0
    assert "an unknown label" in capsys.readouterr().err


def test_a_judge_that_reads_has_its_word(labels: Path) -> None:
    class Reader:
        """Prints nothing but what is about hospitals."""

        def judge(self, drafts: Sequence[Draft]) -> Sequence[Verdict | None]:
            return [{"ok": -0.01 if "حالة" in one.text else -7.0, "false": -5.0} for one in drafts]

    counted = [one.scores["printable"] for one in read_lines([labels])]
    read = [one.scores["printable"] for one in read_lines([labels], editor=cast(Editing, Reader()))]
    assert read[1] > counted[1]
    assert (read[0], read[2]) < (counted[0], counted[2])
