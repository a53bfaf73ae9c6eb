"""Every request counted and logged: its route, status and time. Nothing of it is anything that a client wrote."""

from __future__ import annotations

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from summarizer.service.queue.metrics import Metrics
from summarizer.service.request_id import current_request
from summarizer.service.web.doorman import TAKING_JSON
from summarizer.service.web.paths import path_of

logger = logging.getLogger("mujaz.access")
_API = ("/v1/", "/health/", "/metrics")


class Counted:
    """ASGI middleware: every request's route, status and time."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 499

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            route = _route(scope)
            self.metrics.requests.labels(_method(scope), route, str(status)).inc()
            seconds = time.perf_counter() - started
            self.metrics.seconds.labels(route).observe(seconds)
            logger.info("%s %s %d %.3f s (request %s)", _method(scope), route, status, seconds, current_request())


def _route(scope: Scope) -> str:
    """The template of the route that answered; ``page`` for Gradio's many, ``other`` for what is no route.

    What was refused before it met a route has none: the paths that write stand for themselves.
    """
    path = path_of(scope)
    refused = path if path in TAKING_JSON else ""
    template = str(getattr(scope.get("route"), "path", "") or refused)
    if template.startswith((*_API, "/docs", "/openapi", "/house")):
        return template
    in_page = scope.get("app_root_path") is not None or "endpoint" in scope
    return "page" if in_page and not path.startswith(_API) else "other"


def _method(scope: Scope) -> str:
    """One of the methods we serve, so that a client cannot invent labels."""
    return scope["method"] if scope["method"] in ("GET", "POST", "HEAD", "OPTIONS") else "other"
