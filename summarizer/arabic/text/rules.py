"""The rules of normalisation: one named function each, ``str -> Normalized``.

Most map single characters and are tables (``tables.py``); three look at neighbours and are patterns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from summarizer.arabic.text import tables
from summarizer.arabic.text.charsets import ARABIC_LETTERS, MARKS, SPACES, TATWEEL, escape_class
from summarizer.arabic.text.offsets import Normalized, apply_table, substitute
from summarizer.arabic.text.tables import Table

Rule = Callable[[str], Normalized]


def fold_presentation_forms(text: str) -> Normalized:
    """FB50-FDFF and FE70-FEFC to plain letters: «ﻻ» to «لا», «ﷺ» to eighteen characters (NFKC, without its spacing)."""
    return apply_table(text, tables.PRESENTATION_FORMS)


def drop_tashkeel(text: str) -> Normalized:
    """Vowel signs, tanween, shadda, superscript alef and Koranic annotation removed."""
    return apply_table(text, tables.TASHKEEL)


def drop_marks(text: str) -> Normalized:
    """Every combining mark removed: tashkeel, combining hamzas, and the diacritics of decomposed Latin."""
    return apply_table(text, tables.MARKS)


def drop_tatweel(text: str) -> Normalized:
    """U+0640 removed wherever it stands: for matching. For print see :func:`drop_inner_tatweel`."""
    return apply_table(text, tables.TATWEEL)


def fold_hamza(text: str) -> Normalized:
    """«ؤ» to «و», «ئ» to «ي», as in text typed without hamza. The letter «ء» on the line stays («ماء» is not «ما»)."""
    return apply_table(text, tables.HAMZA)


def fold_alef(text: str) -> Normalized:
    """«أ», «إ», «آ», «ٱ» and their variants to bare «ا»."""
    return apply_table(text, tables.ALEF)


def fold_ya(text: str) -> Normalized:
    """Alef maqsura «ى» and Persian ya «ی» to «ي»."""
    return apply_table(text, tables.YA)


def fold_ta_marbuta(text: str) -> Normalized:
    """«ة» to «ه»."""
    return apply_table(text, tables.TA_MARBUTA)


def fold_foreign_letters(text: str) -> Normalized:
    """Persian, Urdu and Maghrebi letters to their nearest Arabic ones: «ک» to «ك», «ڤ» to «ف», «پ» to «ب»."""
    return apply_table(text, tables.FOREIGN_LETTERS)


def fold_digits(text: str) -> Normalized:
    """Arabic-Indic, Persian and full-width digits to 0-9; «٫» and «٬» to the point and comma of numbers."""
    return apply_table(text, tables.DIGITS)


def fold_punctuation(text: str) -> Normalized:
    """«، ؛ ؟ ٪ ۔», quotation marks, dashes and the ellipsis to ASCII."""
    return apply_table(text, tables.PUNCTUATION)


def fold_spaces(text: str) -> Normalized:
    """No-break and typographic spaces to U+0020, separators of lines to U+000A; one for one, CR and LF included."""
    return apply_table(text, tables.SPACES)


def fold_latin(text: str) -> Normalized:
    """Latin, Greek and Cyrillic letters to lower case, and precomposed Latin accents removed («É» to «e»)."""
    return apply_table(text, tables.LATIN)


def drop_bidi_controls(text: str) -> Normalized:
    """LRM, RLM, ALM, embeddings, overrides and isolates removed."""
    return apply_table(text, tables.BIDI)


def drop_zero_width(text: str) -> Normalized:
    """Zero-width spaces and joiners, byte order marks, soft hyphens and variation selectors removed."""
    return apply_table(text, tables.ZERO_WIDTH)


def drop_tags(text: str) -> Normalized:
    """Tag characters (E0000-E007F) removed."""
    return apply_table(text, tables.TAGS)


def drop_controls(text: str) -> Normalized:
    """C0 and C1 controls removed, tabs and line breaks kept."""
    return apply_table(text, tables.CONTROLS)


def replace_surrogates(text: str) -> Normalized:
    """Lone surrogates to U+FFFD REPLACEMENT CHARACTER, so that the text can be encoded."""
    return apply_table(text, tables.SURROGATES)


_LETTER_OR_MARK = escape_class(ARABIC_LETTERS + MARKS)
_INNER_TATWEEL = re.compile(f"(?<=[{_LETTER_OR_MARK}]){TATWEEL}+(?=[{_LETTER_OR_MARK}])")
_DECOMPOSED = re.compile("[\u0627\u0648\u064a][\u0653-\u0655]")
_MAX_MARKS = 4
"""Shadda, vowel, superscript alef and one Koranic sign: more on one letter is noise that climbs over other lines."""
_MARKS_ABOVE_LIMIT = re.compile(f"(?<=[{escape_class(MARKS)}]{{{_MAX_MARKS}}})[{escape_class(MARKS)}]+")


def drop_inner_tatweel(text: str) -> Normalized:
    """Tatweel between two letters removed («الجـديد»); kept in «هـ» and as a free dash, where it is spelling."""
    return substitute(text, _INNER_TATWEEL, lambda _: "")


def compose_hamza(text: str) -> Normalized:
    """Alef, waw or ya and a combining hamza or madda to one letter, as NFC does: «أ», «إ», «آ», «ؤ», «ئ»."""
    return substitute(text, _DECOMPOSED, lambda pair: unicodedata.normalize("NFC", pair))


def limit_marks(text: str) -> Normalized:
    """At most four combining marks in a row; the rest is removed."""
    return substitute(text, _MARKS_ABOVE_LIMIT, lambda _: "")


def fold_script_letters(text: str) -> Normalized:
    """The letters of Persian, Urdu and Kurdish keyboards to the Arabic ones they stand for: «ک» to «ك», «ۃ» to «ة»."""
    return apply_table(text, tables.SCRIPT_LETTERS)


def fold_keyboard_digits(text: str) -> Normalized:
    """Persian and full-width digits to 0-9; Arabic-Indic ones are a paper's own and stay."""
    return apply_table(text, tables.KEYBOARD_DIGITS)


