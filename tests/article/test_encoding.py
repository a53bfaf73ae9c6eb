"""Bytes of every encoding that Arabic archives use, and of things that are no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.encoding import decode, detect
from summarizer.article.read import read_bytes
from summarizer.errors import InputError, UndecodableInput, UnreadableInput

TEXT = (
    "أعلنت وزارة المياه أمس خطة جديدة لتحلية مياه البحر في خمس مدن ساحلية، بكلفة تبلغ نحو 250 مليون دينار.\n"
    "وقال الوزير إن العمل يبدأ في الشهر المقبل؛ وأضاف أن المشروع «سيغير حياة الناس».\n"
)
RUSSIAN = "Министерство объявило новый план опреснения воды. Президент заявил, что страна будет развиваться дальше."
CODECS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859-6", "mac_arabic"]


def encoded(codec: str) -> tuple[bytes, str]:
    text = TEXT.replace("«", '"').replace("»", '"') if codec == "iso8859-6" else TEXT
    data = text.encode(codec)
    return data, data.decode(codec)


@pytest.mark.parametrize("codec", CODECS)
def test_round_trip(codec: str) -> None:
    data, text = encoded(codec)
    assert decode(data).text == text


@pytest.mark.parametrize("codec", CODECS)
def test_short_texts(codec: str) -> None:
    data = "قال الوزير إن العمل يبدأ غدا".encode(codec)
    assert decode(data).text == "قال الوزير إن العمل يبدأ غدا"


@pytest.mark.parametrize("codec", ["cp1256", "iso8859-6", "mac_arabic", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_are_said(codec: str) -> None:
    article = read_bytes(encoded(codec)[0])
    assert any(warning.startswith("read as ") for warning in article.warnings)


def test_windows_1256_by_name() -> None:
    assert read_bytes(TEXT.encode("cp1256")).warnings == ("read as Windows-1256, not UTF-8",)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_utf8_needs_no_word(codec: str) -> None:
    article = read_bytes(TEXT.encode(codec))
    assert article.warnings == ()
    assert article.text == TEXT


@pytest.mark.parametrize("damage", [b"\xff", b"\xd8", b"\xd9\xd9", b"\xf0\x9f"])
def test_invalid_bytes_in_utf8_are_replaced_and_said(damage: bytes) -> None:
    data = TEXT.encode()
    data = data[:20] + damage + data[20:] + data
    article = read_bytes(data)
    assert "\ufffd" in article.text
    assert "invalid UTF-8 from byte" in article.warnings[0]


def test_a_character_cut_by_the_sample_is_no_damage() -> None:
    for shift in range(3):
        data = ("a" * shift + TEXT * 2000).encode()
        assert decode(data).text == data.decode()
        assert decode(data).warnings == ()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"PK\x03\x04" + bytes(200), "a ZIP archive or a Word document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "a PNG picture"),
        (b"\x1f\x8b\x08" + bytes(200), "a gzip archive"),
        (bytes(range(256)) * 20, "binary data"),
        (b"MZ\x90" + bytes(500), "binary data"),
    ],
)
def test_no_text(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableInput, match=what):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        RUSSIAN.encode("koi8-r"),
        RUSSIAN.encode("cp1251"),
        ("省庁は新しい計画を発表した。" * 10).encode("shift-jis"),
        bytes(range(128, 256)) * 3,
    ],
)
def test_other_alphabets_are_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read_bytes(data)


def test_undecodable_says_what_is_read() -> None:
    with pytest.raises(UndecodableInput, match="Windows-1256"):
        detect(RUSSIAN.encode("koi8-r"))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data).text
    except InputError:
        return
    assert isinstance(text, str)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_utf8_text_is_never_changed(text: str) -> None:
    data = text.encode()
    try:
        found = decode(data)
    except UnreadableInput:
        return  # control characters galore, or the first bytes of a PDF
    if found.codec == "utf-8":
        assert found.text == data.removeprefix(codecs.BOM_UTF8).decode()
