"""Bullets that rules make of later passages: short, whole, somebody's and true; rows that training reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.article.read import read_text
from summarizer.briefing.speakers import labelled
from summarizer.errors import ConfigError
from training import silver
from training.finetune.data.examples import read_rows

BODY = """افتتحت وزارة النقل في المدينة الساحلية خط القطار الجديد صباح الأحد بعد ثلاث سنوات من العمل.

وأعلنت شركة القطارات أن الخط الجديد يخدم نحو مئتي ألف راكب يوميا، وهو ما يخفف الزحام في وسط المدينة.

وطالب سكان الأحياء الشرقية بمحطة إضافية قرب المستشفى المركزي، بعد أن ألغتها البلدية من المخطط الأول.

وقال رئيس البلدية سالم العلي إن أسعار التذاكر تبقى على حالها حتى نهاية العام، مضيفا أن الطلاب يسافرون مجانا.
"""


@pytest.mark.parametrize(
    ("passage", "bullet", "taught"),
    [
        ("وأكد أحد الناجين أن سفينة رفضت إنقاذهم، وقال إنه رآها.", "أكد أحد الناجين أن سفينة رفضت إنقاذهم", True),
        ("وغاب اللاعب عن التدريبات بعد مشاكل في الظهر.", "غاب اللاعب عن التدريبات", False),  # four words
        ("وغاب اللاعب المصاب عن التدريبات، بعد مشاكل في الظهر.", "غاب اللاعب المصاب عن التدريبات", True),
        ("وغاب اللاعب المصاب عن التدريبات بعد مشاكل في الظهر.", "غاب اللاعب المصاب عن التدريبات", False),  # no mark
        ("وتعهدت الإدارة، وفق محضر الجلسة، بحل الأزمة.", "تعهدت الإدارة، وفق محضر الجلسة", False),
        ("وظهر أنه رغم تأييد الناخبين للخطة، يعارضها كثيرون.", "ظهر أنه رغم تأييد الناخبين للخطة", False),
        ("سجل الارتفاع لدى الشريحة اللواتي تتراوح أعمارهن بين عامين.", "سجل الارتفاع لدى الشريحة", False),
        ("وأعرب عن أمله في أن تتسم بالنزاهة، وفق بيان له.", "أعرب عن أمله في أن تتسم بالنزاهة", False),
        ("وأدى الاختبار إلى حدوث انهيارات أرضية، وفق صور من الجو.", "وأدى الاختبار إلى حدوث انهيارات أرضية", False),
        ("سنعمل على إنهاء الأزمة سريعا، وهذا وعد منا للناس.", "سنعمل على إنهاء الأزمة سريعا", False),
        ("غاب اللاعب المصاب عن التدريبات.", "غاب اللاعب المصاب عن التدريبات", False),  # nothing left out
    ],
)
def test_which_bullets_teach(passage: str, bullet: str, taught: bool) -> None:
    assert silver._teaches(passage, bullet) is taught


def test_what_somebody_said_is_told_as_headlines_do() -> None:
    assert labelled("قال وزير النقل إن الخط يخدم مئتي ألف راكب") == "وزير النقل: الخط يخدم مئتي ألف راكب"
    assert labelled("قال وزير النقل إنه يخدم الجميع") == "قال وزير النقل إنه يخدم الجميع"
    assert labelled("وصل القطار إلى المدينة") == "وصل القطار إلى المدينة"


def test_rows_are_of_later_passages() -> None:
    article = read_text(BODY)
    rows = list(silver.rows_of(article))
    assert rows
    assert len(rows) <= silver.MOST
    for passage, bullet in rows:
        assert not passage.startswith(article.sentences[0].text)
        assert silver.MIN_WORDS <= len(bullet.split()) <= silver.MAX_WORDS


def test_a_file_of_rows_that_training_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": name, "group": "g", "source_name": "bbc", "source": BODY} for name in ("a", "b~rest")]
    rows.append({**rows[0], "id": "c", "source_name": "saudi:okaz"})
    given = tmp_path / "train.jsonl"
    given.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    arguments = [str(given), "--out", str(tmp_path / "silver.jsonl"), "--publishers", "bbc", "--jobs", "1"]
    assert silver.main(arguments) == 0
    found = list(read_rows(tmp_path / "silver.jsonl", ["bullet"]))
    assert {row.source_name for row in found} == {"silver:bbc"}
    assert found[0].id == "a~s0"
    assert json.loads(capsys.readouterr().out) == {"silver:bbc": len(found)}
    assert silver.main(arguments) == ConfigError.exit_code
    assert "remove it or name another" in capsys.readouterr().err


def test_a_file_that_holds_no_rows_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "train.jsonl"
    given.write_text('{"title": "x"}\n', encoding="utf-8")
    assert silver.main([str(given), "--out", str(tmp_path / "out.jsonl")]) == ConfigError.exit_code
    assert "name its train.jsonl" in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()
