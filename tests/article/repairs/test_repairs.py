"""Damage that programs do to a text, undone; and texts that are whole, left as they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.read import read_text
from summarizer.article.repairs import repair
from summarizer.article.repairs.broken import join_broken
from summarizer.article.repairs.escapes import read_escapes
from summarizer.article.repairs.pieces import join_pieces
from summarizer.article.repairs.visual import in_reading_order
from tests.article.formats.articles import OTHERS, PARAGRAPHS

TEXT = "\n\n".join(PARAGRAPHS)


def visual(line: str) -> str:
    """A line as it looks from left to right: reversed, numbers and Latin words not; brackets mirrored."""
    turned = re.sub(r"[A-Za-z][A-Za-z .]*[A-Za-z]|%*\d+(?:(?:[.,]|%+)\d+)*%*", lambda run: run[0][::-1], line)
    return turned[::-1].translate(str.maketrans("()«»", ")(»«"))


@pytest.mark.parametrize(
    "line",
    [
        PARAGRAPHS[0],
        PARAGRAPHS[1] + " وأعلنت شركة Example Technologies الخبر (وكالات) يوم 12 مارس.",
        "وقالت الوزارة إن الأسعار ارتفعت بنسبة 23.4% منذ عام 2019، وإن «الدعم» مستمر في المدينة.",
        "وقالت الوزارة إن الأسعار ارتفعت بنسبة 20%35% في المدينة منذ العام الماضي.",
        "أعلنت اليونسكو (UNESCO) أن 1,250 مدرسة في المدينة بحاجة إلى إصلاح عاجل هذا العام.",
    ],
)
@pytest.mark.parametrize("mirrored", [True, False])
def test_visual_order_is_put_right(line: str, mirrored: bool) -> None:
    shown = visual(line)
    if not mirrored:  # the characters of the text, not of what is seen
        shown = shown.translate(str.maketrans("()«»", ")(»«"))
    text, warning = in_reading_order(shown + "\n\n" + visual(OTHERS[0]))
    assert text == f"{line}\n\n{OTHERS[0]}"
    assert warning
    assert warning.code == "visual-order"


def test_a_line_that_is_right_stays_among_lines_that_are_not() -> None:
    text, _ = in_reading_order(
        "\n".join([PARAGRAPHS[0], visual(PARAGRAPHS[1]), visual(PARAGRAPHS[2]), visual(OTHERS[0])])
    )
    assert text == "\n".join([*PARAGRAPHS, OTHERS[0]])


def test_an_article_in_visual_order_is_read_and_says_so() -> None:
    article = read_text("\n\n".join(map(visual, PARAGRAPHS)))
    assert [sentence.text for sentence in article.sentences] == list(PARAGRAPHS)
    assert any("visual order" in warning for warning in article.warnings)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"أول.\n\nثان.", "أول.\n\nثان."),
        (r"أول.\r\nثان.", "أول.\nثان."),
        (r"أول.\tثان.", "أول. ثان."),
        (r"قال \"نعم\".\nثم مضى", 'قال "نعم".\nثم مضى'),
        (r"بحسب AFP\n\nوقال", "بحسب AFP\n\nوقال"),
        (r"انتهى\nAFP", "انتهى\nAFP"),
        (r"\u0623\u0648\u0644\u060c 5", "أول، 5"),
        (r"في C:\news وفي docs\readme", r"في C:\news وفي docs\readme"),
        (r"قال \ ثم", r"قال \ ثم"),
        (r"قال \"نعم\"", r"قال \"نعم\""),
    ],
)
def test_escapes(text: str, read: str) -> None:
    found, warning = read_escapes(text)
    assert found == read
    assert bool(warning) == (text != read)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("أعلن +ت وزار +ة ال+ نقل ، و+ ل+ ال+ حافل +ات", "أعلنت وزارة النقل، وللحافلات"),
        ("و+ال+وزار+ة ب+ال+مدين+ة", "والوزارة بالمدينة"),
        ("أعلنت وزار ##ة ال ##نقل خط ##ة", "أعلنت وزارة النقل خطة"),
        ("▁أعلن ت ▁وزارة ▁ال نقل", " أعلنت وزارة النقل"),
        ("الدرجة + الأولى + الثانية + الثالثة", "الدرجة + الأولى + الثانية + الثالثة"),
        ("برنامج +C++ وأعمار 18+ و60+ سنة", "برنامج +C++ وأعمار 18+ و60+ سنة"),
        ("قال ##وسم", "قال ##وسم"),
    ],
)
def test_pieces_of_tokenizers(text: str, whole: str) -> None:
    found, warning = join_pieces(text)
    assert found == whole
    assert bool(warning) == (text != whole)


def test_words_broken_by_a_scan_and_at_line_ends() -> None:
    text = "أعلن ت الوزارة في السو دان خطة العلا ج خلا ل أسبو عين، وقا ل الوزير نعم.\nيوم الأطف\nال في المئة مل\nيون"
    whole = "أعلنت الوزارة في السودان خطة العلاج خلال أسبوعين، وقال الوزير نعم.\nيوم الأطفال\nفي المئة مليون"
    found, warning = join_broken(text)
    assert found.rstrip("\n") == whole
    assert warning
    assert warning.startswith("8 words")


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        re.sub("(?<=[ء-ي])(?=[ء-ي])", "\u064e", TEXT),
        re.sub("(?<=[ء-ي]{2})(?=[ء-ي])", "\u0640", TEXT),
        "قال ـ أول ـ إن ـ إذا ـ أن ـ",
        "وكالة أ ف ب و د ب أ",
        "زيد و عمرو و بكر و خالد",
        "أعلن ت الوزارة",
        "كو ليرا لي مار سان جرمان",
    ],
)
def test_whole_texts_stay_as_they_are(text: str) -> None:
    assert repair(text) == (text, ())


@given(st.text(st.sampled_from("اللنوريت مب،.+\\n#▁()«» \n12a\u064eـ"), max_size=200))
def test_any_text_is_repaired_without_an_error_and_once(text: str) -> None:
    found, warnings = repair(text)
    assert (found == text) or warnings
    assert all(re.search("[ء-ي]{3}", warning.arabic) for warning in warnings)
