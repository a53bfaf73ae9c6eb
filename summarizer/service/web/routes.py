"""The routes of the API: each reads its request, hands the work to the queue and renders the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from summarizer.schema import CHECKED
from summarizer.service.problems import MEDIA_TYPE, Refused, problem, problem_of, respond
from summarizer.service.queue.batching import BriefQueue
from summarizer.service.queue.checks import Checks
from summarizer.service.queue.metrics import CONTENT_TYPE
from summarizer.service.queue.writers import Work
from summarizer.service.settings import MAX_ARTICLES, MAX_BULLETS, MAX_HEADLINES, MAX_STATEMENTS, ServiceSettings
from summarizer.service.web import contract, events

T = TypeVar("T")
_PROBLEM = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_DESCRIPTIONS = {
    400: "The body is no JSON",
    401: "An API key is needed",
    408: "The body came too slowly",
    413: "The body is larger than 2 MB",
    422: "A field or the article cannot be used",
    429: "The queue is full; `Retry-After` says when to come back",
    500: "The service failed",
    503: "The model is not loaded yet",
    504: "No brief within 30 s",
}
_EVENTS = {"description": "`headline`, `standfirst`, `bullet`…, `done`", "content": {events.MEDIA_TYPE: {}}}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI entries of the problems that a route may answer with."""
    return {status: {"description": _DESCRIPTIONS[status], **_PROBLEM} for status in statuses}


_CHECKING = problems(400, 401, 408, 413, 422, 429, 500, 504)
_WRITING = {**_CHECKING, **problems(503)}


def make_router(queue: BriefQueue, checks: Checks, settings: ServiceSettings) -> APIRouter:
    """Every route of the service, over one queue of briefs and one of checks."""
    router = APIRouter()
    _add_writing(router, queue, settings)
    _add_checking(router, checks, settings)
    _add_watching(router, queue, settings)
    return router


def _add_writing(router: APIRouter, queue: BriefQueue, settings: ServiceSettings) -> None:
    limits = settings.input_limits

    @router.post("/v1/brief", response_model=contract.BriefOut, responses=_WRITING, tags=["briefs"])
    async def write_brief(given: contract.BriefIn, request: Request) -> Response:
        """The brief of one article: the JSON of `mujaz brief --json`."""
        work = queue.brief(lambda: given.read(limits), Work(given.options()))
        article, brief = await _while_connected(request, work)
        return JSONResponse({**given.about(article), **brief.to_dict()})

    @router.post(
        "/v1/brief/events", response_class=StreamingResponse, responses={**_WRITING, 200: _EVENTS}, tags=["briefs"]
    )
    async def stream_brief(given: contract.BriefIn, request: Request) -> Response:
        """The same brief as server-sent events: headline first, then standfirst, then each bullet, then `done`."""
        work = Work(given.options())
        article, first = await _while_connected(request, events.opening(queue, lambda: given.read(limits), work))
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            events.stream(queue, article, first, work, given.about(article)),
            media_type=events.MEDIA_TYPE,
            headers=headers,
        )

    @router.post("/v1/headline", response_model=contract.HeadlinesOut, responses=_WRITING, tags=["briefs"])
    async def write_headlines(given: contract.HeadlineIn, request: Request) -> Response:
        """Headlines to choose from: at most `count`, fewer when fewer pass the checks."""
        work = queue.headlines(lambda: given.read(limits), Work(headlines=given.count))
        article, found = await _while_connected(request, work)
        headlines = [one.to_dict(article.text) for one in found]
        return JSONResponse({**given.about(article), "headlines": headlines, "checked": CHECKED, "model": queue.model})

    @router.post("/v1/briefs", response_model=contract.BriefsOut, responses=_WRITING, tags=["briefs"])
    async def write_briefs(given: contract.BriefsIn, request: Request) -> Response:
        """Briefs of up to 32 articles. One that cannot be used gets its own `problem`; the others their briefs."""
        reads = [lambda one=one: one.read(limits) for one in given.articles]
        answers = await _while_connected(request, queue.many(reads, Work(given.options())))
        items = [_item(one, answer) for one, answer in zip(given.articles, answers, strict=True)]
        return JSONResponse({"briefs": items})


def _add_checking(router: APIRouter, checks: Checks, settings: ServiceSettings) -> None:
    limits = settings.input_limits

    @router.post("/v1/check", response_model=contract.CheckOut, responses=_CHECKING, tags=["briefs"])
    async def check_statements(given: contract.CheckIn, request: Request) -> Response:
        """Lines, whoever wrote them, against an article: numbers, dates, names, quotations and negations looked up.

        The sense is not checked. No model is asked, so this answers before one is loaded.
        """
        work = checks.check(lambda: given.read(limits), given.statements)
        article, checked = await _while_connected(request, work)
        statements = [one.to_dict(article.text) for one in checked]
        return JSONResponse({**given.about(article), "statements": statements, "checked": CHECKED})


def _add_watching(router: APIRouter, queue: BriefQueue, settings: ServiceSettings) -> None:
    @router.get("/v1/models", response_model=contract.ModelsOut, responses=problems(401), tags=["service"])
    async def list_models() -> dict[str, Any]:
        """The model that answers here, and the limits of this service."""
        name = queue.model or settings.backend
        limits = {
            "body_bytes": settings.max_body_bytes,
            "article_chars": settings.max_article_chars,
            "articles": MAX_ARTICLES,
            "bullets": MAX_BULLETS,
            "headlines": MAX_HEADLINES,
            "statements": MAX_STATEMENTS,
            "timeout_s": settings.timeout_s,
        }
        return {"default": name, "models": [{"id": name, "ready": queue.ready}], "limits": limits}

    @router.get("/health/live", tags=["service"])
    async def live() -> dict[str, str]:
        """200 as long as the process answers."""
        return {"status": "live"}

    @router.get("/health/ready", responses=problems(503), tags=["service"], response_model=dict[str, str])
    async def ready() -> Response:
        """200 once the model is loaded, 503 before."""
        if queue.ready:
            return JSONResponse({"status": "ready"})
        reason = "could not be loaded" if queue.failure else "is being loaded"
        return respond(problem(503, f"the model {reason}"), {"Retry-After": "5"})

    @router.get("/metrics", response_class=Response, responses={**problems(401), 200: _METRICS}, tags=["service"])
    async def metrics() -> Response:
        """Prometheus metrics."""
        return Response(queue.metrics.page(), headers={"Content-Type": CONTENT_TYPE})


_METRICS = {"description": "Prometheus text format", "content": {"text/plain": {"schema": {"type": "string"}}}}


def _item(given: contract.ArticleIn, answer: Any) -> dict[str, Any]:
    """A brief, or the problem of the one article, with the article's own `id` if it has one."""
    if isinstance(answer, BaseException):
        found = problem_of(answer if isinstance(answer, Exception) else Refused(504, ""))
        return {**({} if given.id is None else {"id": given.id}), "problem": found}
    article, brief = answer
    about = given.about(article)
    return {**({"id": about["id"]} if "id" in about else {}), "brief": {**about, **brief.to_dict()}}


async def _while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``; it is cancelled, and its place in the queue given up, when the client leaves."""
    task, gone = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise Refused(499, "the client left")
    finally:
        gone.cancel()
        task.cancel()


async def _gone(request: Request) -> None:
    """Returns once the client has disconnected. The body has been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
