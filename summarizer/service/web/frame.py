"""What every request meets first: a name, HEAD answered as GET without its body, problems for what is no route.

Plain ASGI, so that streams pass through untouched.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from summarizer.service.problems import MEDIA_TYPE, problem, respond
from summarizer.service.request_id import HEADER, name_request
from summarizer.service.web.paths import path_of

_PAGE_API = "/gradio_api"
"""What the page's own script talks to, in its own way."""


@dataclass(frozen=True, slots=True)
class Named:
    """Gives every request a name (``X-Request-ID``, the client's own where it has one) and answers with it."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        name = name_request(Headers(scope=scope).get(HEADER, ""))

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        await self.app(scope, receive, named)


@dataclass(frozen=True, slots=True)
class Rooted:
    """The service under ``root_path``, whether the reverse proxy before it takes that away from the path or not."""

    app: ASGIApp
    root_path: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] in ("http", "websocket"):
            path = scope["path"]
            path = path if f"{path}/".startswith(f"{self.root_path}/") else self.root_path + path
            scope = {**scope, "path": path, "root_path": self.root_path}
        await self.app(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Head:
    """Answers HEAD with the head of what GET would answer."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def bodiless(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, bodiless)


@dataclass(frozen=True, slots=True)
class Strangers:
    """Turns the page's own 404 and 405 into problem details: it is mounted over everything that is no route here."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or path_of(scope).startswith(_PAGE_API):
            await self.app(scope, receive, send)
            return
        replaced = False

        async def told(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_foreign(message):
                replaced = True
                status = message["status"]
                await respond(problem(status, "Not Found" if status == 404 else "Method Not Allowed"))(
                    scope, receive, send
                )
            elif not replaced:
                await send(message)

        await self.app(scope, receive, told)


def _is_foreign(start: Message) -> bool:
    """True for a refusal that is no problem of ours."""
    kind = Headers(raw=start.get("headers", [])).get("content-type", "")
    return start["status"] in (404, 405) and not kind.startswith(MEDIA_TYPE)
