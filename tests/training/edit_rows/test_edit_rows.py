"""Briefs and labels as rows of readings: what is asked, what is left out and counted, and the files."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import ConfigError, DataError
from training.corpora.annotated.briefs import read_briefs
from training.corpora.annotated.labels import read_candidates, read_falsehoods, read_light
from training.edit_rows.article import MAX_ASKED_TOKENS, EditedArticle
from training.edit_rows.briefs import HELD, from_briefs
from training.edit_rows.labels import HELD_ONE_IN, from_candidates, from_light
from training.edit_rows.likeness import bearing, bullet_manner, common_words, headline_manner, kept, strangers
from training.edit_rows.main import main
from training.finetune.data.examples import read_rows

SENTENCES = [
    "افتتح وزير النقل سامي حداد جسرا جديدا فوق النهر يوم الأحد.",
    "وقال الوزير إن الجسر كلف مليون دينار من موازنة البلدية.",
    "وعاد سكان القرية إلى بيوتهم بعد الحفل مباشرة.",
    "وطالب سكان القرية بمدرسة جديدة قرب الجسر.",
]
BRIEF: dict[str, Any] = {
    "id": "a",
    "sentences": SENTENCES,
    "headline": "افتتاح جسر",
    "standfirst": "افتتح الوزير جسرا.",
    "bullets": [
        {"text": "الجسر كلف مليونا", "sentences": [1]},
        {"text": "سكان يطالبون بمدرسة", "sentences": [3]},
        {"text": "عودة وافتتاح", "sentences": [0, 3]},
    ],
    "cuts": {
        "headline": "افتتح وزير النقل جسرا جديدا",
        "standfirst": "افتتح وزير النقل سامي حداد جسرا جديدا فوق النهر.",
        "bullets": ["كلف الجسر مليون دينار", "طالب سكان القرية بمدرسة جديدة", "افتتح جسرا وطالب سكان بمدرسة"],
    },
}
LINES = {
    **BRIEF["cuts"],
    "bullets": ["قال وزير النقل إن الجسر كلف مليون دينار من موازنة البلدية", "طالب سكان القرية بمدرسة", "افتتح جسرا"],
}
FALSE: dict[str, Any] = {
    "id": "a", "slot": "bullet", "source": SENTENCES[1], "kind": "number",
    "true": "كلف الجسر مليون دينار", "false": "كلف الجسر ألف دينار",
}  # fmt: skip
LIGHT: dict[str, Any] = {
    "id": "l",
    "sentences": SENTENCES,
    "lines": [
        {"rank": 2, "as_is": True},
        {"rank": 1, "line": "قال وزير النقل سامي حداد إن الجسر كلف مليون دينار."},
        {"rank": 0},
        {"rank": 1, "as_is": True},
    ],
}
JUDGED: dict[str, Any] = {
    "id": "c",
    "sentences": SENTENCES,
    "candidates": [
        {"slot": "bullet", "text": "كلف الجسر مليون دينار", "sentence": 1, "score": -0.1, "rank": 0, "label": "ok"},
        {"slot": "headline", "text": "افتتح جسرا", "score": -0.2, "rank": 0, "label": "unclear", "why": "من؟",
         "cure": "وزير النقل سامي حداد يفتتح جسرا جديدا"},
        {"slot": "bullet", "text": "سكان القرية", "sentence": 3, "score": -0.2, "rank": 1, "label": "broken",
         "why": "لا فعل", "cure": ""},
        {"slot": "bullet", "text": "مليون دينار", "sentence": 1, "score": -0.3, "rank": 1, "label": "broken",
         "why": "لا فعل", "cure": "كلف الجسر مليون دينار"},
        {"slot": "bullet", "text": "بيوتهم", "sentence": 2, "score": -0.3, "rank": 2, "label": "broken",
         "why": "لا فعل", "cure": "افتتح وزير النقل جسرا جديدا فوق النهر"},
    ],
}  # fmt: skip


def words(text: str) -> int:
    return len(text.split())


def file(path: Path, *rows: Mapping[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def asked(article: EditedArticle, task: str) -> list[tuple[int, str, str]]:
    """(sentence, manner or line judged, text) of one task."""
    return [
        (place, ask.get("line", ask.get("manner", "")), ask["text"])
        for place, ask in article.asks
        if ask["task"] == task
    ]


def test_a_brief_with_mended_lines(tmp_path: Path) -> None:
    rows = read_briefs(file(tmp_path / "b.jsonl", {**BRIEF, "lines": LINES})).rows
    (article,) = from_briefs(rows, read_falsehoods(file(tmp_path / "f.jsonl", FALSE)).rows, words, seed=1)
    assert asked(article, "headline") == [(0, "short", "افتتح وزير النقل جسرا جديدا")]
    assert asked(article, "standfirst") == [(0, "light", BRIEF["cuts"]["standfirst"])]
    assert asked(article, "bullet") == [(1, "near", LINES["bullets"][0]), (3, "shorter", LINES["bullets"][1])]
    assert asked(article, "judge") == [(1, FALSE["true"], "ok"), (1, FALSE["false"], "false")]
    reached = asked(article, "reached")
    assert [text for _, _, text in reached] == ["yes", "no"]
    assert reached[1][0] == 2, "the lead is under a printed bullet, and so are sentences 1 and 3"
    assert article.dropped == {"briefs: bullet: sentences too far apart": 1}
    assert article.more is not None
    assert article.more["targets"]["bullets"] == "".join(f"{line}.\n" for line in LINES["bullets"]).rstrip("\n")


def test_a_brief_that_was_not_mended(tmp_path: Path) -> None:
    changed = {**BRIEF, "cuts": {**BRIEF["cuts"], "standfirst": "", "headline": "حفل كبير في العاصمة البعيدة"}}
    broken = {**FALSE, "kind": "cut", "true": "قال الوزير", "false": "قال"}
    lost = [{**FALSE, "source": "نص آخر.", "true": "x", "false": "y"}, {**FALSE, "id": "z"}]
    rows = read_briefs(file(tmp_path / "b.jsonl", changed)).rows
    false = read_falsehoods(file(tmp_path / "f.jsonl", broken, *lost)).rows
    article, rest = from_briefs(rows, false, words, seed=1)
    assert not [task for task in ("headline", "standfirst", "bullet") if asked(article, task)]
    assert asked(article, "judge") == [(1, "قال الوزير", "ok"), (1, "قال", "broken")]
    assert article.dropped + rest.dropped == {
        "briefs: headline: put together from several sentences": 1,
        "briefs: standfirst: none that can be printed": 1,
        "briefs: bullet: not mended": 2,
        "briefs: bullet: sentences too far apart": 1,
        "briefs: judge: a falsehood of sentences that the article does not have": 1,
        "briefs: judge: a falsehood of no article": 1,
    }


def test_one_brief_in_twenty_five_is_held_out(tmp_path: Path) -> None:
    briefs = [{**BRIEF, "id": str(n), "sentences": [*SENTENCES, f"وانتهى حفل {n}."]} for n in range(50)]
    rows = read_briefs(file(tmp_path / "b.jsonl", *briefs)).rows
    held = [article.id for article in from_briefs(rows, (), words, seed=1) if article.held]
    assert held == [str(HELD), str(HELD + 25)]


def test_light_edits(tmp_path: Path) -> None:
    (article,) = from_light(read_light(file(tmp_path / "l.jsonl", LIGHT)).rows, words)
    assert [text for _, _, text in asked(article, "rank")] == ["2 as it is", "1", "0", "1 as it is"]
    assert asked(article, "bullet") == [
        (0, "light", SENTENCES[0].rstrip(".")),
        (1, "light", "قال وزير النقل سامي حداد إن الجسر كلف مليون دينار"),
        (3, "light", "طالب سكان القرية بمدرسة جديدة قرب الجسر"),
    ]
    assert not article.dropped
    assert article.held == (zlib.crc32(b"l") % HELD_ONE_IN == 0)


def test_what_is_no_light_edit_is_counted(tmp_path: Path) -> None:
    changed = {**LIGHT, "sentences": [*SENTENCES[:3], "وطالب سكان " * 40]}
    changed["lines"] = [*LIGHT["lines"][:2], {"rank": 1, "line": "مهرجان الزهور الدولي"}, {"rank": 1, "as_is": True}]
    (article,) = from_light(read_light(file(tmp_path / "l.jsonl", changed)).rows, words)
    assert len(asked(article, "bullet")) == 2
    assert article.dropped == {
        "light: bullet: more than 1 word from elsewhere": 1,
        "light: bullet: of a sentence of more than 60 words": 1,
    }


def test_candidates_are_judged_and_cures_learned_once(tmp_path: Path) -> None:
    (article,) = from_candidates(read_candidates(file(tmp_path / "c.jsonl", JUDGED)).rows, words)
    cure = JUDGED["candidates"][1]["cure"]
    own = [(one["text"], one["label"]) for one in JUDGED["candidates"]]
    judged = [(line, text) for _, line, text in asked(article, "judge")]
    assert [one for one in judged if one != (cure, "ok")] == own
    assert judged.count((cure, "ok")) == zlib.crc32(cure.encode()) % 2
    assert asked(article, "bullet") == [(1, "shortest", "كلف الجسر مليون دينار")]
    assert asked(article, "headline") == [(0, "short", cure)]
    assert article.dropped == {
        "candidates: bullet: a line written already": 1,
        "candidates: bullet: a cure made from other sentences": 1,
    }


def test_statements_of_a_benchmark_are_not_learned(tmp_path: Path) -> None:
    candidates = [{"slot": "headline", "text": "افتتح جسرا", "label": "ok"}]
    row = {"id": "c", "sentences": SENTENCES, "candidates": candidates, "reader": "x", "benchmark": "briefs-dev"}
    (article,) = from_candidates(read_candidates(file(tmp_path / "c.jsonl", row)).checked(), words)
    assert not article.asks
    assert sum(article.dropped.values()) == 1


def test_a_long_article_becomes_several_readings() -> None:
    sentences = [f"{'كلمة ' * 99}{number}." for number in range(12)]
    article = EditedArticle("x", "light", sentences, words, held=False)
    for place in range(12):
        article.answer("rank", place, "0")
    rows = list(article.rows(seed=1))
    assert [len(row["reading"]) for row in rows] == [4, 4, 4, 4, 4]
    assert [len(row["asks"]) for row in rows] == [4, 2, 2, 2, 2]
    assert sorted(ask["about"] for row in rows for ask in row["asks"]) == sorted(sentences)
    assert all(ask["about"] in row["reading"] for row in rows for ask in row["asks"])
    assert len({row["id"] for row in rows}) == 5


def test_many_questions_become_several_rows_of_one_reading() -> None:
    article = EditedArticle("x", "light", ["كلمة " * 100], words, held=False)
    for _ in range(12):
        article.answer("rank", 0, "0")
    rows = list(article.rows(seed=1))
    assert [len(row["asks"]) for row in rows] == [8, 4]
    assert all(sum(words(ask["about"]) + 1 for ask in row["asks"]) <= MAX_ASKED_TOKENS for row in rows)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("افتتح وزير النقل جسرا جديدا", (0,)),
        ("كلف الجسر مليون دينار", (1,)),
        ("كلف الجسر مليون دينار من موازنة البلدية وعاد سكان القرية إلى بيوتهم", (1, 2)),
        ("لا كلمة هنا", (0,)),
    ],
)
def test_the_sentences_that_bear_a_line_out(line: str, expected: tuple[int, ...]) -> None:
    assert bearing(line, SENTENCES) == expected


def test_likeness() -> None:
    assert common_words("abcbdab", "bdcaba") == 4
    assert common_words("", "x") == common_words("x", "") == 0
    share = kept("كلف الجسر مليون دينار", SENTENCES[1])
    assert (share.of_sentences, share.of_line) == (3 / 10, 3 / 4)
    assert strangers("افتتح الوزير مدرسة الزهور", " ".join(SENTENCES)) == 1
    assert [bullet_manner(line, "أ ب ت ث ج") for line in ("أ ب ت", "أ ب", "أ")] == ["near", "shorter", "shortest"]
    assert [headline_manner("كلمة " * count) for count in (7, 10, 11)] == ["short", "middle", "long"]


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    briefs = [{**BRIEF, "id": f"b{n}", "sentences": [*SENTENCES, f"وانتهى حفل {n}."]} for n in range(9)]
    file(tmp_path / "briefs" / "train.jsonl", *briefs, briefs[0])
    file(tmp_path / "labels" / "falsehoods.jsonl", {**FALSE, "id": "b1"})
    file(tmp_path / "labels" / "light.jsonl", *({**LIGHT, "id": f"l{n}"} for n in range(20)))
    file(tmp_path / "labels" / "light-2.jsonl", {**LIGHT, "id": "l20"}, {**LIGHT, "id": "l3"})
    file(tmp_path / "labels" / "candidates.jsonl", JUDGED)
    return tmp_path


def test_the_command_writes_files_that_training_reads(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = corpora / "out"
    assert main(["--data", str(corpora), "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "rows that cannot be used: 2" in told
    assert "  train.jsonl line 10 (b0): an id twice" in told
    assert "  light-2.jsonl line 2 (l3): an id that another file has" in told
    assert "briefs: bullet: not mended: 18" in told
    train, held = (
        list(read_rows(out / f"{name}.jsonl", ("bullet", "rank", "bullets"))) for name in ("train", "heldout")
    )
    groups = [{row.id.partition("~")[0] for row in rows} for rows in (train, held)]
    assert not groups[0] & groups[1]
    assert {"l20", "b0"} <= groups[0]
    assert "b7" in groups[1]
    assert {row.source_name for row in train} == {"briefs", "light", "candidates"}
    assert any("bullets" in row.targets for row in train)
    assert main(["--data", str(corpora), "--out", str(out)]) == ConfigError.exit_code
    assert main(["--data", str(corpora), "--out", str(corpora / "again")]) == 0
    assert (corpora / "again" / "train.jsonl").read_bytes() == (out / "train.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--data", "nowhere"], DataError.exit_code),
        (["--model", "nowhere"], ConfigError.exit_code),
    ],
)
def test_what_is_not_there_is_named(corpora: Path, arguments: list[str], code: int) -> None:
    data = [] if "--data" in arguments else ["--data", str(corpora)]
    assert main([*data, *arguments, "--out", str(corpora / "out")]) == code
    assert not (corpora / "out").exists()
