from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.briefing.choice.outlook import outlooks_of
from summarizer.briefing.choice.sentence import read_all
from summarizer.briefing.choice.written import Written
from training.choice.written import main

SHORT = "أعلن وزير المالية خفض الضرائب على الشركات الصغيرة في يناير المقبل."
LONG = " ".join(["وكان الوزير قد أوضح في كلمة ألقاها أمام اللجنة التي شكلها المجلس"] * 5) + "."


def article(number: int) -> dict[str, object]:
    """Short sentences give a bullet, long ones none that anybody prints."""
    long = {"slot": "bullet", "text": "وكان الوزير", "sentence": 1, "label": "broken", "why": "cut off"}
    candidates: list[dict[str, object]] = [{"slot": "bullet", "text": SHORT[:-1], "sentence": 0, "label": "ok"}]
    if number % 2:
        candidates.append(long)
    told = {"id": str(number), "reader": "a large language model", "sentences": [SHORT, LONG, SHORT], "asked": [0, 1]}
    return {**told, "candidates": candidates}


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "offers.jsonl"
    path.write_text("".join(json.dumps(article(number)) + "\n" for number in range(20)), encoding="utf-8")
    return path


def test_what_comes_out_is_learned(labels: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = labels.with_name("written.json")
    assert main(["--labels", str(labels), "--out", str(out)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert json.loads(printed[0]) | {"labelled by": ""} == {
        "labelled by": "", "articles": 20, "sentences": 40, "came out": 20, "auc": 1.0,
    }  # fmt: skip
    assert "| 0 | 50% | 75% |" in "\n".join(printed)
    assert printed[-2:] == ["| up to 28 | 20 | 100% | 100% |", "| more than 28 | 20 | 50% | 0% |"]
    read = read_all([SHORT, LONG, SHORT])
    short, long, _ = Written(json.loads(out.read_text("utf-8"))).chances(read, outlooks_of(read))
    assert short > 0.5 > long


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"asked": [7]}, "an index that is none of its sentences"), ({"asked": []}, "articles with «asked»")],
)
def test_labels_that_do_not_say_what_was_asked_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, object], told: str
) -> None:
    path = tmp_path / "offers.jsonl"
    path.write_text(json.dumps({**article(1), **changed}) + "\n", encoding="utf-8")
    assert main(["--labels", str(path), "--out", str(tmp_path / "written.json")]) != 0
    assert told in capsys.readouterr().err
