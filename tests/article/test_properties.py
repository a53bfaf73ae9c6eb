"""Whatever is read: no crash, and every span names a slice of the text."""

from __future__ import annotations

import json
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.article.build import make_article
from summarizer.article.formats.records import read_record
from summarizer.article.passages import passages
from summarizer.article.read import read_bytes, read_text
from summarizer.article.reading import reading_copy
from summarizer.config import InputLimits
from summarizer.errors import InputError
from summarizer.schema import Article, Span

LAX = InputLimits(min_arabic_letters=0, min_arabic_share=0.0)
PIECES = [
    "أعلنت الوزارة أمس خطة جديدة.",
    "وقال الوزير إن العمل يبدأ غدا",
    'وأضاف "لن نرفع الأسعار. أبدا"',
    "القاهرة - رويترز",
    "دبي، الإمارات العربية المتحدة (CNN) -- ",
    "اقرأ أيضا: خبر آخر",
    "مصدر الصورة Getty Images",
    "خطة للمياه",
    "• بند أول",
    "1. بند ثان",
    "// انتهى //",
    "(رويترز)",
    "***",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\u200f",
    "\u202e",
    "\U000e0041",
    "\ud800",
    "\x00",
    "\u2028",
    "<p>",
    "{",
    "أ.ف.ب",
    "3.14",
    "؟!…",
    "ﷺ",
    "👍🏽",
    "word",
    "ـــ",
    "ً" * 12,
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("\n".join),
    st.text(st.characters(), max_size=200),
)


def one_line(error: InputError) -> None:
    assert "\n" not in str(error)


def check(article: Article) -> None:
    """The promises of ``Article``."""
    size, text, copy = len(article.text), article.text, reading_copy(article.text).text
    text.encode("utf-8")
    spans = [*article.paragraphs, *article.captions, *([article.dateline] if article.dateline else [])]
    assert all(0 <= span.start < span.end <= size for span in spans)
    assert list(article.paragraphs) == sorted(article.paragraphs)
    ordered = sorted(spans)
    assert all(one.end <= other.start for one, other in pairwise(ordered))
    for sentence in article.sentences:
        paragraph = article.paragraphs[sentence.paragraph]
        assert sentence.text in copy or sentence.text == sentence.span.of(text)
        assert sentence.text == sentence.span.of(text) or copy != text
        assert sentence.text == sentence.text.strip() != ""
        assert paragraph.start <= sentence.span.start < sentence.span.end <= paragraph.end
    ends = [sentence.span for sentence in article.sentences]
    assert all(one.end <= other.start for one, other in pairwise(ends))
    found = passages(article)
    assert {sentence for passage in found for sentence in passage.sentences} == set(article.sentences)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    try:
        article = read_text(text, LAX, kind="text")
    except InputError as error:
        one_line(error)
        return
    assert len(article.text) == len(text)
    check(article)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.sampled_from(["text", "html", "json", "jsonl", None]))
def test_any_text_as_any_kind(text: str, kind: str | None) -> None:
    try:
        check(read_text(text, LAX, kind=kind))  # type: ignore[arg-type]
    except InputError as error:
        one_line(error)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.json", "a.jsonl", "a"]))
def test_any_bytes(data: bytes, name: str) -> None:
    try:
        check(read_bytes(data, LAX, name=name))
    except InputError as error:
        one_line(error)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_subnormal=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from(["title", "body", "text", "id", "abstract", "bullets", "date", "author"]), VALUES)
)
def test_any_record(record: dict[str, object]) -> None:
    try:
        check(read_record(record, LAX))
    except InputError as error:
        one_line(error)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_record_and_its_json_read_alike(text: str) -> None:
    record = {"title": "خطة", "body": text}
    try:
        article = read_record(record, LAX)
    except InputError:
        return
    assert read_bytes(json.dumps(record).encode(), LAX) == article


@given(TEXTS, st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=4))
def test_make_article_keeps_its_promises(text: str, pairs: list[tuple[int, int]]) -> None:
    text = text.encode("utf-8", errors="replace").decode()
    cuts = sorted({min(at, len(text)) for pair in pairs for at in pair})
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    check(make_article(text, spans))
