"""Bytes to text: the encodings Arabic archives are written in, detected and said.

The order is that of certainty: a byte order mark; the pattern of UTF-16 without one; strict UTF-8; then the three
single-byte Arabic code pages, told apart by how often their letters would occur in Arabic; at last UTF-8 with damaged
places. What a page declares about itself (``<meta charset>``) is not asked: archives were re-saved too often.
"""

from __future__ import annotations

import codecs
import math
import unicodedata
from typing import NamedTuple

from summarizer.errors import UndecodableInput, UnreadableInput
from summarizer.notices import Notice, notice

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_CODE_PAGES = ("cp1256", "iso8859-6", "mac_arabic")
_PRIOR = {"cp1256": 0.2, "iso8859-6": 0.1, "mac_arabic": 0.0}
"""Added to the likeness: a few words may read as well in two code pages, and nearly all archives are Windows-1256."""
NAMES = {"cp1256": "Windows-1256", "iso8859-6": "ISO-8859-6", "mac_arabic": "MacArabic"}
"""Codec names as a reader knows them; the others are said in capitals."""

_SAMPLE_BYTES = 65_536
_MAX_DAMAGE = 0.02
"""Replaced bytes among the characters above ASCII: more is not UTF-8 with an accident but another encoding."""

# Letters of Arabic news, per mille of all characters above ASCII, counted over 5,400 articles of nine corpora.
_PER_MILLE = {
    **dict(zip("اليمونترب", (150, 114, 76, 62, 52, 50, 47, 46, 34), strict=True)),
    **dict(zip("ةعدسفقهأكح", (33, 31, 30, 25, 25, 22, 22, 19, 18, 18), strict=True)),
    **dict(zip("ج،شصطإىخضزذثغئءظؤآ", (14, 12, 9, 9, 9, 9, 8, 8, 7, 7, 6, 5, 5, 4, 3, 2, 1, 1), strict=True)),
    **dict.fromkeys("ًٌٍَُِّْـ«»؛؟“”–…", 0.5),
}
_LOG = {char: math.log(count / 1000) for char, count in _PER_MILLE.items()}
_UNSEEN = math.log(0.00002)
_MIN_ARABIC_LIKENESS = -4.45
"""Mean natural log-probability of a character above ASCII. Arabic news scores -3.1 on average; of 1,350 articles cut to
40 characters the worst scored -4.39, cut to 200 -4.17. Russian, Greek, Hebrew and Thai code pages stay under -4.7."""

_NO_TEXT = ("Cc", "Cn", "Co", "Cs")
_HIGH_BYTES = (b"\x06", b"\x00", b"\x20", b"\xfb", b"\xfe")

_AS_TEXT = "save or export the article as plain text (.txt) first"
_AS_WORD = "open it and save it as .docx or .txt"
_FROM_PDF = "copy its text out of a browser and save that as .txt, or ask for the document that it was made from"
_TO_BATCH = "`mujaz batch FILE OUTPUT.jsonl` reads it"
_MAGIC = (
    (b"%PDF", "a PDF document", _FROM_PDF),
    (b"PK\x03\x04", "a ZIP archive or a Word document", _AS_TEXT),
    (b"\xd0\xcf\x11\xe0", "an old Word document, or one locked with a password", _AS_WORD),
    (b"\x1f\x8b", "a gzip archive", "unpack it first, or give it to `mujaz batch` when many articles are in it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it first, or give it to `mujaz batch`"),
    (b"\x89PNG", "a PNG picture", _AS_TEXT),
    (b"\xff\xd8\xff", "a JPEG picture", _AS_TEXT),
    (b"{\\rtf", "an RTF document", _AS_WORD),
    (b"\x7fELF", "a program", _AS_TEXT),
    (b"PAR1", "a Parquet file", _TO_BATCH),
    (b"GGUF", "a GGUF model", _AS_TEXT),
)


class Decoded(NamedTuple):
    """Text, the Python codec it was read with, and what a reader should be told about it."""

    text: str
    codec: str
    warnings: tuple[Notice, ...] = ()


