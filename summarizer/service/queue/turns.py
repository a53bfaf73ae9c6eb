"""The order in which waiting jobs are written: in batches of alike lengths, and none overtaken for long."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

J = TypeVar("J")


def take_turns(
    jobs: Sequence[J], size: int, kind: Callable[[J], Hashable], length: Callable[[J], int]
) -> tuple[list[list[J]], list[J]]:
    """The next batches of at most ``size`` jobs, each of one ``kind`` and sorted by ``length``; and who still waits.

    ``jobs``: the oldest first. The oldest make one batch, or two of alike lengths when that many wait, and all of them
    are to be written before anybody is taken again: with the nearest lengths of the whole queue, an article unlike
    all others would wait until its time is up.
    """
    count = 2 * size if len(jobs) >= 2 * size else size
    alike: dict[Hashable, list[J]] = {}
    for job in jobs[:count]:
        alike.setdefault(kind(job), []).append(job)
    batches = []
    for group in alike.values():
        group.sort(key=length)
        batches += [group[start : start + size] for start in range(0, len(group), size)]
    return batches, list(jobs[count:])
