"""The command over three articles of our own: files, a backend, the table, the gate."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from eval.briefs.main import main
from eval.gate.main import main as gate
from eval.run.results import read_results, score_of
from tests.eval.conftest import write

GOOD = [
    {"id": "fire", "headline": {"text": "حريق في مصنع"}, "standfirst": {"text": "اندلع حريق في مصنع."}, "bullets": [
        {"text": "أصيب 40 عاملا", "s": 1}, {"text": "بدأ التحقيق", "s": [2, 3]}]},
    {"id": "bridge", "headline": "افتتاح جسر", "standfirst": "افتتح الوزير جسرا.", "bullets": [
        {"text": "تعبره 9 آلاف سيارة"}]},
    {"id": "harvest", "headline": "تراجع المحصول", "standfirst": "تراجع الإنتاج.", "bullets": []},
]  # fmt: skip


def command(data: Path, *arguments: object) -> int:
    return main([*map(str, arguments), "--data", str(data), "--quiet"])


def test_a_file_of_briefs_is_a_row_of_the_table(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(data, "--briefs", f"mine={write(tmp_path / 'x.jsonl', GOOD)}", "--out", tmp_path / "out") == 0
    table = capsys.readouterr().out
    assert [line.split(" | ")[0] for line in table.splitlines()[2:7]] == [
        "| second annotation*",
        "| five at random",
        "| reference cuts",
        "| first sentences",
        "| mine",
    ]
    assert "not measured here" in table
    assert "mine: 1 briefs without bullets, scored as they are; mine: 1 bullets that name no sentence" in table
    record = read_results(tmp_path / "out")["systems"]["mine"]
    reached = score_of(record, "reached")
    assert reached is not None
    assert reached["value"] == 50.0  # three of the fire's three, none of the others' three
    assert record["about"]["methods"] == {}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "flood"}, "x.jsonl line 1: flood"),
        ({"bullets": [{"text": "أصيب", "s": 4}]}, "indices of sentences, 0 to 3"),
        ({"bullets": [{"text": "أصيب", "s": "1"}]}, "indices of sentences"),
        ({"bullets": [{"text": " "}]}, "bullets with words"),
        ({"bullets": [{"text": "أصيب"}, {"text": "أصيب"}]}, "each once"),
        ({"bullets": {}}, 'a list in "bullets"'),
        ({"headline": 3}, 'in "headline"'),
        ({"id": "bridge"}, "each id once"),
    ],
)
def test_what_is_wrong_with_a_file_is_named(
    data: Path, tmp_path: Path, change: dict[str, Any], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "x.jsonl", [{**GOOD[0], **change}, *GOOD[1:]])
    assert command(data, "--briefs", path) == 6
    assert message in capsys.readouterr().err


def test_articles_without_a_brief_are_counted_or_left_out_for_all(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "x.jsonl", GOOD[:2])
    assert command(data, "--briefs", path) == 0
    told = capsys.readouterr().out
    assert "| x (2 articles) |" in told
    assert "x: 1 without a brief" in told
    assert command(data, "--briefs", path, "--shared") == 0
    assert "| x |" in capsys.readouterr().out
    assert command(data, "--briefs", write(tmp_path / "y.jsonl", GOOD[2:]), "--limit", 1) == 6
    assert "briefs of 'y' for the benchmark" in capsys.readouterr().err


def test_two_systems_of_one_name_are_refused(data: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", GOOD)
    assert command(data, "--briefs", path, "--briefs", path) == 4
    assert command(data, "--system", "no-such-system") == 4


def test_a_backend_is_run_once_and_its_briefs_can_be_read_again(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert command(data, "--system", "extractive", "--out", out) == 0
    first = capsys.readouterr().out
    assert re.search(r"^\| extractive \|.*\| extractive \d+ \|$", first, re.MULTILINE)
    written = (out / "outputs.jsonl").read_bytes()
    assert command(data, "--system", "extractive", "--out", out) == 0
    assert (out / "outputs.jsonl").read_bytes() == written
    assert capsys.readouterr().out == first
    assert command(data, "--briefs", f"again={out / 'extractive.jsonl'}") == 0
    rows = [line.split(" | ", 1) for line in (*first.splitlines(), *capsys.readouterr().out.splitlines())]
    own = {row[0]: row[1] for row in rows if len(row) == 2}
    assert own["| extractive"] == own["| again"]
    places = [
        one["s"]
        for line in (out / "extractive.jsonl").read_text("utf-8").splitlines()
        for one in json.loads(line)["bullets"]
    ]
    assert all(places)


def test_floors_hold_for_whole_briefs(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"floors": {}, "history": []}', "utf-8")
    key = "briefs-dev/brief/extractive/headline_cut.rougeL"
    assert command(data, "--system", "extractive", "--out", tmp_path / "out") == 0
    assert gate([str(tmp_path / "out"), "--add", key, "--floors", str(floors)]) == 0
    capsys.readouterr()
    assert gate(["--floors", str(floors), "--data", str(data)]) == 0  # measured anew
    assert f"holds   {key}" in capsys.readouterr().out
