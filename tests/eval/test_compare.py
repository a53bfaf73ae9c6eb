"""Two runs against each other: pairing by id, and everything that must not be compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.compare import compare, main, read_side
from eval.run.main import main as run_main
from summarizer.errors import ConfigError, DataError, UnknownName

Write = Callable[..., Path]


@pytest.fixture
def folder(articles: Path, outputs: Path, tmp_path: Path) -> Path:
    out = tmp_path / "out"
    assert run_main(["--benchmark", str(articles), "--system", str(outputs), "--out", str(out), "--quiet"]) == 0
    return out


def test_the_better_system_wins_every_article(folder: Path) -> None:
    (found,) = compare(read_side(f"{folder}:other"), read_side(f"{folder}:good"), ["xlsum.rouge1"])
    assert (found.mean_b, found.articles) == (100, 3)
    assert found.difference.value == pytest.approx(100 - found.mean_a)
    assert (found.difference.wins_a, found.difference.wins_b, found.difference.ties) == (0, 3, 0)
    assert found.difference.low > 0
    # With three articles no arrangement of signs is rarer than 2 in 8.
    assert found.difference.p == pytest.approx(0.25, abs=0.03)


def test_the_command_prints_a_table_or_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([f"{folder}:good", f"{folder}:good", "--metric", "chrf"]) == 0
    assert "| chrf | 100.00 | 100.00 | +0.00 | [+0.00, +0.00] | 1.0000 | 0 | 0 | 3 | 3 |" in capsys.readouterr().out
    assert main([f"{folder}:other", f"{folder}:good", "--metric", "chrf", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["wins_b"] == 3


def test_articles_that_only_one_has_are_left_out_and_counted(
    folder: Path, articles: Path, jsonl: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two = jsonl("part.jsonl", [{"id": "fire", "text": "حريق في طنجة"}, {"id": "bridge", "text": "جسر جديد"}])
    out = tmp_path / "part"
    arguments = ["--benchmark", str(articles), "--system", str(two), "--out", str(out), "--quiet", "--exclude-bad"]
    assert run_main(arguments) == 0
    capsys.readouterr()
    assert main([f"{folder}:good", str(out), "--metric", "xlsum.rouge1"]) == 0
    text = capsys.readouterr().out
    assert "| 2 |" in text
    assert f"Only in {folder}:good: 1 articles, left out." in text


def test_what_cannot_be_compared_is_refused(folder: Path, articles: Path, outputs: Path, tmp_path: Path) -> None:
    good = read_side(f"{folder}:good")
    with pytest.raises(UnknownName, match="did you mean xlsum"):
        compare(good, good, ["xlsum.rogue1"])
    with pytest.raises(ConfigError, match="good, other"):
        read_side(str(folder))
    with pytest.raises(UnknownName, match="did you mean good"):
        read_side(f"{folder}:goood")
    with pytest.raises(DataError, match=r"results\.json"):
        read_side(str(tmp_path / "nowhere"))
    headlines = tmp_path / "headlines"
    arguments = ["--benchmark", str(articles), "--system", str(outputs), "--out", str(headlines), "--quiet"]
    assert run_main([*arguments, "--task", "headline"]) == 0
    with pytest.raises(DataError, match="one benchmark and task"):
        compare(good, read_side(f"{headlines}:good"), ["chrf"])


def test_scores_made_in_another_way_are_refused(folder: Path) -> None:
    path = folder / "results.json"
    results = json.loads(path.read_text("utf-8"))
    score = results["systems"]["other"]["xlsum"]["rouge1"]
    score["signature"] = score["signature"].replace("pyonmttok-1", "pyonmttok-0")
    path.write_text(json.dumps(results), "utf-8")
    with pytest.raises(DataError, match=r"other parts: tok:pyonmttok-0.*tok:pyonmttok-1"):
        compare(read_side(f"{folder}:good"), read_side(f"{folder}:other"), ["xlsum.rouge1"])


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format": 99, "systems": {"x": {}}}', '{"format": 1, "systems": {}}']
)
def test_a_file_that_is_no_result_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "results.json").write_text(text, "utf-8")
    with pytest.raises(DataError):
        read_side(str(tmp_path))
