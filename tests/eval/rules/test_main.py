from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from eval.rules.main import main

TEXTS = [
    "أعلن وزير المالية محمد معيط خفض الضرائب على الشركات الصغيرة بنسبة 5 في المئة.",
    "وأضاف أن القرار سيطبق في يناير المقبل على 300 شركة.",
]


def _write(path: Path, *rows: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _corpora(folder: Path) -> Path:
    for name in ("bbc-2018h2", "xlsum-sample", "argen-headlines"):
        row = {"id": "a", "title": "مصر تخفض الضرائب على الشركات", "body": " ".join(TEXTS)}
        _write(folder / "benchmarks" / f"{name}.jsonl", row)
    lines = [{"rank": 2, "as_is": True}, {"rank": 1, "line": "سيطبق القرار في يناير المقبل على 300 شركة"}]
    _write(folder / "labels" / "light.jsonl", {"id": "a", "sentences": TEXTS, "lines": lines})
    said = {"slot": "bullet", "sentence": 1, "score": -0.1, "rank": 0}
    candidates = [
        {**said, "text": "القرار سيطبق في يناير المقبل على 300 شركة", "label": "ok"},
        {**said, "text": "القرار سيطبق في يناير المقبل على 400 شركة", "label": "false", "why": "number", "cure": ""},
    ]
    _write(folder / "labels" / "candidates.jsonl", {"id": "a", "sentences": TEXTS, "candidates": candidates})
    cuts = {"headline": "خفض الضرائب على الشركات", "standfirst": TEXTS[0], "bullets": [""]}
    brief = {"id": "a", "sentences": TEXTS, "headline": "مصر تخفض الضرائب", "standfirst": TEXTS[0], "cuts": cuts}
    bullet = {"text": "وزير المالية: 300 شركة يشملها القرار", "sentences": [1]}
    _write(folder / "briefs" / "train.jsonl", {**brief, "bullets": [bullet]})
    return folder


def test_lines_are_read_and_what_was_found_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, kept = _corpora(tmp_path / "corpora"), tmp_path / "found.jsonl"
    assert main(["--data", str(data), "--found", str(kept)]) == 0
    told = capsys.readouterr().out
    assert "3 editors, 3 briefs, 2 cuts, 2 written, 2 lifted" in told
    (false,) = [row for row in map(json.loads, kept.read_text().splitlines()) if row["label"] == "false"]
    assert "claim: number" in false["rules"]
    assert main(["--found", str(kept)]) == 0
    assert capsys.readouterr().out == told


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"set": "written", "label": "ok", "task": "bullet", "rules": ["of old"]}, "of old"),
        ({"text": "x"}, "objections of eval.rules"),
    ],
)
def test_what_was_found_by_other_rules_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: object, expected: str
) -> None:
    _write(tmp_path / "found.jsonl", row)
    assert main(["--found", str(tmp_path / "found.jsonl")]) != 0
    assert expected in capsys.readouterr().err


def test_what_a_repair_changes_is_held_to_the_cure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As ``python -m eval.rules --data $MUJAZ_DATA --repairs``."""
    assert main(["--data", str(_corpora(tmp_path / "corpora")), "--repairs"]) == 0
    rows = [
        line
        for line in capsys.readouterr().out.splitlines()
        if re.fullmatch(r"\|.*\| \d+ \| \d+ \| \d+ of \d+ \|", line)
    ]
    assert rows
