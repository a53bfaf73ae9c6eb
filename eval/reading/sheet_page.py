"""A round as a page from right to left: each brief under its letter, each statement with its number and sentences."""

from __future__ import annotations

from html import escape
from itertools import groupby
from string import Template

from eval.reading.page import LEGEND, TEMPLATE
from eval.reading.sheets import Asked, Round, Sheet, numbered

_TAGS = {"headline": "h3", "standfirst": "p", "bullet": "li"}


def sheet_page(made: Round) -> str:
    """The page, which asks the network for nothing. It names systems and rungs only where there is one system."""
    open_ = len(made.systems) == 1
    count = sum(len(sheet.statements) for sheet in made.sheets)
    named = made.systems[0] if open_ else f"{len(made.systems)} systems, blinded"
    order = f"seed {made.about['seed']}, offset {made.about['offset']}"
    about = f"{named}: {len(made.sheets)} articles, {count} statements, {order}"
    articles = "".join(_article(place, sheet, open_) for place, sheet in enumerate(made.sheets, 1))
    template = Template(TEMPLATE.read_text(encoding="utf-8"))
    return template.substitute(about=escape(about), legend=LEGEND if open_ else "", articles=articles)


def _article(place: int, sheet: Sheet, open_: bool) -> str:
    body = "".join(f"<q>{_line(text)}</q>" for text in numbered(sheet.sentences))
    briefs = "".join(
        f'<h2 dir="ltr">{letter}</h2>' + "".join(_statement(one, sheet, open_) for one in statements)
        for letter, statements in groupby(sheet.statements, key=lambda one: one.brief)
    )
    return (
        f'<article><p class="id" dir="ltr">{place:02} · {escape(sheet.id)}</p>'
        f"<details><summary><small>المقال</small></summary>{body}</details>{briefs}</article>"
    )


def _statement(one: Asked, sheet: Sheet, open_: bool) -> str:
    kind = "lifted" if open_ and one.method == "extractive" else "written"
    rung = f" <small dir=ltr>{escape(one.method)}</small>" if open_ and one.method else ""
    sources = "".join(f"<q>{index}: {_line(sheet.sentences[index])}</q>" for index in one.sentences)
    tag = _TAGS[one.slot]
    return (
        f'<{tag}><span class="{kind}">{escape(one.text)}</span>'
        f"<details><summary><code>{one.number}</code>{rung}</summary>{sources}</details></{tag}>"
    )


def _line(text: str) -> str:
    return escape(" ".join(text.split()))