_ODD_SPACES = "".join(char for char in SPACES if char not in " \t")
_THOUSANDS = re.compile(rf"(?<=\d)(?<!\d{{4}})[{_ODD_SPACES}](?=\d{{3}}(?!\d))")
_ODD_SPACE = re.compile(f"[{_ODD_SPACES}]")


def comma_thousands(text: str) -> Normalized:
    """A no-break or typographic space between thousands to a comma («10 500»), so that no reader parts the number."""
    return substitute(text, _THOUSANDS, lambda _: ",")


def fold_odd_spaces(text: str) -> Normalized:
    """No-break and typographic spaces to U+0020, one for one; tabs and line ends stay."""
    return substitute(text, _ODD_SPACE, lambda _: " ")


TABLES: dict[Rule, Table] = {
    fold_presentation_forms: tables.PRESENTATION_FORMS,
    drop_tashkeel: tables.TASHKEEL,
    drop_marks: tables.MARKS,
    drop_tatweel: tables.TATWEEL,
    fold_hamza: tables.HAMZA,
    fold_alef: tables.ALEF,
    fold_ya: tables.YA,
    fold_ta_marbuta: tables.TA_MARBUTA,
    fold_foreign_letters: tables.FOREIGN_LETTERS,
    fold_digits: tables.DIGITS,
    fold_punctuation: tables.PUNCTUATION,
    fold_spaces: tables.SPACES,
    fold_latin: tables.LATIN,
    fold_script_letters: tables.SCRIPT_LETTERS,
    fold_keyboard_digits: tables.KEYBOARD_DIGITS,
    drop_bidi_controls: tables.BIDI,
    drop_zero_width: tables.ZERO_WIDTH,
    drop_tags: tables.TAGS,
    drop_controls: tables.CONTROLS,
    replace_surrogates: tables.SURROGATES,
}
"""The rules that are character tables: those that follow one another can be fused into one pass."""
