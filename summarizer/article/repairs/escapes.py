r"""Escapes of a JSON string that nobody read: «\n» spelled out, «\"», «\u0623»."""

from __future__ import annotations

import re

from summarizer.notices import Notice, notice

_NO_LATIN_BEFORE, _NO_LATIN_BEHIND = r"(?<![A-Za-z:])", r"(?=[\s\\\u0600-\u06ff«\"(]|$)"
"""One of the two holds of an escape, and neither of a backslash inside «C:\news» or «docs\readme»."""
_LINE_END = re.compile(rf"{_NO_LATIN_BEFORE}\\(?:r\\n|n|r)|\\(?:r\\n|n|r){_NO_LATIN_BEHIND}")
_TAB = re.compile(rf"{_NO_LATIN_BEFORE}\\t|\\t{_NO_LATIN_BEHIND}")
_CODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_ARABIC_CODE = re.compile(r"\\u06[0-9a-fA-F]{2}")
_ESCAPED_MARK = re.compile(r"\\([\"'/])")
_FEW_CODES = 3


def read_escapes(text: str) -> tuple[str, Notice | None]:
    """``text`` with its escapes read, and a warning; the text as it is and None when it has none."""
    if "\\" not in text:
        return text, None
    read = text
    if len(_ARABIC_CODE.findall(text)) >= _FEW_CODES:
        read = _CODE.sub(lambda code: chr(int(code[1], 16)), read)
    read = _TAB.sub(" ", _LINE_END.sub("\n", read))
    if read == text:
        return text, None
    return _ESCAPED_MARK.sub(r"\1", read), notice("escapes")
