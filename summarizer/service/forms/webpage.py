"""A brief as a page of its own: plain HTML, from right to left, nothing loaded from anywhere."""

from __future__ import annotations

from html import escape

from summarizer.schema import Brief


def as_webpage(brief: Brief) -> bytes:
    """The page in UTF-8: the headline as ``h1``, the standfirst in bold, the bullets as a list; texts are escaped."""
    headline, standfirst = escape(brief.headline.text), escape(brief.standfirst.text)
    lines = [
        "<!doctype html>",
        '<html lang="ar" dir="rtl">',
        f'<head><meta charset="utf-8"><title>{headline}</title></head>',
        "<body>",
        "<article>",
        f"  <h1>{headline}</h1>",
        f"  <p><strong>{standfirst}</strong></p>",
        *(
            ["  <ul>", *(f"    <li>{escape(one.text)}</li>" for one in brief.bullets), "  </ul>"]
            if brief.bullets
            else []
        ),
        "</article>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()
