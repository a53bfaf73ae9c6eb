"""The verifier's tables on rows whose odds are known, and the command with a backend of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval import verify
from eval.calibrate.judged import ARTICLES, FACTUAL, JUDGED, OFF_TASK
from summarizer.backends.scripted import Scripted
from summarizer.schema import Task

SOURCE = "هاجم الجيش القرية أمس.\nوقالت الحكومة إن 12 جنديا قتلوا."


def row(number: int, kind: str, odds: float | None = None) -> dict[str, Any]:
    label = "yes" if kind == "reference" else "no"
    found = {"id": f"a{number}~b0:bullet:{kind}", "source": SOURCE, "statement": f"{kind} {number}"}
    return {**found, "label": label, "kind": kind, **({} if odds is None else {"odds": odds, "article": f"a{number}"})}


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), encoding="utf-8")
    return path


ROWS = [
    *(row(n, "reference", odds) for n, odds in enumerate((2.0, 3.0, 4.0, 5.0))),
    *(row(n, "antonym", odds) for n, odds in enumerate((-3.0, -2.0, 1.0, 1.5))),
    *(row(n, "role_swap", odds) for n, odds in enumerate((2.5, 6.0, -1.0, 2.5))),
]


def test_each_kind_is_measured_against_all_true_statements() -> None:
    found = verify.by_kind(ROWS, resamples=50)
    assert found["antonym"].value == 1.0
    # Of 16 pairs the true one wins 3 + 0 + 4 + 3.
    assert found["role_swap"].value == pytest.approx(10 / 16)
    assert found["all"].value == pytest.approx((16 + 10) / 32)
    assert found["all"].low <= found["all"].value <= found["all"].high


def test_what_a_threshold_refuses() -> None:
    at = {limit: shares for limit, *shares in verify.refusals(ROWS)}
    assert at[0.0] == [0.0, 3 / 8]
    assert at[4.0] == [0.5, 7 / 8]


def test_the_article_of_a_row() -> None:
    assert verify.article_of("http://a.b/c:1~b12:bullet:role_swap") == "http://a.b/c:1"
    assert verify.article_of("a1:headline:reference") == "a1"


def test_a_source_is_read_in_sentences_and_paragraphs() -> None:
    passage = verify.passage_of(SOURCE)
    assert [sentence.paragraph for sentence in passage.sentences] == [0, 1]
    assert passage.sentences[0].text == "هاجم الجيش القرية أمس."


def test_the_command_asks_and_reads_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row(n, kind) for n in range(3) for kind in ("reference", "antonym")]
    double = Scripted({}, {one["statement"]: 1.0 if one["label"] == "yes" else -1.0 for one in rows})
    monkeypatch.setattr(verify, "load_backend", lambda _: double)
    scores, out = tmp_path / "odds.jsonl", tmp_path / "out.json"
    asked = ["--rows", str(write(tmp_path / "rows.jsonl", rows)), "--backend", "any", "--resamples", "20"]
    assert verify.main([*asked, "--scores", str(scores), "--out", str(out)]) == 0
    first = capsys.readouterr().out
    assert "| antonym | 3 | 1.000 [1.000, 1.000] |" in first
    assert "| +0 | 0.0% | 100.0% |" in first
    assert json.loads(out.read_text())["kinds"]["all"]["value"] == 1.0
    assert verify.main(["--scores", str(scores), "--resamples", "20"]) == 0
    assert capsys.readouterr().out == first


def test_a_backend_that_does_not_verify_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = write(tmp_path / "rows.jsonl", [row(0, "reference"), row(0, "antonym")])
    command = ["--rows", str(rows), "--backend", "extractive", "--scores", str(tmp_path / "odds.jsonl")]
    assert verify.main(command) == 5
    assert "trained to verify" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--rows", "x", "--data", "y"], 4), (["--rows", "x"], 4), ([], 6)],
)
def test_what_cannot_be_measured_is_said(tmp_path: Path, arguments: list[str], code: int) -> None:
    assert verify.main([*arguments, "--scores", str(tmp_path / "none.jsonl")]) == code


def test_a_broken_row_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = write(tmp_path / "rows.jsonl", [{**row(0, "reference"), "label": "maybe"}])
    assert verify.main(["--rows", str(rows), "--backend", "lead", "--scores", str(tmp_path / "odds.jsonl")]) == 6
    assert "rows.jsonl line 1" in capsys.readouterr().err


def test_judged_summaries_are_asked_about_sentence_by_sentence(tmp_path: Path) -> None:
    labels = dict.fromkeys((*FACTUAL, OFF_TASK), False)
    outputs = [("الجيش يهاجم القرية. الحكومة تعلن النتيجة.", 5, False), ("الجيش ينسحب من القرية.", 1, True)]
    judged = [
        {"id": f"a{n}", "model": "m", "output": text, "labels": {**labels, "Fabrication": bad}, "rating": str(rating)}
        for n, (text, rating, bad) in enumerate(outputs)
    ]
    write(tmp_path / JUDGED, judged)
    write(tmp_path / ARTICLES, [{"id": f"a{n}", "body": SOURCE} for n in range(2)])
    rows = verify.judged_rows(tmp_path)
    assert [one["summary"] for one in rows] == [0, 0, 1]
    odds = {"الجيش يهاجم القرية.": 4.0, "الحكومة تعلن النتيجة.": 0.0, "الجيش ينسحب من القرية.": 1.0}
    scored = verify.ask(rows, Scripted({Task.BULLET: ()}, odds))
    found = verify.against_people(scored, resamples=20)
    assert found["mean"]["factual_error"].value == 1.0
    assert found["worst sentence"]["factual_error"].value == 0.0
    assert found["mean"]["rating"].value == pytest.approx(1.0)
    assert np.isfinite(found["worst sentence"]["unusable"].value)
