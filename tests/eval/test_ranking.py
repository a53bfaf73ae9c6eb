"""The table of weights on rows and candidates of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval import ranking
from summarizer.backends.extractive import Extractive
from summarizer.backends.scripted import Scripted
from summarizer.schema import Candidate, Request, Task

SOURCE = "افتتح الوزير مدرسة جديدة في القرية أمس.\nوحضر الحفل مئة ضيف من سكان القرية."


def row(source: str = SOURCE, **targets: str) -> dict[str, Any]:
    return {"source_name": "bbc", "source": source, "targets": targets}


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), encoding="utf-8")
    return path


def test_each_choice_is_scored_by_what_it_prints() -> None:
    request = Request(Task.HEADLINE, ranking.passage_of(SOURCE))
    near, far = "الوزير يفتتح مدرسة جديدة في القرية", "مئة ضيف يحضرون الحفل"
    candidates = (Candidate(far, -0.1, "model"), Candidate(near, -0.4, "model"))
    found = ranking.outcomes(ranking.Case("rows, headline", request, candidates, near))
    assert found["oracle"] == (1.0, 1.0, 1.0, 0.0) == found["as committed"]
    assert found["likelihood alone"][0] < 0.5


def test_a_case_of_which_nothing_passes_is_left_out() -> None:
    request = Request(Task.HEADLINE, ranking.passage_of(SOURCE))
    case = ranking.Case("rows, headline", request, (Candidate("كلام في", -0.1, "model"),), "كلام")
    assert ranking.outcomes(case) == {}
    assert "rows, headline: 0 rows" in ranking.table([case])


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "load_backend", lambda _: Extractive())
    rows = write(tmp_path / "rows.jsonl", row(headline="الوزير يفتتح مدرسة", standfirst="افتتح الوزير مدرسة جديدة."))
    assert ranking.main(["--rows", str(rows)]) == 0
    printed = capsys.readouterr().out
    assert "rows, headline: 1 rows" in printed
    assert "| as committed |" in printed


@pytest.mark.parametrize("given", [["--publishers", "cnn"], []])
def test_a_file_without_such_rows_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: list[str]
) -> None:
    rows = write(tmp_path / "rows.jsonl", row(bullet="نقطة") if not given else row(headline="عنوان"))
    assert ranking.main(["--rows", str(rows), *given]) == 6
    assert "rows with a headline or standfirst" in capsys.readouterr().err


def test_another_lead_score_changes_what_is_lifted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = "الوزير يفتتح مدرسة جديدة في القرية ويعد ببناء أخرى."
    monkeypatch.setattr(ranking, "load_backend", lambda _: Scripted({Task.STANDFIRST: [written]}))
    lead = "افتتح الوزير مدرسة جديدة في القرية أمس ووعد أهلها ببناء أخرى.\n"
    rows = write(tmp_path / "rows.jsonl", row(lead + SOURCE, standfirst="افتتح الوزير مدرسة جديدة."))
    assert ranking.main(["--rows", str(rows), "--lead-score", "9", "--lead-score=-9"]) == 0
    printed = capsys.readouterr().out
    shares = [line.split("|")[5].strip() for line in printed.splitlines() if line.startswith("| likelihood alone")]
    assert ("lead score 9" in printed, "lead score -9" in printed) == (True, True)
    assert shares == ["100.0", "0.0"]
