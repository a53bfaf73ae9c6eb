"""The page to read: its articles are chosen by a rule, and every statement can be quoted by a number."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.reading import listed
from eval.reading.articles import choose, read_chosen
from eval.reading.listed import read
from eval.reading.main import main
from eval.reading.page import html_page, text_page
from summarizer.config import data_dir
from summarizer.errors import DataError
from tests.eval.conftest import rows

CHOSEN = {"news": [("bbc-2018h2", "fire"), ("bbc-2018h2", "bridge")], "odd": [("bbc-2018h2", "harvest")]}


@pytest.fixture
def data(jsonl: Callable[..., Path]) -> Path:
    return jsonl("bbc-2018h2.jsonl", [{**row, "title": "عنوان <المحرر>"} for row in rows()]).parent


def test_every_statement_has_a_number_a_rung_and_its_sources(data: Path) -> None:
    readings = read(CHOSEN, "extractive", data)
    assert [one.place for one in readings] == [1, 2, 3]
    text = text_page(readings)
    for one in readings:
        for number, statement in [("h", one.brief.headline), ("s", one.brief.standfirst)]:
            assert f"[{one.place:02}.{number}] {statement.text}\n    extractive, support" in text
        for number, bullet in enumerate(one.brief.bullets, 1):
            assert f"[{one.place:02}.b{number}] {bullet.text}" in text
        assert all(f"← {span.of(one.article.text)}" in text for span in one.brief.headline.sources)
    assert "3 articles" in text.splitlines()[0]


def test_the_page_runs_from_the_right_and_escapes_what_it_read(data: Path) -> None:
    page = html_page(read(CHOSEN, "extractive", data))
    assert '<html lang="ar" dir="rtl">' in page
    assert "<المحرر>" not in page
    assert "عنوان &lt;المحرر&gt;" in page
    assert "https:" not in page
    assert " src=" not in page
    parser = HTMLParser()
    parser.feed(page)
    assert page.count("<article>") == 3
    assert page.count('class="lifted"') == page.count("<details>")


def test_the_command_writes_both(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "read_chosen", lambda: CHOSEN)
    arguments = [
        "--listed",
        "--system",
        "extractive",
        "--data",
        str(data),
        "--out",
        str(tmp_path / "out"),
        "--each",
        "1",
    ]
    assert main(arguments) == 0
    assert (tmp_path / "out" / "reading.html").read_text("utf-8").count("<article>") == 2
    assert "=== 02 odd: bbc-2018h2/harvest" in (tmp_path / "out" / "reading.txt").read_text("utf-8")


def test_an_article_that_is_not_there_is_named(data: Path) -> None:
    with pytest.raises(DataError, match="missing in bbc-2018h2"):
        read({"news": [("bbc-2018h2", "missing")]}, "extractive", data)


def test_the_list_has_thirty_articles_and_no_text() -> None:
    chosen = read_chosen()
    assert {group: len(pairs) for group, pairs in chosen.items()} == {
        "news": 10, "economy": 5, "sport": 5, "science and culture": 5, "long or odd": 5,
    }  # fmt: skip
    listed = [pair for pairs in chosen.values() for pair in pairs]
    assert len(set(listed)) == 30
    assert json.dumps(listed).isascii()


def test_another_seed_gives_other_articles(jsonl: Callable[..., Path]) -> None:
    topics = ("internationalNews", "economy", "sport", "technology", "culture")
    made = [
        {**rows()[0], "id": f"BB-{topic}-{number}", "body": " ".join(["كلمة"] * 400) + "."}
        for topic in topics
        for number in range(40)
    ]
    for name in ("argen-headlines", "easc", "marsum-darija"):
        jsonl(f"{name}.jsonl", [{**row, "id": f"{name}-{row['id']}", "source": "religion"} for row in made[:5]])
    folder = jsonl("bbc-2018h2.jsonl", made).parent
    first = choose(folder)
    known = {key for pairs in first.values() for _, key in pairs}
    assert choose(folder, "2", known) == choose(folder, "2", known)
    others = {key for pairs in choose(folder, "2", known).values() for _, key in pairs}
    assert len(known) == len(others) == 30
    assert not known & others


@pytest.mark.skipif(data_dir() is None, reason="needs MUJAZ_DATA")
def test_the_list_is_what_the_rule_gives() -> None:
    folder = data_dir()
    assert folder is not None
    assert choose(folder / "benchmarks") == read_chosen()
