"""Errors as RFC 9457 problem details: ``application/problem+json``, one table from an error to its status.

A problem says what was expected, what arrived and what to do, in English (``detail``) and in Arabic (``detail_ar``).
It never repeats the article: validation errors name the field and the limit, not the value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from summarizer.errors import BackendError, ConfigError, InputError, MujazError
from summarizer.service.arabic_messages import error_in_arabic, problem_in_arabic
from summarizer.service.request_id import current_request

MEDIA_TYPE = "application/problem+json"

#: Status → the slug of ``type`` and the title, for problems that no ``MujazError`` stands behind.
_TITLES: dict[int, tuple[str, str]] = {
    400: ("unreadable-request", "The request cannot be read"),
    401: ("key-needed", "An API key is needed"),
    404: ("not-found", "Nothing lives here"),
    405: ("method-not-allowed", "This route does not take that method"),
    406: ("not-acceptable", "Nothing that the client accepts"),
    408: ("too-slow", "The request came too slowly"),
    413: ("body-too-large", "The request is too large"),
    415: ("not-json", "The request is not JSON"),
    422: ("invalid-request", "A field cannot be used"),
    429: ("queue-full", "Too much work is waiting"),
    500: ("internal-error", "The service failed"),
    503: ("not-ready", "The service is not ready"),
    504: ("timeout", "The brief took too long"),
}


class Refused(Exception):
    """A request that is turned down for the service's own sake, with the status and seconds to wait, if any."""

    def __init__(self, status: int, detail: str, retry_after_s: int | None = None) -> None:
        self.status, self.detail, self.retry_after_s = status, detail, retry_after_s
        super().__init__(detail)


def problem(status: int, detail: str, *, slug: str = "", title: str = "", **more: Any) -> dict[str, Any]:
    """A problem as a JSON object. ``more`` are extension members; ``slug`` and ``title`` default by status."""
    known_slug, known_title = _TITLES.get(status, ("error", "The request failed"))
    slug = slug or known_slug
    arabic = more.pop("detail_ar", "") or problem_in_arabic(slug)
    return {
        "type": f"urn:mujaz:problem:{slug}",
        "title": title or known_title,
        "status": status,
        "detail": detail,
        "detail_ar": arabic,
        **({"request_id": name} if (name := current_request()) else {}),
        **more,
    }


def problem_of(error: Exception) -> dict[str, Any]:
    """Any error as a problem. What was not raised on purpose is said to be our fault, and nothing of it is shown."""
    if isinstance(error, Refused):
        return problem(error.status, error.detail)
    if isinstance(error, InputError | ConfigError):
        return problem(
            422,
            str(error),
            slug=_slug(error),
            title="The article cannot be used" if isinstance(error, InputError) else "An option cannot work",
            detail_ar=error_in_arabic(error),
            expected=error.expected,
            got=error.got,
            hint=error.hint,
        )
    if isinstance(error, BackendError):
        return problem(500, "the model failed; try again", detail_ar=error_in_arabic(error))
    return problem(500, "an unexpected error; it was logged without the text")


def respond(body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The HTTP response of a problem."""
    return JSONResponse(dict(body), status_code=body["status"], media_type=MEDIA_TYPE, headers=dict(headers or {}))


def respond_refused(refusal: Refused) -> JSONResponse:
    """429, 503 and 504, with ``Retry-After`` where waiting helps."""
    headers = {} if refusal.retry_after_s is None else {"Retry-After": str(refusal.retry_after_s)}
    return respond(problem_of(refusal), headers)


async def on_refused(_: Request, error: Exception) -> JSONResponse:
    """See :func:`respond_refused`."""
    assert isinstance(error, Refused)
    return respond_refused(error)


async def on_mujaz_error(_: Request, error: Exception) -> JSONResponse:
    """422 for an input or option, 500 for the model."""
    assert isinstance(error, MujazError)
    return respond(problem_of(error))


async def on_http_error(_: Request, error: Exception) -> JSONResponse:
    """What the framework refuses: no such route, another method, a body that is no JSON."""
    assert isinstance(error, HTTPException)
    return respond(problem(error.status_code, str(error.detail)), error.headers)


async def on_invalid(_: Request, error: Exception) -> JSONResponse:
    """422 that names every field and its limit. Values are left out: they may be an article."""
    assert isinstance(error, RequestValidationError)
    errors = [
        {"field": _place(item["loc"]), "message": str(item["msg"]).removeprefix("Value error, ")}
        for item in error.errors()[:20]
    ]
    if any(item["type"] == "json_invalid" for item in error.errors()):
        return respond(problem(400, f"expected a JSON object; {errors[0]['message']}"))
    detail = "; ".join(f"{item['field']}: {item['message']}" for item in errors)
    return respond(problem(422, detail, errors=errors))


def _place(location: Sequence[str | int]) -> str:
    """``("body", "articles", 3, "text")`` → ``articles.3.text``. Long names are cut: a client chose them."""
    parts = [str(part)[:60] for part in location if part != "body"]
    return ".".join(parts).encode("utf-8", errors="replace").decode() or "body"


def _slug(error: MujazError) -> str:
    """``NotArabic`` → ``not-arabic``."""
    name = type(error).__name__
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name).lstrip("-")
