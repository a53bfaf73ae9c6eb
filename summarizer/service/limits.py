"""The outermost guard: bodies that are too large or too slow, headers that keep a browser at home, safe failures.

Plain ASGI, so that streams pass through untouched. A request's body is read whole before anything else runs: it is
at most ``max_body_bytes``, and a client that dribbles is answered 408.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import traceback
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from summarizer.service.problems import problem, respond
from summarizer.service.request_id import current_request
from summarizer.service.settings import ServiceSettings

logger = logging.getLogger("mujaz.service")

#: The page asks nothing of any other host, and a browser holds it to that. Gradio compiles functions (`unsafe-eval`)
#: and writes styles into the page (`unsafe-inline`).
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_LINGER_S, _LINGER_BYTES = 2.0, 16_000_000
"""How long, and for how much, a client whose body is refused may go on sending."""


class _TooLarge(Exception):
    """The body went over the limit."""


class _Gone(Exception):
    """The client left while it was sending."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Wraps the application; answers 413, 408 and 500 itself."""

    app: ASGIApp
    settings: ServiceSettings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reply = _Reply(send)
        try:
            replay = await self._read(scope, receive)
            await self.app(scope, replay, reply)
        except _Gone:
            return
        except _TooLarge:
            detail = f"expected a body of at most {self.settings.max_body_bytes:,} bytes; send fewer articles"
            answer = respond(problem(413, detail), {"Connection": "close"})
            await answer(scope, receive, _lingering(reply, receive))
        except TimeoutError:
            detail = f"expected the whole body within {self.settings.body_timeout_s:g} s"
            await respond(problem(408, detail), {"Connection": "close"})(scope, receive, reply)
        except Exception as error:
            log_failure(error)
            if not reply.started:
                await respond(problem(500, "an unexpected error; it was logged without the text"))(
                    scope, receive, reply
                )

    async def _read(self, scope: Scope, receive: Receive) -> Receive:
        """The whole body within its limits; then a ``receive`` that hands it on and tells of the client's leaving."""
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdigit() and int(announced[:20]) > self.settings.max_body_bytes:
            raise _TooLarge
        body = bytearray()
        async with asyncio.timeout(self.settings.body_timeout_s):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _Gone
                body += message.get("body", b"")
                if len(body) > self.settings.max_body_bytes:
                    raise _TooLarge
                if not message.get("more_body", False):
                    break
        return _replayed(bytes(body), receive)


def _lingering(send: Send, receive: Receive) -> Send:
    """A ``send`` that ends its response only when the client has sent the rest, so that it can read the answer.

    A connection closed on a client that is still sending is reset, and the answer lost. Bounded in time and bytes.
    """

    async def linger(message: Message) -> None:
        if message["type"] != "http.response.body":
            await send(message)
            return
        await send({**message, "more_body": True})
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LINGER_S):
                await _drain(receive)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    return linger


async def _drain(receive: Receive) -> None:
    left = _LINGER_BYTES
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives ``body`` once, and afterwards whatever the client does."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


class _Reply:
    """``send`` that knows whether a response has begun, and adds the headers that every response carries."""

    def __init__(self, send: Send) -> None:
        self._send, self.started = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


def log_failure(error: BaseException) -> None:
    """Log where ``error`` came from and its type; never its message, which may quote an article."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in reversed(frames))
    logger.error("%s in %s (request %s)", type(error).__name__, places, current_request() or "none")
