"""The routes of the API: each reads its request, hands the work to the queue and renders the answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from summarizer.config import BriefOptions
from summarizer.errors import UnknownName
from summarizer.schema import CHECKED
from summarizer.service.forms import FORMS
from summarizer.service.problems import MEDIA_TYPE, Refused, problem, problem_of, respond
from summarizer.service.queue.batching import BriefQueue
from summarizer.service.queue.checks import Checks
from summarizer.service.queue.metrics import CONTENT_TYPE
from summarizer.service.queue.writers import Work
from summarizer.service.settings import MAX_ARTICLES, MAX_BULLETS, MAX_HEADLINES, MAX_STATEMENTS, ServiceSettings
from summarizer.service.web import answers, contract, events

T = TypeVar("T")
LIFTED = "extractive"
MODELS = {
    "default": ("The model that this service was started with.", "النموذج الذي بدأت به هذه الخدمة."),
    LIFTED: ("The article's own sentences, in milliseconds.", "جمل المقال نفسها، في أجزاء من الثانية."),
}
_NUMBER = re.compile(r"[0-9]{1,6}")
_PROBLEM = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_DESCRIPTIONS = {
    400: "The body is no JSON",
    401: "An API key is needed",
    408: "The body came too slowly",
    413: "The body is larger than 2 MB",
    415: "The body is not announced as JSON",
    422: "A field or the article cannot be used",
    429: "The queue is full; `Retry-After` says when to come back",
    500: "The service failed",
    503: "The model is not loaded yet",
    504: "No brief in time: 30 s, unless the service was started with another limit",
}
_EVENTS_HELP = """Server-sent events, numbered from 1 (`id`), each with one line of JSON:

- `article`: `id` and `article` as in the brief, `model`, `warnings`
- `headline`, `standfirst`, a `bullet` each as it is accepted: a `StatementOut`
- `done`: the `BriefOut`, or `problem`: a `Problem`; the last event

Comments (`: …`) keep the connection open. With `Last-Event-ID`, what was sent up to there is left out."""
_EVENTS = {
    "description": _EVENTS_HELP,
    "content": {events.MEDIA_TYPE: {"schema": events.SCHEMA}},
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI entries of the problems that a route may answer with."""
    return {status: {"description": _DESCRIPTIONS[status], **_PROBLEM} for status in statuses}


_CHECKING = problems(400, 401, 408, 413, 415, 422, 429, 500, 504)
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

    @router.post("/v1/brief", response_model=answers.BriefOut, responses=_WRITING, tags=["briefs"])
    async def write_brief(given: contract.BriefIn, request: Request) -> Response:
        """The brief of one article: the JSON of `mujaz brief --json`."""
        work = queue.brief(lambda: given.read(limits), asked(given, queue))
        article, brief = await _while_connected(request, work)
        return JSONResponse({**given.about(article), **brief.to_dict()})

    @router.post(
        "/v1/brief/events", response_class=StreamingResponse, responses={**_WRITING, 200: _EVENTS}, tags=["briefs"]
    )
    async def stream_brief(given: contract.BriefIn, request: Request) -> Response:
        """The same brief as server-sent events: headline first, then standfirst, then each bullet, then `done`."""
        work, seen = asked(given, queue), request.headers.get("last-event-id", "")
        article, first = await _while_connected(request, events.opening(queue, lambda: given.read(limits), work))
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            events.stream(
                queue, article, first, work, given.about(article), int(seen) if _NUMBER.fullmatch(seen) else 0
            ),
            media_type=events.MEDIA_TYPE,
            headers=headers,
        )

    @router.post("/v1/headline", response_model=answers.HeadlinesOut, responses=_WRITING, tags=["briefs"])
    async def write_headlines(given: contract.HeadlineIn, request: Request) -> Response:
        """Headlines to choose from: at most `count`, fewer when fewer pass the checks."""
        work = replace(asked(given, queue), headlines=given.count)
        article, found = await _while_connected(request, queue.headlines(lambda: given.read(limits), work))
        headlines = [one.to_dict(article.text) for one in found]
        return JSONResponse(
            {**given.about(article), "headlines": headlines, "checked": CHECKED, "model": writes(work, queue)}
        )

    @router.post("/v1/wording", response_model=answers.WordingsOut, responses=_WRITING, tags=["briefs"])
    async def reword_line(given: contract.WordingIn, request: Request) -> Response:
        """Other wordings of a line, from the sentences that it rests on; an empty list when the model has none."""
        work = replace(asked(given, queue), options=given.options(), reword=given.line())
        article, found = await _while_connected(request, queue.headlines(lambda: given.read(limits), work))
        wordings = [one.to_dict(article.text) for one in found]
        return JSONResponse(
            {**given.about(article), "wordings": wordings, "checked": CHECKED, "model": writes(work, queue)}
        )

    @router.post("/v1/briefs", response_model=answers.BriefsOut, responses=_WRITING, tags=["briefs"])
    async def write_briefs(given: contract.BriefsIn, request: Request) -> Response:
        """Briefs of up to 32 articles. One that cannot be used gets its own `problem`; the others their briefs."""
        reads = [lambda one=one: one.read(limits) for one in given.articles]
        found = await _while_connected(request, queue.many(reads, asked(given, queue)))
        items = [_item(one, answer) for one, answer in zip(given.articles, found, strict=True)]
        return JSONResponse({"briefs": items})


