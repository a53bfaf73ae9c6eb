"""DOCX: the text of a Word document, its paragraphs as they stand, tracked changes taken as accepted.

Read with zipfile and lxml, which are there already. python-docx leaves out what was inserted with changes tracked, and
content controls: newsrooms edit that way.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any

from summarizer.article.formats.safe_xml import local_name, parse_xml
from summarizer.config import InputLimits
from summarizer.errors import EmptyInput, InputTooLarge, UnreadableInput

_ZIP_OPENS = b"PK\x03\x04"
_DOCUMENT = re.compile(r"word/document\d*\.xml")
_MOST_TIMES = 10
"""The XML of a document may weigh so many times what one article may: marks of fonts and edits are most of it."""
_MAX_RATIO = 200
"""Unpacked to packed bytes. Real documents of Arabic news stay under 30; the ZIP bombs known are beyond 1,000."""
_RATIO_FROM_BYTES = 1_000_000
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback"})
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OTHERS = {
    "xl/workbook.xml": ("an Excel workbook", "save the sheet as CSV and give that to `mujaz batch`"),
    "ppt/presentation.xml": ("a PowerPoint presentation", "copy the text into a .txt file"),
    "content.xml": ("an OpenDocument file", "save it as .docx or .txt"),
    "META-INF/container.xml": ("an e-book (EPUB)", "copy the text into a .txt file"),
}


def looks_like_zip(data: bytes) -> bool:
    """True when ``data`` opens as a ZIP archive does, which a Word document is."""
    return data.startswith(_ZIP_OPENS)


def docx_text(data: bytes, limits: InputLimits) -> str:
    """The text of a DOCX file, a line a paragraph.

    ``UnreadableInput`` for a ZIP archive that is something else, is damaged or encrypted, ``InputTooLarge`` for one
    that unpacks to more than an article can weigh, ``EmptyInput`` for one without text.
    """
    root = parse_xml(_document(data, limits), "a Word document")
    text = "\n".join(_lines(root))
    if not text.strip():
        raise EmptyInput(expected="a Word document with text", got="none in it", hint="give the article's text")
    return text


def _document(data: bytes, limits: InputLimits) -> str:
    """The XML of the document's body."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            name = next(filter(_DOCUMENT.fullmatch, names), None)
            if name is None:
                raise _other(names)
            part = archive.getinfo(name)
            _require_size(part, limits)
            return archive.read(part).decode("utf-8-sig")
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, UnicodeDecodeError, EOFError) as error:
        raise _unreadable(f"a damaged or locked one ({error})", "save it again as .docx or .txt") from error


def _require_size(part: zipfile.ZipInfo, limits: InputLimits) -> None:
    """Asked before anything is unpacked; zipfile never unpacks more than the size that is told here."""
    most = _MOST_TIMES * limits.max_bytes
    swollen = part.file_size > _RATIO_FROM_BYTES and part.file_size > _MAX_RATIO * max(1, part.compress_size)
    if part.file_size > most or swollen:
        raise InputTooLarge(
            expected=f"a Word document that unpacks to at most {most:,} bytes, {_MAX_RATIO} times its size",
            got=f"{part.file_size:,} bytes out of {part.compress_size:,}",
            hint="save the article's text by itself",
        )


def _other(names: Collection[str]) -> UnreadableInput:
    got, hint = next((found for name, found in _OTHERS.items() if name in names), ("a ZIP archive", "unpack it first"))
    return _unreadable(got, hint)


def _unreadable(got: str, hint: str) -> UnreadableInput:
    return UnreadableInput(expected="a Word document (.docx)", got=got, hint=hint)


def _lines(element: Any) -> Iterator[str]:
    """The paragraphs inside an element, in order: a table's row of short cells as one line, text boxes after theirs."""
    for child in element:
        name = local_name(child)
        if name in _LEFT_OUT:
            continue
        if name == "tr":
            cells = [list(_lines(cell)) for cell in child]
            yield from ["\t".join(map("".join, cells))] if all(len(cell) < 2 for cell in cells) else chain(*cells)
            continue
        if name == "p":
            yield "".join(_pieces(child)).rstrip(" \t")
        yield from _lines(child)


def _is_hidden(run: Any) -> bool:
    """True for a run in Word's hidden text: what a reader does not see, a brief must not say."""
    marks = [mark for style in run if local_name(style) == "rPr" for mark in style if local_name(mark) == "vanish"]
    return any(value not in ("0", "false", "off") for mark in marks for value in mark.values() or ("true",))


def _pieces(element: Any) -> Iterator[str]:
    """The text inside a paragraph, in order, without what was deleted, field codes and boxes."""
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SPACES:
            yield _SPACES[name]
        elif name not in _LEFT_OUT and name != "txbxContent" and not _is_hidden(child):
            yield from _pieces(child)
