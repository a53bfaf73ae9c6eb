"""Labels without the words of their articles: packed, and put back from the bodies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import DataError
from training.acceptance.standoff import bodies_of, convert, main
from training.corpora.annotated.labels import Label
from training.corpora.annotated.standoff import digest, packed, unpacked

BODY = "اندلع حريق في مصنع للنسيج صباح الأحد. وقال رئيس البلدية إن التحقيق بدأ."
ROW: dict[str, Any] = {
    "id": "fire",
    "reader": "a large language model",
    "sentences": ["اندلع حريق في مصنع للنسيج صباح الأحد.", "وقال رئيس البلدية إن التحقيق بدأ."],
    "candidates": [
        {"slot": "bullet", "text": "رئيس البلدية: التحقيق بدأ", "sentence": 1, "score": -0.2, "rank": 0,
         "log_probs": [-0.25, -0.01], "label": "ok"},
        {"slot": "headline", "text": "حريق كبير", "sentence": 0, "label": "false", "why": "«كبير» is not said",
         "cure": "حريق في مصنع للنسيج"},
    ],
}  # fmt: skip


def test_what_is_packed_has_no_text_of_the_article() -> None:
    row = packed(ROW, BODY)
    assert row["sentences"] == [[[0, 37]], [[38, len(BODY)]]]
    assert row["candidates"][0]["text"] == [[1, 5, 17], ":", [1, 20, 32]]
    assert row["candidates"][1]["cure"] == [[0, 6, 25]]
    assert "مصنع" not in json.dumps(row, ensure_ascii=False)
    assert (row["id"], row["reader"], row["body"]) == ("fire", "a large language model", digest(BODY))


def test_unpacked_it_is_what_it_was() -> None:
    row = unpacked(packed(ROW, BODY), {"fire": BODY})
    assert row == {**ROW, "candidates": [ROW["candidates"][0], {**ROW["candidates"][1], "log_probs": []}]}


words = st.text("ابتن ،.\n«»", min_size=1, max_size=30)


@given(words, st.lists(words, min_size=1, max_size=3), words)
def test_any_text_comes_back(body: str, sentences: list[str], said: str) -> None:
    row = {"id": "a", "sentences": sentences, "candidates": [{"text": said}]}
    again = unpacked(packed(row, body), {"a": body})
    assert (again["sentences"], again["candidates"][0]["text"]) == (sentences, said)


@pytest.mark.parametrize(
    ("change", "bodies", "said"),
    [
        ({}, {}, "fire: an id that no corpus has"),
        ({}, {"fire": BODY + " "}, "fire: an article whose body is another now"),
        ({"sentences": [[[0, 999]]]}, {"fire": BODY}, "fire: a span outside its text"),
    ],
)
def test_labels_of_another_article_are_refused(change: dict[str, Any], bodies: dict[str, str], said: str) -> None:
    with pytest.raises(DataError) as error:
        convert([{**packed(ROW, BODY), **change}], bodies, pack=False)
    assert said in str(error.value)


def test_the_command_packs_and_unpacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    (tmp_path / "train").mkdir()
    table = pyarrow.table({"id": ["other", "fire"], "body": ["نص آخر", BODY], "title": ["", ""]})
    parquet.write_table(table, tmp_path / "train" / "news.parquet")
    labels, kept, again = (tmp_path / name for name in ("labels.jsonl", "kept.jsonl", "again.jsonl"))
    labels.write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    assert main(["--labels", str(labels), "--pack", "--data", str(tmp_path), "--out", str(kept)]) == 0
    assert main(["--labels", str(kept), "--data", str(tmp_path), "--out", str(again)]) == 0
    assert json.loads(again.read_text("utf-8"))["sentences"] == ROW["sentences"]
    assert "1 articles" in capsys.readouterr().out


def test_no_corpora(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Parquet tables"):
        bodies_of(tmp_path, {"fire"})


def test_the_labels_in_the_repository_hold_no_article_text() -> None:
    kept = Path(__file__).parents[4] / "training" / "acceptance" / "labels" / "offers.jsonl"
    rows = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == 240
    assert {one["label"] for row in rows for one in row["candidates"]} == set(get_args(Label))
    parts = [part for row in rows for sentence in row["sentences"] for part in sentence]
    loose = sum(len(part) for part in parts if isinstance(part, str))
    assert loose < 0.001 * sum(part[-1] - part[-2] for part in parts if not isinstance(part, str))
