"""Readers of briefs and labels: what is usable is read, everything else is named with its line."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import DataError
from training.corpora.annotated.briefs import Bullet, read_briefs
from training.corpora.annotated.labels import Light, read_all, read_candidates, read_falsehoods, read_light
from training.corpora.annotated.lines import Read
from training.corpora.annotated.main import main

SENTENCES = ["افتتح الوزير جسرا.", "وكلف الجسر مليون دينار.", "وعاد الناس إلى بيوتهم."]
BRIEF: dict[str, Any] = {
    "id": "a",
    "sentences": SENTENCES,
    "headline": "افتتاح جسر",
    "standfirst": "افتتح الوزير جسرا.",
    "bullets": [{"text": "الجسر كلف مليونا", "sentences": [1]}, {"text": "عودة الناس", "sentences": [0, 2]}],
    "cuts": {"headline": "افتتح الوزير جسرا", "standfirst": "", "bullets": ["كلف الجسر مليون دينار", ""]},
}
LIGHT: dict[str, Any] = {
    "id": "a",
    "sentences": SENTENCES,
    "lines": [{"rank": 2, "as_is": True}, {"rank": 1, "line": "كلف الجسر مليون دينار."}, {"rank": 0}],
}
JUDGED: dict[str, Any] = {
    "id": "a",
    "sentences": SENTENCES,
    "candidates": [
        {
            "slot": "headline",
            "text": "افتتح جسرا",
            "score": -0.2,
            "rank": 0,
            "label": "unclear",
            "why": "who",
            "cure": "",
        },
        {"slot": "bullet", "text": "كلف الجسر مليونا", "sentence": 1, "score": 0, "rank": 1, "label": "ok"},
    ],
}
FALSE: dict[str, Any] = {
    "id": "a", "slot": "bullet", "source": SENTENCES[1], "true": "كلف الجسر مليونا", "false": "كلف الجسر ألفا",
    "kind": "number",
}  # fmt: skip

Reader = Callable[..., Read[Any]]
GOOD: dict[Reader, Mapping[str, Any]] = {
    read_briefs: BRIEF,
    read_light: LIGHT,
    read_candidates: JUDGED,
    read_falsehoods: FALSE,
}


def file(tmp_path: Path, *rows: object, name: str = "x.jsonl") -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def changed(row: Mapping[str, Any], *keys: str | int, to: object) -> dict[str, Any]:
    """A copy of ``row`` with the value under ``keys`` replaced, or taken out when ``to`` is ``...``."""
    result = copy.deepcopy(dict(row))
    inner: Any = result
    for key in keys[:-1]:
        inner = inner[key]
    if to is ...:
        del inner[keys[-1]]
    else:
        inner[keys[-1]] = to
    return result


def test_what_is_read(tmp_path: Path) -> None:
    (brief,) = read_briefs(file(tmp_path, {**BRIEF, "lines": BRIEF["cuts"]})).checked()
    assert brief.bullets == (Bullet("الجسر كلف مليونا", (1,)), Bullet("عودة الناس", (0, 2)))
    assert [bullet.apart for bullet in brief.bullets] == [False, True]
    assert brief.lines == brief.cuts
    assert brief.cuts.bullets == ("كلف الجسر مليون دينار", "")
    (article,) = read_light(file(tmp_path, LIGHT)).checked()
    assert article.lines == (Light(2, True, ""), Light(1, False, "كلف الجسر مليون دينار."), Light(0, False, ""))
    (judged,) = read_candidates(file(tmp_path, JUDGED)).checked()
    assert [(one.label, one.sentence, one.why) for one in judged.candidates] == [
        ("unclear", None, "who"),
        ("ok", 1, ""),
    ]
    printed = [{"slot": "bullet", "text": "كلف", "sentence": 1, "label": "broken", "why": "cut off"}]
    (read,) = read_candidates(file(tmp_path, {**JUDGED, "reader": "a person", "candidates": printed})).checked()
    assert (read.reader, read.candidates[0].score, read.candidates[0].cure) == ("a person", None, "")
    (pair,) = read_falsehoods(file(tmp_path, FALSE)).checked()
    assert (pair.kind, pair.true, pair.false) == ("number", "كلف الجسر مليونا", "كلف الجسر ألفا")


@pytest.mark.parametrize(
    ("read", "keys", "value", "message"),
    [
        (read_briefs, ["headline"], " ", "nothing in 'headline'"),
        (read_briefs, ["standfirst"], ..., "no text in 'standfirst'"),
        (read_briefs, ["sentences", 1], "", "an empty text in 'sentences'"),
        (read_briefs, ["bullets"], [], "no list of objects in 'bullets'"),
        (read_briefs, ["bullets", 0, "text"], "", "nothing in 'text'"),
        (read_briefs, ["bullets", 0, "sentences"], [3], "out of range"),
        (read_briefs, ["bullets", 0, "sentences"], [-1], "out of range"),
        (read_briefs, ["bullets", 0, "sentences"], [True], "out of range"),
        (read_briefs, ["bullets", 0, "sentences"], [], "stands on none"),
        (read_briefs, ["bullets", 0, "sentences"], [0, 1, 2, 2], "more than 3"),
        (read_briefs, ["bullets", 0, "sentences"], [1, 0], "out of order"),
        (read_briefs, ["bullets", 0, "sentences"], [1, 1], "twice"),
        (read_briefs, ["bullets", 0, "text"], "عودة الناس", "a bullet twice"),
        (read_briefs, ["cuts"], ..., "no object in 'cuts'"),
        (read_briefs, ["cuts", "bullets"], ["كلف"], "not one for each bullet"),
        (read_briefs, ["cuts", "bullets"], ["كلف", "كلف"], "one of cuts twice"),
        (read_light, ["lines"], [{"rank": 0}], "not one for each sentence"),
        (read_light, ["lines", 0, "rank"], 3, "out of range"),
        (read_light, ["lines", 0, "as_is"], False, "both or neither"),
        (read_light, ["lines", 0, "line"], "افتتح الوزير جسرا", "both or neither"),
        (read_light, ["lines", 2, "as_is"], True, "not for print"),
        (read_light, ["lines", 1, "line"], "", "nothing in 'line'"),
        (read_light, ["lines", 0, "as_is"], "yes", "neither true nor false"),
        (read_candidates, ["candidates", 1, "sentence"], 3, "out of range"),
        (read_candidates, ["candidates", 1, "sentence"], ..., "no number in 'sentence'"),
        (read_candidates, ["candidates", 0, "label"], "good", "an unknown label"),
        (read_candidates, ["candidates", 0, "slot"], "title", "an unknown slot"),
        (read_candidates, ["candidates", 0, "score"], 0.1, "no log-probability"),
        (read_candidates, ["candidates", 0, "why"], "", "no reason or no cure"),
        (read_candidates, ["candidates", 0, "cure"], "افتتح جسرا", "changes nothing"),
        (read_candidates, ["candidates", 1, "cure"], "كلف الجسر", "for what is ok"),
        (read_candidates, ["candidates"], [JUDGED["candidates"][1]] * 2, "a candidate twice"),
        (
            read_candidates,
            ["candidates"],
            [JUDGED["candidates"][0], {**JUDGED["candidates"][0], "label": "copy"}],
            "judged in two ways",
        ),
        (read_falsehoods, ["false"], "كلف الجسر مليونا", "two versions that are the same"),
        (read_falsehoods, ["source"], "", "nothing in 'source'"),
        (read_falsehoods, ["id"], 7, "no text in 'id'"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_left_out(
    tmp_path: Path, read: Reader, keys: list[str | int], value: object, message: str
) -> None:
    other = {**GOOD[read], "id": "b", "sentences": [*SENTENCES, "وانتهى الحفل."]}
    if read is read_light:
        other["lines"] = [*LIGHT["lines"], {"rank": 0}]
    found = read(file(tmp_path, other, changed(GOOD[read], *keys, to=value)))
    assert [row.id for row in found.rows] == ["b"]
    assert [fault.place for fault in found.faults] == ["x.jsonl line 2"]
    assert message in found.faults[0].what
    with pytest.raises(DataError, match="1 others"):
        found.checked()


@pytest.mark.parametrize("read", GOOD)
def test_repeats_foreign_ids_and_broken_lines_are_counted(tmp_path: Path, read: Reader) -> None:
    foreign = {**GOOD[read], "id": "z"}
    found = read(file(tmp_path, GOOD[read], GOOD[read], foreign, "", "{", "[]"), {"a"})
    assert [row.id for row in found.rows] == ["a"]
    assert [fault.what for fault in found.faults] == [
        "a pair twice" if read is read_falsehoods else "an id twice",
        "an id that no corpus has",
        "a blank line",
        "no JSON object",
        "no JSON object",
    ]
    with pytest.raises(DataError, match="5 others: 2 × no JSON object"):
        found.checked()


def test_an_article_under_two_ids_and_a_text_both_true_and_false_are_found(tmp_path: Path) -> None:
    twice = read_briefs(file(tmp_path, BRIEF, {**BRIEF, "id": "b"}))
    assert [fault.what for fault in twice.faults] == ["an article's sentences twice"]
    turned = {**FALSE, "true": FALSE["false"], "false": "كلف الجسر ألفين"}
    assert [fault.what for fault in read_falsehoods(file(tmp_path, FALSE, turned)).faults] == [
        "a text that is true here and false there"
    ]


def test_a_file_that_is_missing_or_empty_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    for name in ("none.jsonl", "empty.jsonl"):
        with pytest.raises(DataError, match=name):
            read_briefs(tmp_path / name)


def test_the_command_reports_all_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shared = "وقال الوزير إن الجسر الجديد سيخفف الازدحام في المدينة كلها."
    file(tmp_path, {**BRIEF, "sentences": [*SENTENCES, shared]}, name="briefs/train.jsonl")
    file(tmp_path, {**BRIEF, "id": "d"}, name="briefs/dev.jsonl")
    light = {"id": "b", "sentences": [shared], "lines": [{"rank": 1, "as_is": True}]}
    file(tmp_path, light, name="labels/light.jsonl")
    file(tmp_path, {**JUDGED, "id": "c"}, name="labels/candidates.jsonl")
    file(tmp_path, FALSE, name="labels/falsehoods.jsonl")
    file(tmp_path, {"id": "d", "body": "x"}, name="benchmarks/news.jsonl")
    assert main(["--data", str(tmp_path), "--no-ids"]) == 0
    told = capsys.readouterr().out
    assert "train.jsonl: 1 rows, 0 faults" in told
    assert "1 of them on sentences that do not stand together" in told
    assert "briefs/train and labels/light: 1 pairs of articles share a sentence of 8 words or more, 0 under" in told
    assert main(["--data", str(tmp_path)]) == 1  # no parquet, so no id of train is known
    assert "  train.jsonl line 1 (a): an id that no corpus has" in capsys.readouterr().out
    assert main(["--data", str(tmp_path / "none")]) == 6


def test_all_files_of_a_name_are_read_and_no_article_twice(tmp_path: Path) -> None:
    file(tmp_path, LIGHT, name="light.jsonl")
    file(tmp_path, {**LIGHT, "id": "b"}, LIGHT, name="light-2.jsonl")
    file(tmp_path, {**LIGHT, "id": "c"}, name="lightning.jsonl")
    first, second = read_all(tmp_path, "light", read_light)
    assert [row.id for row in (*first.rows, *second.rows)] == ["a", "b"]
    assert [(fault.place, fault.what) for fault in second.faults] == [
        ("light-2.jsonl line 2", "an id that another file has")
    ]
    with pytest.raises(DataError, match=r"candidates\.jsonl"):
        read_all(tmp_path, "candidates", read_candidates)
