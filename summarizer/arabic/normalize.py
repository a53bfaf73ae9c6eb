"""Normalised copies of a text that remember where every character came from.

A rule is a function ``str -> Normalized``; its name says what it does, its docstring the code points. Most rules map
single characters and are tables; three look at neighbours and are patterns. ``normalize`` composes rules: tables that
follow one another are fused into one ``str.translate``, so the whole matching form costs one pass.

Offsets of the original are what a reader sees: a normalised index is never shown (NFKC turns one «ﷺ» into eighteen
characters). Use :meth:`Normalized.span` to go back.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from summarizer.arabic import tables
from summarizer.arabic.charsets import ARABIC_LETTERS, MARKS, TATWEEL, escape_class
from summarizer.arabic.tables import Table
from summarizer.schema import Span


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalised copy and its offset map.

    ``text[k]`` stands for the source characters ``[starts[k], ends[k])``; both sequences never decrease. A dropped
    combining mark or tatweel belongs to the letter before it, so that a slice of the source keeps its last vowel sign;
    other dropped characters belong to nothing. All characters that one source character became share its range.
    """

    text: str
    source_length: int
    starts: Sequence[int] = field(repr=False, hash=False)
    ends: Sequence[int] = field(repr=False, hash=False)

    def span(self, start: int, end: int) -> Span:
        """The source range of ``text[start:end]``, half-open, in code points of the source.

        Takes ``0 <= start <= end <= len(text)``; an empty range gives an empty span at its place. Raises
        ``IndexError`` outside that.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"expected 0 <= start <= end <= {len(self.text)}; got {start}, {end}")
        if start == end:
            place = self.starts[start] if start < len(self.text) else self.source_length
            return Span(place, place)
        return Span(self.starts[start], self.ends[end - 1])

    def index(self, original_offset: int) -> int:
        """The place in ``text`` of a source offset: of its character, or of the next one kept if it was dropped.

        Takes ``0 <= original_offset <= source_length``; leaves a value in ``[0, len(text)]``. Raises ``IndexError``
        outside that.
        """
        if not 0 <= original_offset <= self.source_length:
            raise IndexError(f"expected 0 <= offset <= {self.source_length}; got {original_offset}")
        return bisect_right(self.ends, original_offset)


Rule = Callable[[str], Normalized]

_ATTACHED = frozenset(MARKS + TATWEEL)


def _identity(text: str) -> Normalized:
    size = len(text)
    return Normalized(text, size, range(size), range(1, size + 1))


class _Builder:
    """Collects the offset map of a copy, run by run."""

    def __init__(self) -> None:
        self.starts = array("I")
        self.ends = array("I")
        self.at = 0

    def keep(self, until: int) -> None:
        """Source characters up to ``until`` stand one for one."""
        self.starts.extend(range(self.at, until))
        self.ends.extend(range(self.at + 1, until + 1))
        self.at = until

    def replace(self, until: int, size: int, attach: bool) -> None:
        """Source characters up to ``until`` became ``size`` characters; ``attach`` gives dropped ones to the last."""
        if size:
            self.starts.extend([self.at] * size)
            self.ends.extend([until] * size)
        elif attach and self.ends and self.ends[-1] == self.at:
            end, last = self.at, len(self.ends) - 1
            while last >= 0 and self.ends[last] == end:
                self.ends[last] = until
                last -= 1
        self.at = until


def _apply(text: str, table: Table) -> Normalized:
    """``text`` through a character table, with its offset map. Linear in the length of ``text``."""
    copy = text.translate(table.mapping)
    build = _Builder()
    for match in table.resizing.finditer(text):
        start, end = match.span()
        build.keep(start)
        for offset in range(start, end):
            build.replace(offset + 1, len(table.changes[ord(text[offset])]), text[offset] in _ATTACHED)
    if not build.at:
        return Normalized(copy, len(text), range(len(text)), range(1, len(text) + 1))
    build.keep(len(text))
    return Normalized(copy, len(text), build.starts, build.ends)


def _substitute(text: str, pattern: re.Pattern[str], became: Callable[[str], str]) -> Normalized:
    """``text`` with each match of ``pattern`` replaced, with its offset map."""
    build, parts = _Builder(), []
    for match in pattern.finditer(text):
        replacement = became(match.group())
        parts += [text[build.at : match.start()], replacement]
        build.keep(match.start())
        build.replace(match.end(), len(replacement), attach=True)
    if not parts:
        return _identity(text)
    parts.append(text[build.at :])
    build.keep(len(text))
    return Normalized("".join(parts), len(text), build.starts, build.ends)


def _compose(first: Normalized, second: Normalized) -> Normalized:
    """The map of ``second`` (made from ``first.text``) carried back to the source of ``first``."""
    starts, ends = first.starts, first.ends
    if isinstance(starts, range):
        return second
    if not isinstance(second.starts, range):
        starts = array("I", [first.starts[place] for place in second.starts])
        ends = array("I", [first.ends[place - 1] for place in second.ends])
    return Normalized(second.text, first.source_length, starts, ends)


def fold_presentation_forms(text: str) -> Normalized:
    """FB50-FDFF and FE70-FEFC to plain letters: «ﻻ» to «لا», «ﷺ» to eighteen characters (NFKC, without its spacing)."""
    return _apply(text, tables.PRESENTATION_FORMS)


def drop_tashkeel(text: str) -> Normalized:
    """Vowel signs, tanween, shadda, superscript alef and Koranic annotation removed."""
    return _apply(text, tables.TASHKEEL)


def drop_marks(text: str) -> Normalized:
    """Every combining mark removed: tashkeel, combining hamzas, and the diacritics of decomposed Latin."""
    return _apply(text, tables.MARKS)


def drop_tatweel(text: str) -> Normalized:
    """U+0640 removed wherever it stands: for matching. For print see :func:`drop_inner_tatweel`."""
    return _apply(text, tables.TATWEEL)


def fold_hamza(text: str) -> Normalized:
    """«ؤ» to «و», «ئ» to «ي», as in text typed without hamza. The letter «ء» on the line stays («ماء» is not «ما»)."""
    return _apply(text, tables.HAMZA)


def fold_alef(text: str) -> Normalized:
    """«أ», «إ», «آ», «ٱ» and their variants to bare «ا»."""
    return _apply(text, tables.ALEF)


def fold_ya(text: str) -> Normalized:
    """Alef maqsura «ى» and Persian ya «ی» to «ي»."""
    return _apply(text, tables.YA)


def fold_ta_marbuta(text: str) -> Normalized:
    """«ة» to «ه»."""
    return _apply(text, tables.TA_MARBUTA)


def fold_foreign_letters(text: str) -> Normalized:
    """Persian, Urdu and Maghrebi letters to their nearest Arabic ones: «ک» to «ك», «ڤ» to «ف», «پ» to «ب»."""
    return _apply(text, tables.FOREIGN_LETTERS)


def fold_digits(text: str) -> Normalized:
    """Arabic-Indic, Persian and full-width digits to 0-9; «٫» and «٬» to the point and comma of numbers."""
    return _apply(text, tables.DIGITS)


def fold_punctuation(text: str) -> Normalized:
    """«، ؛ ؟ ٪ ۔», quotation marks, dashes and the ellipsis to ASCII."""
    return _apply(text, tables.PUNCTUATION)


def fold_spaces(text: str) -> Normalized:
    """No-break and typographic spaces to U+0020, separators of lines to U+000A; one for one, CR and LF included."""
    return _apply(text, tables.SPACES)


def fold_latin(text: str) -> Normalized:
    """Latin, Greek and Cyrillic letters to lower case, and precomposed Latin accents removed («É» to «e»)."""
    return _apply(text, tables.LATIN)


def drop_bidi_controls(text: str) -> Normalized:
    """LRM, RLM, ALM, embeddings, overrides and isolates removed."""
    return _apply(text, tables.BIDI)


def drop_zero_width(text: str) -> Normalized:
    """Zero-width spaces and joiners, byte order marks, soft hyphens and variation selectors removed."""
    return _apply(text, tables.ZERO_WIDTH)


def drop_tags(text: str) -> Normalized:
    """Tag characters (E0000-E007F) removed."""
    return _apply(text, tables.TAGS)


def drop_controls(text: str) -> Normalized:
    """C0 and C1 controls removed, tabs and line breaks kept."""
    return _apply(text, tables.CONTROLS)


def replace_surrogates(text: str) -> Normalized:
    """Lone surrogates to U+FFFD REPLACEMENT CHARACTER, so that the text can be encoded."""
    return _apply(text, tables.SURROGATES)


_LETTER_OR_MARK = escape_class(ARABIC_LETTERS + MARKS)
_INNER_TATWEEL = re.compile(f"(?<=[{_LETTER_OR_MARK}]){TATWEEL}+(?=[{_LETTER_OR_MARK}])")
_DECOMPOSED = re.compile("[\u0627\u0648\u064a][\u0653-\u0655]")
_MAX_MARKS = 4
"""Shadda, vowel, superscript alef and one Koranic sign: more on one letter is noise that climbs over other lines."""
_MARKS_ABOVE_LIMIT = re.compile(f"(?<=[{escape_class(MARKS)}]{{{_MAX_MARKS}}})[{escape_class(MARKS)}]+")


def drop_inner_tatweel(text: str) -> Normalized:
    """Tatweel between two letters removed («الجـديد»); kept in «هـ» and as a free dash, where it is spelling."""
    return _substitute(text, _INNER_TATWEEL, lambda _: "")


def compose_hamza(text: str) -> Normalized:
    """Alef, waw or ya and a combining hamza or madda to one letter, as NFC does: «أ», «إ», «آ», «ؤ», «ئ»."""
    return _substitute(text, _DECOMPOSED, lambda pair: unicodedata.normalize("NFC", pair))


def limit_marks(text: str) -> Normalized:
    """At most four combining marks in a row; the rest is removed."""
    return _substitute(text, _MARKS_ABOVE_LIMIT, lambda _: "")


_TABLES: dict[Rule, Table] = {
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
    drop_bidi_controls: tables.BIDI,
    drop_zero_width: tables.ZERO_WIDTH,
    drop_tags: tables.TAGS,
    drop_controls: tables.CONTROLS,
    replace_surrogates: tables.SURROGATES,
}

_INVISIBLE_RULES: tuple[Rule, ...] = (drop_bidi_controls, drop_zero_width, drop_tags, drop_controls, replace_surrogates)

MATCHING: tuple[Rule, ...] = (
    fold_presentation_forms,
    *_INVISIBLE_RULES,
    drop_marks,
    drop_tatweel,
    fold_hamza,
    fold_alef,
    fold_ya,
    fold_ta_marbuta,
    fold_foreign_letters,
    fold_digits,
    fold_punctuation,
    fold_spaces,
    fold_latin,
)
"""For comparing: two spellings of one word become one string. Character tables only, so :func:`fold` is one pass."""

LETTERS: tuple[Rule, ...] = tuple(rule for rule in MATCHING if rule not in (fold_punctuation, fold_latin))
"""``MATCHING`` for readers of punctuation: quotation marks keep their direction, stops and capitals their identity."""

PRINTING: tuple[Rule, ...] = (
    fold_presentation_forms,
    *_INVISIBLE_RULES,
    drop_inner_tatweel,
    compose_hamza,
    limit_marks,
)
"""Safe for text that gets printed: takes away what a reader cannot see or should not, keeps the spelling."""


@lru_cache(maxsize=64)
def _stages(rules: tuple[Rule, ...]) -> tuple[Table | Rule, ...]:
    """``rules`` with each run of tables fused."""
    stages: list[Table | Rule] = []
    run: list[Table] = []
    for rule in rules:
        if rule in _TABLES:
            run.append(_TABLES[rule])
            continue
        stages += [tables.fuse(run), rule] if run else [rule]
        run = []
    return (*stages, tables.fuse(run)) if run else tuple(stages)


def normalize(text: str, rules: Iterable[Rule] = MATCHING) -> Normalized:
    """``text`` through ``rules`` in order, with one offset map back to ``text``.

    Takes any string, lone surrogates included. With ``MATCHING`` or ``PRINTING`` it is idempotent.
    """
    result = _identity(text)
    for stage in _stages(tuple(rules)):
        step = _apply(result.text, stage) if isinstance(stage, Table) else stage(result.text)
        result = _compose(result, step)
    return result


@lru_cache(maxsize=1)
def _matching() -> dict[int, str | int]:
    return tables.fuse(_TABLES[rule] for rule in MATCHING).mapping


@lru_cache(maxsize=1)
def _letters() -> dict[int, str | int]:
    return tables.fuse(_TABLES[rule] for rule in LETTERS).mapping


def fold(text: str) -> str:
    """``normalize(text).text`` without the map, above 10 MB/s: the string to compare by."""
    return text.translate(_matching())


def fold_letters(text: str) -> str:
    """``normalize(text, LETTERS).text`` without the map."""
    return text.translate(_letters())


def clean(text: str) -> str:
    """``text`` as it may be printed: ``normalize(text, PRINTING).text``."""
    return normalize(text, PRINTING).text
