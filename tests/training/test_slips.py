from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from summarizer.backends.base import Backend
from summarizer.briefing.slips import committed, doubts
from summarizer.briefing.slips.learned import Weights
from summarizer.schema import Fork
from training.slips.labelled import Labelled, read, write
from training.slips.main import fit, main, table
from training.slips.rows import main as rows_main

LABELS = Path("training/slips/labels/slips.jsonl")
ARTICLE = {"id": "one", "sentences": ["ارتفعت الأسعار بنسب تترواح ما بين 33 إلى 75 في المئة.", "قال جميس ماتيس ذلك."]}


class Telling:
    """An editor for which the first form that may be meant is much likelier."""

    def likelihoods(self, forks: Sequence[Fork]) -> list[list[tuple[float, float]]]:
        return [[(-25.0, -9.0), (-5.0, -5.0), *[(-24.0, -9.0)] * (len(words) - 2)] for _, words, _ in forks]


class Backed:
    name = "telling"
    editor = Telling()


@pytest.fixture
def telling(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> Backend:
        return Backed()  # type: ignore[return-value]

    monkeypatch.setattr("training.slips.rows.load_backend", load)


def test_from_articles_to_labels(tmp_path: Path, telling: None) -> None:
    (tmp_path / "articles.jsonl").write_text(json.dumps(ARTICLE, ensure_ascii=False) + "\n", encoding="utf-8")
    rows, sheet, answers, out = (tmp_path / name for name in ("rows", "sheet", "answers", "labels"))
    assert rows_main(["--articles", str(tmp_path / "articles.jsonl"), "--out", str(rows), "--read", str(sheet)]) == 0
    shown = [json.loads(line) for line in sheet.read_text("utf-8").splitlines()]
    assert {one["word"]: one["offered"][0] for one in shown} == {"تترواح": "تتراوح", "جميس": "جيمس"}
    assert "[[تترواح]] ما بين" in shown[0]["context"]
    said = [{"n": one["n"], "labels": ["right", *["wrong"] * (len(one["offered"]) - 1)]} for one in shown]
    answers.write_text("".join(json.dumps(one) + "\n" for one in said), encoding="utf-8")
    asked = ["--rows", str(rows), "--read", str(sheet), "--answers", str(answers), "--out", str(out)]
    assert rows_main(asked) == 0
    assert {row.about[3:] for row in read(out) if row.label == "right"} == {("تترواح", "تتراوح"), ("جميس", "جيمس")}
    assert len(read(out)) == sum(len(one.meant) for one in doubts(ARTICLE["sentences"]))
    assert "ارتفعت" not in out.read_text("utf-8")


def test_an_answer_to_what_was_not_shown_is_refused(
    tmp_path: Path, telling: None, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "articles.jsonl").write_text(json.dumps(ARTICLE, ensure_ascii=False) + "\n", encoding="utf-8")
    rows, sheet, answers = (tmp_path / name for name in ("rows", "sheet", "answers"))
    rows_main(["--articles", str(tmp_path / "articles.jsonl"), "--out", str(rows), "--read", str(sheet)])
    answers.write_text('{"n": 999, "labels": ["right"]}\n', encoding="utf-8")
    out = str(tmp_path / "out")
    assert rows_main(["--rows", str(rows), "--read", str(sheet), "--answers", str(answers), "--out", out]) != 0
    assert "expected an answer to each form shown" in capsys.readouterr().err


def _rows(count: int = 240) -> list[Labelled]:
    """Forms of which those with a large gain are right."""
    chance = np.random.default_rng(0)
    rows = []
    for place in range(count):
        gain = float(chance.normal(8 if place % 3 == 0 else -2, 3))
        label = "right" if place % 3 == 0 else "wrong"
        numbers = {"count": float(place % 5), "length": float(chance.integers(3, 9))}
        rows.append(Labelled((f"a{place % 20}", place, 0, "و", "ك"), label, numbers, {"gain": round(gain, 2)}))
    return rows


def test_what_is_fitted_tells_right_from_wrong(tmp_path: Path) -> None:
    rows = _rows()
    weights, chances = fit(rows)
    assert weights["card"]["auc"]["right"] > 0.9
    assert weights["card"]["forms"] == {"right": 80, "wrong": 160}
    right = np.array([row.label == "right" for row in rows])
    assert chances[right].mean() > chances[~right].mean() + 0.5
    told = table(rows, chances.tolist())
    assert "words doubted 240, asked about 240, slips 80" in told
    assert Weights(json.loads(json.dumps(weights))).chances("right", [rows[0].all])[0] > 0.5


def test_label_files_come_back_as_they_were(tmp_path: Path) -> None:
    rows = [*_rows(5), Labelled(("b", 1, 2, "كلمه", "كلمة"), "same", {"count": 0.0, "length": 4.0}, {})]
    write(tmp_path / "labels", rows)
    assert [(row.about, row.label, row.weighed) for row in read(tmp_path / "labels")] == [
        (row.about, row.label, row.weighed) for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"n": 1}\n', "expected names in the first line"),
        ("not json\n", "no JSON object in labels line 1"),
        ('{"counted": [], "weighed": []}\n{"about": ["a", 1, 2, "b", "c"], "label": "good", "values": []}\n', "line 2"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "labels").write_text(text, encoding="utf-8")
    assert main(["--labels", str(tmp_path / "labels")]) != 0
    assert said in capsys.readouterr().err


def test_the_committed_labels_have_the_features_of_the_weights(capsys: pytest.CaptureFixture[str]) -> None:
    rows = read(LABELS)
    assert {row.label for row in rows} == {"right", "same", "wrong"}
    asked = [row for row in rows if row.weighed]
    chances = committed().chances("right", [row.all for row in asked])
    right = [chance for row, chance in zip(asked, chances, strict=True) if row.label == "right"]
    assert sum(right) / len(right) > 0.5
    assert main(["--labels", str(LABELS)]) == 0
    assert "of the slips" in capsys.readouterr().out
