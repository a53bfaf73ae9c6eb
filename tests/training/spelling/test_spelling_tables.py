from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from training.spelling.counts import CORPORA, Counts, signs
from training.spelling.kinds import kind, rates, slips
from training.spelling.main import main
from training.spelling.neighbours import Together, doubtful, tell
from training.spelling.pairs import Spellings, find_pairs, group


@pytest.mark.parametrize(
    ("form", "common", "expected"),
    [
        ("الى", "إلى", "hamza"),
        ("فى", "في", "ya"),
        ("الماضى", "الماضي", "ya-definite"),
        ("الحكوميه", "الحكومية", "ta-definite"),
        ("بإسم", "باسم", "wasl-below"),
        ("مسئول", "مسؤول", "seat"),
        ("الامريكى", "الأمريكي", "hamza+ya-definite"),
        # An alef inside a word is no wasl, nor is the article's; other letters are other words.
        ("كتأب", "كتاب", ""),
        ("ألباب", "الباب", ""),
        ("كتب", "كتاب", ""),
        ("قلم", "علم", ""),
    ],
)
def test_kind(form: str, common: str, expected: str) -> None:
    assert kind(form, common) == expected


def test_slips_are_single() -> None:
    assert dict(slips("إلى")) == {"الى": "hamza", "ألى": "below", "إلي": "maqsura"}


def test_rare_forms_are_slips_of_common_ones() -> None:
    edited = Counter({"إيران": 6000, "فإن": 4000, "فان": 60, "إعلام": 900, "أعلام": 300, "في": 90000, "يوما": 400})
    everywhere = edited + Counter({"ايران": 2000, "فان": 200, "اعلام": 90, "فى": 300, "أيوما": 5})
    spellings = Spellings(Counts(edited, everywhere), group(edited), {"ya": 0.004})
    assert find_pairs(spellings) == {"ايران": ("إيران", "hamza"), "فى": ("في", "ya")}


def test_rates_are_those_of_common_words() -> None:
    words = Counter({"السعودية": 4000, "السعوديه": 8})
    assert rates(words, words)["ta-definite"] == 0.002


def test_signs_are_bare_forms_of_the_commonest() -> None:
    assert signs(Counter({"إلى": 100, "الى": 9, "علي": 3, "على": 90})) == {"الى"}


def test_a_folder_without_the_corpora_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpora", str(tmp_path), "--out", str(tmp_path / "slips.txt")]) != 0
    assert "aljazeera-2022-clustering.parquet" in capsys.readouterr().err


def test_corpora_become_a_table(tmp_path: Path) -> None:
    for name in CORPORA:
        write_corpus(
            tmp_path / f"{name}.parquet", [("kept", "BBC", "وصل الوفد إلى المدينة. قال إن الوزير غادر. " * 60)]
        )
    slipshod = "وصل الوفد الى المدينة. قال ان الوزير غادر. وأكد أن الوزير غادر. " * 30
    write_corpus(tmp_path / "ant-v1.parquet", [("old", "", slipshod), ("left-out", "", "وصل الوفد إلي المدينة")])
    rows = tmp_path / "labels.jsonl"
    rows.write_text(json.dumps({"id": "left-out"}) + "\n", encoding="utf-8")
    outs = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for out in outs:
        assert main(["--corpora", str(tmp_path), "--out", str(out), "--without", str(rows)]) == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert "[hamza]\nإلى الى\n" in outs[0].read_text(encoding="utf-8").replace("إن ان\n", "")
    assert "إلي" not in outs[0].read_text(encoding="utf-8")


def test_neighbours_tell_apart() -> None:
    edited = Counter({"إن": 500, "أن": 900})
    everywhere = edited + Counter({"ان": 400})
    spellings = Spellings(Counts(edited, everywhere), group(edited), {})
    doubts = doubtful(spellings, ())
    together = Together(
        Counter({("before", "إن", "قال"): 400, ("before", "أن", "قال"): 2, ("before", "أن", "بعد"): 12}),
        Counter({("before", "ان", "قال"): 90, ("before", "ان", "بعد"): 90}),
    )
    assert doubts["ان"] == ("أن", "إن")
    assert tell(doubts, together, spellings) == {("before", "ان", "قال"): "إن"}


def write_corpus(path: Path, articles: list[tuple[str, str, str]]) -> None:
    """A parquet file of (id, source, body)."""
    columns = [list(column) for column in zip(*articles, strict=True)]
    parquet.write_table(pyarrow.table(columns, names=["id", "source", "body"]), path)
