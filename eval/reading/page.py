"""The two forms of the reading page. Everything that was read is escaped here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from string import Template

from eval.benchmarks.rows import Row
from summarizer.schema import Article, Brief, Statement

TEMPLATE = Path(__file__).with_name("reading.html")
LEGEND = "<p>ما تحته نقاط منقول من المقال كما هو؛ وما عداه كتبه النموذج.</p>"
"""What the dots under a statement mean."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One article of the page: its place from 1, its group, where it is from, and what was written about it."""

    place: int
    group: str
    benchmark: str
    row: Row
    article: Article
    brief: Brief


def numbered(reading: Reading) -> Iterator[tuple[str, Statement]]:
    """Each statement with what it is quoted by: «07.h», «07.s», «07.b1»."""
    brief = reading.brief
    yield f"{reading.place:02}.h", brief.headline
    yield f"{reading.place:02}.s", brief.standfirst
    for number, bullet in enumerate(brief.bullets, 1):
        yield f"{reading.place:02}.b{number}", bullet


def text_page(readings: Sequence[Reading]) -> str:
    """The briefs as plain text, a statement a line, its sources behind arrows under it."""
    lines = [_summary([reading.brief for reading in readings])]
    for reading in readings:
        lines += ["", f"=== {reading.place:02} {reading.group}: {reading.row.id}"]
        lines += [f"    editor: {reading.row.title}"] if reading.row.title else []
        for number, statement in numbered(reading):
            lines.append(f"[{number}] {statement.text}")
            lines.append(f"    {_rung(statement)}")
            lines += [f"    ← {_one_line(span.of(reading.article.text))}" for span in statement.sources]
        lines += [f"    ! {warning}" for warning in reading.brief.warnings]
    return "\n".join(lines) + "\n"


def html_page(readings: Sequence[Reading]) -> str:
    """The same as a page from right to left that asks the network for nothing."""
    parts = []
    for group, members in groupby(readings, key=lambda reading: reading.group):
        parts.append(f'<h2 dir="ltr">{escape(group)}</h2>' + "".join(_article(reading) for reading in members))
    template = Template(TEMPLATE.read_text(encoding="utf-8"))
    return template.substitute(
        about=escape(_summary([one.brief for one in readings])), legend=LEGEND, articles="".join(parts)
    )


def _article(reading: Reading) -> str:
    heads, bullets = [], []
    for number, statement in numbered(reading):
        shown = f"{_text(statement)}{_details(number, statement, reading)}"
        if ".b" in number:
            bullets.append(f"<li>{shown}</li>")
        else:
            heads.append(f"<h3>{shown}</h3>" if number.endswith("h") else f"<p>{shown}</p>")
    warnings = "".join(f'<p class="warning" dir="ltr">{escape(warning)}</p>' for warning in reading.brief.warnings)
    title = f'<p class="editor">{escape(reading.row.title)}</p>' if reading.row.title else ""
    return (
        f'<article><p class="id" dir="ltr">{reading.place:02} · {escape(reading.row.id)}</p>{title}'
        f"{''.join(heads)}<ul>{''.join(bullets)}</ul>{warnings}</article>"
    )


def _text(statement: Statement) -> str:
    kind = "lifted" if statement.method == "extractive" else "written"
    return f'<span class="{kind}">{escape(statement.text)}</span>'


def _details(number: str, statement: Statement, reading: Reading) -> str:
    sources = "".join(f"<q>{escape(_one_line(span.of(reading.article.text)))}</q>" for span in statement.sources)
    return (
        f"<details><summary><code>{number}</code> <small dir=ltr>{escape(_rung(statement))}</small></summary>"
        f"{sources}</details>"
    )


def _rung(statement: Statement) -> str:
    """Rung, support and what is not borne out, in one line."""
    missing = "".join(f"; not found: {claim.text}" for claim in statement.support.unsupported)
    return f"{statement.method}, support {statement.support.score:.2f}, {len(statement.refused)} refused{missing}"


def _summary(found: Sequence[Brief]) -> str:
    """Who wrote, how many bullets, and from which rungs."""
    rungs = Counter(bullet.method for brief in found for bullet in brief.bullets)
    listed = ", ".join(f"{count} {method}" for method, count in rungs.most_common())
    seconds = sum(brief.timing_s for brief in found) / max(1, len(found))
    models = ", ".join(sorted({brief.model for brief in found}))
    return f"{models}: {len(found)} articles, {rungs.total()} bullets ({listed}), {seconds:.2f} s an article"


def _one_line(text: str) -> str:
    return " ".join(text.split())