def decode(data: bytes) -> Decoded:
    """``data`` as text, without its byte order mark.

    Raises ``UnreadableInput`` for bytes that are no text (a PDF, a picture) and ``UndecodableInput`` for text in an
    encoding that is none of UTF-8, UTF-16, UTF-32, Windows-1256, ISO-8859-6 and MacArabic.
    """
    _refuse_known_binary(data)
    codec = detect(data)
    if codec == "utf-8":
        return _utf8(data.removeprefix(codecs.BOM_UTF8))
    marks = {name: mark for mark, name in _BOMS}
    text = data.removeprefix(marks.get(codec, b"")).decode(codec, errors="replace")
    damaged = text.count("\ufffd")
    notes = (notice("damaged-characters", count=damaged),) if damaged else ()
    return Decoded(text, codec, (notice("encoding", name=NAMES.get(codec, codec.upper())), *notes))


def detect(data: bytes) -> str:
    """The Python codec name of ``data``, judged from its first 64 KiB. Raises as :func:`decode` does."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec
    sample = data[:_SAMPLE_BYTES]
    wide = _wide_codec(sample)
    if wide:
        return wide
    if sample.count(0) > len(sample) // 100 or _control_share(sample) > 0.05:
        raise _binary("binary data (NUL and control bytes)")
    damage = _utf8_damage(sample)
    if not damage:
        return "utf-8"
    best = max(_CODE_PAGES, key=lambda codec: likeness(sample.decode(codec, errors="replace")) + _PRIOR[codec])
    if likeness(sample.decode(best, errors="replace")) >= _MIN_ARABIC_LIKENESS:
        return best
    if damage <= _MAX_DAMAGE:
        return "utf-8"
    raise UndecodableInput(
        expected="Arabic text in UTF-8, UTF-16, Windows-1256, ISO-8859-6 or MacArabic",
        got=f"{len(data):,} bytes that are none of them",
        hint="save the file again as UTF-8",
    )


def likeness(text: str) -> float:
    """How much the characters above ASCII in ``text`` look like Arabic news: mean log-probability, at most 0.

    A text without any scores as badly as one of unseen characters. Twenty thousand of them are enough.
    """
    above = [char for char in text if char > "\x7f"][:20_000]
    return sum(_LOG.get(char, _UNSEEN) for char in above) / len(above) if above else _UNSEEN


def _refuse_known_binary(data: bytes) -> None:
    for magic, what, hint in _MAGIC:
        if data.startswith(magic):
            raise _binary(what, hint)


def _binary(what: str, hint: str = _AS_TEXT) -> UnreadableInput:
    return UnreadableInput(expected="a file of text (.txt .md), .docx, .html, .json or .jsonl", got=what, hint=hint)


def _control_share(sample: bytes) -> float:
    """C0 controls other than tab, line ends, form feed, SUB and ESC, among all bytes."""
    controls = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
    return (len(sample) - len(sample.translate(None, controls))) / len(sample) if sample else 0.0


def _wide_codec(sample: bytes) -> str:
    """«utf-16-le» or «utf-16-be» for UTF-16 without a mark, else an empty string.

    Arabic letters are U+06xx, spaces U+0020, dashes and bidi controls U+20xx, presentation forms U+FBxx-FExx: in
    UTF-16 every other byte is one of these, which text in a narrower encoding never is.
    """
    for codec, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(high) >= 2 and sum(map(high.count, _HIGH_BYTES)) / len(high) > 0.7:
            text = sample[: len(sample) // 2 * 2].decode(codec, errors="replace")
            plain = sum(char in "\t\r\n" or unicodedata.category(char) not in _NO_TEXT for char in text)
            if plain / len(text) > 0.9:
                return codec
    return ""


def _utf8_damage(sample: bytes) -> float:
    """Replaced places among all characters above ASCII when read as UTF-8; 0 when it is valid.

    A character cut by the end of the sample is no damage.
    """
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    text = decoder.decode(sample, final=len(sample) < _SAMPLE_BYTES)
    above = sum(char > "\x7f" for char in text)
    return text.count("\ufffd") / above if above else 0.0


def _utf8(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", errors="replace")
        note = notice("invalid-utf-8", byte=f"{error.start:,}", count=text.count("\ufffd"))
        return Decoded(text, "utf-8", (note,))
