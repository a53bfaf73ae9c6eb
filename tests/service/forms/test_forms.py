"""A brief as a file: each form holds the brief's texts, and nothing that its reader would run or choke on."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import brief, read_text
from summarizer.schema import Brief
from summarizer.service.forms import FORMS

ARTICLE = read_text(
    "أعلنت بلدية مدينة النخيل، اليوم الأحد، افتتاح ثلاث حدائق عامة جديدة في الأحياء الشرقية بعد عامين من العمل.\n\n"
    "وقال رئيس البلدية سالم الحداد إن كلفة المشروع بلغت 4 ملايين دينار، مولت نصفها تبرعات الأهالي."
)
BRIEF = brief(ARTICLE, "extractive")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def texts(written: Brief) -> list[str]:
    return [written.headline.text, written.standfirst.text, *(bullet.text for bullet in written.bullets)]


def titled(text: str) -> Brief:
    return replace(BRIEF, headline=replace(BRIEF.headline, text=text))


def paragraphs(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        for name in file.namelist():
            ElementTree.fromstring(file.read(name))
        body = ElementTree.fromstring(file.read("word/document.xml"))
    found = list(body.iter(f"{WORD}p"))
    assert all(one.find(f"{WORD}pPr/{WORD}bidi") is not None for one in found), "every paragraph runs from the right"
    return ["".join(part.text or "" for part in one.iter(f"{WORD}t")) for one in found]


@pytest.mark.parametrize("name", ["text", "markdown", "html", "json"])
def test_every_form_holds_every_text(name: str) -> None:
    data = FORMS[name].write(BRIEF).decode()
    assert [text for text in texts(BRIEF) if text not in data] == []
    assert data.endswith("\n")
    assert "\u200f" not in data


def test_json_is_the_brief() -> None:
    assert json.loads(FORMS["json"].write(BRIEF)) == BRIEF.to_dict()


def test_a_word_document_holds_the_lines_in_order() -> None:
    headline, standfirst, *bullets = texts(BRIEF)
    assert paragraphs(FORMS["docx"].write(BRIEF)) == [headline, standfirst, *(f"• {one}" for one in bullets)]
    assert FORMS["docx"].write(BRIEF) == FORMS["docx"].write(BRIEF)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40) | st.sampled_from(["<script>", "]]>", "&amp;", "a\x00b", "\ufffe"]))
def test_any_text_stays_text(text: str) -> None:
    shown = paragraphs(FORMS["docx"].write(titled(text)))[0]
    assert set(shown) <= set(text) | {"\n"}
    seen: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: seen.append(tag)  # type: ignore[method-assign]
    parser.feed(FORMS["html"].write(titled(text)).decode())
    assert set(seen) <= {"html", "head", "meta", "title", "body", "article", "h1", "p", "strong", "ul", "li"}
