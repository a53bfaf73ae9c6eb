"""A round over three articles of our own: written blinded, labelled, read back, kept."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.reading.main import main
from eval.reading.rubric import LABELS, graver
from eval.reading.sheets import read_round
from tests.eval.conftest import write
from training.corpora.annotated.labels import Label, read_candidates

ONE = [
    {"id": "fire", "headline": {"text": "حريق في مصنع", "s": 0}, "standfirst": "اندلع حريق <كبير>.",
     "bullets": [{"text": "أصيب 40 عاملا", "s": [0, 1]}, {"text": "وقال إن التحقيق بدأ"}]},
    {"id": "bridge", "headline": "افتتاح جسر", "standfirst": "افتتح الوزير جسرا.",
     "bullets": [{"text": "تعبره سيارات"}]},
    {"id": "harvest", "headline": "تراجع المحصول", "standfirst": "تراجع الإنتاج.",
     "bullets": [{"text": "وعزا الاتحاد"}]},
]  # fmt: skip
TWO = [{**row, "headline": "خبر", "standfirst": "", "method": "extractive"} for row in ONE]


def command(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    """A round by two systems."""
    one, two = write(tmp_path / "one.jsonl", ONE), write(tmp_path / "two.jsonl", TWO)
    out = tmp_path / "round"
    assert command("--briefs", one, "--briefs", two, "--articles", 3, "--data", data, "--out", out) == 0
    return out


def asked(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "statements.jsonl").read_text("utf-8").splitlines()]


def answers(folder: Path, faults: dict[str, str], reader: str = "a large language model") -> list[dict[str, Any]]:
    """Every statement ok, but those with the texts of ``faults``."""
    return [
        {"id": row["id"], "reader": reader, "labels": [_label(one, faults) for one in row["statements"]]}
        for row in asked(folder)
    ]


def _label(statement: dict[str, Any], faults: dict[str, str]) -> list[Any]:
    fault = faults.get(statement["text"])
    return [statement["n"], fault, "who says so"] if fault else [statement["n"], "ok"]


def test_a_round_names_no_system_and_numbers_everything(folder: Path) -> None:
    text = (folder / "statements.jsonl").read_text("utf-8")
    assert not re.search("one|two|extractive|method", text)
    for row in asked(folder):
        assert [one["n"] for one in row["statements"]] == list(range(len(row["statements"])))
        assert [int(sentence.split(":")[0]) for sentence in row["sentences"]] == [0, 1, 2, 3]
        assert {one["brief"] for one in row["statements"]} == {"A", "B"}
        assert all(one["text"] for one in row["statements"])
    fire = next(row for row in asked(folder) if row["id"] == "fire")
    assert {tuple(one["s"]) for one in fire["statements"] if one["text"] == "أصيب 40 عاملا"} == {(0, 1)}
    made = read_round(folder)
    assert made.systems == ("one", "two")
    for key, letters in made.writers.items():
        own = next(sheet for sheet in made.sheets if sheet.id == key)
        (two,) = (letter for letter, writer in letters.items() if writer.system == "two")
        assert letters[two].empty == ("standfirst",)
        assert next(one.text for one in own.statements if one.brief == two) == "خبر"
    rubric = (folder / "RUBRIC.md").read_text("utf-8")
    assert "the graver fault counts" in rubric
    assert all(f"{label}:" in rubric for label in LABELS)


def test_the_page_escapes_and_blinds(folder: Path) -> None:
    page = (folder / "reading.html").read_text("utf-8")
    assert page.count("<article>") == 3
    assert "اندلع حريق &lt;كبير&gt;." in page
    assert "2 systems, blinded" in page
    assert 'class="lifted"' not in page


def test_another_offset_takes_other_articles(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = ["--system", "extractive", "--data", data, "--articles"]
    assert command(*own, 2, "--out", tmp_path / "a") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "2 articles, seed mujaz-judging-1, offset 0; the next round: --offset 2"
    assert command(*own, 1, "--offset", 2, "--out", tmp_path / "b") == 0
    first, second = ({row["id"] for row in asked(tmp_path / name)} for name in "ab")
    assert first == set(told[1].split())
    assert first | second == {"fire", "bridge", "harvest"}
    page = (tmp_path / "a" / "reading.html").read_text("utf-8")
    assert 'class="lifted"' in page
    assert command(*own, 2, "--offset", 2, "--out", tmp_path / "c") == 6
    assert "2 articles from 2 on; got 1 of 3" in capsys.readouterr().err
    assert command(*own, 1, "--offset", 2, "--out", tmp_path / "a") == 6
    assert "take another --out" in capsys.readouterr().err


def test_a_file_without_an_article_is_refused_or_left_out_for_all(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = ["--briefs", write(tmp_path / "x.jsonl", ONE[:2]), "--data", data, "--out", tmp_path / "out", "--articles"]
    assert command(*own, 3) == 6
    assert "a brief of each article in 'x'; got none of 1: harvest" in capsys.readouterr().err
    assert command(*own, 2, "--shared") == 0


def test_the_table_counts_by_system(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    faults = {"خبر": "false", "أصيب 40 عاملا": "unclear", "تعبره سيارات": "trivial"}
    first = write(tmp_path / "first.jsonl", answers(folder, faults))
    second = write(tmp_path / "second.jsonl", answers(folder, {"خبر": "broken"}, "a person"))
    assert command("--labels", first, second, "--out", folder) == 0
    told = capsys.readouterr().out
    rows = {line.split(" | ")[0]: re.sub(r" \[.*?\]", "", line).split(" | ")[1:] for line in told.splitlines()[2:4]}
    shares = ["50", "0 / 0 / 25 / 25"]
    assert rows["| one"] == ["100 (0)", "100", *shares, "80 / 0", "33", "1.3 |"]
    assert rows["| two"] == ["0 (100)", "0", *shares, "20 / 30", "0", "1.3 |"]
    assert "Labelled by a large language model." in told
    assert "Headlines or standfirsts without a word, counted as broken: 3." in told
    assert "A second reader (a person) of 17 statements: 59 % the same label; Cohen's kappa 0.20" in told
    assert re.search(r"over all labels, 0.47 .* for ok against the rest", told)  # (13/17 - 161/289) / (1 - 161/289)
    assert told.count("| unclear | أصيب 40 عاملا | who says so; second: ok |") == 2
    assert told.count("| standfirst | broken |  | not a word |") == 3
    assert told.count("| false | خبر | who says so; second: broken |") == 3


def test_perfect_agreement_is_one(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = [answers(folder, {"خبر": "copy"}, reader) for reader in ("a person", "a person 2")]
    files = [write(tmp_path / f"{place}.jsonl", rows) for place, rows in enumerate(given)]
    assert command("--labels", *files, "--out", folder) == 0
    assert "100 % the same label; Cohen's kappa 1.00 [1.00, 1.00] over all labels, 1.00" in capsys.readouterr().out


def test_parts_of_one_reader_make_a_whole(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = answers(folder, {})
    parts = [write(tmp_path / f"{place}.jsonl", rows[place:][:1]) for place in range(3)]
    assert command("--labels", *parts, "--out", folder) == 0
    told = capsys.readouterr().out
    assert "kappa" not in told
    assert "| one | 100 [100, 100] (0 [0, 0]) |" in told


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"labels": [[0, "ok"]]}, "no label for statement 1 of"),
        ({"labels": [[0, "ok"], [0, "ok"]]}, "statement 0 of fire labelled twice"),
        ({"labels": [[99, "ok"]]}, "statement 99 was not asked about"),
        ({"labels": [[True, "ok"]]}, "statement True was not asked about"),
        ({"labels": [[[0], "ok"]]}, "statement [0] was not asked about"),
        ({"labels": [[0, "good"]]}, "unknown label 'good'"),
        ({"labels": [[0, "ok", "why not"]]}, "ok with a reason"),
        ({"labels": [[0, "false", " "]]}, "false without a reason"),
        ({"labels": [[0, "ok", 3]]}, "is not [number, label, reason]"),
        ({"labels": {"0": "ok"}}, "is not [number, label, reason]"),
        ({"labels": None}, "is not [number, label, reason]"),
        ({"reader": ""}, 'no "reader" for fire'),
        ({"id": "flood"}, "flood was not asked about; no labels of fire"),
        ({"id": "bridge"}, "bridge labelled twice by"),
    ],
)
def test_labels_that_do_not_fit_are_named_and_refused(
    folder: Path, tmp_path: Path, change: dict[str, Any], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = sorted(answers(folder, {}), key=lambda row: row["id"] == "fire")
    path = write(tmp_path / "labels.jsonl", [*rows[:2], {**rows[2], **change}])
    kept = tmp_path / "kept.jsonl"
    assert command("--labels", path, "--out", folder, "--keep", kept) == 6
    told = capsys.readouterr()
    assert message in told.err
    assert "| system |" not in told.out
    assert not kept.exists()


def test_a_bullet_is_no_copy(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "labels.jsonl", answers(folder, {"أصيب 40 عاملا": "copy"}))
    assert command("--labels", path, "--out", folder) == 6
    assert "got 2 faults" in (told := capsys.readouterr().err)
    assert "'copy' of a bullet" in told


def test_statements_that_were_changed_are_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "labels.jsonl", answers(folder, {}))
    write(folder / "statements.jsonl", asked(folder)[:2])
    assert command("--labels", path, "--out", folder) == 6
    assert command("--labels", path, "--out", tmp_path / "nowhere") == 6
    assert "name its folder with --out" in capsys.readouterr().err


def test_what_is_kept_is_read_as_candidates(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = answers(folder, {"خبر": "false"})
    bullets = [one["n"] for one in asked(folder)[0]["statements"] if one["slot"] == "bullet"]
    rows[0]["labels"][bullets[-1]] = [bullets[-1], "unclear", "who"]  # the other system's, in the same words, is ok
    kept = tmp_path / "kept.jsonl"
    own = ["--labels", write(tmp_path / "labels.jsonl", rows), "--out", folder, "--keep", kept]
    assert command(*own) == 0
    assert "13 statements of 3 articles, 1 of them labelled in two ways and kept under the graver" in (
        capsys.readouterr().out
    )
    found = read_candidates(kept).checked()
    assert {(row.reader, row.benchmark) for row in found} == {("a large language model", "briefs-dev")}
    judged = {one.text: one for row in found for one in row.candidates}
    assert (judged["خبر"].label, judged["خبر"].why, judged["خبر"].score) == ("false", "who says so", None)
    assert judged["أصيب 40 عاملا"].sentence == 1  # of the two that it names the nearest
    assert judged["وقال إن التحقيق بدأ"].sentence == 2  # none is named
    assert judged["حريق في مصنع"].sentence == 0
    assert judged["افتتاح جسر"].sentence is None
    assert [one.label for one in found[0].candidates].count("unclear") == 1
    assert command(*own) == 6
    assert "a new file for the labels" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--keep", "kept.jsonl"],
        ["--listed", "--system", "extractive", "--system", "lead"],
        ["--briefs", "x=one.jsonl", "--briefs", "x=one.jsonl"],
    ],
)
def test_flags_that_do_not_fit_are_refused(
    data: Path, tmp_path: Path, arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "one.jsonl", ONE)
    assert command(*arguments, "--data", data, "--articles", 3) == 4


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("ok", "trivial", "trivial"), ("copy", "unclear", "unclear"), ("broken", "false", "false"), ("ok", "ok", "ok")],
)
def test_the_graver_fault_counts(one: Label, other: Label, expected: Label) -> None:
    assert graver(one, other) == graver(other, one) == expected


def test_articles_without_a_reference_are_judged_too(tmp_path: Path) -> None:
    bodies = [
        {"id": str(number), "body": "أعلنت الوزارة افتتاح الجسر. وقال الوزير إن الأعمال انتهت."} for number in range(3)
    ]
    file, out = write(tmp_path / "fresh.jsonl", bodies), tmp_path / "round"
    assert command("--unread", file, "--articles", 2, "--offset", 1, "--system", "extractive", "--out", out) == 0
    rows = asked(out)
    assert len(rows) == 2
    assert all(row["sentences"][0] == "0: أعلنت الوزارة افتتاح الجسر." for row in rows)
    assert all(row["statements"] for row in rows)
    assert read_round(out).about["benchmark"] == "fresh"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"id": "a"}], "every row needs id and body"),
        ([{"id": "a", "body": "أعلنت الوزارة افتتاح الجسر اليوم."}] * 2, "'a' again"),
        ([{"id": "a", "body": "خبر."}], "line 1"),
    ],
)
def test_unread_articles_that_cannot_be_used(
    rows: list[dict[str, str]], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("--unread", write(tmp_path / "fresh.jsonl", rows), "--out", tmp_path / "round") != 0
    assert said in capsys.readouterr().err
