"""Requests that find no room are refused before they are parsed: a full service says so in a millisecond.

Under overload most requests are refused. Parsing and checking them first would take the time of those that are not.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from summarizer.service.problems import Refused, respond_refused
from summarizer.service.queue.batching import BriefQueue

WRITING = ("/v1/brief", "/v1/brief/events", "/v1/headline", "/v1/briefs")
"""The routes that put articles into the queue."""


@dataclass(frozen=True, slots=True)
class Doorman:
    """Answers 429 or 503 for the routes that write, when there is no room for one more article."""

    app: ASGIApp
    queue: BriefQueue

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection. Its body has been read (see ``Guard``), so that the client can read the answer."""
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"] in WRITING:
            try:
                self.queue.require_room()
            except Refused as refusal:
                await respond_refused(refusal)(scope, receive, send)
                return
        await self.app(scope, receive, send)
