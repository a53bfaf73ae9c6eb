from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.reading.twice import main

WORDS = ["ok", "broken", "ok", "unclear"]


def write(path: Path, labels: list[list[str]]) -> Path:
    rows = []
    for number, said in enumerate(labels):
        lines = [
            {"slot": "bullet", "text": f"سطر {place}", "sentence": 0, "label": label}
            | ({"why": "cut off"} if label != "ok" else {})
            for place, label in enumerate(said)
        ]
        rows.append({"id": str(number), "reader": "a reader", "sentences": ["جملة."], "candidates": lines})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_two_readings_are_compared_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write(tmp_path / "first.jsonl", [WORDS, WORDS, WORDS])
    second = write(tmp_path / "second.jsonl", [WORDS, ["ok", "broken", "broken", "unclear"]])
    assert main([str(first), str(second)]) == 0
    everything, *slots = capsys.readouterr().out.splitlines()
    # 7 of 8 alike; for ok against the rest: seen 7/8, by chance (4 × 3 + 4 × 5) / 64, so (7/8 − 1/2) / (1/2).
    assert "of 8 statements: 88 % the same label" in everything
    assert "0.75 [" in everything.rsplit("over all labels", 1)[1]
    assert slots[0] == "headline:"
    assert slots[2].startswith("bullet: A second reader (a reader) of 8 statements")


def test_lines_that_were_read_once_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = write(tmp_path / "first.jsonl", [WORDS[:2]])
    second = write(tmp_path / "second.jsonl", [WORDS])
    assert main([str(first), str(second)]) != 0
    assert "2 lines that the first does not have" in capsys.readouterr().err
