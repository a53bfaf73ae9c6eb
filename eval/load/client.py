"""A client that costs next to nothing, so that it measures the service and not itself: HTTP/1.1 over raw streams."""

from __future__ import annotations

import asyncio
import re
import time
from typing import NamedTuple


class Answer(NamedTuple):
    """A status (0 when the connection broke) and the time from the request's last byte to the answer's first.

    ``retry_after_s``: what a refusal said, else 0.
    """

    status: int
    seconds: float
    retry_after_s: float = 0.0


async def ask(port: int, body: bytes, path: str = "/v1/brief") -> Answer:
    """One article, one connection."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
    return await _exchange(port, f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


async def get(port: int, path: str) -> int:
    """The status of a GET."""
    return (await _exchange(port, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())).status


async def _exchange(port: int, request: bytes) -> Answer:
    started = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        await writer.drain()
        started = time.perf_counter()
        line = await reader.readline()
        seconds = time.perf_counter() - started
        rest = await reader.read()
        writer.close()
        told = re.search(rb"(?i)\r\nretry-after: *(\d+)", b"\r\n" + rest)
        return Answer(int(line.split(b" ")[1]), seconds, float(told.group(1)) if told else 0.0)
    except (OSError, IndexError, ValueError):
        return Answer(0, time.perf_counter() - started)
