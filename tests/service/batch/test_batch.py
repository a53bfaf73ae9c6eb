"""What a batch reads and writes, row by row, and how it goes on."""

from __future__ import annotations

import copy
import gzip
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from summarizer.article.read import read_text
from summarizer.backends.base import Backend
from summarizer.backends.extractive import Extractive
from summarizer.config import BriefOptions, Decoding, InputLimits
from summarizer.errors import BackendError, ConfigError, DataError, InputError, MujazError, UnknownName, UnreadableInput
from summarizer.pipeline import brief
from summarizer.schema import Candidate, Request
from summarizer.service.batch.engines import Engine, local, processes
from summarizer.service.batch.files import Parts
from summarizer.service.batch.input import Source
from summarizer.service.batch.run import Job, Summary, run_batch
from summarizer.service.batch.work import Work
from tests.service.batch.batch_articles import jsonl, left_beside, records


def run(
    source: Path, output: Path, backend: Backend | None = None, engine: Engine | None = None, **changes: Any
) -> Summary:
    backend = backend or Extractive()
    options = BriefOptions(bullets=changes.get("bullets"))
    work = Work("extractive", options, changes.get("limits", InputLimits()), changes.get("batch_rows", 2))
    job = Job(Source(source, work.limits, changes.get("shard_rows", 5)), work, output, backend.name, quiet=True)
    return run_batch(job, engine or local(backend))


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


LAST = "وتعثرت القافلة في الطريق إلى المدينة القديمة صباح اليوم."


def thirteen(seed: int = 7) -> bytes:
    rows = list(records(13, seed))
    rows[-1]["body"] = f"{LAST} {rows[-1]['body']}"
    return jsonl(iter(rows))


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(thirteen())
    return path


def as_gzip(data: bytes, folder: Path) -> Path:
    path = folder / "in.jsonl.gz"
    path.write_bytes(gzip.compress(data[:500]) + gzip.compress(data[500:]))
    return path


def as_zstandard(data: bytes, folder: Path) -> Path:
    arrow = pytest.importorskip("pyarrow")
    path = folder / "in.jsonl.zst"
    with arrow.CompressedOutputStream(str(path), "zstd") as stream:
        stream.write(data)
    return path


def as_parquet(data: bytes, folder: Path) -> Path:
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow.json

    path = folder / "in.parquet"
    parquet.write_table(pyarrow.json.read_json(io.BytesIO(data)), path, row_group_size=4)
    return path


def as_list(data: bytes, folder: Path) -> Path:
    path = folder / "in.json"
    path.write_bytes(b"[" + b",".join(data.splitlines()) + b"]")
    return path


def as_utf16(data: bytes, folder: Path) -> Path:
    path = folder / "wide.jsonl"
    path.write_bytes(data.decode().encode("utf-16"))
    return path


@pytest.mark.parametrize("write", [as_gzip, as_zstandard, as_parquet, as_list, as_utf16])
def test_every_container_gives_the_briefs_of_plain_jsonl(
    articles: Path, tmp_path: Path, write: Callable[[bytes, Path], Path]
) -> None:
    run(articles, tmp_path / "plain.out.jsonl")
    run(write(articles.read_bytes(), tmp_path), tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "plain.out.jsonl").read_bytes()


def test_a_row_is_the_json_of_the_brief_with_its_id_and_without_its_time(articles: Path, tmp_path: Path) -> None:
    run(articles, tmp_path / "out.jsonl")
    rows = rows_of(tmp_path / "out.jsonl")
    first = next(records(1))
    article = read_text(first["body"])
    expected = {"id": first["id"], **brief(article, Extractive()).to_dict()}
    del expected["timing_s"]
    assert rows[0] == expected
    assert list(rows[0]) == list(expected)
    assert [row["id"] for row in rows] == [f"article-{number}" for number in range(13)]


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    bodies = [row["body"] for row in records(3)]
    (folder / "c.txt").write_text(bodies[0], "utf-8")
    (folder / "b" / "z.html").write_text(f"<html><body><article><p>{bodies[1]}</p></article></body></html>", "utf-8")
    (folder / "a.TXT").write_bytes(bodies[2].encode("cp1256", "replace"))
    (folder / "notes.md").write_text("not an article", "utf-8")
    (folder / ".hidden.txt").write_text(bodies[0], "utf-8")
    run(folder, tmp_path / "out.jsonl")
    assert [row["id"] for row in rows_of(tmp_path / "out.jsonl")] == ["a.TXT", "b/z.html", "c.txt"]


