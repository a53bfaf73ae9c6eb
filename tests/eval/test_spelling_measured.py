from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.spelling import compare, main, tally


def test_changes_are_counted_by_kind() -> None:
    found = tally(["وصل الوفد الى دبي", "وصل الوفد الى دبي", "وصل الوفد إلى دبي"])
    assert (found.texts, dict(found.kinds)) == (3, {"hamza": 2})
    assert list(found.shown["hamza"]) == ["وصل الوفد [الى > إلى] دبي"]


def test_lines_say_what_an_editor_mended() -> None:
    found, verdicts, theirs, made = compare(
        [
            ("وصل الوفد الى دبي", "وصل الوفد إلى دبي"),
            ("غادر الوفد الى دبي", "غادر الوفد الى دبي"),
            ("وصلت مدرسه جديدة", "وصلت مدرسة جديدة"),
        ]
    )
    assert found.texts == 3
    assert dict(verdicts) == {("hamza", "agreed"): 1, ("hamza", "left"): 1}
    assert (theirs, made) == (2, 1)


def test_the_command_reads_briefs_and_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slots = {"headline": "وصول الوفد الى دبي", "standfirst": "وصل الوفد إلى دبي.", "bullets": ["غادر الوفد دبي."]}
    brief = {"id": "a", "sentences": ["وصل الوفد الى دبي."], **slots, "cuts": slots}
    brief["bullets"] = [{"text": "غادر الوفد دبي.", "sentences": [0]}]
    light = {"id": "b", "sentences": ["وصل الوفد الى دبي."], "lines": [{"rank": 2, "line": "وصل الوفد إلى دبي."}]}
    for name, row in (("briefs/train", brief), ("briefs/dev", brief), ("labels/light", light)):
        path = tmp_path / f"{name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["--data", str(tmp_path), "--show", "1"]) == 0
    said = capsys.readouterr().out
    assert "references: 3 texts, 1 changes" in said
    assert "recall: 1 of 1" in said
