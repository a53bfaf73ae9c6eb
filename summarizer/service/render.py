"""A brief as text, for a terminal or a pipe, and the JSON of headlines to choose from."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from summarizer.schema import Article, Brief, Statement
from summarizer.service.arabic_messages import CHECKED, reason_in_arabic

#: RIGHT-TO-LEFT MARK: makes a line that opens with a digit or a Latin letter run from the right.
_RLM = "\u200f"
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_METHODS = {
    "extractive": "من نص المقال",
    "model": "النموذج",
    "model-next": "النموذج، بديل",
    "model-wider": "النموذج، بحث أوسع",
}


def brief_with_choice(brief: Brief, choice: Sequence[Statement]) -> dict[str, Any]:
    """``Brief.to_dict()``, with the headlines of ``choice``, if there are any, as ``candidates`` of ``headline``."""
    written = brief.to_dict()
    if choice:
        written["headline"]["candidates"] = [candidate_as_json(one) for one in choice]
    return written


def candidate_as_json(statement: Statement) -> dict[str, Any]:
    """One headline to choose from. ``score`` compares only candidates of one ``method``."""
    support = {"score": round(statement.support.score, 4), "supported": statement.support.supported}
    return {
        "text": statement.text,
        "method": statement.method,
        "score": round(statement.score, 4),
        "support": support,
    }


def brief_as_text(
    brief: Brief,
    *,
    width: int | None = 80,
    explain: bool = False,
    choice: Sequence[Statement] = (),
    notes: bool = True,
    bold: bool = False,
) -> str:
    """The brief as text: headline, standfirst, bullets, then ``notes``.

    ``width``: columns of a terminal, whose every line is told to run from the right; None: a line a statement, without
    marks, for whatever reads it. ``explain`` adds, under each statement, its rung, the sentences it came from and the
    candidates turned down; ``choice`` are headlines to choose from, each with its scores, behind the bullets; ``bold``
    makes the headline stand out.
    """
    lines: list[str] = []
    for place, (mark, statement) in enumerate(_in_order(brief)):
        said = _wrapped(statement.text, width, mark)
        lines += [f"{_BOLD}{line}{_PLAIN}" for line in said] if bold and place == 0 else said
        lines += _explanation(statement, brief.article, width) if explain else []
        lines += [] if mark else [""]
    if choice:
        lines += ["", *_wrapped("عناوين للاختيار:", width, "")]
    for number, one in enumerate(choice, 1):
        scores = f"({_METHODS.get(one.method, one.method)}، الدرجة {one.score:.2f}، السند {one.support.score:.2f})"
        lines += _wrapped(f"{one.text} {scores}", width, f"{number}. ")
    if not notes:
        return "\n".join(lines)
    lines += ["", *_wrapped(_footer(brief), width, "")]
    for warning in brief.warnings:
        lines += _wrapped(f"{'ملاحظة' if warning.is_note else 'تنبيه'}: {warning.arabic}", width, "")
    return "\n".join(lines)


def _in_order(brief: Brief) -> list[tuple[str, Statement]]:
    return [("", brief.headline), ("", brief.standfirst), *(("• ", bullet) for bullet in brief.bullets)]


def _wrapped(text: str, width: int | None, mark: str) -> list[str]:
    """Lines of at most ``width`` columns that run from the right, the first behind ``mark``; of any width: one line."""
    if width is None:
        return [mark + " ".join(text.split())]
    indent = " " * len(mark)
    lines = textwrap.wrap(text, width, initial_indent=mark, subsequent_indent=indent, break_long_words=False)
    return [_RLM + line for line in lines]


def _explanation(statement: Statement, article: Article, width: int | None) -> list[str]:
    method, chances = _METHODS.get(statement.method, statement.method), statement.chances
    likely = f"، مرجّح الصحة {chances.true:.2f}، صالح للنشر {chances.printable:.2f}" if chances else ""
    lines = _wrapped(f"[{method}، السند {statement.support.score:.2f}{likely}]", width, "  ")
    for span in statement.sources:
        lines += _wrapped(f"{span.start}-{span.end}: {span.of(article.text)}", width, "  ← ")
    for refusal in statement.refused:
        why = f"{_METHODS.get(refusal.method, refusal.method)}: {reason_in_arabic(refusal.reason)}"
        lines += _wrapped(f"{refusal.text} ({why})", width, "  ✗ ")
    return lines


def _footer(brief: Brief) -> str:
    """Who wrote it, how fast, what was looked up and what could not be borne out."""
    doubtful, count = brief.doubtful, len(brief.statements)
    checked = CHECKED if not doubtful else f"تحتاج إلى مراجعة: {doubtful} من {count}؛ لم يُفحص المعنى"
    return f"كتبته الآلة ({brief.model}) في {brief.timing_s:.2f} ثانية؛ {checked}."
