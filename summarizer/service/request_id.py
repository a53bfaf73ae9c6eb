"""The name of the request that is being answered: in its headers, its problems and the log."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar

HEADER = "X-Request-ID"
_SANE = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_CURRENT: ContextVar[str] = ContextVar("request_id", default="")


def current_request() -> str:
    """The name of the request that this code answers; "" outside of one."""
    return _CURRENT.get()


def name_request(sent: str) -> str:
    """Name the request: what its client ``sent`` if that is short and plain, else a new name, which is returned."""
    name = sent if _SANE.fullmatch(sent) else secrets.token_hex(8)
    _CURRENT.set(name)
    return name
