"""A brief as JSON and as text for a terminal."""

from __future__ import annotations

import textwrap
from typing import Any

from summarizer.schema import Article, Brief, Statement

#: RIGHT-TO-LEFT MARK: makes a line that opens with a digit or a Latin letter run from the right.
_RLM = "\u200f"
_METHODS = {
    "extractive": "من نص المقال",
    "model": "النموذج",
    "model-next": "النموذج، بديل",
    "model-strict": "النموذج، بحث أدق",
}


def brief_as_json(brief: Brief, article: Article) -> dict[str, Any]:
    """The stable JSON of a brief. Offsets count code points of the article's text, half-open."""
    return {
        "headline": statement_as_json(brief.headline, article),
        "standfirst": statement_as_json(brief.standfirst, article),
        "bullets": [statement_as_json(bullet, article) for bullet in brief.bullets],
        "warnings": list(brief.warnings),
        "model": brief.model,
        "timing_s": round(brief.timing_s, 4),
    }


def statement_as_json(statement: Statement, article: Article) -> dict[str, Any]:
    """One statement of a brief as JSON."""
    sources = [{"start": span.start, "end": span.end, "text": span.of(article.text)} for span in statement.sources]
    claims = [
        {
            "kind": claim.kind,
            "text": claim.text,
            "start": claim.span.start,
            "end": claim.span.end,
            "supported": claim.supported,
            "reason": claim.reason,
        }
        for claim in statement.support.claims
    ]
    support = {"score": round(statement.support.score, 4), "supported": statement.support.supported, "claims": claims}
    return {"text": statement.text, "sources": sources, "method": statement.method, "support": support}


def brief_as_text(brief: Brief, article: Article, *, width: int = 80, explain: bool = False) -> str:
    """The brief for a terminal: headline, standfirst, bullets, then notes; every line runs from the right.

    ``explain`` adds, under each statement, its rung, the sentences it came from and the candidates turned down.
    """
    lines: list[str] = []
    for mark, statement in _in_order(brief):
        lines += _wrapped(statement.text, width, mark)
        lines += _explanation(statement, article, width) if explain else []
        lines += [] if mark else [""]
    lines += ["", *_wrapped(_footer(brief), width, "")]
    for warning in brief.warnings:
        lines += _wrapped(f"تنبيه: {warning}", width, "")
    return "\n".join(lines)


def _in_order(brief: Brief) -> list[tuple[str, Statement]]:
    return [("", brief.headline), ("", brief.standfirst), *(("• ", bullet) for bullet in brief.bullets)]


def _wrapped(text: str, width: int, mark: str) -> list[str]:
    """Lines of at most ``width`` columns, the first behind ``mark``, each told to run from the right."""
    indent = " " * len(mark)
    lines = textwrap.wrap(text, width, initial_indent=mark, subsequent_indent=indent, break_long_words=False)
    return [_RLM + line for line in lines]


def _explanation(statement: Statement, article: Article, width: int) -> list[str]:
    lines = [f"  [{_METHODS.get(statement.method, statement.method)}، السند {statement.support.score:.2f}]"]
    for span in statement.sources:
        lines += _wrapped(f"{span.start}-{span.end}: {span.of(article.text)}", width, "  ← ")
    for refusal in statement.refused:
        lines += _wrapped(f"{refusal.text} ({refusal.method}: {refusal.reason})", width, "  ✗ ")
    return [line if line.startswith(_RLM) else _RLM + line for line in lines]


def _footer(brief: Brief) -> str:
    """Who wrote it, how fast, and what could not be borne out."""
    statements = [statement for _, statement in _in_order(brief)]
    doubtful = sum(not statement.support.supported for statement in statements)
    checked = "كل الأرقام والأسماء واردة في النص" if not doubtful else f"{doubtful} من العبارات تحتاج إلى مراجعة"
    return f"كتبته الآلة ({brief.model}) في {brief.timing_s:.2f} ثانية؛ {checked}."
