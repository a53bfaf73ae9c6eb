"""Kinds of input of a batch, columns that are kept, and the standard streams."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from summarizer.backends.extractive import Extractive
from summarizer.config import BriefOptions, InputLimits
from summarizer.errors import ConfigError, UnknownName, UnreadableInput
from summarizer.service.batch.engines import local
from summarizer.service.batch.input import Source
from summarizer.service.batch.run import Job, Summary, run_batch
from summarizer.service.batch.work import Work
from tests.article.formats.articles import docx
from tests.service.batch.batch_articles import jsonl, left_beside, records
from tests.service.batch.kinds import (
    as_atom,
    as_csv,
    as_csv_gz,
    as_documents,
    as_object,
    as_rss,
    as_tsv,
    table,
    written,
)
from tests.service.cli.test_cli import mujaz

SEED_ROWS = [row | {"desk": f"desk-{number}", "الباب": "محليات"} for number, row in enumerate(records(4))]


def run(source: Path, output: Path, keep: tuple[str, ...] = (), kind: str | None = None) -> Summary:
    limits = InputLimits()
    work = Work("extractive", BriefOptions(), limits, 2, keep)
    job = Job(Source(source, limits, 3, kind, keep), work, output, "extractive", quiet=True)
    return run_batch(job, local(Extractive()))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The briefs of the rows as JSONL."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "in.jsonl").write_bytes(jsonl(iter(SEED_ROWS)))
    run(folder / "in.jsonl", folder / "out.jsonl")
    return written(folder / "out.jsonl")


@pytest.mark.parametrize(
    ("write", "name", "kind"),
    [
        (as_csv, "in.csv", None),
        (as_tsv, "in.tsv", None),
        (as_csv_gz, "in.csv.gz", None),
        (as_rss, "in.xml", None),
        (as_atom, "in.atom", None),
        (as_object, "in.json", None),
        (as_csv, "in", None),
        (as_tsv, "in.txt", None),
        (as_csv_gz, "in.bin", None),
        (as_rss, "in.data", None),
        (as_object, "in", None),
        (as_csv, "in.json", "csv"),
    ],
)
def test_every_kind_gives_the_briefs_of_plain_jsonl(
    tmp_path: Path,
    plain: list[dict[str, Any]],
    write: Callable[[Path, Sequence[Any]], None],
    name: str,
    kind: str | None,
) -> None:
    write(tmp_path / name, SEED_ROWS)
    run(tmp_path / name, tmp_path / "out.jsonl", kind=kind)
    assert written(tmp_path / "out.jsonl") == plain


def test_a_folder_of_documents(tmp_path: Path, plain: list[dict[str, Any]]) -> None:
    folder = tmp_path / "in"
    as_documents(folder, SEED_ROWS)
    (folder / "page.pdf").write_bytes(b"%PDF-1.7")
    (folder / "many.csv").write_text(table(SEED_ROWS), "utf-8")
    (folder / "~$a.docx").write_bytes(b"a mark of Word's")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    summary = run(folder, tmp_path / "out.jsonl")
    rows = written(tmp_path / "out.jsonl")
    assert [row["id"] for row in rows] == ["article-0.txt", "article-1.docx", "article-2.txt", "article-3.docx"]
    assert [row["headline"]["text"] for row in rows] == [row["headline"]["text"] for row in plain]
    rejected = written(tmp_path / "out.jsonl.rejected.jsonl")
    assert [(row["id"], row["error"]) for row in rejected] == [
        ("many.csv", "ManyArticles"),
        ("page.pdf", "UnreadableInput"),
    ]
    assert "2 of 6 rows rejected (ManyArticles 1, UnreadableInput 1)" in "\n".join(summary.lines())


def test_columns_are_kept(tmp_path: Path) -> None:
    keep = ("desk", "الباب", "words")
    rows = [
        *SEED_ROWS[:2],
        {"id": "e", "desk": "d", "words": 7, "body": "Nothing but English in here, and a lot of it."},
    ]
    (tmp_path / "in.jsonl").write_bytes(jsonl(iter(rows)))
    summary = run(tmp_path / "in.jsonl", tmp_path / "out.jsonl", keep)
    kept = [row["kept"] for row in written(tmp_path / "out.jsonl")]
    assert kept == [{"desk": f"desk-{number}", "الباب": "محليات", "words": None} for number in range(2)]
    assert written(tmp_path / "out.jsonl.rejected.jsonl")[0]["kept"] == {"desk": "d", "الباب": None, "words": 7}
    assert not any("no row has" in line for line in summary.lines())
    assert "no row has a column 'page'" in list(run(tmp_path / "in.jsonl", tmp_path / "2.jsonl", ("page",)).lines())
    with pytest.raises(ConfigError, match="keep"):
        run(tmp_path / "in.jsonl", tmp_path / "out.jsonl")


def test_kept_columns_of_tables_are_asked_for_by_their_names(tmp_path: Path) -> None:
    as_csv(tmp_path / "in.csv", SEED_ROWS)
    run(tmp_path / "in.csv", tmp_path / "out.jsonl", (" DESK",))
    assert written(tmp_path / "out.jsonl")[3]["kept"] == {" DESK": "desk-3"}
    with pytest.raises(UnknownName, match="did you mean desk"):
        run(tmp_path / "in.csv", tmp_path / "2.jsonl", ("desc",))
    as_documents(tmp_path / "in", SEED_ROWS)
    with pytest.raises(ConfigError, match="a file of rows"):
        run(tmp_path / "in", tmp_path / "3.jsonl", ("desk",))


def test_parquet_keeps_columns_as_text(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [row | {"words": number} for number, row in enumerate(SEED_ROWS)]
    (tmp_path / "in.jsonl").write_bytes(jsonl(iter(rows)))
    run(tmp_path / "in.jsonl", tmp_path / "out.parquet", ("desk", "words"))
    assert parquet.read_table(tmp_path / "out.parquet").to_pylist()[1]["kept"] == {"desk": "desk-1", "words": "1"}
    import pyarrow

    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "in.parquet")
    run(tmp_path / "in.parquet", tmp_path / "out.jsonl", ("words",))
    assert written(tmp_path / "out.jsonl")[1]["kept"] == {"words": 1}


def test_rows_without_text_are_counted_and_named(tmp_path: Path) -> None:
    rows = [SEED_ROWS[0], SEED_ROWS[1] | {"body": " "}, SEED_ROWS[2], SEED_ROWS[3] | {"body": ""}]
    as_csv(tmp_path / "in.csv", rows)
    lines = table(rows).split("\r\n")
    (tmp_path / "in.csv").write_text("\r\n".join([*lines[:-1], 'a,"open', "b,c", ""]), "utf-8")
    summary = run(tmp_path / "in.csv", tmp_path / "out.jsonl")
    rejected = written(tmp_path / "out.jsonl.rejected.jsonl")
    assert [(row["row"], row["id"], row["error"]) for row in rejected] == [
        (2, "article-1", "EmptyInput"),
        (4, "article-3", "EmptyInput"),
        (5, "5", "UnreadableInput"),
        (6, "6", "UnreadableInput"),
    ]
    assert "body is empty" in rejected[0]["reason"]
    assert summary.tally.briefs == 2


def test_compressed_output_is_the_same_bytes_each_time(tmp_path: Path, plain: list[dict[str, Any]]) -> None:
    as_csv(tmp_path / "in.csv", SEED_ROWS)
    for name in ("one.jsonl.gz", "two.jsonl.gz"):
        run(tmp_path / "in.csv", tmp_path / name)
    assert (tmp_path / "one.jsonl.gz").read_bytes() == (tmp_path / "two.jsonl.gz").read_bytes()
    assert written(tmp_path / "one.jsonl.gz") == plain
    assert run(tmp_path / "in.csv", tmp_path / "one.jsonl.gz").rows_here == 0


def test_standard_input_and_output(tmp_path: Path, plain: list[dict[str, Any]]) -> None:
    bad = SEED_ROWS[0] | {"id": "bad", "body": ""}
    data = table([*SEED_ROWS[:2], bad, *SEED_ROWS[2:]]).encode()
    command = ["batch", "-", "-", "--backend", "extractive", "--shard-rows", "2"]
    for given in (data, gzip.compress(data)):
        done = mujaz(*command, stdin=given)
        assert done.returncode == 0, done.stderr
        assert [json.loads(line) for line in done.stdout.splitlines()] == plain
        assert "row 3 (bad) rejected: EmptyInput" in done.stderr.decode()
    output = tmp_path / "out.jsonl"
    done = mujaz("batch", "-", str(output), "--backend", "extractive", "--quiet", stdin=data)
    assert (done.returncode, done.stderr) == (0, b"")
    assert written(output) == plain
    assert left_beside(output) == {"out.jsonl.manifest.json", "out.jsonl.rejected.jsonl"}


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "standard input with nothing"), ("نص واحد.".encode(), "standard input, which opens as none")],
)
def test_standard_input_that_is_no_collection_leaves_nothing(tmp_path: Path, data: bytes, said: str) -> None:
    done = mujaz("batch", "-", str(tmp_path / "out.jsonl"), "--backend", "extractive", stdin=data)
    assert done.returncode == 3
    assert said in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_address_and_an_unknown_kind(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="nothing is fetched"):
        run(Path("https://example.test/feed.xml"), tmp_path / "out.jsonl")
    with pytest.raises(UnreadableInput, match="nothing is fetched"):
        run(Path("https://example.test/feed"), tmp_path / "out.jsonl")
    as_csv(tmp_path / "in.csv", SEED_ROWS)
    with pytest.raises(UnknownName, match="did you mean csv"):
        run(tmp_path / "in.csv", tmp_path / "out.jsonl", kind="cvs")


def test_a_document_that_is_a_bomb_costs_one_row(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    as_documents(folder, SEED_ROWS)
    (folder / "bomb.docx").write_bytes(docx(["ا" * 5_000_000]))
    run(folder, tmp_path / "out.jsonl")
    assert [row["error"] for row in written(tmp_path / "out.jsonl.rejected.jsonl")] == ["InputTooLarge"]
    assert len(written(tmp_path / "out.jsonl")) == 4
