from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.inputs.headings import main


def test_headings_are_counted_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    body = "أغلق الجسر يوم الأحد.\nمحادثات السلام وقال المبعوث إن الطرفين سيلتقيان في جنيف."
    path.write_text(json.dumps({"body": body}) + "\n", encoding="utf-8")
    assert main([str(path), "--show", "3"]) == 0
    row, head = capsys.readouterr().out.splitlines()
    assert (json.loads(row)["paragraphs"], json.loads(row)["headings"]) == (2, 1)
    assert head.strip().startswith("محادثات السلام ‖ وقال المبعوث")
