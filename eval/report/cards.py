"""The articles of the report, as HTML: the body on one side, what was written about it on the other, right to left.

Everything that was read is escaped here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from eval.benchmarks.rows import Row
from eval.report.data import Section
from eval.report.plots import COLOURS

_OPEN = 2
"""Articles that are unfolded when the page opens."""


def articles(section: Section) -> str:
    """Each article with its references and what every system wrote, right to left, unsupported spans marked."""
    if section.note:
        return f'<p class="note">{escape(section.note)}</p>'
    cards = [_card(section, number, row) for number, row in enumerate(section.rows, start=1)]
    return "".join(cards)


def marked(text: str, claims: Sequence[Mapping[str, Any]]) -> str:
    """``text`` escaped, each claim's span in a ``<mark>`` that says what is wrong; overlapping claims share one."""
    parts, at = [], 0
    for claim in sorted(claims, key=lambda claim: (claim["start"], -claim["end"])):
        start, end = claim["start"], claim["end"]
        if start < at:
            continue
        reason = f"{claim['kind']}: {claim['reason'] or 'not in the article'}"
        parts += [escape(text[at:start]), f'<mark class="claim-{escape(claim["kind"])}" title="{escape(reason)}">']
        parts += [escape(text[start:end]), "</mark>"]
        at = end
    return "".join([*parts, escape(text[at:])]).replace("\n", "<br>")


def _card(section: Section, number: int, row: Row) -> str:
    title = f'<bdi lang="ar">{escape(row.title)}</bdi>' if row.title else f'<bdi dir="ltr">{escape(row.id)}</bdi>'
    references = "".join(f'<p dir="rtl" lang="ar">{marked(text, ())}</p>' for text in row.references)
    heading = "references" if len(row.references) > 1 else "reference"
    written = "".join(_written(section, colour, name, row.id) for colour, name in enumerate(section.systems))
    return (
        f'<details class="card"{" open" if number <= _OPEN else ""}>'
        f'<summary><span dir="ltr" class="number">{number}</span> {title}</summary><div class="sides">'
        f'<section class="source" dir="rtl" lang="ar"><h4>article <code>{escape(row.id)}</code></h4>'
        f"{_paragraphs(row.body)}</section>"
        f'<section class="written"><article class="reference"><h4>{heading}</h4>{references}</article>'
        f"{written}</section></div></details>"
    )


def _written(section: Section, colour: int, name: str, key: str) -> str:
    """What one system wrote about one article, with its scores and rungs."""
    output, scored = section.outputs.get(name, {}).get(key), section.scores.get(name, {}).get(key)
    heading = f'<i class="swatch s{colour % COLOURS}"></i>{escape(name)}'
    if output is None or not output.text:
        why = output.error if output and output.error else "nothing"
        return f'<article><h4>{heading}</h4><p class="note">{escape(why)}</p></article>'
    numbers = []
    if scored:
        shown = (("R1", section.quality), ("RL", section.quality.replace("rouge1", "rougeL")), ("support", "support"))
        numbers = [f"{label} {scored.scores[metric]:.0f}" for label, metric in shown if metric in scored.scores]
    rungs = [f"{output.methods.count(method)} × {method}" for method in dict.fromkeys(output.methods)]
    small = " · ".join([*numbers, *(rungs if len(output.methods) > 1 else output.methods)])
    text = marked(output.text, scored.unsupported if scored else ())
    return f'<article><h4>{heading} <small>{escape(small)}</small></h4><p dir="rtl" lang="ar">{text}</p></article>'


def _paragraphs(body: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in body.splitlines() if line.strip())
