from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from summarizer.briefing.choice.outlook import outlooks
from summarizer.briefing.choice.weights import read
from training.choice import main as command
from training.choice.boosting import Boosting, fit_trees
from training.choice.judging import Recipe, auc, fit_judge
from training.choice.rows import news_of

TINY = Recipe(Boosting(trees=4, depth=2, least=0.1, seeds=1, rows=1.0), ridge=1.0)


def test_area_under_the_curve() -> None:
    truth = np.array([False, True, False, True])
    assert auc(truth, np.array([0.1, 0.9, 0.2, 0.8])) == 1.0
    assert auc(truth, np.array([1.0, 1.0, 1.0, 1.0])) == 0.5
    assert auc(truth, np.array([0.0, 0.0, 1.0, 1.0])) == 0.5


def test_trees_learn_what_no_line_can_part() -> None:
    table = np.random.default_rng(0).random((400, 3))
    truth = (table[:, 0] > 0.5) != (table[:, 1] > 0.3)
    trees = fit_trees(table, truth, np.ones(400), Boosting(trees=60, columns=1.0, seeds=1))
    assert auc(truth, trees.score(table)) > 0.97
    judge, unseen = fit_judge(table, truth, np.arange(400), Recipe(Boosting(trees=60, columns=1.0, seeds=1)))
    assert auc(truth, unseen) > 0.9
    assert abs(judge.chance(table).mean() - truth.mean()) < 0.1


@pytest.mark.parametrize(("headline", "place"), [("افتتاح مستشفى الإسكندرية", 1), ("زلزال يضرب اليابان", -1), ("", -1)])
def test_the_sentence_of_the_headline(headline: str, place: int) -> None:
    assert news_of(headline, ["قال خبراء ذلك", "أعلنت الوزارة افتتاح مستشفى في الإسكندرية"]) == place


def _corpus(folder: Path, views: int = 0) -> None:
    (folder / "labels").mkdir()
    (folder / "briefs").mkdir()
    light, briefs, seen = [], [], []
    for number in range(24):
        sentences = [f"أعلنت الوزارة افتتاح المستشفى رقم {number}", "وأضاف أنه كبير", "يذكر أن المدينة قديمة"]
        lines = [{"rank": 2, "as_is": True}, {"rank": 1, "line": "أضاف الوزير أنه كبير"}, {"rank": 0}]
        light.append({"id": f"l{number}", "sentences": sentences, "lines": lines})
        seen.append({"id": f"l{number}", "views": [[1.0] * views, [0.0] * views, [-1.0] * views]})
        slots = {"headline": "افتتاح المستشفى", "standfirst": "افتتاح"}
        bullets = {"bullets": [{"text": "المستشفى كبير", "sentences": [1]}]}
        brief = {**slots, **bullets, "cuts": {**slots, "bullets": ["المستشفى كبير"]}}
        briefs.append({"id": f"b{number}", "sentences": sentences, **brief})
    for name, rows in (("labels/light.jsonl", light), ("briefs/train.jsonl", briefs), ("views.jsonl", seen)):
        (folder / name).write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")


@pytest.mark.parametrize("views", [0, 2])
def test_fitted_written_and_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], views: int
) -> None:
    for name in ("LIGHT", "BRIEF", "NEWS"):
        monkeypatch.setattr(command, name, TINY)
    _corpus(tmp_path, views)
    out = tmp_path / "choice.json"
    extra = ["--views", str(tmp_path / "views.jsonl")] if views else []
    assert command.main(["--data", str(tmp_path), "--out", str(out), *extra]) == 0
    weights = read(out)
    assert weights.card["questions"]["important"]["auc_held_out"] == 1.0
    assert "auc_held_out" in capsys.readouterr().out
    told = np.array([[1.0] * views, [0.0] * views]) if views else None
    assert len(outlooks(["أعلنت الوزارة ذلك", "وأضاف"], told, weights)) == 2


def test_wrong_indices_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _corpus(tmp_path)
    path = tmp_path / "briefs" / "train.jsonl"
    path.write_text(path.read_text("utf-8").replace('"sentences": [1]', '"sentences": [7]', 1), "utf-8")
    assert command.main(["--data", str(tmp_path), "--out", str(tmp_path / "x.json")]) == 6
    assert "line 1" in capsys.readouterr().err
