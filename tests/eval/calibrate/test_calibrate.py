"""Agreement measures against numbers worked out by hand, the fit, and the command on a small set of our own."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval.calibrate import agreement
from eval.calibrate import fit as support_fit
from eval.calibrate.judged import ARTICLES, FACTUAL, JUDGED, OFF_TASK, read_judged
from eval.calibrate.main import MEASURES, calibrate, main
from summarizer.briefing.claims import support_score
from summarizer.briefing.claims.support_score import DEFECTS
from summarizer.errors import DataError

BODY = (
    "أعلنت وزارة الصحة في تونس تسجيل 12 إصابة جديدة بالحمى في ولاية صفاقس. وقال الوزير عماد الحمامي إن المصابين نقلوا "
    "إلى مستشفى الهادي شاكر، وإن حالتهم مستقرة. وبدأت الفرق الطبية حملة تلقيح تشمل ثلاثة آلاف تلميذ."
)
GOOD = [
    "وزارة الصحة في تونس تعلن تسجيل 12 إصابة جديدة بالحمى في صفاقس",
    "الوزير عماد الحمامي: المصابون نقلوا إلى مستشفى الهادي شاكر وحالتهم مستقرة",
    "حملة تلقيح تشمل 3 آلاف تلميذ بدأتها الفرق الطبية في صفاقس",
]
BAD = [
    "وزارة الصحة في ليبيا تعلن وفاة 50 مريضا بالكوليرا في بنغازي",
    "تتناول هذه الدراسة أثر الألعاب الإلكترونية على الأطفال",
    "الوزير سمير الطيب يستقيل بعد فشل حملة التلقيح في سوسة",
]


def _row(article: str, output: str, good: bool, **changed: Any) -> dict[str, Any]:
    labels = {name: not good and name == "Fabrication" for name in (*FACTUAL, OFF_TASK)}
    return {"id": article, "model": "m", "output": output, "labels": labels, "rating": "5" if good else "1", **changed}


def _write(folder: Path, rows: list[dict[str, Any]], articles: int = 6) -> Path:
    bodies = [{"id": f"a{number}", "body": BODY} for number in range(articles)]
    for name, records in ((ARTICLES, bodies), (JUDGED, rows)):
        text = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        (folder / name).write_text(text + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        _row(f"a{number}", text, text in GOOD)
        for number in range(6)
        for text in (*GOOD[number % 3 :], *BAD[number % 2 :])
    ]
    return _write(tmp_path, rows)


def test_ranks_share_ties() -> None:
    assert agreement.ranks(np.asarray([30.0, 10.0, 20.0, 20.0])).tolist() == [4.0, 1.0, 2.5, 2.5]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1, 2, 3], [10, 20, 30], 1.0),
        ([1, 2, 3], [3, 2, 1], -1.0),
        ([1, 2, 3, 4], [1, 3, 2, 4], 0.8),
        ([1, 2, 2, 3], [1, 2, 3, 4], 4.5 / math.sqrt(4.5 * 5)),
    ],
)
def test_spearman_by_hand(one: list[float], other: list[float], expected: float) -> None:
    assert agreement.spearman(np.asarray(one, float), np.asarray(other, float)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("scores", "good", "expected"),
    [
        ([1, 2, 3, 4], [0, 0, 1, 1], 1.0),
        ([1, 2, 3, 4], [1, 1, 0, 0], 0.0),
        ([1, 3, 2, 4], [0, 0, 1, 1], 0.75),
        ([1, 1], [0, 1], 0.5),
    ],
)
def test_auc_by_hand(scores: list[float], good: list[float], expected: float) -> None:
    assert agreement.auc(np.asarray(scores, float), np.asarray(good, float)) == pytest.approx(expected)


def test_one_side_only_has_no_value() -> None:
    assert math.isnan(agreement.auc(np.ones(3), np.ones(3)))
    assert math.isnan(agreement.spearman(np.ones(3), np.arange(3.0)))


def test_bootstrap_draws_whole_articles_and_repeats_itself() -> None:
    scores, target = np.arange(6.0), np.asarray([0.0, 1, 2, 3, 4, 6])
    groups = ["a", "a", "a", "b", "b", "b"]
    seen: set[int] = set()

    def size(values: np.ndarray, _: np.ndarray) -> float:
        seen.add(len(values))
        return float(values.mean())

    first = agreement.bootstrap(size, [scores], target, groups, 50)
    assert seen == {6}
    assert set(np.unique(first)) == {1.0, 2.5, 4.0}
    assert np.array_equal(first, agreement.bootstrap(size, [scores], target, groups, 50))


def test_the_fit_finds_the_defect_that_counts_and_never_adds() -> None:
    random = np.random.default_rng(1)
    table = random.random((200, len(DEFECTS)))
    table[:, 4] = 0.0
    weights = support_fit.fit(table, -2.0 * table[:, 0] + 1.0 * table[:, 1])
    assert (weights >= 0).all()
    assert weights[0] > 1.0
    assert weights[1] == 0.0
    assert weights[4] == 0.0


def test_scaled_weights_make_the_mean_score_the_share_of_good_ones(folder: Path) -> None:
    judged, _ = read_judged(folder)
    table = support_fit.defect_table(judged)
    weights = support_fit.scaled(support_fit.fit(table, support_fit.target(judged)), table, judged)
    share = sum(one.rating >= 4 for one in judged) / len(judged)
    assert float(np.exp(-(table @ weights)).mean()) == pytest.approx(share, abs=1e-3)


def test_judged_rows_are_joined_and_what_is_left_out_is_counted(tmp_path: Path) -> None:
    rows = [_row("a0", GOOD[0], True), _row("a0", BAD[0], False), _row("gone", GOOD[1], True), _row("a1", " ", False)]
    judged, left_out = read_judged(_write(tmp_path, rows))
    assert [(one.rating, one.factual_error, one.unusable) for one in judged] == [(5.0, False, False), (1.0, True, True)]
    assert left_out == {"article missing": 1, "output empty": 1}


def test_off_task_alone_is_unusable_but_no_factual_error(tmp_path: Path) -> None:
    labels = {name: name == OFF_TASK for name in (*FACTUAL, OFF_TASK)}
    judged, _ = read_judged(_write(tmp_path, [_row("a0", BAD[1], False, labels=labels)]))
    assert (judged[0].factual_error, judged[0].unusable) == (False, True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rating": "6"}, "a rating from 1 to 5"),
        ({"rating": None}, "a rating from 1 to 5"),
        ({"labels": "none"}, "labels"),
        ({"labels": {"Fabrication": True}}, "Context Inconsistency"),
        ({"id": "gone"}, "none with its article"),
    ],
)
def test_bad_rows_are_named(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    row = {**_row("a0", GOOD[0], True), **changed}
    with pytest.raises(DataError, match=said):
        read_judged(_write(tmp_path, [row]))


def test_the_checker_tells_good_from_bad(folder: Path) -> None:
    judged, _ = read_judged(folder)
    found = calibrate(judged, folds=3, repeats=2, resamples=30)
    assert found.articles == 6
    assert found.scores["support"]["auc_error"].value == 1.0
    assert found.scores["the rating itself"]["spearman"].value == pytest.approx(1.0)
    for row in found.scores.values():
        assert all(row[measure].low <= row[measure].value <= row[measure].high for measure in MEASURES)


def test_the_command_prints_a_table_and_writes_scores(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    small = ["--folds", "3", "--repeats", "1", "--resamples", "20"]
    assert main(["--data", str(folder), "--out", str(out), *small]) == 0
    assert "unigram overlap" in capsys.readouterr().out
    record = json.loads(out.read_text(encoding="utf-8"))
    assert set(record["scores"]["support"]["auc_error"]) == {"value", "low", "high", "signature"}


def test_the_command_fits_weights_that_can_be_read_back(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    assert main(["--data", str(folder), "--fit", str(path)]) == 0
    assert list(json.loads(path.read_text(encoding="utf-8"))["weights"]) == list(DEFECTS)


def test_a_missing_folder_is_an_error_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "nothing")]) == DataError.exit_code
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_committed_weights_name_every_defect_and_only_take_away() -> None:
    path = Path(support_score.__file__).with_name("support_weights.json")
    weights = json.loads(path.read_text(encoding="utf-8"))["weights"]
    assert list(weights) == list(DEFECTS)
    assert all(weight >= 0 for weight in weights.values())
    assert weights["names"] > 0
    assert weights["numbers"] > 0
