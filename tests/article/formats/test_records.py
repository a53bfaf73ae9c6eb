"""JSON and JSONL: one record, and collections that never stop at a bad row."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from summarizer.article.formats.collection import read_records
from summarizer.article.formats.records import FIELDS, read_record
from summarizer.article.read import read_bytes, read_path
from summarizer.config import InputLimits
from summarizer.errors import EmptyInput, InputError, InputTooLarge, NotArabic, UnreadableInput

BODY = (
    "أعلنت وزارة المياه أمس خطة جديدة لتحلية مياه البحر في خمس مدن ساحلية.\n"
    "وقال الوزير إن العمل يبدأ في الشهر المقبل ويستمر ثلاث سنوات."
)
RECORD = {
    "id": "w-1",
    "title": "خطة لتحلية مياه البحر",
    "abstract": "وزارة المياه تعلن خطة في خمس مدن.",
    "bullets": ["خمس مدن", "ثلاث سنوات"],
    "body": BODY,
    "date": "2021-05-10",
    "author": "سلمى أحمد",
    "unknown": {"ignored": [1, 2]},
}
LIMITS = InputLimits()


def test_a_whole_record() -> None:
    article = read_record(RECORD, LIMITS)
    assert article.text == BODY
    assert (article.id, article.title, article.standfirst) == ("w-1", RECORD["title"], RECORD["abstract"])
    assert (article.bullets, article.date, article.author) == (("خمس مدن", "ثلاث سنوات"), "2021-05-10", "سلمى أحمد")
    assert len(article.paragraphs) == 2


@pytest.mark.parametrize("name", FIELDS["body"])
def test_names_of_the_body(name: str) -> None:
    assert read_record({name: BODY, "title": "خطة"}, LIMITS).text == BODY


@pytest.mark.parametrize("name", FIELDS["title"])
def test_names_of_the_title(name: str) -> None:
    assert read_record({name: "خطة للمياه", "text": BODY}, LIMITS).title == "خطة للمياه"


def test_a_source_is_the_author_without_one() -> None:
    assert read_record({"body": BODY, "source": "وكالة"}, LIMITS).author == "وكالة"


def test_a_body_in_paragraphs() -> None:
    article = read_record({"body": BODY.split("\n"), "title": "خطة"}, LIMITS)
    assert article.text == BODY.replace("\n", "\n\n")
    assert len(article.paragraphs) == 2


def test_a_body_in_html() -> None:
    html = "".join(f"<p>{line}</p>" for line in BODY.split("\n")) + "<p hidden>نص خفي لا يراه القارئ في الصفحة.</p>"
    article = read_record({"body": html, "title": "خطة"}, LIMITS)
    assert [sentence.text for sentence in article.sentences] == BODY.split("\n")


def test_a_title_repeated_in_the_body() -> None:
    article = read_record({"title": "خطة لتحلية مياه البحر", "body": "خطّة لتحلية مياه البحر\n\n" + BODY}, LIMITS)
    assert [sentence.text for sentence in article.sentences] == BODY.split("\n")


def test_a_record_without_a_title_may_hold_it_in_its_text() -> None:
    assert read_record({"text": "خطة لتحلية مياه البحر\n\n" + BODY}, LIMITS).title == "خطة لتحلية مياه البحر"


def test_a_first_paragraph_is_no_standfirst_of_a_titled_record() -> None:
    """A record's body came apart from its standfirst: its lead is never taken for one."""
    lead = "وزارة المياه تعلن خطة جديدة لتحلية مياه البحر في خمس مدن ساحلية."
    article = read_record({"title": "خطة", "body": f"{lead}\n{BODY}\n{BODY}"}, LIMITS)
    assert article.standfirst == ""
    assert article.sentences[0].text == lead


def test_hostile_characters_in_the_fields() -> None:
    article = read_record({"title": "خطة \ud800\u202e", "body": BODY, "id": "a\x00b"}, LIMITS)
    (article.title + article.id).encode("utf-8")
    assert "\u202e" not in article.title
    assert "\x00" not in article.id


@pytest.mark.parametrize(
    ("record", "error"),
    [
        ([], UnreadableInput),
        ("نص", UnreadableInput),
        (None, UnreadableInput),
        (5, UnreadableInput),
        ({}, UnreadableInput),
        ({"title": "بلا نص"}, UnreadableInput),
        ({"body": None}, EmptyInput),
        ({"body": ""}, EmptyInput),
        ({"body": " \n "}, EmptyInput),
        ({"content": []}, EmptyInput),
        ({"body": {"text": BODY}}, UnreadableInput),
        ({"body": BODY, "title": {"ar": "خطة"}}, UnreadableInput),
        ({"body": "English only, and nothing else in it."}, NotArabic),
        ({"body": "***\n***"}, EmptyInput),
        ({"body": BODY * 20_000}, InputTooLarge),
    ],
)
def test_bad_records(record: object, error: type[InputError]) -> None:
    with pytest.raises(error) as caught:
        read_record(record, LIMITS)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    "text", [json.dumps(RECORD), json.dumps([RECORD]), json.dumps(RECORD, ensure_ascii=False, indent=2)]
)
def test_json_files(text: str, tmp_path: Path) -> None:
    path = tmp_path / "article.json"
    path.write_text(text, encoding="utf-8")
    assert read_path(path).id == "w-1"