def test_bad_rows_are_listed_with_reasons_and_stop_nothing(tmp_path: Path) -> None:
    good = [json.dumps(row, ensure_ascii=False) for row in records(3)]
    bad = ['{"id": "e", "body": "Nothing but English in here, and a lot of it."}', "{broken", '{"id": "x"}', "[1]"]
    lines = [good[0], bad[0], "", good[1], *bad[1:], good[2], '{"id":"\\ud800","body":""}']
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(lines), "utf-8")
    summary = run(source, tmp_path / "out.jsonl")
    rejected = rows_of(tmp_path / "out.jsonl.rejected.jsonl")
    assert [row["id"] for row in rows_of(tmp_path / "out.jsonl")] == ["article-0", "article-1", "article-2"]
    assert [row["row"] for row in rejected] == [2, 5, 6, 7, 9]
    assert [row["error"] for row in rejected][:2] == ["NotArabic", "UnreadableInput"]
    assert all("expected" in row["reason"] for row in rejected)
    assert (summary.tally.rows, summary.tally.briefs, summary.tally.rejected) == (8, 3, 5)
    assert sum(summary.tally.rungs.values()) >= 3 * 2


def test_a_row_beyond_the_limit_is_rejected(tmp_path: Path) -> None:
    rows = list(records(3))
    rows[1]["body"] *= 400
    source = tmp_path / "in.jsonl"
    source.write_bytes(jsonl(iter(rows)))
    run(source, tmp_path / "out.jsonl", limits=InputLimits(max_bytes=100_000))
    assert [row["error"] for row in rows_of(tmp_path / "out.jsonl.rejected.jsonl")] == ["InputTooLarge"]
    assert len(rows_of(tmp_path / "out.jsonl")) == 2


class Stumbling(Extractive):
    """Fails on every article that says a word."""

    name = "stumbling"

    def __init__(self, word: str, error: Exception) -> None:
        self.word, self.error = word, error

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        if any(self.word in request.passage.text for request in requests):
            raise self.error
        return super().generate(requests, decoding)


def test_a_fault_of_ours_costs_one_row(tmp_path: Path) -> None:
    rows = list(records(6))
    rows[3]["body"] = f"{LAST} {rows[3]['body']}"
    (tmp_path / "in.jsonl").write_bytes(jsonl(iter(rows)))
    run(tmp_path / "in.jsonl", tmp_path / "out.jsonl", Stumbling("تعثرت", ZeroDivisionError("oops")), batch_rows=4)
    (rejected,) = rows_of(tmp_path / "out.jsonl.rejected.jsonl")
    assert rejected["id"] == "article-3"
    assert "ZeroDivisionError" in rejected["reason"]
    assert len(rows_of(tmp_path / "out.jsonl")) == 5


def test_a_failing_model_stops_the_job_and_costs_nothing(tmp_path: Path, articles: Path) -> None:
    run(articles, tmp_path / "whole.jsonl", Stumbling("never said", ValueError()))
    with pytest.raises(BackendError):
        run(articles, tmp_path / "out.jsonl", Stumbling(LAST, BackendError(expected="a", got="b", hint="c")))
    assert not (tmp_path / "out.jsonl").exists()
    summary = run(articles, tmp_path / "out.jsonl", Stumbling("never said", ValueError()))
    assert (summary.rows_here, summary.tally.rows) == (3, 13)
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_nothing_but_the_output_and_its_manifest_is_left(tmp_path: Path, articles: Path) -> None:
    output = tmp_path / "new" / "out.jsonl"
    output.parent.mkdir()
    run(articles, output)
    assert left_beside(output) == {"out.jsonl.manifest.json"}
    before = output.stat().st_mtime_ns
    assert run(articles, output).rows_here == 0
    assert output.stat().st_mtime_ns == before
    assert left_beside(output) == {"out.jsonl.manifest.json"}


