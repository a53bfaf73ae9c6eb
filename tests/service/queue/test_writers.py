"""Writers: what the queue hands a batch to. A process of its own writes the same, and its death costs a batch."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from summarizer.article.read import read_text
from summarizer.backends.extractive import Extractive
from summarizer.backends.stopping import Stopped
from summarizer.config import BriefOptions, Decoding
from summarizer.errors import BackendError, UnknownName
from summarizer.schema import Brief, Candidate, Request, Statement, Task
from summarizer.service.queue.writers import Apart, Here, Work, Written

SEED = Path(__file__).parents[3] / "seeds" / "islamic-state-last-pocket.txt"
ARTICLES = [read_text(SEED.read_text("utf-8")), read_text("\n\n".join(SEED.read_text("utf-8").split("\n\n")[:6]))]


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    writer = Apart("extractive")
    loaded = writer.start()
    assert loaded.model == Extractive().name
    assert loaded.article_s is not None  # its first article was written at the start
    assert loaded.article_s > 0
    yield writer
    writer.close()
    writer.close()


def child_of(writer: Apart) -> Any:
    """The process that writes."""
    assert writer._child is not None
    return writer._child[0]


def answers(found: list[Written | Exception]) -> list[object]:
    """What was written, less the time it took."""
    texts = []
    for one in found:
        assert isinstance(one, Written), one
        brief = one.answer
        texts.append((brief.headline, brief.standfirst, brief.bullets) if isinstance(brief, Brief) else brief)
    return texts


@pytest.mark.parametrize("work", [Work(), Work(BriefOptions(bullets=0)), Work(headlines=3)])
def test_both_writers_write_the_same(apart: Apart, work: Work) -> None:
    here = Here(Extractive)
    here.start()
    found = apart.write(ARTICLES, work)
    assert answers(found) == answers(here.write(ARTICLES, work))
    if not work.headlines:
        assert all(isinstance(one, Written) and one.read > one.written > 0 for one in found)


@pytest.mark.parametrize("where", ["here", "apart"])
def test_every_statement_is_told_as_it_is_accepted(apart: Apart, where: str) -> None:
    here = Here(Extractive)
    here.start()
    writer = here if where == "here" else apart
    told: list[tuple[int, Statement]] = []
    found = writer.write(ARTICLES, Work(), lambda place, statement: told.append((place, statement)))
    for place, one in enumerate(found):
        assert isinstance(one, Written)
        heard = [statement for at, statement in told if at == place]
        assert {one.answer.headline, one.answer.standfirst, *one.answer.bullets} == set(heard)
        assert len(heard) == 2 + len(one.answer.bullets)


def test_a_batch_that_is_written_again_tells_of_the_right_article() -> None:
    class Fails(Extractive):
        """Fails over more than one article's requests."""

        def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
            if sum(request.task is Task.HEADLINE for request in requests) > 1:
                raise RuntimeError("too many")
            return super().generate(requests, decoding)

    writer = Here(Fails)
    writer.start()
    told: list[tuple[int, str]] = []
    found = writer.write(ARTICLES, Work(), lambda place, statement: told.append((place, statement.text)))
    for place, one in enumerate(found):
        assert isinstance(one, Written)
        assert (place, one.answer.headline.text) in told


def test_the_process_that_writes_makes_way_for_the_one_that_answers(apart: Apart) -> None:
    apart.write(ARTICLES[:1], Work(BriefOptions(bullets=0)))
    assert os.getpriority(os.PRIO_PROCESS, child_of(apart).pid) > os.getpriority(os.PRIO_PROCESS, 0)


def test_a_killed_process_costs_nothing_that_can_be_written_again(apart: Apart) -> None:
    before = answers(apart.write(ARTICLES, Work()))
    os.kill(child_of(apart).pid, signal.SIGKILL)
    assert answers(apart.write(ARTICLES, Work())) == before


def test_a_word_to_stop_that_comes_too_late_costs_nothing(apart: Apart) -> None:
    before = answers(apart.write(ARTICLES, Work()))
    for _ in range(3):
        apart.write(ARTICLES, Work(), gone=lambda: True)
        assert answers(apart.write(ARTICLES, Work())) == before
    process, link = apart._child or (None, None)
    assert link is not None
    link.send("stop")  # as if it had come between two batches
    assert answers(apart.write(ARTICLES, Work())) == before
    assert child_of(apart) is process


@pytest.mark.slow
def test_a_brief_that_nobody_waits_for_is_not_written_to_its_end() -> None:
    writer = Apart("embedded")
    writer.start()
    try:
        whole = writer.write(ARTICLES[:1], Work())
        (found,) = writer.write([read_text(ARTICLES[0].text + "\n\nوهذه جملة أخرى.")], Work(), gone=lambda: True)
        assert isinstance(found, Stopped)
        assert answers(writer.write(ARTICLES[:1], Work())) == answers(whole)
    finally:
        writer.close()


def test_the_process_leaves_signals_of_the_group_to_its_parent(apart: Apart) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        os.kill(child_of(apart).pid, number)
    assert all(isinstance(one, Written) for one in apart.write(ARTICLES, Work()))
    assert child_of(apart).is_alive()


def test_a_model_that_cannot_be_loaded_is_said_as_here() -> None:
    writer = Apart("no-such-model")
    with pytest.raises(UnknownName, match="no-such-model"):
        writer.start()
    # Neither does it stop the queue when it cannot be loaded again.
    assert all(isinstance(one, UnknownName) for one in writer.write(ARTICLES, Work()))


def test_a_writer_that_was_not_started_says_so() -> None:
    (found,) = Here(Extractive).write(ARTICLES[:1], Work())
    assert isinstance(found, BackendError)
    assert "/health/ready" in str(found)
