"""`POST /v1/check`: lines against their article, over HTTP."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import httpx
import pytest

from summarizer.article.read import read_text
from summarizer.errors import InputError
from summarizer.schema import Article
from summarizer.service.problems import Refused
from summarizer.service.queue.checks import Checks
from summarizer.service.web.contract import EXAMPLE_FALSE_LINE, EXAMPLE_LINE, EXAMPLE_TEXT


def post(service: str, **sent: Any) -> httpx.Response:
    return httpx.post(f"{service}/v1/check", json=sent, timeout=60)


def test_a_true_and_a_false_line(service: str) -> None:
    answer = post(service, text=EXAMPLE_TEXT, statements=[EXAMPLE_LINE, EXAMPLE_FALSE_LINE], id="a-1")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    true, false = found["statements"]
    assert (found["id"], true["support"]["supported"], false["support"]["supported"]) == ("a-1", True, False)
    (claim,) = (claim for claim in false["support"]["claims"] if not claim["supported"])
    assert (claim["kind"], EXAMPLE_FALSE_LINE[claim["start"] : claim["end"]]) == ("number", claim["text"])
    for source in true["sources"]:
        assert EXAMPLE_TEXT[source["start"] : source["end"]] == source["text"]
    assert "article" not in found, "offsets count what was sent"


def test_of_html_the_text_that_offsets_count_comes_back(service: str) -> None:
    page = "<html><body><article>" + "".join(f"<p>{one}</p>" for one in EXAMPLE_TEXT.split("\n\n")) + "</article>"
    found = post(service, text=page, statements=[f"<b>{EXAMPLE_LINE}</b>"]).json()
    for source in found["statements"][0]["sources"]:
        assert found["article"][source["start"] : source["end"]] == source["text"]
    assert found["statements"][0]["text"] == f"<b>{EXAMPLE_LINE}</b>"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": EXAMPLE_TEXT, "statements": ["ن" * 10_000]}, "statements.0"),
        ({"text": EXAMPLE_TEXT, "statements": []}, "statements"),
        ({"text": EXAMPLE_TEXT, "statements": ["نص"] * 33}, "statements"),
        ({"text": EXAMPLE_TEXT, "statements": "نص"}, "statements"),
        ({"text": EXAMPLE_TEXT, "statements": [None]}, "statements.0"),
        ({"text": EXAMPLE_TEXT}, "statements"),
        ({"text": EXAMPLE_TEXT, "statements": ["نص"], "id": "x" * 201}, "id"),
    ],
)
def test_what_cannot_be_checked_is_one_clear_answer(service: str, sent: dict[str, Any], field: str) -> None:
    answer = post(service, **sent)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert len(answer.content) < 3_000


def test_an_article_that_cannot_be_read_is_a_problem(service: str) -> None:
    answer = post(service, text="Only English here, nothing else.", statements=["نص"])
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:mujaz:problem:not-arabic")


def test_too_many_at_once_are_refused_and_an_error_is_the_readers_own() -> None:
    go = threading.Event()

    def slowly() -> Article:
        assert go.wait(30)
        return read_text(EXAMPLE_TEXT)

    async def run() -> None:
        checks = Checks(capacity=1, timeout_s=30)
        first = asyncio.ensure_future(checks.check(slowly, [EXAMPLE_LINE]))
        await asyncio.sleep(0)
        with pytest.raises(Refused) as refused:
            await checks.check(slowly, [EXAMPLE_LINE])
        assert (refused.value.status, refused.value.retry_after_s) == (429, 1)
        go.set()
        assert (await first)[1][0].support.supported
        with pytest.raises(InputError):
            await checks.check(lambda: read_text(""), [EXAMPLE_LINE])
        checks.close()

    asyncio.run(run())
