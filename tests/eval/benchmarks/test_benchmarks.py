"""Reading test sets: tasks, references, digests, what is left out, and every kind of broken file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.benchmarks.hub import WIKILINGUA_ARABIC, XLSUM_ARABIC, read_hub
from eval.benchmarks.rows import is_arabic
from eval.benchmarks.table import BENCHMARKS, digest_of, load_benchmark
from summarizer.errors import ConfigError, DataError, MujazError, UnknownName
from summarizer.schema import Task

Write = Callable[..., Path]
BODY = "اندلع حريق كبير فجر الأحد في مصنع للنسيج بمدينة طنجة."


def test_a_file_by_its_path(articles: Path) -> None:
    benchmark = load_benchmark(str(articles))
    assert (benchmark.name, benchmark.task, len(benchmark.rows)) == ("news", Task.STANDFIRST, 3)
    assert benchmark.rows[0].references[0].startswith("أصيب أربعون عاملا")
    assert benchmark.rows[0].place == f"{articles} line 1"
    assert (benchmark.licence, benchmark.known_digest, benchmark.path) == ("not stated", False, str(articles))
    headline = load_benchmark(str(articles), Task.HEADLINE)
    assert headline.rows[0].references == ("حريق في مصنع للنسيج بطنجة",)
    assert headline.digest == benchmark.digest


def test_limit_keeps_digest_and_ids_of_the_whole(articles: Path) -> None:
    whole = load_benchmark(str(articles))
    first = whole.first(1)
    assert (len(first.rows), first.limit, first.digest, first.ids) == (1, 1, whole.digest, whole.ids)
    assert whole.first(None) is whole


@pytest.mark.parametrize(
    ("columns", "task", "references"),
    [
        ({"summaries": ["ملخص أول", "ملخص ثان"]}, Task.BULLET, ("ملخص أول", "ملخص ثان")),
        ({"bullets": ["نقطة أولى", "نقطة ثانية"]}, Task.BULLET, ("نقطة أولى\nنقطة ثانية",)),
        ({"standfirst": "مقدمة"}, Task.STANDFIRST, ("مقدمة",)),
        ({"title": "عنوان"}, Task.HEADLINE, ("عنوان",)),
        ({"title": "عنوان", "abstract": "ملخص"}, Task.STANDFIRST, ("ملخص",)),
    ],
)
def test_the_columns_tell_the_task(jsonl: Write, columns: dict[str, object], task: Task, references: object) -> None:
    benchmark = load_benchmark(str(jsonl("x.jsonl", [{"id": 1, "body": BODY, **columns}])))
    assert (benchmark.task, benchmark.rows[0].references, benchmark.rows[0].id) == (task, references, "1")


def test_rows_that_cannot_be_measured_are_counted(jsonl: Write) -> None:
    path = jsonl(
        "x.jsonl",
        [
            {"id": "a", "body": BODY, "abstract": "حريق في مصنع"},
            {"id": "b", "body": BODY, "abstract": " "},
            {"id": "c", "body": "", "abstract": "حريق"},
            {"id": "d", "body": "A fire broke out at dawn in a textile mill in Tangier.", "abstract": "حريق"},
            {"id": "e", "body": BODY, "abstract": None},
        ],
    )
    benchmark = load_benchmark(str(path))
    assert [row.id for row in benchmark.rows] == ["a"]
    assert benchmark.excluded == {"no reference": 2, "no body": 1, "body not in Arabic": 1}
    assert len(benchmark.ids) == 5


GOOD = {"id": "a", "body": BODY, "abstract": "حريق في مصنع"}

BROKEN: list[tuple[str, list[object], str]] = [
    ("a cut line", [GOOD, '{"id": "b", "body": "اندلع حر'], "line 2.*cut or broken"),
    ("not an object", [GOOD, "[1, 2]"], "line 2: list"),
    ("no id", [GOOD, {"body": BODY, "abstract": "حريق"}], "line 2: None"),
    ("an id of another kind", [{**GOOD, "id": 1.5}], "line 1: 1.5"),
    ("an id twice", [GOOD, {**GOOD, "body": "غيره"}], "'a' in .*line 1 and .*line 2"),
    ("a number for a text", [{**GOOD, "abstract": 7}], "line 1: int"),
    ("a lone surrogate", ['{"id": "a", "body": "\\ud800", "abstract": "x"}'], "line 1: a lone surrogate"),
    ("no columns of ours", [{"id": "a", "body": BODY, "resume": "حريق"}], "abstract, standfirst, title"),
    ("nothing", [""], "no line"),
    ("depth", ["[" * 100_000], "line 1"),
]


@pytest.mark.parametrize(("lines", "message"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_file_is_an_error_that_names_file_and_line(jsonl: Write, lines: list[object], message: str) -> None:
    path = jsonl("broken.jsonl", lines)
    with pytest.raises(DataError, match=message) as caught:
        load_benchmark(str(path))
    assert "\n" not in str(caught.value)
    assert "broken.jsonl" in str(caught.value)


def test_other_encodings_and_missing_files_are_errors(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes('{"id": "a", "body": "حريق", "title": "حريق"}\n'.encode("windows-1256"))
    with pytest.raises(DataError, match=r"UTF-8; got .*x\.jsonl line 1"):
        load_benchmark(str(path))
    with pytest.raises(DataError, match="No such file"):
        load_benchmark(str(tmp_path / "none.jsonl"))
    with pytest.raises(UnknownName, match="did you mean easc"):
        load_benchmark("eascc")


def test_a_task_without_references_says_which_columns_there_are(jsonl: Write) -> None:
    path = jsonl("x.jsonl", [{"id": "a", "body": BODY, "title": "حريق"}])
    with pytest.raises(ConfigError, match=r"1 rows with no reference; columns there: body, id, title"):
        load_benchmark(str(path), Task.BULLET)


def test_a_byte_order_mark_and_blank_lines_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('\ufeff{"id": "a", "body": "اندلع حريق كبير في طنجة", "title": "حريق"}\n\n', encoding="utf-8")
    assert load_benchmark(str(path)).rows[0].id == "a"


def test_a_named_benchmark_is_found_in_the_data_folder(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = articles.parent / "benchmarks"
    folder.mkdir()
    articles.rename(folder / "xlsum-sample.jsonl")
    for benchmark in (
        load_benchmark("xlsum-sample", data=articles.parent),
        load_benchmark("xlsum-sample", data=folder),
    ):
        assert (benchmark.licence, benchmark.path, benchmark.known_digest) == ("CC BY-NC-SA 4.0", "", False)
    monkeypatch.setenv("MUJAZ_DATA", str(articles.parent))
    assert len(load_benchmark("xlsum-sample").rows) == 3
    monkeypatch.delenv("MUJAZ_DATA")
    with pytest.raises(DataError, match="MUJAZ_DATA"):
        load_benchmark("xlsum-sample")


def test_the_digest_is_of_the_content_not_of_the_file() -> None:
    rows = [{"id": "a", "body": "x"}, {"id": "b", "body": "y"}]
    assert digest_of(rows) == digest_of([{"body": "x", "id": "a"}, {"body": "y", "id": "b"}])
    assert digest_of(rows) != digest_of(rows[::-1])
    assert digest_of(rows) != digest_of([{"id": "a", "body": "x."}, {"id": "b", "body": "y"}])


def test_seeds_have_references_for_every_task() -> None:
    for task in Task:
        benchmark = load_benchmark("seeds", task)
        assert benchmark.rows
        assert all(row.references[0] not in row.body for row in benchmark.rows)
    assert load_benchmark("seeds", Task.BULLET).rows[0].references[0].count("\n") >= 2


def test_every_line_of_the_table_says_what_it_must() -> None:
    for name, spec in BENCHMARKS.items():
        assert spec.licence, name
        assert spec.tasks, name
        assert bool(spec.file) + (spec.hub is not None) == (name != "seeds"), name


@pytest.mark.parametrize(
    ("text", "expected"),
    [("اندلع حريق", True), ("حريق", True), ("A fire", False), ("-", False), ("۱۲۳", False), ("حريق في Tangier", True)],
)
def test_is_arabic(text: str, expected: bool) -> None:
    assert is_arabic(text) is expected


# Stand-ins for the hub: files with the same columns as the data sets there.


def test_xlsum_from_a_stand_in(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    pyarrow = pytest.importorskip("pyarrow")
    rows = {"id": ["1"], "url": ["u"], "title": ["حريق في طنجة"], "summary": ["حريق في مصنع"], "text": [BODY]}
    parquet.write_table(pyarrow.table(rows), tmp_path / "test-00000-of-00001.parquet")
    benchmark = load_benchmark("xlsum-arabic", hub_copy=str(tmp_path))
    assert benchmark.rows[0].references == ("حريق في مصنع",)
    assert benchmark.rows[0].body == BODY
    assert load_benchmark("xlsum-arabic", Task.HEADLINE, hub_copy=str(tmp_path)).rows[0].references == ("حريق في طنجة",)


def test_wikilingua_from_a_stand_in_has_an_article_a_section(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    pyarrow = pytest.importorskip("pyarrow")
    sections = {
        "section_name": ["القسم الأول", "القسم الثاني"],
        "document": [BODY, "وأصيب أربعون عاملا بجروح في الحريق."],
        "summary": ["افتح الباب.\nأغلق النافذة.", "اتصل بالإسعاف."],
        "english_url": ["e", "e"],
        "english_section_name": ["One", "Two"],
    }
    parquet.write_table(pyarrow.table({"url": ["u"], "article": [sections]}), tmp_path / "train.parquet")
    benchmark = load_benchmark("wikilingua-arabic", hub_copy=str(tmp_path))
    assert [row.id for row in benchmark.rows] == ["u#0", "u#1"]
    assert benchmark.rows[0].references == ("افتح الباب.\nأغلق النافذة.",)


def test_a_stand_in_with_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "test.jsonl").write_text('{"id": "1", "article": "x"}\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"columns of csebuetnlp/xlsum; got .* row 1: KeyError 'title'"):
        read_hub(XLSUM_ARABIC, str(tmp_path))


def test_a_hub_out_of_reach_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(MujazError, match="check network and name"):
        read_hub(WIKILINGUA_ARABIC, str(tmp_path / "nothing"))
