"""The same articles in every kind of file that a batch reads."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.article.formats.articles import docx, rss

Articles = Sequence[dict[str, Any]]


def table(articles: Articles, parter: str = ",") -> str:
    """A table of all columns of the first article."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(articles[0]), delimiter=parter)
    writer.writeheader()
    writer.writerows(articles)
    return stream.getvalue()


def as_csv(path: Path, articles: Articles) -> None:
    path.write_bytes(table(articles).encode("utf-8-sig"))


def as_tsv(path: Path, articles: Articles) -> None:
    path.write_bytes(table(articles, "\t").encode("utf-16"))


def as_csv_gz(path: Path, articles: Articles) -> None:
    path.write_bytes(gzip.compress(table(articles).encode()))


def as_rss(path: Path, articles: Articles) -> None:
    items = [
        f"<item><guid>{row['id']}</guid><description>{html.escape(row['body'])}</description></item>"
        for row in articles
    ]
    path.write_text(rss(*items), "utf-8")


def as_atom(path: Path, articles: Articles) -> None:
    entries = [f"<entry><id>{row['id']}</id><content>{html.escape(row['body'])}</content></entry>" for row in articles]
    path.write_text(f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(entries)}</feed>', "utf-8")


def as_object(path: Path, articles: Articles) -> None:
    path.write_text(json.dumps({"status": "ok", "articles": list(articles)}, indent=1), "utf-8")


def as_documents(path: Path, articles: Articles) -> None:
    """A folder, of which every other file is a Word document."""
    path.mkdir()
    for number, row in enumerate(articles):
        file = path / f"{row['id']}.{'docx' if number % 2 else 'txt'}"
        file.write_bytes(docx(row["body"].split("\n")) if number % 2 else row["body"].encode())


def written(output: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL output."""
    data = output.read_bytes()
    lines = (gzip.decompress(data) if output.suffix == ".gz" else data).decode().split("\n")
    return [json.loads(line) for line in lines if line]
