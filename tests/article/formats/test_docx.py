"""Word documents: what a reader sees of them, and archives that are something else or out to harm."""

from __future__ import annotations

import io
import zipfile

import pytest

from summarizer.article.formats.docx import docx_text
from summarizer.article.read import read_bytes
from summarizer.config import InputLimits
from summarizer.errors import EmptyInput, InputError, InputTooLarge, UnreadableInput
from tests.article.formats.articles import PARAGRAPHS, TITLE, docx, run, runs, word

LIMITS = InputLimits()
BOX = f"<w:txbxContent>{runs('في الإطار')}</w:txbxContent>"


def test_an_article_in_word() -> None:
    article = read_bytes(docx([TITLE, "", *PARAGRAPHS]), name="خبر.docx")
    assert article.title == TITLE
    assert [sentence.text for sentence in article.sentences] == list(PARAGRAPHS)
    assert article.warnings == ()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (runs("أول", " وثان"), "أول وثان"),
        (runs("أول") + runs("ثان"), "أول\nثان"),
        ("<w:p>" + run("أول") + "<w:r><w:br/></w:r>" + run("ثان") + "</w:p>", "أول\nثان"),
        ("<w:p><w:r><w:t>أول</w:t><w:tab/><w:t>ثان</w:t></w:r></w:p>", "أول\tثان"),
        (f"<w:p><w:ins>{run('زيد')}</w:ins><w:del><w:r><w:delText>حذف</w:delText></w:r></w:del></w:p>", "زيد"),
        (f"<w:p><w:moveFrom>{run('نقل')}</w:moveFrom><w:moveTo>{run('نقل')}</w:moveTo></w:p>", "نقل"),
        (f"<w:p><w:hyperlink>{run('رابط')}</w:hyperlink></w:p>", "رابط"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>" + run("نص") + "</w:p>", "نص"),
        (f"<w:sdt><w:sdtContent>{runs('حقل')}</w:sdtContent></w:sdt>", "حقل"),
        (f"<w:p>{run('نص')}<w:r><w:pict>{BOX}</w:pict></w:r></w:p>", "نص\nفي الإطار"),
        (f"<w:p><w:r><w:Choice>{BOX}</w:Choice><w:Fallback>{BOX}</w:Fallback></w:r>{run('نص')}</w:p>", "نص\nفي الإطار"),
        (f"<w:tbl><w:tr><w:tc>{runs('1')}</w:tc><w:tc>{runs('2')}</w:tc></w:tr></w:tbl>", "1\t2"),
        (f"<w:tbl><w:tr><w:tc>{runs('1')}{runs('2')}</w:tc><w:tc>{runs('3')}</w:tc></w:tr></w:tbl>", "1\n2\n3"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>خفي</w:t></w:r>" + run("نص") + "</w:p>", "نص"),
        ('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>باد</w:t></w:r></w:p>', "باد"),
        (f"<!-- x --><w:p>{run('نص')}</w:p>", "نص"),
    ],
)
def test_what_a_reader_sees(body: str, text: str) -> None:
    assert docx_text(word(body), LIMITS) == text


def archive(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return stream.getvalue()


def locked() -> bytes:
    """The flag of a password, set in both places."""
    data = bytearray(docx(PARAGRAPHS))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (word(runs("ا" * 60_000_000)), InputTooLarge, "unpacks to at most"),
        (word(runs("ا" * 5_000_000)), InputTooLarge, "200 times its size"),
        (word(runs("&a;"), declared='<!DOCTYPE w [<!ENTITY a "x">]>'), UnreadableInput, "entities of its own"),
        (docx(PARAGRAPHS)[:-30], UnreadableInput, "damaged"),
        (docx(PARAGRAPHS)[:60] + bytes(40) + docx(PARAGRAPHS)[100:], UnreadableInput, "expected"),
        (locked(), UnreadableInput, "locked"),
        (b"PK\x03\x04 and nothing more", UnreadableInput, "damaged"),
        (word("<w:p>"), UnreadableInput, "broken XML"),
        (word(runs(" ")), EmptyInput, "with text"),
        (archive(xl__workbook_dot_xml="x"), UnreadableInput, "Excel workbook; save the sheet as CSV"),
        (archive(content_dot_xml="x"), UnreadableInput, "OpenDocument"),
        (archive(a_dot_txt="x"), UnreadableInput, "a ZIP archive; unpack it"),
    ],
)
def test_archives_that_are_refused_in_one_line(data: bytes, error: type[InputError], said: str) -> None:
    with pytest.raises(error, match=said) as caught:
        read_bytes(data, name="a.docx")
    assert "\n" not in str(caught.value)
