"""A stop that cuts nobody off: who is already connected may still send the request, and gets its answer.

uvicorn closes, at SIGTERM, the connections that have no request yet. One whose first bytes are still on their way, or
which the kernel has accepted and the event loop has not, would be cut before its answer.
"""

from __future__ import annotations

import socket
from asyncio import Protocol, gather, get_running_loop, sleep
from typing import TYPE_CHECKING, cast

from uvicorn import Server
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.supervisors import Multiprocess

if TYPE_CHECKING:
    from asyncio import TimerHandle

FIRST_REQUEST_S = 2.0
"""How long a new connection may take, after the stop was asked for, to send the head of its request."""


class DrainingProtocol(H11Protocol):
    """HTTP/1.1 of one connection, which waits ``FIRST_REQUEST_S`` for a first request before a stop closes it."""

    _leaving: TimerHandle | None = None

    def shutdown(self) -> None:
        """Called when the service stops. A connection that was served before is closed at once, as HTTP allows."""
        if self._asked():
            super().shutdown()
        elif self._leaving is None:
            self._leaving = self.loop.call_later(FIRST_REQUEST_S, super().shutdown)

    def data_received(self, data: bytes) -> None:
        """The first request that comes after the stop is also the last of its connection."""
        super().data_received(data)
        if self._leaving is not None and self._asked():
            self._leaving.cancel()
            super().shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timer, which would hold the connection."""
        if self._leaving is not None:
            self._leaving.cancel()
        super().connection_lost(exc)

    def _asked(self) -> bool:
        return cast("object", self.cycle) is not None  # uvicorn's type leaves out that there may be none yet


class DrainingServer(Server):
    """Takes in whoever waits in the kernel's queue, closes the port in the same step, then waits for the answers."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening; return when every connection has its answer, or after ``timeout_graceful_shutdown`` s."""
        waiting = [one for server in self.servers for port in server.sockets for one in _queued(port.dup())]
        for server in self.servers:
            server.close()
        for one in sockets or []:
            one.close()
        loop = get_running_loop()
        await gather(*(loop.connect_accepted_socket(self._protocol, one) for one in waiting))
        await sleep(0.01)  # the loop has accepted others whose protocols it has yet to make
        await super().shutdown(sockets)

    def _protocol(self) -> Protocol:
        state = self.lifespan.state
        return DrainingProtocol(config=self.config, server_state=self.server_state, app_state=state)


def _queued(port: socket.socket) -> list[socket.socket]:
    """The connections that wait to be accepted at a listening socket (non-blocking; closed here)."""
    accepted = []
    with port:
        port.setblocking(False)
        while True:
            try:
                accepted.append(port.accept()[0])
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return accepted


class DrainingWorkers(Multiprocess):
    """Several servers on one port. The parent lets go of the port first, or it would collect connections unanswered."""

    def terminate_all(self) -> None:
        """Close the port here and tell the workers, which close theirs."""
        for one in self.sockets:
            one.close()
        super().terminate_all()
