"""The web application: API, documentation, metrics and page in one process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from summarizer import __version__
from summarizer.backends.base import load_backend
from summarizer.errors import MujazError
from summarizer.service import problems
from summarizer.service.limits import Guard
from summarizer.service.queue.batching import BriefQueue
from summarizer.service.queue.checks import Checks
from summarizer.service.queue.metrics import Metrics
from summarizer.service.queue.writers import Here, Writer
from summarizer.service.settings import ServiceSettings
from summarizer.service.web import document
from summarizer.service.web.counted import Counted
from summarizer.service.web.doorman import Doorman
from summarizer.service.web.frame import Head, Named, Rooted, Strangers
from summarizer.service.web.keys import KeyGuard
from summarizer.service.web.paths import path_of
from summarizer.service.web.routes import make_router

STATIC = Path(__file__).resolve().parents[1] / "static"
_CORS: dict[str, Any] = {
    "allow_methods": ["GET", "POST", "HEAD"],
    "allow_headers": ["Authorization", "Content-Type", "Last-Event-ID", "X-API-Key", "X-Request-ID"],
    "expose_headers": ["Retry-After", "X-Request-ID"],
}
_LEAST_ZIPPED, _ZIP_LEVEL = 1_000, 5
"""Bytes below which an answer is sent as it is; beyond level 5 time grows faster than the answer shrinks."""

_DESCRIPTION = """موجز: من مقال إخباري عربي إلى عنوان ومقدمة ونقاط، لكل منها سنده من جمل المقال.

Mujaz turns an Arabic news article into a headline, a standfirst and bullets, each tied to the sentences it came
from, with its numbers, dates, names, quotations and negations looked up there; the sense is not checked. Offsets are
half-open and count code points of the text that was read. Errors are RFC 9457 problem details with an
Arabic sentence in `detail_ar`. Nothing is fetched: an article is text, never a link.
"""


def create_app(settings: ServiceSettings | None = None, writer: Writer | None = None) -> FastAPI:
    """The application. The model is loaded when it starts, in the background: ``/health/ready`` says when.

    ``writer`` writes; without it, one in this process with the backend that ``settings`` names.
    """
    settings = settings or ServiceSettings()
    queue = BriefQueue(settings, Metrics())
    checks = Checks(settings.max_queue, settings.timeout_s)
    writes = writer or Here(lambda: load_backend(settings.backend))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with queue.running(writes):
            yield
        checks.close()

    app = FastAPI(
        title="Mujaz",
        version=__version__,
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        **document.INFO,
    )
    app.state.queue = queue
    _add_error_pages(app)
    router = make_router(queue, checks, settings)
    app.include_router(router)
    _add_documentation(app, settings)
    # Not /static: Gradio has its own there.
    app.mount("/house", StaticFiles(directory=STATIC), name="house")
    if settings.page:
        from summarizer.service.page.page import mount_page

        _add_strangers(app, router)
        mount_page(app, queue, settings)
    # The last one added is the first one met: named, counted, guarded, let in by key, and only then told that there is
    # room.
    app.add_middleware(Strangers)
    app.add_middleware(GZipMiddleware, minimum_size=_LEAST_ZIPPED, compresslevel=_ZIP_LEVEL)
    app.add_middleware(Head)
    app.add_middleware(Doorman, queue=queue)
    app.add_middleware(KeyGuard, keys=settings.keys)
    app.add_middleware(Guard, settings=settings)
    if settings.cors_origins:
        app.add_middleware(CORSMiddleware, allow_origins=settings.cors_origins, **_CORS)
    app.add_middleware(Counted, metrics=queue.metrics)
    app.add_middleware(Named)
    if settings.root_path:
        app.add_middleware(Rooted, root_path=settings.root_path)
    return app


def _add_error_pages(app: FastAPI) -> None:
    app.add_exception_handler(problems.Refused, problems.on_refused)
    app.add_exception_handler(MujazError, problems.on_mujaz_error)
    app.add_exception_handler(HTTPException, problems.on_http_error)
    app.add_exception_handler(RequestValidationError, problems.on_invalid)


def _add_strangers(app: FastAPI, router: APIRouter) -> None:
    """Problems for what the API does not have: the page, mounted over everything, would answer in its own way."""
    methods = {route.path: route.methods or set() for route in router.routes if isinstance(route, APIRoute)}

    async def refuse(request: Request) -> Response:
        allowed = methods.get(path_of(request.scope))
        if allowed:
            raise HTTPException(405, headers={"Allow": ", ".join(sorted(allowed))})
        raise HTTPException(404)

    for path in ("/v1/{rest:path}", "/health/{rest:path}", "/metrics"):
        app.add_route(path, refuse, methods=list(_METHODS), include_in_schema=False)


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def _add_documentation(app: FastAPI, settings: ServiceSettings) -> None:
    """``/docs`` with the Swagger UI that is shipped here: nothing comes from another host."""

    @app.get("/docs", include_in_schema=False)
    async def documentation() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="openapi.json",
            title="Mujaz API",
            swagger_js_url="house/swagger-ui/swagger-ui-bundle.js",
            swagger_css_url="house/swagger-ui/swagger-ui.css",
            swagger_favicon_url="house/mujaz.svg",
            swagger_ui_parameters={"validatorUrl": None},
        )

    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = document.complete(made(), keys=bool(settings.keys))
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
