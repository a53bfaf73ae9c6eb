from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from training.headings.main import count_places, main, openers
from training.word_counts import EDITED

BODY = "وقال الوزير نعم. وفي سياق آخر وصل الوفد.\nوقال الوفد نعم وفي المدينة حشد ورفض. وفي سياق ثالث"


def test_openers_stand_at_the_head_of_sentences() -> None:
    assert openers(*count_places([BODY]), share=0.75, least=2) == ["وقال", "وفي سياق"]


def test_two_words_are_listed_only_where_the_first_is_no_opener() -> None:
    assert openers(*count_places([BODY.replace(" وفي المدينة", "")]), share=0.75, least=2) == ["وقال", "وفي"]


def test_the_command_leaves_out_the_corpus_that_fuses_headings(tmp_path: Path) -> None:
    for name in EDITED:
        body = "وحشد الناس. وحشد الناس." if name == "bbc-arabic-osac" else BODY
        parquet.write_table(pa.table({"body": [body]}), tmp_path / f"{name}.parquet")
    out = tmp_path / "after.txt"
    assert main(["--corpora", str(tmp_path), "--out", str(out), "--least", "2"]) == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#")
    assert "وقال" in lines
    assert "وحشد" not in lines


def test_a_missing_corpus_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpora", str(tmp_path), "--out", str(tmp_path / "out.txt")]) == 6
    assert capsys.readouterr().err.count("\n") == 1
