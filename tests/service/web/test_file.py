"""`POST /v1/file` and `POST /v1/wording`: an edited brief as a file, and a line in other words, over HTTP."""

from __future__ import annotations

import io
from typing import Any

import docx
import httpx
import pytest

from summarizer.article.read import read_text
from summarizer.backends.extractive import Extractive
from summarizer.backends.scripted import Scripted
from summarizer.config import BriefOptions
from summarizer.pipeline import brief
from summarizer.schema import Brief, Span, Task
from summarizer.service.drafts import DraftIn
from summarizer.service.headlines import Reword, wordings
from summarizer.service.web.contract import EXAMPLE_FALSE_LINE, EXAMPLE_TEXT

ARTICLE = read_text(EXAMPLE_TEXT)
WRITTEN: Brief = brief(ARTICLE, Extractive())


def sent(form: str, *bullets: dict[str, Any]) -> dict[str, Any]:
    return {"text": EXAMPLE_TEXT, "form": form, "brief": {**WRITTEN.to_dict(), "bullets": list(bullets)}}


def test_a_brief_comes_back_as_it_went() -> None:
    again = DraftIn.model_validate(WRITTEN.to_dict()).brief(ARTICLE)
    assert again.to_dict() == WRITTEN.to_dict()


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("markdown", "text/markdown"),
        ("html", "text/html"),
        ("json", "application/json"),
        ("text", "text/plain"),
    ],
)
def test_an_edited_brief_as_a_file(service: str, form: str, kind: str) -> None:
    answer = httpx.post(f"{service}/v1/file", json=sent(form, {"text": EXAMPLE_FALSE_LINE}), timeout=60)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].split(";")[0] == kind
    assert answer.headers["content-disposition"].startswith('attachment; filename="mujaz.')
    if form == "docx":
        said = [one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs]
        assert said[0] == WRITTEN.headline.text
        assert said[-1] == f"• {EXAMPLE_FALSE_LINE}"
    else:
        assert EXAMPLE_FALSE_LINE in answer.text
    if form == "json":
        (line,) = answer.json()["bullets"]
        assert (line["method"], line["support"]["supported"]) == ("edited", False)
        assert line["sources"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"form": "pdf"},
        {"brief": {}},
        {"brief": {**WRITTEN.to_dict(), "bullets": [{"text": "ن" * 20_001}]}},
        {"brief": {**WRITTEN.to_dict(), "bullets": [{"text": "نص"}] * 41}},
        {"brief": {**WRITTEN.to_dict(), "headline": {"text": "نص", "sources": [{"start": -1, "end": 2}]}}},
    ],
)
def test_what_is_no_brief_is_one_clear_answer(service: str, wrong: dict[str, Any]) -> None:
    answer = httpx.post(f"{service}/v1/file", json={**sent("html"), **wrong}, timeout=60)
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_a_line_in_other_words(service: str) -> None:
    place = ARTICLE.sentences[1].span
    given = {"text": EXAMPLE_TEXT, "kind": "bullet", "sources": [{"start": place.start, "end": place.end}]}
    answer = httpx.post(f"{service}/v1/wording", json=given, timeout=60)
    assert answer.status_code == 200, answer.text
    found = answer.json()["wordings"]
    assert len({one["text"] for one in found}) == len(found) > 1
    assert {source["start"] for one in found for source in one["sources"]} == {place.start}


def test_wordings_are_all_that_pass_and_no_two_alike() -> None:
    fine = ["كلفة المشروع 4 ملايين دينار مولت نصفها تبرعات الأهالي", "تبرعات الأهالي مولت نصف كلفة المشروع"]
    backend = Scripted({Task.BULLET: [fine[0], f"{fine[0]}.", "كلفة المشروع 5 ملايين دينار وفق البلدية", fine[1]]})
    line = Reword(Task.BULLET, (ARTICLE.sentences[1].span,))
    found = wordings(ARTICLE, backend, BriefOptions(), line)
    assert [one.text for one in found[:2]] == fine
    assert {one.method for one in found} <= {"model", "model-next", "extractive"}
    assert all(one.support.supported for one in found)
    assert wordings(ARTICLE, backend, BriefOptions(), Reword(Task.BULLET, (Span(90_000, 90_001),))) == ()
