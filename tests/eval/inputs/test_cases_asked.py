from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.inputs import cases

ARTICLE = (
    "أعلنت وزارة النقل في سلطنة عمان يوم الأحد افتتاح خط جديد للحافلات يربط بين مسقط وصحار.\n\n"
    "وقال وكيل الوزارة سالم الحارثي إن الخط سيخدم نحو 40 ألف راكب شهريا.\n"
)
#: A project's state that falls over whatever it reads.
FALLING = "def main():\n    raise IndexError('list index out of range')\n"


def test_each_file_is_asked_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(" ", encoding="utf-8")
    assert cases.main(["--cases", str(tmp_path)]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["case"], first["backend"], first["outcome"]) == ("a.txt", "extractive", "brief")
    assert "مسقط" in first["briefs"][0]["headline"]
    assert second["outcome"] == "refused"
    assert "white space" in second["said"]


def test_another_checkout_may_crash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    package = tmp_path / "old" / "summarizer" / "service"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "cli.py").write_text(FALLING, encoding="utf-8")
    assert cases.main(["--cases", str(tmp_path), "--checkout", str(tmp_path / "old")]) == 1
    assert json.loads(capsys.readouterr().out)["said"] == "IndexError: list index out of range"


def test_batch_gives_a_brief_of_each_article(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [json.dumps({"id": str(number), "body": ARTICLE}) for number in range(2)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert len(cases.outcome(path, "extractive", "batch", Path())["briefs"]) == 2


def test_a_folder_without_articles_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cases.main(["--cases", str(tmp_path)]) == 6
    assert capsys.readouterr().err.startswith("eval.inputs.cases: expected a folder of articles")
