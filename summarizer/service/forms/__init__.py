"""A brief as a file: one form a module, one line in the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from summarizer.schema import Brief
from summarizer.service.forms.docx import as_docx
from summarizer.service.forms.webpage import as_webpage

__all__ = ["FORMS", "Form"]


@dataclass(frozen=True, slots=True)
class Form:
    """``suffix`` of its files, with the dot, their ``media_type``, and what makes one: the bytes of a brief."""

    suffix: str
    media_type: str
    write: Callable[[Brief], bytes]


def _text(brief: Brief) -> bytes:
    said = [brief.headline.text, "", brief.standfirst.text, "", *(f"• {bullet.text}" for bullet in brief.bullets)]
    return ("\n".join(said) + "\n").encode()


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

#: Name → form. ``text`` here is the bare texts; on a terminal ``render.brief_as_text`` says more.
FORMS: dict[str, Form] = {
    "text": Form(".txt", "text/plain", _text),
    "markdown": Form(".md", "text/markdown", lambda brief: brief.to_markdown().encode()),
    "html": Form(".html", "text/html", as_webpage),
    "json": Form(".json", "application/json", lambda brief: (brief.to_json() + "\n").encode()),
    "docx": Form(".docx", _WORD, as_docx),
}
