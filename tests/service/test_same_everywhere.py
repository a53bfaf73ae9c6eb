"""One article has one brief: alone, in a batch of others, from `mujaz batch`, through the API and on Ray."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from summarizer.article.read import read_text
from summarizer.backends.base import load_backend
from summarizer.pipeline import brief, briefs
from summarizer.service.settings import ServiceSettings
from tests.service.batch.batch_articles import batch, jsonl, records

ARTICLES = [*records(3, sentences=8), *records(1, seed=8, sentences=14)]
Statements = list[tuple[Any, ...]]


def said(made: Mapping[str, Any]) -> Statements:
    """Texts, sources and chances of a brief as JSON."""
    statements = [made["headline"], made["standfirst"], *made["bullets"]]
    spans = [[(source["start"], source["end"]) for source in one["sources"]] for one in statements]
    return [(one["text"], span, one.get("chances")) for one, span in zip(statements, spans, strict=True)]


@pytest.mark.parametrize("backend", ["extractive", pytest.param("embedded", marks=pytest.mark.slow)])
def test_the_same_briefs_wherever_they_are_made(
    backend: str, tmp_path: Path, serve: Callable[..., AbstractContextManager[str]]
) -> None:
    model = load_backend(backend)
    texts = [read_text(one["body"]) for one in ARTICLES]
    alone = [said(json.loads(brief(text, model).to_json())) for text in texts]
    assert len({made[0][0] for made in alone}) > 1
    assert [said(json.loads(made.to_json())) for made in briefs(texts, model)] == alone
    (tmp_path / "in.jsonl").write_bytes(jsonl(iter(ARTICLES)))
    engines = ["local", "ray"] if importlib.util.find_spec("ray") and backend == "embedded" else ["local"]
    for engine in engines:
        more = ["--engine", engine, "--workers", "2", "--backend", backend]
        done = batch(tmp_path / "in.jsonl", tmp_path / f"{engine}.jsonl", *more)
        assert done.returncode == 0, done.stderr
        rows = (tmp_path / f"{engine}.jsonl").read_text("utf-8").splitlines()
        assert [said(json.loads(row)) for row in rows] == alone
    with serve(ServiceSettings(backend=backend, page=False), lambda: model) as address:
        sent = {"articles": [{"text": one["body"]} for one in ARTICLES]}
        answer = httpx.post(f"{address}/v1/briefs", json=sent, timeout=120).json()
        assert [said(one["brief"]) for one in answer["briefs"]] == alone
