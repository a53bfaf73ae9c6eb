"""The OpenAPI document: what FastAPI finds in the routes, and what an integrator needs beside it.

Security schemes, contact and licence, an example of every answer in Arabic, and ``Retry-After`` where it is sent.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from summarizer.article.read import read_text
from summarizer.backends.extractive import Extractive
from summarizer.checking import check_lines
from summarizer.config import BriefOptions
from summarizer.errors import NotArabic
from summarizer.pipeline import brief
from summarizer.schema import CHECKED, Task
from summarizer.service.headlines import Reword, wordings
from summarizer.service.problems import MEDIA_TYPE, problem, problem_of
from summarizer.service.web import events
from summarizer.service.web.answers import Problem
from summarizer.service.web.contract import EXAMPLE_FALSE_LINE, EXAMPLE_LINE, EXAMPLE_TEXT

INFO: dict[str, Any] = {
    "contact": {"name": "The Mujaz authors"},
    "license_info": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
}

_SCHEMES: dict[str, dict[str, str]] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "`Authorization: Bearer KEY`"},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "basic": {"type": "http", "scheme": "basic", "description": "A browser's prompt: any name, the key as password"},
}
_RETRY_AFTER = {
    "Retry-After": {
        "description": "Seconds until it is worth trying again",
        "schema": {"type": "integer", "minimum": 1},
    }
}
_WAITING = ("429", "503")
_DETAILS: dict[str, str] = {
    "400": "expected a JSON object; JSON decode error",
    "401": "expected a known key in `Authorization: Bearer KEY` or `X-API-Key: KEY`",
    "408": "expected the whole body within 20 s",
    "413": "expected a body of at most 2,000,000 bytes; send fewer articles",
    "415": 'expected Content-Type: application/json; got text/plain; send the article as a field: {"text": "…"}',
    "429": "the queue is full: 64 articles are in it",
    "500": "an unexpected error; it was logged without the text",
    "503": "the model is not loaded yet",
    "504": "no brief within 30 s",
}


def complete(document: dict[str, Any], *, keys: bool) -> dict[str, Any]:
    """``document`` with all of that; ``keys``: whether this service asks for one."""
    parts = document.setdefault("components", {})
    parts.setdefault("schemas", {}).setdefault("Problem", Problem.model_json_schema())
    parts["securitySchemes"] = _SCHEMES
    needed: list[dict[str, list[str]]] = [{name: []} for name in _SCHEMES]
    document["security"] = needed if keys else [{}, *needed]
    for path, operations in document["paths"].items():
        for operation in operations.values():
            if path.startswith("/health"):
                operation["security"] = []
            _complete_answers(path, operation["responses"])
    return document


def _complete_answers(path: str, responses: dict[str, Any]) -> None:
    for status, response in responses.items():
        if status in _WAITING:
            response["headers"] = _RETRY_AFTER
        content = response.get("content", {})
        if MEDIA_TYPE in content:
            content[MEDIA_TYPE]["example"] = problem_example(status)
        elif status == "200" and path in (found := _answers()):
            next(iter(content.values()))["example"] = found[path]


def problem_example(status: str) -> dict[str, Any]:
    """A problem of that status, as the service would answer it."""
    if status == "422":
        error = NotArabic(expected="an article in Arabic", got="“The quick brown fox”", hint="send its Arabic text")
        return problem_of(error)
    return problem(int(status), _DETAILS[status])


@cache
def _answers() -> dict[str, Any]:
    """What the routes answer about the example article, by the extractive backend: made, not written by hand."""
    article = read_text(EXAMPLE_TEXT)
    written = {**brief(article, Extractive()).to_dict(), "timing_s": 0.02}
    checked = [one.to_dict(article.text) for one in check_lines(article, [EXAMPLE_LINE, EXAMPLE_FALSE_LINE])]
    second = Reword(Task.BULLET, (article.sentences[1].span,))
    worded = [one.to_dict(article.text) for one in wordings(article, Extractive(), BriefOptions(), second)]
    headlines = {"headlines": [written["headline"]], "checked": list(CHECKED), "model": written["model"]}
    return {
        "/v1/brief": written,
        "/v1/brief/events": _stream(written),
        "/v1/headline": headlines,
        "/v1/wording": {"wordings": worded, "checked": list(CHECKED), "model": written["model"]},
        "/v1/briefs": {"briefs": [{"brief": written}, {"problem": problem_example("422")}]},
        "/v1/check": {"statements": checked, "checked": list(CHECKED)},
    }


def _stream(written: dict[str, Any]) -> str:
    told = [
        ("article", {"model": written["model"], "warnings": written["warnings"]}),
        *((name, written[name]) for name in ("headline", "standfirst")),
        *(("bullet", one) for one in written["bullets"]),
        ("done", written),
    ]
    return f"retry: {events.RETRY_MS}\n\n" + "".join(events.event(at, *one) for at, one in enumerate(told, start=1))
