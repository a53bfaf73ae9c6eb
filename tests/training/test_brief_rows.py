"""Rows of whole briefs: a headline, a standfirst, and bullets behind the first words of their passages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import ConfigError, DataError
from training.brief_rows import main, rows_of
from training.finetune.data.examples import read_rows

PASSAGES = (
    "افتتحت وزارة النقل خط القطار الجديد صباح الأحد.",
    "وطالب سكان الأحياء الشرقية بمحطة إضافية قرب المستشفى.",
    "وقال رئيس البلدية إن أسعار التذاكر تبقى على حالها.",
)
BULLETS = ("افتتاح خط القطار الجديد", "سكان الأحياء الشرقية يطالبون بمحطة إضافية", "أسعار التذاكر تبقى على حالها")


def _body(**targets: str) -> dict[str, Any]:
    return {"id": "a", "group": "a", "source_name": "bbc", "source": "\n".join(PASSAGES), "targets": targets}


def _bullets(*numbers: int) -> list[dict[str, Any]]:
    rows = [{"group": "a", "source": PASSAGES[number], "targets": {"bullet": BULLETS[number]}} for number in numbers]
    return [
        {**row, "id": f"a~s{number}", "source_name": "silver:bbc"} for number, row in zip(numbers, rows, strict=True)
    ]


LEAD = [{"id": "a~lead", "group": "a", "source_name": "bbc", "source": "س", "targets": {"standfirst": "جملة المطلع."}}]
POINTED = [f"وطالب سكان الأحياء | {BULLETS[1]}", f"وقال رئيس البلدية | {BULLETS[2]}"]


@pytest.mark.parametrize(
    ("targets", "leads", "bullets", "expected"),
    [
        ({"headline": "عنوان", "standfirst": "ملخص."}, [], (1, 2), ["عنوان", "ملخص.", *POINTED]),
        ({"headline": "عنوان"}, LEAD, (2, 1), ["عنوان", "جملة المطلع.", *POINTED]),  # the order of the body
        ({"headline": "افتتاح خط القطار الجديد"}, LEAD, (0, 1, 2), [BULLETS[0], "جملة المطلع.", *POINTED]),
        ({"headline": "عنوان"}, LEAD, (1, 1), None),  # one bullet, said twice
        ({"headline": "عنوان"}, [], (1, 2), None),  # no standfirst
        ({"standfirst": "ملخص."}, LEAD, (1, 2), None),  # no headline
    ],
)
def test_what_a_brief_holds(
    targets: dict[str, str], leads: list[dict[str, Any]], bullets: tuple[int, ...], expected: list[str] | None
) -> None:
    made = [row["targets"]["brief"].splitlines() for row in rows_of([_body(**targets)], leads, _bullets(*bullets))]
    assert made == ([expected] if expected else [])


def test_a_file_that_training_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"train": [_body(headline="عنوان")], "lead": LEAD, "silver": _bullets(1, 2)}
    for name, rows in files.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    arguments = [str(tmp_path), "--silver", str(tmp_path / "silver.jsonl"), "--out", str(tmp_path / "briefs.jsonl")]
    assert main(arguments) == 0
    (row,) = read_rows(tmp_path / "briefs.jsonl", ("brief",))
    assert row.targets["brief"].count("\n") == 3
    assert main(arguments) == ConfigError.exit_code
    assert "1 briefs" in capsys.readouterr().out


def test_other_files_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "train.jsonl").write_text('{"title": "x"}\n', encoding="utf-8")
    arguments = [str(tmp_path), "--silver", str(tmp_path / "train.jsonl"), "--out", str(tmp_path / "b.jsonl")]
    assert main(arguments) == DataError.exit_code
    assert "rows of training.prepare" in capsys.readouterr().err
    assert not (tmp_path / "b.jsonl").exists()
