"""Every input that is no article, or a strange one: a one-line error, or an article with a warning."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from summarizer.article.read import read_bytes, read_path, read_stream, read_text
from summarizer.config import InputLimits
from summarizer.errors import EmptyInput, InputError, InputTooLarge, NotArabic, TooShort, UnreadableInput

SENTENCE = "أعلنت وزارة المياه أمس خطة جديدة لتحلية مياه البحر في خمس مدن ساحلية."
PERSIAN = (
    "این گزارش درباره وضعیت اقتصادی ایران است که در سال گذشته منتشر شد و نشان می دهد که تورم در این کشور به "
    "بالاترین سطح خود رسیده است و دولت برای کاهش قیمت ها تلاش می کند."
)
URDU = (
    "وزیراعظم نے کہا ہے کہ حکومت عوام کے مسائل کو حل کرنے کے لیے اقدامات کر رہی ہے اور ملک میں مہنگائی کی شرح میں "
    "کمی آئی ہے اور انہوں نے یہ بات اسلام آباد میں کہی ہے۔"
)


def refused(error: InputError) -> None:
    """One line that says what was expected, what arrived and what to do."""
    assert "\n" not in str(error)
    assert str(error).startswith("expected ")
    assert error.got
    assert error.hint
    assert error.exit_code == 3


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", EmptyInput),
        (b" \n\t\r\n ", EmptyInput),
        ("\ufeff\u200b\u00a0\u3000".encode(), EmptyInput),
        (b"\x00\x00\x00\x00", EmptyInput),
        (b"***\n---\n***", EmptyInput),
        ("اقرأ أيضا: خبر آخر\nشارك".encode(), EmptyInput),
        (b"The ministry announced a new plan on Monday.", NotArabic),
        ("Министерство объявило новый план.".encode(), NotArabic),
        (PERSIAN.encode(), NotArabic),
        (URDU.encode(), NotArabic),
        ("نص".encode(), TooShort),
        ("أعلنت الوزارة".encode(), TooShort),
        (b"12345 67890 12345", EmptyInput),
        (("x = 1; print(x) # " * 50 + SENTENCE).encode(), NotArabic),
        (SENTENCE.encode("utf-8").decode("latin-1").encode(), NotArabic),
        (b"\x7fELF" + bytes(500), UnreadableInput),
    ],
)
def test_no_article(data: bytes, kind: type[InputError]) -> None:
    with pytest.raises(kind) as caught:
        read_bytes(data)
    refused(caught.value)


def test_mojibake_is_named() -> None:
    with pytest.raises(NotArabic, match="mojibake"):
        read_text(SENTENCE.encode("utf-8").decode("cp1252", errors="replace"))
    with pytest.raises(NotArabic, match="mojibake"):
        read_text(SENTENCE.encode("cp1256").decode("latin-1"))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path, word in [(tmp_path / "missing.txt", "no file"), (tmp_path, "folder"), (tmp_path / "a\nb.txt", "no file")]:
        with pytest.raises(UnreadableInput, match=word) as caught:
            read_path(path)
        refused(caught.value)


def test_a_path_with_nul_or_bad_bytes() -> None:
    for path in ("a\x00b", "a\udcff.txt", "x" * 5000):
        with pytest.raises(UnreadableInput) as caught:
            read_path(path)
        refused(caught.value)
        str(caught.value).encode("utf-8")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(UnreadableInput, match="permissions"):
        read_path(path)


def test_a_file_of_20_mb(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes((SENTENCE + "\n").encode() * (20_000_000 // len(SENTENCE.encode())))
    with pytest.raises(InputTooLarge, match="10,000,000 bytes") as caught:
        read_path(path)
    refused(caught.value)


def test_endless_devices_and_streams_are_cut() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= 10_000_001, "read without a limit"
            return b"a" * size

    with pytest.raises(InputTooLarge):
        read_stream(Endless())  # type: ignore[arg-type]
    with pytest.raises(InputTooLarge):
        read_path("/dev/zero")


def test_limits_are_obeyed() -> None:
    with pytest.raises(InputTooLarge, match="100 bytes"):
        read_bytes(SENTENCE.encode(), InputLimits(max_bytes=100))
    for read in (lambda limits: read_text(SENTENCE, limits), lambda limits: read_bytes(SENTENCE.encode(), limits)):
        with pytest.raises(InputTooLarge, match="50 characters"):
            read(InputLimits(max_chars=50))
    with pytest.raises(TooShort, match="at least 500"):
        read_text(SENTENCE, InputLimits(min_arabic_letters=500))


def test_standard_input() -> None:
    article = read_stream(io.BytesIO(SENTENCE.encode()))
    assert [sentence.text for sentence in article.sentences] == [SENTENCE]


def test_one_sentence() -> None:
    article = read_text(SENTENCE)
    assert (article.title, article.warnings) == ("", ())
    assert [span.of(article.text) for span in article.paragraphs] == [SENTENCE]


def test_ten_thousand_sentences() -> None:
    article = read_text("\n".join(f"قال المسؤول رقم {number} إن العمل مستمر في المدينة." for number in range(10_000)))
    assert len(article.sentences) == 10_000
    one_line = read_text(" ".join(f"قال المسؤول رقم {number} إن العمل مستمر في المدينة." for number in range(10_000)))
    assert len(one_line.sentences) == 10_000
    assert len(one_line.paragraphs) == 1


def test_no_punctuation() -> None:
    text = "أعلنت الوزارة أمس خطة جديدة للمياه وقال الوزير إن العمل يبدأ غدا " * 20
    article = read_text(text)
    assert article.sentences
    assert article.warnings == ("the body has no closing sentence marks: where its sentences end is a guess",)


def test_unpunctuated_lines_are_the_body_when_there_is_nothing_else() -> None:
    lines = ["أعلنت الوزارة أمس خطة جديدة للمياه", "قال الوزير إن العمل يبدأ غدا", "المشروع يستمر ثلاث سنوات"]
    article = read_text("\n".join(lines))
    assert "\n".join(span.of(article.text) for span in article.paragraphs) in "\n".join(lines)
    assert article.paragraphs


def test_a_thousand_marks_on_one_letter() -> None:
    article = read_text(SENTENCE + " م" + "\u064b" * 1000 + "هم.")
    assert "combining marks" in article.warnings[0]


def test_arabic_with_foreign_names_passes() -> None:
    text = "أعلنت شركة Example Technologies أمس عن هاتف New Phone Pro Max في مؤتمر Tech Days بمدينة دبي الإماراتية."
    assert read_text(text).sentences


def test_dialect_passes() -> None:
    assert read_text("هادشي اللي وقع البارح فالدار البيضاء ملي الناس خرجو للزنقة باش يتفرجو فالماتش ديال المنتخب.")


def test_arabic_typed_on_a_persian_keyboard_passes() -> None:
    assert read_text(SENTENCE.replace("ي", "ی").replace("ك", "ک"))


def test_kind_overrides_everything() -> None:
    assert read_bytes(f"<html>{SENTENCE}".encode(), kind="text").text == f"<html>{SENTENCE}"
