"""Kinds of input told apart before anything is read, and the refusals that name what came and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.article.formats import format_of
from summarizer.article.read import read_bytes, read_path, read_text
from summarizer.errors import InputError, ManyArticles, UnreadableInput
from tests.article.formats.articles import OTHERS, PARAGRAPHS, TITLE, docx, item, rss

TEXT = "\n\n".join(PARAGRAPHS)
RECORD = json.dumps({"title": TITLE, "body": TEXT}, ensure_ascii=False)
CSV = f'id,title,body\n1,{TITLE},"{TEXT}"\n'
MARKDOWN = f"# {TITLE}\n\n**{PARAGRAPHS[0]}**\n\n{PARAGRAPHS[1]}\n"


@pytest.mark.parametrize(
    ("text", "suffix", "kind"),
    [
        (TEXT, "", "text"),
        (TEXT, ".txt", "text"),
        (TEXT, ".unheard", "text"),
        (TEXT, ".md", "markdown"),
        (MARKDOWN, ".txt", "markdown"),
        (CSV, "", "csv"),
        (CSV.replace(",", "\t"), ".txt", "csv"),
        (TEXT, ".tsv", "csv"),
        (rss(item(PARAGRAPHS)), "", "feed"),
        (rss(item(PARAGRAPHS)), ".xml", "feed"),
        ("<?xml version='1.0'?><!-- x --><feed xmlns='http://www.w3.org/2005/Atom'/>", ".txt", "feed"),
        ("<?xml version='1.0'?><html/>", ".xml", "html"),
        ("<?xml version='1.0'?><newsItem/>", ".xml", "feed"),
        ("<p>نص</p>", "", "html"),
        (TEXT.replace("\n\n", "<br><br>"), ".txt", "html"),
        ("<!---->" * 60 + "نص", "", "text"),
        ("<!---->" * 60 + "<rss>", "", "feed"),
        (RECORD, "", "json"),
        (f"[{RECORD}, {RECORD}]", "", "json"),
        (f"{RECORD}\n{RECORD}\n", "", "jsonl"),
        (f"{RECORD}\n{RECORD}\n", ".txt", "jsonl"),
        (f"«{TEXT}», text, body", "", "text"),
        ("قال الوزير، نص الخبر، المقال.", "", "text"),
        ("[صورة] أعلنت الوزارة {خطة}", "", "text"),
        ("#مصر #السودان أعلنت الوزارة **اليوم** خطة", "", "text"),
    ],
)
def test_what_a_text_is(text: str, suffix: str, kind: str) -> None:
    assert format_of(text, suffix) == kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", TEXT.encode()),
        ("a.docx", docx(PARAGRAPHS)),
        ("a.txt", docx(PARAGRAPHS)),
        ("a.json", RECORD.encode()),
        ("", f"[{RECORD}]".encode()),
        ("a.csv", CSV.encode("utf-8-sig")),
        ("a.tsv", CSV.replace(",", "\t").encode("utf-16")),
        ("a.xml", rss(item(PARAGRAPHS)).encode()),
        ("", rss(item(PARAGRAPHS)).encode("cp1256")),
        ("a.md", MARKDOWN.replace("**", "").encode() + PARAGRAPHS[2].encode()),
    ],
)
def test_one_article_in_every_kind_is_the_same_article(name: str, data: bytes) -> None:
    article = read_bytes(data, name=name)
    assert [sentence.text for sentence in article.sentences] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"[{RECORD}, {RECORD}, {RECORD}]", "a JSON list of 3 articles"),
        (f"{RECORD}\n{RECORD}", "JSONL of 2 articles"),
        (CSV + CSV.partition("\n")[2], "a table of 2 articles"),
        (rss(item(PARAGRAPHS), item(OTHERS)), "a feed of 2 articles"),
    ],
)
def test_many_articles_are_counted_and_the_command_named(text: str, said: str) -> None:
    for read in (read_text, lambda text: read_bytes(text.encode())):
        with pytest.raises(ManyArticles, match=said) as caught:
            read(text)
        assert "mujaz batch" in caught.value.hint
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["https://www.example.test/a?b=1", "http:/example.test", "www.example.test/news", "file:///tmp/a.txt"]
)
def test_an_address_is_not_fetched(address: str) -> None:
    for read in (read_path, read_text, lambda given: read_bytes(given.encode() + b"\n")):
        with pytest.raises(UnreadableInput, match="nothing is fetched"):
            read(address)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document; copy its text out of a browser"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked with a password; open it and save it as .docx"),
        (b"{\\rtf1\\ansi", "an RTF document; open it and save it as .docx"),
        (b"\x1f\x8b\x08", "a gzip archive; unpack it"),
        (b"PAR1", "Parquet file; `mujaz batch"),
        (b"<?xml version='1.0'?><newsItem/>", "XML of another kind: <newsItem>"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_way_out(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(data)
    with pytest.raises(InputError, match=said) as caught:
        read_path(path)
    assert "\n" not in str(caught.value)
