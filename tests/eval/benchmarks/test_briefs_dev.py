"""The benchmark, and which given sentence a span of the article lies in."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.benchmarks.briefs import Places, load_references
from eval.benchmarks.table import load_benchmark
from summarizer.errors import DataError
from summarizer.schema import Span, Task
from tests.eval.conftest import BULLETS, brief_rows, write


def test_the_benchmark_has_a_reference_for_each_task(data: Path) -> None:
    rows = {task: load_benchmark("briefs-dev", task, data).rows for task in Task}
    assert [row.references for row in rows[Task.HEADLINE]] == [(row["headline"],) for row in brief_rows()]
    assert rows[Task.BULLET][0].references == ("\n".join(text for text, _, _ in BULLETS["fire"]),)
    assert all(row.body for row in rows[Task.STANDFIRST])


def test_a_brief_of_an_article_that_no_benchmark_has_is_named(data: Path) -> None:
    write(data / "briefs" / "dev.jsonl", [{**row, "id": row["id"] + "-2"} for row in brief_rows()])
    with pytest.raises(DataError, match=r"3 × an id that no corpus has.*dev.jsonl line 1 \(fire-2\)"):
        load_references(data)


def test_without_a_folder_the_way_to_name_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUJAZ_DATA", raising=False)
    with pytest.raises(DataError, match="MUJAZ_DATA"):
        load_references()


GIVEN = ("افتتح الجسر.", "وقال الوزير: نعم.", "عاد الناس.")
TEXT = "افتتح\nالجسر.  وقال الوزير: نعم.\n\nعاد الناس."


@pytest.mark.parametrize(
    ("part", "places"),
    [
        ("افتتح\nالجسر.", (0,)),
        ("وقال الوزير:", (1,)),  # a splitter that cuts more
        ("وقال الوزير: نعم.\n\nعاد الناس.", (1, 2)),  # and one that cuts less
        ("الجسر.  وقال الوزير: نعم", (0, 1)),
        ("م.\n\nعاد الناس.", (2,)),  # a letter of the neighbour is no part of it
    ],
)
def test_a_span_is_found_by_its_letters(part: str, places: tuple[int, ...]) -> None:
    start = TEXT.index(part)
    assert Places(GIVEN, TEXT).of(Span(start, start + len(part))) == places


def test_a_sentence_that_stands_twice_is_told_apart() -> None:
    places = Places(("نعم.", "لا.", "نعم."), "نعم. لا. نعم.")
    assert [places.of(span) for span in (Span(0, 4), Span(5, 8), Span(9, 13))] == [(0,), (1,), (2,)]


def test_another_article_is_refused() -> None:
    with pytest.raises(DataError, match="another version"):
        Places(GIVEN, "افتتح الجسر. عاد الناس.")