def _add_checking(router: APIRouter, checks: Checks, settings: ServiceSettings) -> None:
    limits = settings.input_limits

    @router.post("/v1/check", response_model=answers.CheckOut, responses=_CHECKING, tags=["briefs"])
    async def check_statements(given: contract.CheckIn, request: Request) -> Response:
        """Lines, whoever wrote them, against an article: numbers, dates, names, quotations and negations looked up.

        The sense is not checked. No model is asked, so this answers before one is loaded.
        """
        work = checks.check(lambda: given.read(limits), given.statements)
        article, checked = await _while_connected(request, work)
        statements = [one.to_dict(article.text) for one in checked]
        return JSONResponse({**given.about(article), "statements": statements, "checked": CHECKED})

    @router.post("/v1/file", response_class=Response, responses={**_CHECKING, 200: _FILE}, tags=["briefs"])
    async def write_file(given: contract.FileIn, request: Request) -> Response:
        """A brief as a file: Word, Markdown, HTML, JSON or text, with the changes that an editor made."""
        brief = await _while_connected(request, checks.run(lambda: given.brief.brief(given.read(limits))))
        form = FORMS[given.form]
        headers = {"Content-Disposition": f'attachment; filename="mujaz{form.suffix}"'}
        return Response(form.write(brief), media_type=form.media_type, headers=headers)


def asked(given: contract.Written, queue: BriefQueue) -> Work:
    """What a request asks to be written. ``UnknownName`` for a ``model`` that does not answer here."""
    known = ("default", queue.settings.backend, queue.model or "default")
    if given.model not in (*known, LIFTED):
        raise UnknownName("model", given.model, {*known, LIFTED})
    options = given.options() if isinstance(given, contract.Shape) else BriefOptions(style=given.style)
    return Work(options, lifted=given.model == LIFTED and LIFTED not in known)


def writes(work: Work, queue: BriefQueue) -> str:
    """The name of the model that writes that."""
    return LIFTED if work.lifted else queue.model


def _model(name: str, ready: bool, about: tuple[str, str]) -> dict[str, Any]:
    return {"id": name, "ready": ready, "description": about[0], "description_ar": about[1]}


def _add_watching(router: APIRouter, queue: BriefQueue, settings: ServiceSettings) -> None:
    @router.get("/v1/models", response_model=answers.ModelsOut, responses=problems(401), tags=["service"])
    async def list_models() -> dict[str, Any]:
        """The model that answers here, and the limits of this service."""
        name = queue.model or settings.backend
        models = [_model(name, queue.ready, MODELS["default"])]
        if name != LIFTED:
            models.append(_model(LIFTED, queue.ready, MODELS[LIFTED]))
        limits = {
            "body_bytes": settings.max_body_bytes,
            "article_chars": settings.max_article_chars,
            "articles": MAX_ARTICLES,
            "bullets": MAX_BULLETS,
            "headlines": MAX_HEADLINES,
            "statements": MAX_STATEMENTS,
            "timeout_s": settings.timeout_s,
        }
        return {"default": name, "models": models, "limits": limits}

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


_FILE = {
    "description": "The file",
    "content": {
        **{one.media_type: {"schema": {"type": "string", "format": "binary"}} for one in FORMS.values()},
        FORMS["json"].media_type: {"schema": {"$ref": "#/components/schemas/BriefOut"}},
    },
}
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
