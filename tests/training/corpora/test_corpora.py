from __future__ import annotations

import json
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import ConfigError, DataError, UnknownName
from training.corpora import READERS, check_options, read_corpus, reader
from training.corpora.record import FIELDS, Record

ROW = {
    "id": "a1",
    "source": "BBC",
    "title": "الميناء يستقبل ألف سفينة",
    "standfirst": "",
    "body": "استقبل الميناء ألف سفينة.",
    "date": "2018-05-24",
    "url": "",
}


def write_parquet(path: Path, rows: list[dict[str, Any]]) -> Path:
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    return path


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n", encoding="utf-8")
    return path


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A stand-in for ``datasets``: serves ``rows`` and records how it was asked, or raises ``error``."""
    state: dict[str, Any] = {"rows": [], "asked": None, "error": None}

    def load_dataset(name: str, config: str | None = None, **options: Any) -> list[dict[str, Any]]:
        state["asked"] = (name, config, options)
        if state["error"]:
            raise state["error"]
        return list(state["rows"])

    module = types.ModuleType("datasets")
    module.load_dataset = load_dataset  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "datasets", module)
    return state


HUB_READERS = [
    ("xlsum", {"id": "1", "title": "عنوان", "summary": "ملخص", "text": "نص", "url": "u"}, {}, "BBC", "ملخص"),
    ("goud", {"headline": "عنوان", "article": "نص", "categories": []}, {}, "Goud", ""),
    ("hub", {"t": "عنوان", "b": "نص"}, {"name": "o/d", "title": "t", "body": "b"}, "o/d", ""),
]


@pytest.mark.parametrize("name", READERS)
def test_every_reader_of_the_table_imports_and_takes_named_options(name: str) -> None:
    assert callable(reader(name))


@pytest.mark.parametrize(("name", "row", "options", "source", "standfirst"), HUB_READERS)
def test_hub_readers_map_columns(
    hub: dict[str, Any], name: str, row: dict[str, Any], options: dict[str, str], source: str, standfirst: str
) -> None:
    hub["rows"] = [row]
    (record,) = read_corpus(name, options)
    assert (record.title, record.body, record.standfirst) == ("عنوان", "نص", standfirst)
    assert record.source == source
    assert record.id
    assert hub["asked"][2]["streaming"] is True


def test_xlsum_never_asks_for_a_loading_script(hub: dict[str, Any]) -> None:
    assert list(read_corpus("xlsum", {"split": "validation"})) == []
    name, config, options = hub["asked"]
    assert (name, config, options["split"]) == ("csebuetnlp/xlsum", "arabic", "validation")
    assert options["revision"] == "refs/convert/parquet"
    assert "trust_remote_code" not in options


@pytest.mark.parametrize("error", [ConnectionError("no route"), ValueError("unknown split"), RuntimeError("")])
def test_hub_troubles_become_one_data_error(hub: dict[str, Any], error: Exception) -> None:
    hub["error"] = error
    with pytest.raises(DataError, match="csebuetnlp/xlsum"):
        list(read_corpus("xlsum", {}))


def test_hub_names_a_missing_column(hub: dict[str, Any]) -> None:
    hub["rows"] = [{"text": "نص"}]
    with pytest.raises(DataError, match="no article, headline"):
        list(read_corpus("goud", {}))


def test_parquet_reads_every_field(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "c.parquet", [ROW])
    (record,) = read_corpus("parquet", {"path": str(path)})
    assert record == Record(**ROW)


def test_parquet_takes_other_column_names_and_fills_ids(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "mine.parquet", [{"text": "نص", "headline": "عنوان"}] * 2)
    records = list(read_corpus("parquet", {"path": str(path), "body": "text", "title": "headline"}))
    assert [record.id for record in records] == ["mine-0", "mine-1"]
    assert {record.source for record in records} == {"mine"}
    assert {record.title for record in records} == {"عنوان"}


def test_jsonl_reads_rows_lists_and_blank_lines(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "c.jsonl", [ROW, {"body": ["فقرة", "فقرة أخرى"]}])
    first, second = read_corpus("jsonl", {"path": str(path)})
    assert first == Record(**ROW)
    assert second.body == "فقرة\nفقرة أخرى"
    assert (second.id, second.source, second.title) == ("c-2", "c", "")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"body": "x"}\nnot json\n', "c.jsonl:2"),
        (b'{"title": "x"}\n', "c.jsonl:1"),
        (b"[1, 2]\n", "c.jsonl:1"),
        (b"\xff\xfe{}", "UTF-8"),
    ],
)
def test_jsonl_names_file_and_line_of_bad_input(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message):
        list(read_corpus("jsonl", {"path": str(path)}))


@pytest.mark.parametrize("name", ["parquet", "jsonl"])
def test_missing_files_are_data_errors(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="gone"):
        list(read_corpus(name, {"path": str(tmp_path / "gone")}))


def test_parquet_without_the_body_column_says_which_there_are(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "c.parquet", [{"text": "نص"}])
    with pytest.raises(DataError, match="text"):
        list(read_corpus("parquet", {"path": str(path)}))


def test_damaged_parquet_is_a_data_error(tmp_path: Path) -> None:
    path = tmp_path / "c.parquet"
    path.write_bytes(b"PAR1 and nothing more")
    with pytest.raises(DataError, match=r"c\.parquet"):
        list(read_corpus("parquet", {"path": str(path)}))


def test_unknown_reader_lists_near_matches() -> None:
    with pytest.raises(UnknownName, match="did you mean parquet"):
        reader("parket")


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [("parquet", {}, "missing \\['path'\\]"), ("jsonl", {"path": "p", "bodi": "x"}, "unknown \\['bodi'\\]")],
)
def test_options_are_checked_before_reading(name: str, options: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        check_options(name, options)


def test_fields_are_those_of_a_record() -> None:
    assert tuple(Record.__dataclass_fields__) == FIELDS
