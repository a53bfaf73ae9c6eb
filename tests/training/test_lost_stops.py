from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from summarizer.briefing.lost_stops import learned
from summarizer.briefing.lost_stops.learned import Weights
from summarizer.schema import Fork
from training.lost_stops import main as command
from training.lost_stops.main import fit, main, openers, table
from training.lost_stops.rows import Row, rows_of
from training.word_counts import EDITED

SHORT = "أعلنت الحكومة خطة جديدة لدعم الصناعة المحلية."
NEWS = "وقال الوزير إن الخطة تبدأ في الشهر المقبل وقالت النقابة إنها ترفضها تماما."


class Reader:
    """Finds a full stop likely behind the short sentence alone."""

    def likelihoods(self, forks: Sequence[Fork]) -> list[list[tuple[float, float]]]:
        lost = [words[0].startswith("المحلية") for _, words, _ in forks]
        return [[(-9.0, -20.0), (-5.0 if one else -14.0, -20.0)] for one in lost]


def test_a_full_stop_is_taken_away_and_other_places_are_kept() -> None:
    rows = list(rows_of([f"{SHORT} {NEWS}"] * 8, Reader()))
    taken = [row for row in rows if row.lost]
    assert {row.context for row in taken} == {f"{SHORT[:-1]} ‖ {NEWS}"}
    assert 0 < len(taken) < 8
    assert len(rows) - len(taken) == 8
    assert {row.found["gain"] for row in taken} == {4.0}


def test_what_was_taken_away_is_learned() -> None:
    rows = [Row(place // 2, place % 2 == 1, row.found, row.context) for place, row in enumerate(two_kinds())]
    weights, unseen = fit(rows)
    assert weights["card"] == {"places": 40, "taken away": 20, "auc": 1.0}
    lost, kept = Weights(weights).chances([rows[1].found, rows[0].found])
    assert lost > 0.8 > 0.2 > kept
    assert table(rows, unseen).splitlines()[1:3] == ["bar   put back  others", "0.50      1.00  0 of 20"]


def two_kinds() -> list[Row]:
    kept, taken = (
        [row for row in rows_of([f"{SHORT} {NEWS}"] * 8, Reader()) if row.lost is lost] for lost in (False, True)
    )
    return [one for _ in range(20) for one in (kept[0], taken[0])]


def test_openers_are_told_with_their_shares() -> None:
    assert openers(["وقال الوزير نعم. وقال الوفد وقال. وقال نعم."] * 5) == ["[75]", "وقال"]


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    for name in EDITED:
        parquet.write_table(pa.table({"body": [f"{SHORT} {NEWS}"] * 12}), tmp_path / f"{name}.parquet")
    return tmp_path


def test_the_command_counts_fits_and_measures(
    corpora: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--openers", "--corpora", str(corpora), "--out", str(corpora / "openers.txt")]) == 0
    assert (corpora / "openers.txt").read_text("utf-8").splitlines()[3:] == ["[100]", "وقال"]
    monkeypatch.setattr(command, "editing", lambda backend: Reader())
    monkeypatch.setattr(command, "load_backend", lambda name: None)
    asked = ["--corpora", str(corpora), "--articles", "6"]
    assert main([*asked, "--out", str(corpora / "weights.json")]) == 0
    assert '"auc": 1.0' in capsys.readouterr().out
    assert main([*asked, "--show", "2"]) == 0
    assert "put back" in capsys.readouterr().out


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpora", str(tmp_path)]) != 0
    assert "parquet" in capsys.readouterr().err


def test_committed_weights_are_of_this_version() -> None:
    assert learned.committed().bar == command.BAR
