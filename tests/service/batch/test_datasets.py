"""Briefs as rows that the library ``datasets`` reads."""

from __future__ import annotations

import json
from pathlib import Path

import datasets
import pytest

from summarizer.article.read import read_text
from summarizer.backends.extractive import Extractive
from summarizer.config import BriefOptions, InputLimits
from summarizer.pipeline import brief
from summarizer.service.batch.engines import local
from summarizer.service.batch.input import Source
from summarizer.service.batch.run import Job, run_batch
from summarizer.service.batch.work import Work
from summarizer.service.forms import FORMS
from tests.service.batch.batch_articles import jsonl, records


def loaded(path: Path, cache: Path) -> datasets.Dataset:
    return datasets.load_dataset("json", data_files=str(path), split="train", cache_dir=str(cache))


def test_what_a_batch_writes_is_a_data_set(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_bytes(jsonl(records(8)))
    work = Work("extractive", BriefOptions(), InputLimits(), 2)
    output = tmp_path / "briefs.jsonl"
    job = Job(Source(tmp_path / "articles.jsonl", work.limits, 5), work, output, Extractive().name, quiet=True)
    run_batch(job, local(Extractive()))
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert len(rows) == 8
    assert loaded(output, tmp_path / "cache").to_list() == rows


@pytest.mark.parametrize("count", [1, 3])
def test_briefs_of_the_command_are_a_data_set(tmp_path: Path, count: int) -> None:
    articles = [read_text(record["body"]) for record in records(count)]
    (tmp_path / "briefs").mkdir()
    written = [FORMS["json"].write(brief(article, Extractive())) for article in articles]
    for number, content in enumerate(written):
        (tmp_path / f"briefs/{number}.json").write_bytes(content)
    found = loaded(tmp_path / "briefs/*.json", tmp_path / "cache").to_list()
    assert [row["headline"]["text"] for row in found] == [json.loads(one)["headline"]["text"] for one in written]
