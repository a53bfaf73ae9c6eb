"""A benchmark's rows as articles: read as the pipeline reads a body, so that all systems start from one text."""

from __future__ import annotations

from collections.abc import Sequence

from eval.benchmarks.rows import Row
from eval.systems.outputs import Output
from summarizer.article.formats.plain import Known, read_plain
from summarizer.config import InputLimits
from summarizer.errors import MujazError
from summarizer.schema import Article, Task


def read_articles(rows: Sequence[Row]) -> tuple[dict[str, Article], dict[str, Output]]:
    """The articles by id, and an output with the reason for each row that cannot be read. Titles are withheld."""
    articles: dict[str, Article] = {}
    failures: dict[str, Output] = {}
    for row in rows:
        try:
            article = read_plain(row.body, InputLimits(), Known(id=row.id, opening="none"))
        except MujazError as error:
            failures[row.id] = Output(row.id, "", error=str(error))
            continue
        if article.sentences:
            articles[row.id] = article
        else:
            failures[row.id] = Output(row.id, "", error="no sentence in the body")
    return articles, failures


def sentence_texts(article: Article) -> list[str]:
    """The sentences of the body in order, each on one line: a body may be wrapped at a fixed width."""
    return [" ".join(sentence.text.split()) for sentence in article.sentences]


def join(statements: Sequence[str], task: Task) -> str:
    """Statements as one output: a line each for bullets, running text otherwise."""
    return ("\n" if task is Task.BULLET else " ").join(statements)
