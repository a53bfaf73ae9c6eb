"""Which code points are what: the linguistic knowledge that the rules, the splitter and the tokenizer share.

Ranges follow the Unicode 15 charts «Arabic» (0600-06FF), «Arabic Supplement» (0750-077F), «Arabic Extended-A/B»
(08A0-08FF, 0870-089F), «Arabic Presentation Forms-A/B» (FB50-FDFF, FE70-FEFF) and «General Punctuation» (2000-206F).
Every name is a string of single characters, so that ``in``, ``str.translate`` tables and ``[...]`` classes can use it.
"""

from __future__ import annotations


def _chars(*ranges: int | tuple[int, int]) -> str:
    """The characters of code points and inclusive ranges, in the order given."""
    parts: list[str] = []
    for item in ranges:
        first, last = item if isinstance(item, tuple) else (item, item)
        parts.extend(chr(code) for code in range(first, last + 1))
    return "".join(parts)


TATWEEL = "\u0640"
"""ARABIC TATWEEL (kashida), the elongation stroke."""

HAMZA_MARKS = "\u0653\u0654\u0655"
"""ARABIC MADDAH ABOVE, HAMZA ABOVE, HAMZA BELOW: the combining halves of آ أ إ ؤ ئ in decomposed text."""

TASHKEEL = _chars(
    (0x0610, 0x061A),  # honorific signs and small high letters
    (0x064B, 0x0652),  # fathatan .. sukun
    (0x0656, 0x065F),  # subscript alef .. wavy hamza below
    0x0670,  # superscript alef
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E4),
    (0x06E7, 0x06E8),
    (0x06EA, 0x06ED),  # Koranic annotation
    (0x0898, 0x089F),
    (0x08CA, 0x08E1),
    (0x08E3, 0x08FF),  # extended vowel signs
)
"""Arabic combining marks except the combining hamzas: vowel signs, tanween, shadda, Koranic annotation."""

LATIN_MARKS = _chars((0x0300, 0x034E), (0x0350, 0x036F), (0x1AB0, 0x1ACE), (0x1DC0, 0x1DFF), (0x20D0, 0x20F0))
"""Combining diacritics of other scripts, as found in decomposed Latin names and in «Zalgo» text."""

MARKS = TASHKEEL + HAMZA_MARKS + LATIN_MARKS
"""All combining marks that may follow a letter."""

BIDI_CONTROLS = _chars(0x061C, (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x206F))
"""ALM, LRM, RLM, embeddings, overrides, isolates, and the deprecated format controls 206A-206F."""

ZERO_WIDTH = _chars(
    0x00AD,  # soft hyphen
    0x034F,  # combining grapheme joiner
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200D),  # zero width space, non-joiner, joiner
    (0x2060, 0x2065),  # word joiner, invisible operators
    0x3164,
    (0xFE00, 0xFE0F),  # variation selectors
    0xFEFF,  # byte order mark
    0xFFA0,
    (0xFFF0, 0xFFFB),  # interlinear annotation
    (0xE0100, 0xE01EF),  # variation selectors supplement
)
"""Characters without ink that are neither white space nor bidi controls."""

TAGS = _chars((0xE0000, 0xE007F))
"""Tag characters: an invisible copy of ASCII, used to smuggle text past a reader."""

SURROGATES = _chars((0xD800, 0xDFFF))
"""Lone surrogates: no character at all, and not encodable as UTF-8."""

CONTROLS = _chars((0x00, 0x08), (0x0E, 0x1B), 0x1F, (0x7F, 0x84), (0x86, 0x9F))
"""C0 and C1 controls except tabs, line breaks and separators. U+001B would start a terminal escape."""

INVISIBLE = BIDI_CONTROLS + ZERO_WIDTH + TAGS
"""What a reader cannot see and a matcher must not trip over."""

SPACES = _chars(0x09, 0x1F, 0x20, 0xA0, 0x1680, (0x2000, 0x200A), 0x202F, 0x205F, 0x3000)
"""White space within a line."""

LINE_BREAKS = _chars((0x0A, 0x0D), (0x1C, 0x1E), 0x85, (0x2028, 0x2029))
"""What ``str.splitlines`` calls a line break."""

ARABIC_LETTERS = _chars(
    (0x0620, 0x063F), (0x0641, 0x064A), (0x066E, 0x066F), (0x0671, 0x06D3), 0x06D5, (0x06EE, 0x06EF), (0x06FA, 0x06FC),
    0x06FF, (0x0750, 0x077F), (0x0870, 0x0887), (0x08A0, 0x08C9), (0xFB50, 0xFBB1), (0xFBD3, 0xFD3D), (0xFD50, 0xFDFB),
    (0xFE70, 0xFEFC),
)  # fmt: skip
"""Letters of the Arabic script, presentation forms included, tatweel and marks excluded."""

ARABIC_INDIC_DIGITS = _chars((0x0660, 0x0669))
PERSIAN_DIGITS = _chars((0x06F0, 0x06F9))
FULLWIDTH_DIGITS = _chars((0xFF10, 0xFF19))

STOPS = ".!?؟…۔‼⁇⁈⁉！？。"
"""Characters that may end a sentence."""

CLOSING = "»”›)]}﴿⟩"
"""Closing quotation marks and brackets. Ornate parentheses are named from the left-to-right point of view."""


def escape_class(chars: str) -> str:
    r"""``chars`` written as ranges for the inside of a ``[...]`` regular-expression class.

    Takes any characters, in any order; leaves a pattern fragment of ``\UXXXXXXXX`` escapes. Ranges keep the compiled
    class small, which matters because these classes are tested once a character.
    """
    codes = sorted(set(map(ord, chars)))
    parts: list[str] = []
    start = previous = codes[0]
    for code in [*codes[1:], -1]:
        if code == previous + 1:
            previous = code
            continue
        parts.append(f"\\U{start:08x}" + (f"-\\U{previous:08x}" if previous > start else ""))
        start = previous = code
    return "".join(parts)
