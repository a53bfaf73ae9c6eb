"""What an uploaded file puts into the form, without a browser."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from summarizer.config import InputLimits
from summarizer.errors import InputError, InputTooLarge, UnreadableInput
from summarizer.service.arabic_messages import error_in_arabic
from summarizer.service.page.files import open_file
from summarizer.service.page.html import chooser_html

BODY = "افتتحت بلدية مدينة النخيل ثلاث حدائق عامة جديدة في الأحياء الشرقية اليوم الأحد بعد عامين من العمل."
TITLES = ("حدائق في النخيل", "جسر في الوادي", "مدرسة في الساحل")
ROWS = [{"title": title, "body": f"{BODY} وقال المدير إن الافتتاح جرى في {title}."} for title in TITLES]
ITEMS = "".join(f"<item><title>{row['title']}</title><description>{row['body']}</description></item>" for row in ROWS)
COLLECTIONS = {
    "many.jsonl": "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS),
    "many.json": json.dumps(ROWS, ensure_ascii=False),
    "wrapped.json": json.dumps({"articles": ROWS}, ensure_ascii=False),
    "many.csv": "title,body\n" + "\n".join(f'"{row["title"]}","{row["body"]}"' for row in ROWS),
    "many.tsv": "title\tbody\n" + "\n".join(f"{row['title']}\t{row['body']}" for row in ROWS),
    "many.rss": f'<?xml version="1.0"?><rss version="2.0"><channel><title>أخبار</title>{ITEMS}</channel></rss>',
    "unnamed.txt": "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS),
}


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_file_of_several_articles_offers_them_all(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(COLLECTIONS[name], "utf-8")
    opened = open_file(path, InputLimits())
    assert [title for title, _ in opened.articles] == list(TITLES)
    assert opened.text == opened.articles[0][1]
    assert all(row["body"] in text for row, (_, text) in zip(ROWS, opened.articles, strict=True))
    shown = chooser_html(opened)
    assert shown.count("data-article=") == 3
    assert "في الملف 3 من السجلات" in shown


def test_rows_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text(COLLECTIONS["many.jsonl"] + '\n{"body": "English only, all of it."}\n{broken\n', "utf-8")
    opened = open_file(path, InputLimits())
    assert (len(opened.articles), opened.unusable, opened.more) == (3, 2, False)
    assert "تعذّرت قراءة 2 منها" in chooser_html(opened)


def test_code_in_a_title_is_text(tmp_path: Path) -> None:
    path = tmp_path / "some.json"
    path.write_text(json.dumps([{"title": "<img src=x onerror=a()>", "body": BODY}, ROWS[0]]), "utf-8")
    assert "<img" not in chooser_html(open_file(path, InputLimits()))


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.jsonl", "a.rss"])
def test_a_file_of_another_kind_under_such_a_name_is_one_clear_answer(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    with pytest.raises(InputError):
        open_file(path, InputLimits())


def test_a_single_article_is_opened_as_before(tmp_path: Path) -> None:
    for name, text in (("a.txt", BODY), ("a.json", json.dumps(ROWS[0])), ("a.jsonl", json.dumps(ROWS[0]))):
        (tmp_path / name).write_text(text, "utf-8")
        opened = open_file(tmp_path / name, InputLimits())
        assert BODY in opened.text
        assert opened.articles == ()


def bomb() -> bytes:
    """A Word document of a few kilobytes that unpacks to 15 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"<w:document>" + b"<w:p/>" * 2_500_000)
    return stream.getvalue()


def test_a_word_document_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    path.write_bytes(bomb())
    assert path.stat().st_size < 100_000
    with pytest.raises(InputTooLarge) as refused:
        open_file(path, InputLimits())
    assert "المقال أطول من الحد المسموح به" in error_in_arabic(refused.value)


def test_an_archive_that_is_no_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", BODY)
    with pytest.raises(UnreadableInput):
        open_file(path, InputLimits())
