"""Files of outputs, the ledger that survives a kill, and outputs put beside their references."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.benchmarks.table import Benchmark, load_benchmark
from eval.run.pairing import FOREIGN, pair
from eval.systems.outputs import Ledger, Output, read_outputs
from summarizer.errors import ConfigError, DataError

Write = Callable[..., Path]


def test_both_forms_of_an_outputs_file(jsonl: Write) -> None:
    many = read_outputs(jsonl("many.jsonl", [{"id": "a", "outputs": {"x": "نص", "y": "آخر"}}]))
    assert {system: found["a"].text for system, found in many.items()} == {"x": "نص", "y": "آخر"}
    one = read_outputs(jsonl("mine.jsonl", [{"id": "a", "text": "نص"}, {"id": 2, "text": ["نقطة", "أخرى"]}]))
    assert one["mine"]["2"].text == "نقطة\nأخرى"
    assert one["mine"]["a"].place.endswith("mine.jsonl line 1")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([{"id": "a", "text": "نص"}, {"id": "a", "text": "نص"}], "'a of x' in .*line 1 and .*line 2"),
        ([{"id": "a", "outputs": {"s": "نص"}}, '{"id": "b", "outputs": {"s": "ن'], "line 2.*cut or broken"),
        ([{"id": "a", "summary": "نص"}], '"text" in every row; got .*line 1: id, summary'),
        ([{"id": "a", "outputs": {"s": 3}}], "line 1: int"),
        ([{"id": "a", "outputs": {}}], "line 1"),
        ([{"text": "نص"}], "line 1: None"),
    ],
)
def test_a_broken_outputs_file_names_file_and_line(jsonl: Write, lines: list[object], message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_outputs(jsonl("x.jsonl", lines))


@pytest.fixture
def benchmark(articles: Path) -> Benchmark:
    return load_benchmark(str(articles))


def given(**texts: str) -> dict[str, Output]:
    return {key: Output(key, text, place=f"f.jsonl line {i}") for i, (key, text) in enumerate(texts.items(), 1)}


TEXT = "حريق في مصنع بطنجة"


@pytest.mark.parametrize(
    ("outputs", "message"),
    [
        (given(fire=TEXT, bridge=TEXT), "for each of the 3 articles; got none for harvest"),
        (given(fire=TEXT, bridge="", harvest=TEXT), r"an empty one in f\.jsonl line 2 \(bridge\)"),
        (
            given(fire=TEXT, bridge=TEXT, harvest=TEXT, flood=TEXT),
            r"articles of the benchmark only; got f\.jsonl line 4",
        ),
    ],
)
def test_incomplete_outputs_are_refused_by_name(benchmark: Benchmark, outputs: dict[str, Output], message: str) -> None:
    with pytest.raises(DataError, match=message):
        pair("x", benchmark, outputs, strict=True)


def test_or_left_out_and_counted(benchmark: Benchmark) -> None:
    pairing = pair("x", benchmark, given(fire=TEXT, bridge="", flood=TEXT), strict=False)
    assert [item.id for item in pairing.items] == ["fire"]
    assert pairing.excluded == {"missing": 1, "empty or failed": 1, "not in the benchmark": 1}


def test_rows_beyond_the_limit_are_neither_missing_nor_unknown(benchmark: Benchmark) -> None:
    outputs = given(fire=TEXT, bridge=TEXT, harvest=TEXT)
    pairing = pair("x", benchmark.first(1), outputs, strict=True)
    assert ([item.id for item in pairing.items], pairing.excluded) == (["fire"], {})


def test_a_foreign_or_wordless_output_is_scored_and_counted(benchmark: Benchmark) -> None:
    outputs = given(fire=TEXT, bridge="The minister opened a new bridge", harvest=TEXT)
    pairing = pair("x", benchmark, outputs, strict=True)
    assert (len(pairing.items), pairing.noted) == (3, {FOREIGN: 1})
    assert pair("x", benchmark, given(fire=TEXT, bridge="-", harvest=TEXT), strict=True).noted == {FOREIGN: 1}


def test_a_file_in_another_language_is_refused(benchmark: Benchmark) -> None:
    outputs = given(fire="A fire", bridge="The minister", harvest=TEXT)
    with pytest.raises(DataError, match=r"2 of 3 in another language, first f\.jsonl line 1"):
        pair("x", benchmark, outputs, strict=False)


def test_nothing_to_score_is_an_error_not_a_zero(benchmark: Benchmark) -> None:
    failed = {row.id: Output(row.id, "", error="the model is away") for row in benchmark.rows}
    with pytest.raises(DataError, match=r"3 of them empty.*the model is away"):
        pair("x", benchmark, failed, strict=False)
    with pytest.raises(DataError, match="0 outputs"):
        pair("x", benchmark, {}, strict=False)


CONFIG = {"kind": "test", "beam": 2}


def test_the_ledger_goes_on_where_it_stopped(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, "c0ffee")
    assert ledger.begin("x", CONFIG) == {}
    ledger.append("x", [Output("a", "نص\nثان", ("model", "extractive"), (1.0, 0.5), 2, 0.25)])
    found = Ledger(tmp_path).begin("x", CONFIG)
    place = f"{tmp_path / 'outputs.jsonl'} line 1"
    assert found == {"a": Output("a", "نص\nثان", ("model", "extractive"), (1.0, 0.5), 2, 0.25, "", "c0ffee", place)}


def test_its_file_is_a_file_of_outputs(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.begin("x", CONFIG)
    ledger.append("x", [Output("a", "نص")])
    assert read_outputs(tmp_path / "outputs.jsonl")["x"]["a"].text == "نص"


def test_a_changed_configuration_is_refused_and_named(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.begin("x", CONFIG)
    assert Ledger(tmp_path).begin("x", {**CONFIG, "beam": 3}) == {}  # nothing was written yet
    ledger.begin("x", CONFIG)
    ledger.append("x", [Output("a", "نص")])
    with pytest.raises(ConfigError, match=r"got beam=4 instead of beam=2"):
        Ledger(tmp_path).begin("x", {**CONFIG, "beam": 4})
    assert Ledger(tmp_path).begin("y", {**CONFIG, "beam": 4}) == {}


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_line_cut_by_a_kill_is_dropped_and_the_rest_kept(tmp_path: Path, cut: int) -> None:
    ledger = Ledger(tmp_path)
    ledger.begin("x", CONFIG)
    ledger.append("x", [Output("a", "نص أول"), Output("b", "نص ثان")])
    path = tmp_path / "outputs.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    again = Ledger(tmp_path)
    assert again.cut_lines == 1
    assert list(again.begin("x", CONFIG)) == ["a"]
    again.append("x", [Output("b", "نص ثان")])
    assert list(Ledger(tmp_path).begin("x", CONFIG)) == ["a", "b"]


def test_a_folder_that_was_edited_is_refused(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.begin("x", CONFIG)
    ledger.append("x", [Output("a", "نص")])
    path = tmp_path / "outputs.jsonl"
    path.write_text(path.read_text("utf-8").replace('"x"', '"z"'), "utf-8")
    with pytest.raises(DataError, match="line 1: 'z'"):
        Ledger(tmp_path)
    (tmp_path / "config.json").write_text("{", "utf-8")
    with pytest.raises(DataError, match=r"config\.json"):
        Ledger(tmp_path)


def test_a_broken_line_in_the_middle_is_an_error(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.begin("x", CONFIG)
    ledger.append("x", [Output("a", "نص"), Output("b", "نص")])
    path = tmp_path / "outputs.jsonl"
    first, second = path.read_text("utf-8").splitlines()
    path.write_text(f"{first[:40]}\n{second}\n", "utf-8")
    with pytest.raises(DataError, match="line 1"):
        Ledger(tmp_path)


def test_rows_are_json_that_keeps_arabic_readable(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.begin("x", CONFIG)
    ledger.append("x", [Output("a", "نص", seconds=0.5)])
    line = (tmp_path / "outputs.jsonl").read_text("utf-8")
    assert "نص" in line
    assert json.loads(line).keys() >= {"id", "system", "text", "methods", "support", "seconds", "config"}
