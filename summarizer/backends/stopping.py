"""Texts that nobody waits for any more: whoever asked says so, and an engine asks between its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Gone = Callable[[], bool]
"""True when what is being written is not wanted any more. It is called often, and by several threads."""


class Stopped(Exception):
    """Nobody waits for the texts that were being written."""


def never() -> bool:
    """Of what is wanted to its end."""
    return False


_GONE: ContextVar[Gone] = ContextVar("gone", default=never)


@contextmanager
def unless(gone: Gone) -> Iterator[None]:
    """What is written inside may end with :class:`Stopped` once ``gone`` says so: at once by engines that ask."""
    before = _GONE.set(gone)
    try:
        yield
    finally:
        _GONE.reset(before)


def asked() -> Gone:
    """What :func:`unless` was given, for threads that this one starts."""
    return _GONE.get()
