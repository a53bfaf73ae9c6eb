"""What travels between cleaning and writing: a clean article, and the rows made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.tasks.support import Verdict

Row = dict[str, object]
"""One line of a prepared file, as JSON values."""


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """A record after cleaning. ``paragraphs`` hold prose only; ``title`` and ``standfirst`` are ready as targets."""

    id: str
    source_name: str
    topic: str
    date: str
    title: str
    standfirst: str
    paragraphs: tuple[str, ...]


WEIGHTS = {"bbc": 2.0, "cnn": 1.2, "france24": 1.2, "aljazeera": 1.2, "hespress": 0.8, "jawhara": 0.6}
"""Sampling weights: nearest to what is measured first; Saudi newspapers 0.7, others 1.0."""


def make_row(
    article: CleanArticle, suffix: str, source: str, targets: Mapping[str, str], verdicts: Sequence[Verdict]
) -> Row:
    """The row as it is written. ``group`` joins the rows of one article, which never part between the splits."""
    saudi = article.source_name.startswith("saudi:")
    return {
        "id": article.id + suffix,
        "group": article.id,
        "source_name": article.source_name,
        "topic": article.topic,
        "date": article.date,
        "weight": WEIGHTS.get(article.source_name, 0.7 if saudi else 1.0),
        "support": round(min(verdict.share for verdict in verdicts), 3),
        "needs_words": max(verdict.needs_words for verdict in verdicts),
        "source": source,
        "targets": dict(targets),
    }
