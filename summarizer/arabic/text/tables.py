"""The character tables behind the rules of ``normalize``: knowledge as data, one table a rule.

A table maps a code point to what it becomes: a string, of any length, empty when the character is dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from summarizer.arabic.text import charsets

Changes = dict[int, str]

_COMMON = [*range(0x0700), *range(0x2000, 0x2070)]
"""Code points that news text is made of: present in every mapping, because ``str.translate`` raises and catches a
``LookupError`` for each character it does not find, which makes Arabic text ten times slower."""


@dataclass(frozen=True, slots=True)
class Table:
    """One rule, or several fused. ``changes`` holds what differs, ``mapping`` is ``changes`` made fast to look up.

    ``resizing`` matches runs of characters that become none or several.
    """

    changes: Changes
    mapping: dict[int, str | int]
    resizing: re.Pattern[str]


def _table(changes: Changes) -> Table:
    resizing = "".join(chr(code) for code, became in changes.items() if len(became) != 1)
    pattern = f"[{charsets.escape_class(resizing)}]+" if resizing else "(?!)"
    return Table(changes, {code: code for code in _COMMON} | changes, re.compile(pattern))


def fuse(tables: Iterable[Table]) -> Table:
    """One table that does what ``tables`` do one after another."""
    tables = list(tables)
    fused: Changes = {}
    for code in {code for table in tables for code in table.changes}:
        became = chr(code)
        for table in tables:
            became = became.translate(table.changes)
        if became != chr(code):
            fused[code] = became
    return _table(fused)


def _to(became: str, chars: str) -> Changes:
    return {ord(char): became for char in chars}


def _presentation_forms() -> Changes:
    """NFKC of the two blocks; isolated and medial marks lose the space or tatweel that carried them."""
    changes = {}
    for code in [*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)]:
        became = unicodedata.normalize("NFKC", chr(code))
        if became != chr(code):
            changes[code] = became.lstrip(" " + charsets.TATWEEL)
    return changes


def _digits() -> Changes:
    digits = charsets.ARABIC_INDIC_DIGITS + charsets.PERSIAN_DIGITS + charsets.FULLWIDTH_DIGITS
    return {ord(char): str(unicodedata.decimal(char)) for char in digits} | {0x066B: ".", 0x066C: ","}


def _latin() -> Changes:
    """Lower case of the bicameral blocks (Latin, Greek, Cyrillic), where that is one letter, without its accents."""
    changes = {}
    for code in [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x386, 0x530), *range(0x1E00, 0x1F00)]:
        plain = unicodedata.normalize("NFD", chr(code).lower())[0]
        if plain != chr(code):
            changes[code] = plain
    return changes


PRESENTATION_FORMS = _table(_presentation_forms())
TASHKEEL = _table(_to("", charsets.TASHKEEL))
MARKS = _table(_to("", charsets.MARKS))
TATWEEL = _table(_to("", charsets.TATWEEL))
HAMZA = _table(_to("و", "ؤٶٷ") | _to("ي", "ئٸ") | _to("ء", "ٴ"))
ALEF = _table(_to("ا", "أإآٱٲٳٵ\u0773\u0774"))
YA = _table(_to("ي", "ىیېۍےۓ"))
TA_MARBUTA = _table(_to("ه", "ةۃ"))
FOREIGN_LETTERS = _table(
    _to("ك", "کڪگڭݣ")
    | _to("ه", "ہھەۀۂ")
    | _to("ف", "ڤڥڢ")
    | _to("ق", "ڨڧ")
    | _to("ب", "پ")
    | _to("ج", "چ")
    | _to("ز", "ژ")
)
SCRIPT_LETTERS = _table(_to("ي", "یېۍے") | _to("ك", "کڪ") | _to("ه", "ہھەۀ") | _to("ة", "ۃ") | _to("و", "ۆۇ"))
"""Letters of Persian, Urdu and Kurdish keyboards that stand for an Arabic one; «پ», «چ», «گ» and «ڤ» write sounds."""
KEYBOARD_DIGITS = _table(
    {ord(char): str(unicodedata.decimal(char)) for char in charsets.PERSIAN_DIGITS + charsets.FULLWIDTH_DIGITS}
)
DIGITS = _table(_digits())
PUNCTUATION = _table(
    _to(",", "،﹐，､、")
    | _to(";", "؛；")
    | _to("?", "؟？")
    | _to("!", "！")
    | _to(":", "：")
    | _to("%", "٪％")
    | _to(".", "۔。")
    | _to("*", "٭")
    | _to("...", "…")
    | _to('"', "«»“”„‟〝〞＂″")
    | _to("'", "‹›‘’‚‛`´′")
    | _to("-", "‐‑‒–—―−﹘﹣－")
    | _to("(", "﴿（")
    | _to(")", "﴾）")
)
SPACES = _table(
    _to(" ", charsets.SPACES.replace(" ", "").replace("\t", "")) | _to("\n", charsets.LINE_BREAKS.replace("\n", ""))
)
LATIN = _table(_latin())
BIDI = _table(_to("", charsets.BIDI_CONTROLS))
ZERO_WIDTH = _table(_to("", charsets.ZERO_WIDTH))
TAGS = _table(_to("", charsets.TAGS))
CONTROLS = _table(_to("", charsets.CONTROLS))
SURROGATES = _table(_to("\ufffd", charsets.SURROGATES))
