"""The command from end to end: systems, resume, results, and errors a person can read."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.benchmarks.rows import Row
from eval.benchmarks.table import load_benchmark
from eval.run.main import main
from eval.run.results import read_article_scores, read_results
from eval.run.runner import RunOptions, run
from eval.systems.backed import Pipeline, Raw, folder_digest
from eval.systems.outputs import Output
from eval.systems.table import Baseline, resolve
from eval.tables import main as tables_main
from eval.tables import markdown
from summarizer.backends.extractive import Extractive
from summarizer.config import BriefOptions
from summarizer.errors import ConfigError, UnknownName
from summarizer.schema import Task

Write = Callable[..., Path]


def command(articles: Path, out: Path, *more: str) -> int:
    return main(["--benchmark", str(articles), "--out", str(out), "--quiet", *more])


def results_of(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "results.json").read_text("utf-8"))
    return found


def test_results_have_the_promised_names(articles: Path, outputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert command(articles, out, "--system", "lead-1", "--system", str(outputs)) == 0
    results = results_of(out)
    assert list(results["systems"]) == ["lead-1", "good", "other"]
    for system in results["systems"].values():
        for setting in ("xlsum", "xlsum-stem", "normalized"):
            for metric in ("rouge1", "rouge2", "rougeL"):
                score = system[setting][metric]
                assert 0 <= score["low"] <= score["value"] <= score["high"] <= 100
                assert re.search(rf"metric:{metric}\|setting:{setting}\|.*refs:1.*\|n:3\|", score["signature"])
        for metric in ("chrf", "support", "novelty", "compression", "length", "coverage"):
            assert {"value", "low", "high", "signature"} == system[metric].keys()
    assert results["systems"]["good"]["xlsum"]["rouge1"]["value"] == 100
    assert re.fullmatch(r"[0-9a-f]{40}|unknown", results["git_commit"])
    assert "cores" in results["machine"]
    assert results["seconds"] > 0
    assert results["articles_per_second"] > 0
    assert results["systems"]["good"]["about"]["seconds"] is None
    assert results["benchmark"]["rows"] == 3
    assert len((out / "outputs.jsonl").read_text("utf-8").splitlines()) == 9


def test_scores_a_file_of_outputs_alone_without_a_speed(articles: Path, outputs: Path, tmp_path: Path) -> None:
    assert command(articles, tmp_path / "out", "--system", str(outputs)) == 0
    assert results_of(tmp_path / "out")["articles_per_second"] is None


def test_a_backend_runs_through_the_pipeline_and_says_its_rungs(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert command(articles, out, "--system", "extractive", "--task", "headline") == 0
    about = results_of(out)["systems"]["extractive"]["about"]
    assert about["methods"] == {"extractive": 3}
    assert about["articles"] == 3
    row = json.loads((out / "outputs.jsonl").read_text("utf-8").splitlines()[0])
    assert row["methods"] == ["extractive"]
    assert row["seconds"] > 0
    assert about["config"]["options"]["bullets"] == 0


def test_a_table_grows_and_systems_can_be_renamed(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert command(articles, out, "--system", "lead-1") == 0
    assert command(articles, out, "--system", "two=lead-2") == 0
    assert list(results_of(out)["systems"]) == ["lead-1", "two"]
    assert set(read_article_scores(out)) == {"lead-1", "two"}


class Counting:
    """A system that remembers what it was asked, and may stop in the middle like a killed process."""

    name, given = "counting", False

    def __init__(self, stop_after: int = 100) -> None:
        self.asked: list[str] = []
        self.stop_after = stop_after

    def config(self) -> dict[str, Any]:
        return {"kind": "counting"}

    def write(self, rows: Sequence[Row]) -> list[Output]:
        if len(self.asked) >= self.stop_after:
            raise KeyboardInterrupt
        self.asked += [row.id for row in rows]
        return [Output(row.id, row.references[0], seconds=0.5) for row in rows]


def test_a_killed_run_goes_on_without_writing_anything_twice(articles: Path, tmp_path: Path) -> None:
    benchmark, options = load_benchmark(str(articles)), RunOptions(tmp_path, batch=1, progress=False)
    first = Counting(stop_after=2)
    with pytest.raises(KeyboardInterrupt):
        run(benchmark, [first], options)
    second = Counting()
    results = run(benchmark, [second], options)
    assert (first.asked, second.asked) == (["fire", "bridge"], ["harvest"])
    assert results["systems"]["counting"]["about"]["seconds"] == 1.5
    assert results["articles_per_second"] == 2
    third = Counting()
    assert run(benchmark, [third], options)["systems"] == results["systems"]
    assert third.asked == []


def test_outputs_of_another_commit_are_named(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.run.runner.git_commit", lambda: "a" * 40)
    assert command(articles, tmp_path, "--system", "lead-1") == 0
    monkeypatch.setattr("eval.run.runner.git_commit", lambda: "b" * 40)
    assert command(articles, tmp_path, "--system", "lead-1") == 0
    assert f"another commit: {'a' * 40}" in capsys.readouterr().err
    assert results_of(tmp_path)["systems"]["lead-1"]["about"]["commits"] == ["a" * 40]


def test_the_same_run_twice_gives_the_same_numbers(articles: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert command(articles, tmp_path / name, "--system", "lead-2") == 0
    a, b = (results_of(tmp_path / name)["systems"]["lead-2"] for name in "ab")
    assert a["xlsum"] == b["xlsum"]
    assert a["chrf"] == b["chrf"]


def test_another_benchmark_in_the_same_folder_is_refused(
    articles: Path, jsonl: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert command(articles, out, "--system", "lead-1") == 0
    other = jsonl("other.jsonl", [{"id": "x", "body": "اندلع حريق في طنجة. وأصيب عامل.", "abstract": "حريق في طنجة"}])
    assert command(other, out, "--system", "lead-2") == 4
    assert "other digest" in capsys.readouterr().err
    assert command(articles, out, "--system", "lead-2", "--limit", "2") == 4
    assert "other rows" in capsys.readouterr().err
    assert command(articles, out, "--system", "lead-1", "--limit", "2") == 0
    assert results_of(out)["benchmark"]["limit"] == 2


def test_bad_outputs_stop_the_run_before_anything_slow(
    articles: Path, jsonl: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = jsonl("bad.jsonl", [{"id": "fire", "text": "حريق في طنجة"}, {"id": "bridge", "text": ""}])
    out = tmp_path / "out"
    assert command(articles, out, "--system", "lead-1", "--system", str(bad)) == 6
    error = capsys.readouterr().err
    assert "none for harvest" in error
    assert "--exclude-bad" in error
    assert not out.exists()
    assert command(articles, out, "--system", str(bad), "--exclude-bad") == 0
    captured = capsys.readouterr()
    assert "bad: 1 missing" in captured.err
    assert "bad: 1 empty or failed" in captured.err
    assert "bad (1 articles)" in captured.out
    assert "bad: 1 missing" in captured.out
    assert results_of(out)["systems"]["bad"]["about"]["excluded"] == {"missing": 1, "empty or failed": 1}
    assert "|n:1|" in results_of(out)["systems"]["bad"]["xlsum"]["rouge1"]["signature"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--system", "extractiv"], 4, "did you mean extractive"),
        (["--system", "lead-1", "--system", "lead-1"], 4, "lead-1 twice"),
        (["--system", "none.jsonl"], 6, "No such file"),
        (["--system", "lead-1", "--task", "bullets"], 4, "references for the task bullet"),
        (["--system", "extractive", "--raw", "--task", "bullets"], 4, "columns there"),
    ],
)
def test_wrong_usage_is_one_line_and_an_exit_code(
    articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, message: str
) -> None:
    assert command(articles, tmp_path / "out", *arguments) == code
    error = capsys.readouterr().err.strip().splitlines()
    assert message in error[-1]
    assert "Traceback" not in "".join(error)


@pytest.mark.parametrize("number", ["0", "-3", "x", "1.5"])
def test_a_limit_is_a_whole_number(articles: Path, tmp_path: Path, number: str) -> None:
    with pytest.raises(SystemExit) as stop:
        command(articles, tmp_path, "--system", "lead-1", "--limit", number)
    assert stop.value.code == 2


def written(name: str, row: Row, task: Task = Task.STANDFIRST) -> str:
    (system,) = resolve(name, task, BriefOptions())
    return system.write([row])[0].text


def test_lead_and_oracle(articles: Path) -> None:
    row = load_benchmark(str(articles)).rows[0]
    assert written("lead-1", row) == "اندلع حريق كبير فجر الأحد في مصنع للنسيج بمدينة طنجة."
    assert written("lead-2", row, Task.BULLET).count("\n") == 1
    assert written("lead-99", row).endswith("القريبة من المصنع.")
    assert written("oracle", row).startswith("اندلع حريق")
    stranger = replace(row, references=("نتائج مباريات الدوري",))
    assert written("oracle", stranger) == written("lead-1", row)


def test_a_lead_is_a_sentence_where_lines_are_wrapped_and_datelines_no_part_of_it() -> None:
    first = (
        "اندلع حريق كبير فجر الأحد في مصنع للنسيج بالمنطقة الصناعية شرق المدينة وامتدت ألسنة اللهب إلى ثلاثة مستودعات "
        "مجاورة قبل أن تتمكن فرق الإطفاء من السيطرة عليه بعد خمس ساعات من العمل المتواصل."
    )
    rest = "وأصيب أربعون عاملا بجروح نقلوا على إثرها إلى المستشفى الجامعي حيث يتلقون العلاج منذ ساعات الصباح الأولى."
    body = textwrap.fill(f"الرباط - {first} {rest}", width=72)
    assert body.count("\n") >= 3
    assert written("lead-1", Row("x", body, ("حريق",))) == first


def test_a_row_that_cannot_be_read_fails_for_baselines_too() -> None:
    (system,) = resolve("lead-1", Task.STANDFIRST, BriefOptions())
    (output,) = system.write([Row("x", "حريق", ("حريق",))])
    assert output.error
    assert not output.text


def test_the_oracle_is_not_below_any_lead(articles: Path, tmp_path: Path) -> None:
    assert command(articles, tmp_path / "o", "--system", "oracle", "--system", "lead-1", "--system", "lead-3") == 0
    values = {
        name: system["normalized"]["rouge1"]["value"] + system["normalized"]["rouge2"]["value"]
        for name, system in results_of(tmp_path / "o")["systems"].items()
    }
    assert values["oracle"] >= max(values.values())


def test_resolve_names_systems() -> None:
    options = BriefOptions()
    (system,) = resolve("lead-3", Task.STANDFIRST, options)
    assert isinstance(system, Baseline)
    assert system.sentences == 3
    (system,) = resolve("mine=extractive", Task.STANDFIRST, options)
    assert isinstance(system, Pipeline)
    assert system.name == "mine"
    (system,) = resolve("extractive", Task.HEADLINE, options, raw=True)
    assert isinstance(system, Raw)
    assert system.name == "extractive-raw"
    for name in ("lead-0", "lead-", "nobody"):
        with pytest.raises(UnknownName):
            resolve(name, Task.STANDFIRST, options)


def test_several_systems_cannot_share_one_new_name(outputs: Path) -> None:
    with pytest.raises(ConfigError, match="good, other"):
        resolve(f"mine={outputs}", Task.STANDFIRST, BriefOptions())


def test_raw_is_the_first_candidate_and_refuses_bullets(articles: Path) -> None:
    rows = load_benchmark(str(articles)).rows
    found = Raw("raw", Task.STANDFIRST, Extractive(), BriefOptions()).write(rows)
    assert [output.id for output in found] == ["fire", "bridge", "harvest"]
    assert all(output.text and output.text in row.body for output, row in zip(found, rows, strict=True))
    with pytest.raises(ConfigError, match="no first candidate"):
        Raw("raw", Task.BULLET, Extractive(), BriefOptions())


def test_an_article_that_cannot_be_read_is_an_error_of_its_own() -> None:
    rows = [
        Row("bad", "حريق", ("حريق",)),
        Row("good", "اندلع حريق كبير فجر الأحد في مصنع للنسيج بمدينة طنجة. وأصيب 40 عاملا بجروح.", ("حريق",)),
    ]
    bad, good = Pipeline("x", Task.STANDFIRST, Extractive(), BriefOptions()).write(rows)
    assert bad.error
    assert not bad.text
    assert good.text
    assert not good.error


def test_a_checkpoint_that_changed_is_another_configuration(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    first = folder_digest(tmp_path)
    assert first == folder_digest(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"weights.")
    assert folder_digest(tmp_path) != first


def test_flags_reach_the_pipeline(articles: Path, tmp_path: Path) -> None:
    flags = ["--beam", "1", "--candidates", "3", "--max-source-tokens", "99", "--bullets", "2"]
    assert command(articles, tmp_path, "--system", "extractive", *flags) == 0
    options = results_of(tmp_path)["systems"]["extractive"]["about"]["config"]["options"]
    assert (options["decoding"]["beam"], options["decoding"]["candidates"]) == (1, 3)
    assert (options["max_source_tokens"], options["bullets"]) == (99, 2)


def test_the_printed_table_names_benchmark_commit_and_signatures(articles: Path, tmp_path: Path) -> None:
    assert command(articles, tmp_path, "--system", "lead-1", "--system", "lead-2") == 0
    text = markdown(read_results(tmp_path))
    assert text.count("\n| lead-") == 2
    assert "`news`, standfirst, 3 articles" in text
    assert "metric:rouge1,rouge2,rougeL|setting:xlsum-stem|" in text


def test_tables_of_published_results(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(articles, tmp_path, "--system", "lead-1") == 0
    capsys.readouterr()
    assert tables_main([str(tmp_path / "results.json"), "--column", "xlsum.rouge1", "--column", "novelty"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("| system | R1 | novelty | articles/s |")
    assert tables_main([str(tmp_path), "--column", "xlsum.rouge"]) == 4
    assert "did you mean xlsum.rouge" in capsys.readouterr().err
    assert tables_main([str(tmp_path / "none")]) == 6
