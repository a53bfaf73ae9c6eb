"""Who writes the briefs of the queue: this process, or one beside it.

In a process of its own the writer's Python work cannot hold up the event loop, which answers and refuses in the
meantime, and a crash of native code costs a batch, not the service.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol, cast

from summarizer.backends.base import Backend, load_backend
from summarizer.backends.extractive import Extractive
from summarizer.backends.stopping import Gone, Stopped, never, unless
from summarizer.config import BriefOptions
from summarizer.errors import BackendError
from summarizer.pipeline import Told, briefs
from summarizer.schema import Article, Brief
from summarizer.service.headlines import Reword, headlines, wordings
from summarizer.service.queue.memory import newness, remember
from summarizer.service.queue.warm_up import warm_up

_NICENESS = 5
_LEAVE_S = 5.0
"""How long a process that was told to end may take."""
_ASK_S = 0.2
"""How often the one that waits for a process looks whether anybody waits for its texts."""
_STOP = "stop"


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be written about an article: its brief, ``headlines`` headlines, or other wordings of one line."""

    options: BriefOptions = field(default_factory=BriefOptions)
    headlines: int = 0
    reword: Reword | None = None
    lifted: bool = False
    """The article's own sentences, whatever the model is."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What ``start`` found: the model's name and the seconds its first article took, None when none was written."""

    model: str
    article_s: float | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of one article (a brief, or lines), and the backend's tokens read and written for it.

    ``anew``: the share of its batch's texts that were written for it, not remembered, in [0, 1].
    """

    answer: Any
    read: int = 0
    written: int = 0
    anew: float = 1.0


class Writer(Protocol):
    """Used by one thread at a time. ``start`` comes first and once."""

    def start(self) -> Loaded:
        """Load the model. Raises what loading raises."""
        ...

    def write(
        self, articles: Sequence[Article], work: Work, told: Told | None = None, gone: Gone = never
    ) -> list[Written | Exception]:
        """What was written of each article, or the error that kept it from being written: one bad article fails alone.

        ``told`` hears of each statement of a brief as it is accepted, twice when its batch had to be written again.
        Once ``gone`` says so, all of them may end as ``Stopped``.
        """
        ...

    def close(self) -> None:
        """Free what ``start`` took."""
        ...


class Here:
    """Writes in this process."""

    def __init__(self, load: Callable[[], Backend], *, warm: bool = False) -> None:
        """``warm``: one article is written at the start, which nobody asked for."""
        self._load, self._warm = load, warm
        self._backend: Backend | None = None

    def start(self) -> Loaded:
        """See :class:`Writer`."""
        backend = self._load()
        self._backend = remember(backend)
        return Loaded(backend.name, warm_up(backend) if self._warm else None)

    def write(
        self, articles: Sequence[Article], work: Work, told: Told | None = None, gone: Gone = never
    ) -> list[Written | Exception]:
        """See :class:`Writer`. Each article of a batch that failed is tried again by itself."""
        try:
            with unless(gone):
                return list(self._written(articles, work, told))
        except Stopped as error:
            return [error for _ in articles]
        except Exception as error:
            return _one_by_one(self, articles, work, told, error)

    def _written(self, articles: Sequence[Article], work: Work, told: Told | None) -> list[Written]:
        backend = self._backend
        if backend is None:
            raise BackendError(expected="a loaded model", got="none", hint="wait until /health/ready says 200")
        if work.lifted and not isinstance(backend, Extractive):
            # Nothing that the model wrote: what its articles take is not learned from these.
            lifted = Here(Extractive)
            lifted.start()
            return [replace(one, anew=0.0) for one in lifted._written(articles, work, told)]
        with newness(backend) as share:
            if line := work.reword:
                worded = [wordings(article, backend, work.options, line) for article in articles]
                return [Written(found, anew=share()) for found in worded]
            if work.headlines:
                chosen = [headlines(article, backend, work.options, work.headlines) for article in articles]
                return [Written(found, anew=share()) for found in chosen]
            made = briefs(articles, backend, work.options, told)
        return [_counted(article, brief, backend, share()) for article, brief in zip(articles, made, strict=True)]

    def close(self) -> None:
        """See :class:`Writer`."""
        self._backend = None


def _one_by_one(
    writer: Writer, articles: Sequence[Article], work: Work, told: Told | None, error: Exception
) -> list[Written | Exception]:
    """After ``error`` over a batch: each of its articles by itself; of one article, the error."""
    if len(articles) == 1:
        return [error]
    return [writer.write([one], work, told and _of_place(told, place))[0] for place, one in enumerate(articles)]


def _of_place(told: Told, place: int) -> Told:
    return lambda _, statement: told(place, statement)


def _counted(article: Article, brief: Brief, backend: Backend, anew: float) -> Written:
    texts = [brief.headline.text, brief.standfirst.text, *(bullet.text for bullet in brief.bullets)]
    return Written(brief, backend.count_tokens(article.body), backend.count_tokens("\n".join(texts)), anew)


class Apart:
    """Writes in a process of its own, which is started again when it dies; it ends with this one."""

    def __init__(self, backend: str) -> None:
        """``backend``: a name or folder for :func:`summarizer.backends.base.load_backend`."""
        self._backend = backend
        self._child: tuple[BaseProcess, Connection] | None = None

    def start(self) -> Loaded:
        """See :class:`Writer`."""
        return self._begin(warm=True)

    def _begin(self, *, warm: bool) -> Loaded:
        # Not fork: this process has threads.
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(self._backend, there, warm), name="mujaz-writer", daemon=True)
        process.start()
        there.close()
        self._child = process, here
        # Before multiprocessing waits for its children: this one ends when its link is closed, not by a signal.
        atexit.register(self.close)
        try:
            said = here.recv()
        except (EOFError, OSError) as error:
            self.close()
            raise _died(process) from error
        if isinstance(said, Exception):
            self.close()
            raise said
        return cast(Loaded, said)

    def write(
        self, articles: Sequence[Article], work: Work, told: Told | None = None, gone: Gone = never
    ) -> list[Written | Exception]:
        """See :class:`Writer`. When the process dies over a batch, each of its articles is tried again by itself."""
        if self._child is None:
            try:
                self._begin(warm=False)
            except Exception as error:  # the queue goes on, and the next batch tries again
                return [error for _ in articles]
        assert self._child is not None
        process, link = self._child
        try:
            link.send((tuple(articles), work, told is not None))
            while isinstance(said := _heard(link, gone), tuple):
                if told:
                    told(*said)
            return cast(list[Written | Exception], said)
        except (EOFError, OSError):
            self.close()
            return _one_by_one(self, articles, work, told, _died(process))

    def close(self) -> None:
        """See :class:`Writer`."""
        if self._child is None:
            return
        process, link = self._child
        self._child = None
        link.close()
        process.join(_LEAVE_S)
        if process.is_alive():
            process.kill()
            process.join()
        atexit.unregister(self.close)


def _heard(link: Connection, gone: Gone) -> Any:
    """What the process says next; it is told once when nobody waits for it any more."""
    told = False
    while not link.poll(None if told else _ASK_S):
        if gone():
            link.send(_STOP)
            told = True
    return link.recv()


def _died(process: BaseProcess) -> BackendError:
    process.join(_LEAVE_S)
    how = f"it ended with {process.exitcode}"
    return BackendError(expected="a writing process", got=how, hint="see standard error; is there memory enough?")


def _work(backend: str, link: Connection, warm: bool) -> None:
    """The life of the process: load, say so, then one batch after the other until the link is closed."""
    for number in (signal.SIGINT, signal.SIGTERM):  # they come to the whole group; what was accepted is still written
        signal.signal(number, signal.SIG_IGN)
    if hasattr(os, "nice"):  # whoever answers and refuses comes first where both want a core
        os.nice(_NICENESS)
    writer = Here(lambda: load_backend(backend), warm=warm)
    try:
        link.send(writer.start())
    except Exception as error:
        link.send(error)
        return
    with contextlib.suppress(EOFError, OSError):
        while True:
            if (said := link.recv()) == _STOP:  # it came when all was written
                continue
            articles, work, telling = said
            told = (lambda place, statement: link.send((place, statement))) if telling else None
            # While it writes, nothing can come but the word to stop, or the end of the link.
            link.send(writer.write(articles, work, told, link.poll))
