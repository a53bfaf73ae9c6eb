"""The bars for bullets, and who is under them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from eval import editor
from eval.benchmarks.rows import Row
from eval.benchmarks.table import Benchmark
from eval.editor import Bar, covered_at, first_words, gap_lines, main, table, written_share
from eval.systems.outputs import Output
from summarizer.schema import Task
from tests.eval.conftest import rows


@pytest.fixture
def corpora(jsonl: Callable[..., Path]) -> Path:
    """A data folder with both benchmarks, of three articles each."""
    jsonl("bbc-2018h2.jsonl", list(rows()))
    extracts = [{"id": row["id"], "body": row["body"], "summaries": [row["abstract"], row["title"]]} for row in rows()]
    return jsonl("easc.jsonl", list(extracts)).parent


def test_the_table_of_a_system_that_lifts(corpora: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--system", "again=extractive", "--data", str(corpora), "--out", str(tmp_path / "out"), "--quiet"]
    assert main(arguments) == 1  # nothing was written by a model
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split(" | ")[2:] == [
        "again, bbc-2018h2", "extractive, bbc-2018h2", "again, easc", "extractive, easc |",
    ]  # fmt: skip
    found = {line.split(" | ")[0].removeprefix("| "): line for line in lines[2:]}
    assert found["written by the model, %"].count("✗") == 4
    assert found["stop in mid-sentence, %"].count("0.0 ✓") == 4
    assert found["coverage of the people's extracts, %"].count("–") == 2
    # The same bullets cover the same: the bar that the baseline sets is reached, and nobody is judged by it but others.
    assert found["coverage in 50% of the words of `extractive`, %"].count("✓") == 1
    results = json.loads((tmp_path / "out" / "bbc-2018h2" / "results.json").read_text("utf-8"))
    assert "xlsum" not in results["systems"]["again"]


def test_a_bar_is_exact() -> None:
    assert not Bar("", "", most=0).holds(0.04)
    assert Bar("", "", most=0).holds(0.0)
    assert not Bar("", "", least=98).holds(97.96)
    assert Bar("", "").holds(3)


def test_coverage_is_compared_at_the_same_number_of_words() -> None:
    row = Row("1", "متن", ("حريق مصنع طنجة فجرا",))
    benchmark = Benchmark("easc", Task.BULLET, (row,), frozenset("1"), "", "")
    outputs = {
        "extractive": {"1": Output("1", "قال أحد الناس حريق مصنع كبير\nطنجة فجرا")},  # 8 words: 4 may be used
        "short": {"1": Output("1", "حريق مصنع طنجة فجرا")},
        "long": {"1": Output("1", "كلام كثير بلا معنى\nحريق مصنع طنجة فجرا")},
    }
    covered = covered_at(0.5, benchmark, outputs)
    assert covered == {"extractive": {"1": 25}, "short": {"1": 100}, "long": {"1": 0}}
    _, short, long = gap_lines(covered)
    assert short.startswith("coverage, short less extractive: +75.0 (+75.0 to +75.0, 95 %, p = 1.00, 1 article")
    assert "long less extractive: -25.0" in long
    assert gap_lines({"extractive": {"1": 25.0}}) == []
    assert first_words("حريق، ثم", 1) == "حريق"
    assert first_words("حريق", 0) == ""


def test_the_share_that_a_model_wrote() -> None:
    assert written_share({"about": {"methods": {"model": 3, "extractive": 1}}}) == 75
    assert written_share({"about": {"methods": {}}}) is None


def test_values_that_do_not_apply_are_not_judged() -> None:
    bar = Bar("names", "", least=96)
    assert table({("easc", "one"): [(None, bar)]}).splitlines()[2] == "| names | ≥ 96 | – |"
    assert all(bar.key for bar in editor.BARS)