def test_parquet_holds_what_jsonl_holds(tmp_path: Path, articles: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    run(articles, tmp_path / "out.jsonl")
    for name in ("one.parquet", "two.parquet"):
        run(articles, tmp_path / name)
    assert parquet.read_table(tmp_path / "one.parquet").to_pylist() == rows_of(tmp_path / "out.jsonl")
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


@pytest.mark.parametrize(
    "error", [BackendError(expected="a", got="b", hint="c"), UnknownName("backend", "lea", ["lead", "extractive"])]
)
def test_errors_cross_from_one_process_to_another(error: MujazError) -> None:
    # What multiprocessing does with an exception; the bytes are our own.
    again = copy.copy(error)
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_two_processes_give_the_bytes_of_one(tmp_path: Path, articles: Path) -> None:
    run(articles, tmp_path / "one.jsonl")
    run(articles, tmp_path / "two.jsonl", engine=processes(2))
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("changes", "said"), [({"bullets": 1}, "bullets"), ({"shard_rows": 4}, "shard_rows"), ({"batch_rows": 3}, "batch")]
)
def test_a_changed_configuration_is_refused(tmp_path: Path, articles: Path, changes: dict[str, Any], said: str) -> None:
    run(articles, tmp_path / "out.jsonl")
    before = (tmp_path / "out.jsonl").read_bytes()
    with pytest.raises(ConfigError, match=said):
        run(articles, tmp_path / "out.jsonl", **changes)
    assert (tmp_path / "out.jsonl").read_bytes() == before


def test_a_changed_input_a_changed_output_and_a_strange_output_are_refused(tmp_path: Path, articles: Path) -> None:
    output = tmp_path / "out.jsonl"
    run(articles, output)
    whole = output.read_bytes()
    articles.write_bytes(articles.read_bytes() + jsonl(records(1)))
    with pytest.raises(ConfigError, match="input"):
        run(articles, output)
    articles.write_bytes(thirteen())
    output.write_bytes(whole[:-10])
    with pytest.raises(DataError, match="changed since"):
        run(articles, output)
    (tmp_path / "out.jsonl.manifest.json").unlink()
    with pytest.raises(ConfigError, match="no manifest"):
        run(articles, output)
    assert output.read_bytes() == whole[:-10]


def test_an_input_that_changes_meanwhile_is_noticed(tmp_path: Path) -> None:
    """A folder, since a file stays open: the second shard reads what the meddler wrote while the first was briefed."""
    folder, output = tmp_path / "in", tmp_path / "out.jsonl"
    folder.mkdir()
    for row in records(13):
        (folder / f"{row['id']}.txt").write_text(row["body"], "utf-8")
    last = max(folder.iterdir())
    text = last.read_bytes()

    class Meddling(Extractive):
        def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
            last.write_bytes(text * 2)
            return super().generate(requests, decoding)

    with pytest.raises(DataError, match="stays as it is"):
        run(folder, output, Meddling())
    assert not output.exists()
    last.write_bytes(text)
    assert run(folder, output).rows_here == 3
    run(folder, tmp_path / "again.jsonl")
    assert output.read_bytes() == (tmp_path / "again.jsonl").read_bytes()


def test_a_damaged_shard_is_made_again(tmp_path: Path, articles: Path) -> None:
    output = tmp_path / "out.jsonl"
    with pytest.raises(BackendError):
        run(articles, output, Stumbling(LAST, BackendError(expected="a", got="b", hint="c")))
    shard = Parts(output).shard(0)
    shard.write_bytes(shard.read_bytes()[:-30])
    summary = run(articles, output, Stumbling("never said", ValueError()))
    assert summary.rows_here == 5 + 3
    assert len(rows_of(output)) == 13


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("none.jsonl", None, UnreadableInput),
        ("none.jsonl.zst", None, InputError),
        ("none.parquet", None, InputError),
        ("in.csv", b"a,b", UnreadableInput),
        ("in.csv", b"", InputError),
        ("in.rss", b"<rss", UnreadableInput),
        ("in.xml", b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>&a;</rss>", UnreadableInput),
        ("in.txt", "نص واحد لا جدول فيه.".encode(), UnreadableInput),
        ("in", b"%PDF-1.7", UnreadableInput),
        ("in.jsonl", b" \n", InputError),
        ("in.jsonl.gz", gzip.compress(b"x" * 100_000)[:-20], UnreadableInput),
        ("in.jsonl.gz", b"no gzip at all", UnreadableInput),
        ("in.jsonl.zst", b"no zstandard at all", UnreadableInput),
        ("in.parquet", b"PAR1 but not more", UnreadableInput),
    ],
)
def test_an_input_that_cannot_be_read_is_one_clear_error(
    tmp_path: Path, name: str, data: bytes | None, error: type[MujazError]
) -> None:
    source = tmp_path / name
    if data is not None:
        source.write_bytes(data)
    with pytest.raises(error, match="expected"):
        run(source, tmp_path / "out.jsonl")
    assert {path.name for path in tmp_path.iterdir()} <= {name}


@pytest.mark.parametrize("name", ["out", "out.csv", "out.txt.gz", "out.parquet.gz"])
def test_an_output_of_another_kind_is_refused(tmp_path: Path, articles: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="ending in"):
        run(articles, tmp_path / name)