def test_json_on_a_pipe_has_no_suffix() -> None:
    assert read_bytes(json.dumps(RECORD).encode()).id == "w-1"


def test_one_row_of_jsonl(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(RECORD) + "\n\n", encoding="utf-8")
    assert read_path(path).id == "w-1"


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("a.json", "{", "broken JSON"),
        ("a.json", "[" * 100_000, "nested"),
        ("a.json", "[]", "no rows"),
        ("a.json", json.dumps([RECORD, RECORD]), "JSON list of 2 articles; `mujaz batch"),
        ("a.txt", json.dumps([RECORD, RECORD]), "JSON list of 2"),
        ("a.json", json.dumps({"status": "ok", "articles": [RECORD, RECORD]}), "JSON list of 2"),
        ("a.json", json.dumps(RECORD) + "\n" + json.dumps(RECORD), "JSONL of 2"),
        ("", json.dumps(RECORD) + "\n" + json.dumps(RECORD), "JSONL of 2"),
        ("a.jsonl", json.dumps(RECORD) + "\n" + json.dumps(RECORD), "mujaz batch"),
        ("a.json", '{"body": 1' + "0" * 5000 + "}", "beyond reading"),
    ],
)
def test_bad_json_files(name: str, text: str, word: str) -> None:
    with pytest.raises(InputError, match=word):
        read_bytes(text.encode(), name=name)


def row(number: int) -> str:
    return json.dumps(RECORD | {"id": f"w-{number}"}, ensure_ascii=False)


def collection(tmp_path: Path, data: bytes, name: str = "rows.jsonl") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_in_every_encoding(codec: str, end: str, tmp_path: Path) -> None:
    text = end.join([row(1), "", row(2), row(3)])
    rows = list(read_records(collection(tmp_path, text.encode(codec)), LIMITS))
    assert [(found.number, found.id, found.error) for found in rows] == [
        (1, "w-1", None),
        (3, "w-2", None),
        (4, "w-3", None),
    ]
    assert all(found.article and found.article.title == RECORD["title"] for found in rows)


def test_bad_rows_do_not_stop_the_others(tmp_path: Path) -> None:
    lines = [row(1), "{broken", '"text"', '{"id": "e", "body": "English only here."}', '{"id": "n"}', row(6)]
    data = "\n".join(lines).encode() + b"\n\xff\xfe\xfa\n" + row(8).encode()
    rows = list(read_records(collection(tmp_path, data), LIMITS))
    assert [found.number for found in rows] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [found.article is not None for found in rows] == [True, False, False, False, False, True, False, True]
    assert [type(found.error) for found in rows[1:5]] == [UnreadableInput, UnreadableInput, NotArabic, UnreadableInput]
    assert [found.id for found in rows[3:5]] == ["e", "n"]


def test_a_json_list_is_a_collection(tmp_path: Path) -> None:
    path = collection(tmp_path, json.dumps([RECORD, 5, RECORD]).encode(), "rows.json")
    assert [found.error is None for found in read_records(path, LIMITS)] == [True, False, True]


def test_an_overlong_row_is_said_and_skipped(tmp_path: Path) -> None:
    limits = InputLimits(max_bytes=200_000)
    for codec in ("utf-8", "utf-16-le"):
        text = "\n".join([row(1), json.dumps({"body": BODY * 4000}, ensure_ascii=False), row(3)])
        rows = list(read_records(collection(tmp_path, text.encode(codec)), limits))
        assert [type(found.error) for found in rows] == [type(None), InputTooLarge, type(None)]
        assert [found.number for found in rows] == [1, 2, 3]


def test_memory_does_not_grow_with_the_collection(tmp_path: Path) -> None:
    peaks = []
    for count in (100, 700):
        path = collection(tmp_path, "\n".join(row(number) for number in range(count)).encode())
        tracemalloc.start()
        assert sum(found.article is not None for found in read_records(path, LIMITS)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + 200_000


@pytest.mark.parametrize("data", [b"", b"\n\n \n"])
def test_empty_collections(data: bytes, tmp_path: Path) -> None:
    assert list(read_records(collection(tmp_path, data), LIMITS)) == []


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_collections_that_cannot_be_opened(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="check the path"):
        list(read_records(tmp_path / name, LIMITS))
