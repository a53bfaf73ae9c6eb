"""Floors hold, break, rise, and go down only with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.gate.floors import FLOORS, MARGIN, keys_of, read_floors
from eval.gate.main import main
from eval.run.main import main as run_main
from eval.run.results import read_results

KEY = "news/standfirst/good/xlsum.rouge1"


@pytest.fixture
def folder(articles: Path, outputs: Path, tmp_path: Path) -> Path:
    out = tmp_path / "out"
    assert run_main(["--benchmark", str(articles), "--system", str(outputs), "--out", str(out), "--quiet"]) == 0
    return out


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    path.write_text('{"floors": {}, "history": []}', "utf-8")
    return path


def gate(floors: Path, *arguments: object) -> int:
    return main([*map(str, arguments), "--floors", str(floors)])


def value_of(floors: Path, key: str = KEY) -> float:
    return read_floors(floors).floors[key].value


def weaken(folder: Path, by: float) -> None:
    path = folder / "results.json"
    results = json.loads(path.read_text("utf-8"))
    results["systems"]["good"]["xlsum"]["rouge1"]["value"] -= by
    path.write_text(json.dumps(results), "utf-8")


def test_a_floor_is_set_a_margin_below_holds_and_breaks(
    folder: Path, floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate(floors, folder, "--add", KEY) == 0
    assert value_of(floors) == 100 - MARGIN
    assert gate(floors, folder) == 0
    assert f"holds   {KEY}: 100.00 (floor 99.80)" in capsys.readouterr().out
    weaken(folder, 1)
    assert gate(floors, folder) == 1
    assert f"BROKEN  {KEY}: 99.00 (floor 99.80)" in capsys.readouterr().out


def test_floors_rise_and_never_fall_by_themselves(folder: Path, floors: Path) -> None:
    weaken(folder, 30)
    assert gate(floors, folder, "--add", KEY) == 0
    assert value_of(floors) == 69.8
    weaken(folder, -20)
    assert gate(floors, folder, "--raise") == 0
    assert value_of(floors) == 89.8
    weaken(folder, 10)
    assert gate(floors, folder, "--raise") == 0
    assert gate(floors, folder, "--add", KEY) == 0
    assert value_of(floors) == 89.8
    assert [line["to"] for line in read_floors(floors).history] == [69.8, 89.8]


def test_lowering_takes_the_flag_and_a_reason_that_is_kept(
    folder: Path, floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate(floors, folder, "--add", KEY) == 0
    for arguments, message in [
        (("--lower", KEY, "90"), "a reason"),
        (("--lower", KEY, "90", "--reason", " "), "a reason"),
        (("--lower", KEY, "99.9", "--reason", "x"), "less than 99.8"),
        (("--lower", KEY, "low", "--reason", "x"), "a number"),
        (("--lower", "news/standfirst/god/xlsum.rouge1", "9", "--reason", "x"), f"did you mean {KEY}"),
    ]:
        assert gate(floors, *arguments) == 4
        assert message in capsys.readouterr().err
    assert value_of(floors) == 99.8
    assert gate(floors, "--lower", KEY, "90", "--reason", "the benchmark lost a duplicate") == 0
    last = read_floors(floors).history[-1]
    assert (last["from"], last["to"], last["reason"]) == (99.8, 90, "the benchmark lost a duplicate")


def test_a_floor_changed_by_hand_is_found(folder: Path, floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate(floors, folder, "--add", KEY) == 0
    floors.write_text(floors.read_text("utf-8").replace('"floor": 99.8', '"floor": 50'), "utf-8")
    assert gate(floors, folder) == 6
    assert "not by hand" in capsys.readouterr().err


def test_another_version_of_the_benchmark_is_not_held_against_the_floor(
    folder: Path, floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate(floors, folder, "--add", KEY) == 0
    path = folder / "results.json"
    path.write_text(path.read_text("utf-8").replace('"digest": "', '"digest": "f00'), "utf-8")
    assert gate(floors, folder) == 6
    captured = capsys.readouterr()
    assert "another version of news" in captured.out
    assert "a result for at least one floor" in captured.err


@pytest.mark.parametrize("key", ["news/standfirst/good/xlsum.rouge9", "news/headline/good/xlsum.rouge1", "rouge1"])
def test_a_floor_needs_a_score_of_the_results(folder: Path, floors: Path, key: str) -> None:
    assert gate(floors, folder, "--add", key) == 4
    assert read_floors(floors).floors == {}


def test_without_results_there_is_nothing_to_raise(floors: Path) -> None:
    assert gate(floors, "--raise") == 4


def test_keys_are_every_score_and_nothing_else(folder: Path) -> None:
    keys = keys_of(read_results(folder))
    assert KEY in keys
    assert "news/standfirst/good/chrf" in keys
    assert not [key for key in keys if "about" in key]


def test_the_committed_floors_are_sound_and_went_down_only_with_a_reason() -> None:
    floors = read_floors(FLOORS)
    assert floors.floors
    for change in floors.history:
        assert change["from"] is None or change["to"] > change["from"] or len(change["reason"].split()) >= 3, change


def test_the_gate_measures_what_is_at_hand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MUJAZ_DATA", raising=False)
    floors = tmp_path / "floors.json"
    run = ["--benchmark", "seeds", "--system", "lead-1", "--task", "standfirst", "--quiet"]
    assert run_main([*run, "--out", str(tmp_path / "seeds")]) == 0
    floors.write_text('{"floors": {}, "history": []}', "utf-8")
    assert gate(floors, tmp_path / "seeds", "--add", "seeds/standfirst/lead-1/normalized.rouge1") == 0
    assert gate(floors) == 0
    assert "holds   seeds/standfirst/lead-1/normalized.rouge1" in capsys.readouterr().out
