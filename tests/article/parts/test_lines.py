"""Lines, blocks and text wrapped at a fixed width."""

from __future__ import annotations

import textwrap

import pytest

from summarizer.article.parts.lines import split_lines
from summarizer.article.read import read_text

PARAGRAPHS = [
    "أعلنت وزارة المياه أمس خطة جديدة لتحلية مياه البحر في خمس مدن ساحلية، بكلفة تبلغ نحو 250 مليون دينار، وقالت إن "
    "العمل يبدأ في الشهر المقبل ويستمر ثلاث سنوات متصلة.",
    "وقال الوزير إن المشروع سيوفر المياه لنحو نصف مليون مواطن، مؤكدا أن الحكومة رصدت له ما يلزم من المال، وأنها لن "
    "ترفع أسعار المياه على السكان بسببه.",
    "وانتقد معارضون الخطة، وطالبوا بإصلاح الشبكة القديمة التي تضيع ثلث المياه قبل أن تصل إلى البيوت، بحسب تقرير نشر "
    "في العام الماضي.",
]


def wrapped(width: int, indent: str = "") -> str:
    return "\n".join(textwrap.fill(paragraph, width, initial_indent=indent) for paragraph in PARAGRAPHS)


@pytest.mark.parametrize("width", [50, 60, 72, 80, 90])
@pytest.mark.parametrize("indent", ["", " ", "    "])
def test_wrapped_text_is_unwrapped(width: int, indent: str) -> None:
    article = read_text(wrapped(width, indent))
    assert len(article.paragraphs) >= 2  # a paragraph that ends at the margin may run on
    assert [" ".join(sentence.text.split()) for sentence in article.sentences] == PARAGRAPHS


def test_a_title_over_wrapped_text() -> None:
    for between in ("\n", "\n\n"):
        article = read_text("خطة لتحلية مياه البحر" + between + wrapped(72))
        assert article.title == "خطة لتحلية مياه البحر"
        assert len(article.sentences) == 3


def test_sentences_of_wrapped_text_are_slices() -> None:
    article = read_text(wrapped(60))
    for sentence in article.sentences:
        assert sentence.text == sentence.span.of(article.text)
        assert "\n" in sentence.text


def test_one_line_a_paragraph_is_not_wrapped() -> None:
    assert [line.text for line in split_lines("\n".join(PARAGRAPHS))] == PARAGRAPHS


def test_verse_is_not_wrapped() -> None:
    verse = [f"بيت من الشعر يشبه غيره في الطول والوزن {number}" for number in range(12)]
    assert len(split_lines("\n".join(verse))) == 12


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blocks(end: str) -> None:
    lines = split_lines(end.join(["أ", "ب", "", "ج", " \t", "", "د"]))
    assert [(line.text, line.block) for line in lines] == [("أ", 0), ("ب", 0), ("ج", 1), ("د", 2)]


@pytest.mark.parametrize(
    ("text", "stops", "hangs"),
    [
        ("انتهى.", True, False),
        ("انتهى؟", True, False),
        ('انتهى".', True, False),
        ('انتهى."', True, False),
        ("انتهى».)", True, False),
        ("انتهى…", True, False),
        ("انتهى", False, False),
        ('"انتهى"', False, False),
        ("وهي:", False, True),
        ("وهي،", False, True),
        ("انتهى.\u200f", True, False),
    ],
)
def test_ends_of_lines(text: str, stops: bool, hangs: bool) -> None:
    (line,) = split_lines(text)
    assert (line.stops, line.hangs) == (stops, hangs)
