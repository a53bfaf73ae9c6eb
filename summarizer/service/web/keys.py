"""Optional API keys. ``Authorization: Bearer KEY``, ``X-API-Key: KEY``, or a browser's password prompt (any name)."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from summarizer.errors import ConfigError
from summarizer.service.problems import problem, respond
from summarizer.service.web.paths import path_of

_MIN_KEY_CHARS = 16
_OPEN = ("/health/live", "/health/ready")
_CHALLENGE = 'Bearer realm="mujaz", Basic realm="mujaz", charset="UTF-8"'


def read_keys(path: Path) -> tuple[str, ...]:
    """The keys of a file, one a line; blank lines and ``#`` comments are skipped.

    ``ConfigError`` when the file cannot be read, holds no key, or one of fewer than 16 characters. A key is never
    repeated in a message.
    """
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            expected="a text file with one API key a line",
            got=f"{path} ({getattr(error, 'strerror', None) or 'not UTF-8'})",
            hint="check --api-key-file",
        ) from error
    keys = tuple(line for line in lines if line and not line.startswith("#"))
    short = [number for number, line in enumerate(lines, 1) if line in keys and len(line) < _MIN_KEY_CHARS]
    if not keys or short:
        raise ConfigError(
            expected=f"API keys of at least {_MIN_KEY_CHARS} characters, one a line",
            got=f"a shorter one in line {short[0]} of {path}" if short else f"none in {path}",
            hint="make one with `python -c 'import secrets; print(secrets.token_urlsafe(32))'`",
        )
    return keys


@dataclass(frozen=True, slots=True)
class KeyGuard:
    """Lets a request through when it carries one of ``keys``, or when there are none; health is always open."""

    app: ASGIApp
    keys: tuple[str, ...]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; 401 with a challenge when the key is missing or wrong."""
        if not self.keys or scope["type"] == "lifespan" or path_of(scope) in _OPEN or self._known(Headers(scope=scope)):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "an API key is needed"})
        else:
            detail = "expected a known key in `Authorization: Bearer KEY` or `X-API-Key: KEY`"
            await respond(problem(401, detail), {"WWW-Authenticate": _CHALLENGE})(scope, receive, send)

    def _known(self, headers: Headers) -> bool:
        """Whether the presented key is one of ours: every key is compared, each in constant time."""
        presented = _digest(_presented(headers))
        matches = [hmac.compare_digest(presented, _digest(key)) for key in self.keys]
        return any(matches)


def _digest(key: str) -> bytes:
    """Equal lengths for the comparison, whatever a client sends."""
    return hashlib.sha256(key.encode("utf-8", errors="replace")).digest()


def _presented(headers: Headers) -> str:
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode("utf-8").partition(":")[2]
        except ValueError:
            return ""
    return headers.get("x-api-key", "")
