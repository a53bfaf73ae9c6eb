"""Every request counted: its route, status and time. Labels are never anything that a client wrote."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from summarizer.service.queue.metrics import Metrics
from summarizer.service.web.doorman import WRITING

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
            self.metrics.seconds.labels(route).observe(time.perf_counter() - started)


def _route(scope: Scope) -> str:
    """The template of the route that answered; ``page`` for Gradio's many, ``other`` for what is no route.

    What was refused before it met a route has none: the paths that write stand for themselves.
    """
    refused = scope["path"] if scope["path"] in WRITING else ""
    template = str(getattr(scope.get("route"), "path", "") or refused)
    if template.startswith((*_API, "/docs", "/openapi", "/house")):
        return template
    in_page = scope.get("app_root_path") is not None or "endpoint" in scope
    return "page" if in_page and not scope["path"].startswith(_API) else "other"


def _method(scope: Scope) -> str:
    """One of the methods we serve, so that a client cannot invent labels."""
    return scope["method"] if scope["method"] in ("GET", "POST", "HEAD", "OPTIONS") else "other"
