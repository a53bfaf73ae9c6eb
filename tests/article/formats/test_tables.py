"""Tables: every way they are written, and rows that do not fit, which take no other row with them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article.formats.tables import Lines, TableRow, looks_like_table, table_rows
from summarizer.article.read import read_text
from summarizer.errors import EmptyInput, UnreadableInput
from tests.article.formats.articles import PARAGRAPHS, TITLE

LIMIT = 100_000


def rows(text: str, limit: int = LIMIT) -> list[TableRow]:
    return list(table_rows(Lines(io.StringIO(text, newline="")), limit))


def faults(text: str, limit: int = LIMIT) -> list[tuple[int, bool]]:
    return [(row.number, row.record is not None) for row in rows(text, limit)]


@pytest.mark.parametrize(
    "text",
    [
        'id,body\n1,"أ، ب"\n2,"ج\nد, ""ه"""\n',
        'id;body\r\n1;أ، ب\r\n2;"ج\nد, ""ه"""\r\n',
        'id\tbody\n1\tأ، ب\n2\t"ج\nد, ""ه"""',
        '\ufeffid|body\n1|أ، ب\n2|"ج\nد, ""ه"""\n',
        'sep=;\r\nid;body\r\n1;أ، ب\r\n2;"ج\nد, ""ه"""\r\n',
        'sep=,\n"id" , "body"\n1,أ، ب\n2,"ج\nد, ""ه"""\n'.replace(" , ", ","),
        '\n\nid,body\n1,أ، ب\n2,"ج\nد, ""ه"""\n',
    ],
)
def test_ways_to_write_a_table(text: str) -> None:
    found = [row.record for row in rows(text)]
    assert found == [{"id": "1", "body": "أ، ب"}, {"id": "2", "body": 'ج\nد, "ه"'}]


def test_tabs_without_quotation_keep_their_marks() -> None:
    text = 'id\tbody\n1\t"نعم" قال الوزير\n2\tقال "لا\n3\t"نعم"\n4\t"قال ""لا"" ثم"\n'
    assert [row.record and row.record["body"] for row in rows(text)] == [
        '"نعم" قال الوزير',
        'قال "لا',
        "نعم",
        'قال "لا" ثم',
    ]


def test_old_line_ends() -> None:
    assert [row.record for row in rows("id,body\r1,أ\r2,ب\r")] == [{"id": "1", "body": "أ"}, {"id": "2", "body": "ب"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('id,body\n1,"never closed\n2,ب\n3,ج\n', [(1, False), (2, True), (3, True)]),
        ("id,body\n1,a,b\n2,ب\n", [(1, False), (2, True)]),
        ("id,body\n1\n2,ب\n", [(1, False), (2, True)]),
        ("id,body\n1,a,,\n2,ب\n", [(1, True), (2, True)]),
        ('id,body\n1,"a"b\n2,ب\n', [(1, False), (2, True)]),
        ("id,body\n\n,\n3,ب\n", [(3, True)]),
        ("id,body\n1," + "a" * 200 + "\n2,ب\n", [(1, False), (2, True)]),
        ('id,body\n1,"' + "a\n" * 60 + '"\n', [(1, False)] + [(n, False) for n in range(2, 62)]),
    ],
)
def test_a_row_that_does_not_fit_takes_no_other_with_it(text: str, expected: list[tuple[int, bool]]) -> None:
    assert faults(text, limit=100) == expected


def test_a_line_too_long_to_hold_is_a_fault() -> None:
    found = list(table_rows(Lines(["id,body\n", None, "2,ب\n"]), LIMIT))
    assert [(row.number, bool(row.fault)) for row in found] == [(1, True), (2, False)]


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n,"\t;'), min_size=1).filter(
    str.strip
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_what_a_table_was_written_from_is_read(cells: list[tuple[str, str]], parter: str) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=parter, quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "body"), *cells])
    assert [row.record for row in rows(stream.getvalue(), 10**7)] == [{"id": one, "body": two} for one, two in cells]


@given(st.text(st.sampled_from('ab,"\n\r\t;1 ')))
def test_any_text_is_rows_and_faults(text: str) -> None:
    found = rows(f"id,body\n{text}")
    assert all((row.record is None) == bool(row.fault) for row in found)
    assert [row.number for row in found] == sorted({row.number for row in found})


@pytest.mark.parametrize(("text", "error"), [("", EmptyInput), ("\n\n", EmptyInput), ("a,b\n1,2", UnreadableInput)])
def test_no_table_of_articles(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        rows(text)


def test_names_of_columns_in_arabic_and_in_any_case() -> None:
    for head in ("العنوان,النص", " TITLE , Content ", "Headline,نص الخبر"):
        article = read_text(f'{head}\n{TITLE},"{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}"\n')
        assert (article.title, len(article.sentences)) == (TITLE, 2)


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("id,title,body\n1,2,3", True),
        ("المعرف;النص\n", True),
        ("body\n", False),
        (f"{PARAGRAPHS[0]}, text\n", False),
        ("a,b,c\n", False),
    ],
)
def test_what_looks_like_a_table(text: str, table: bool) -> None:
    assert looks_like_table(text) is table
