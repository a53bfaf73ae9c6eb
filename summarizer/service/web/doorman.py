"""Requests that find no room, or are no JSON, are refused before they are parsed: in a millisecond.

Under overload most requests are refused. Parsing and checking them first would take the time of those that are not.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from summarizer.service.problems import Refused, problem, respond, respond_refused
from summarizer.service.queue.batching import BriefQueue
from summarizer.service.web.paths import path_of

WRITING = ("/v1/brief", "/v1/brief/events", "/v1/headline", "/v1/wording", "/v1/briefs")
"""The routes that put articles into the queue."""
TAKING_JSON = (*WRITING, "/v1/check", "/v1/file")
_HINT = 'send a JSON object with the article in it, {"text": "…"}, and that header'


@dataclass(frozen=True, slots=True)
class Doorman:
    """Answers 415 to what is no JSON; for the routes that write, 429 or 503 without room for one more article."""

    app: ASGIApp
    queue: BriefQueue

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection. Its body has been read (see ``Guard``), so that the client can read the answer."""
        posted = path_of(scope) if scope["type"] == "http" and scope["method"] == "POST" else ""
        if posted in TAKING_JSON and not _is_json(got := Headers(scope=scope).get("content-type", "")):
            detail = f"expected Content-Type: application/json; got {_plain(got) or 'none'}; {_HINT}"
            await respond(problem(415, detail, hint=_HINT), {"Accept-Post": "application/json"})(scope, receive, send)
            return
        if posted in WRITING:
            try:
                self.queue.require_room()
            except Refused as refusal:
                await respond_refused(refusal)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _is_json(kind: str) -> bool:
    """True for ``application/json``, ``application/problem+json`` and the like, with or without a character set."""
    media = kind.partition(";")[0].strip().lower()
    return media == "application/json" or (media.startswith("application/") and media.endswith("+json"))


def _plain(kind: str) -> str:
    """The type that was sent, as it may be repeated."""
    return "".join(char for char in kind.partition(";")[0].strip()[:60] if char.isascii() and char.isprintable())
