"""What each rule turned down, and whether it earned its place.

A rule earns it when its own objections, those that no other rule makes, hit what an editor would not print (or what is
false) more often than as many headlines, standfirsts and bullets drawn from those that pass all rules: so many hits or
more come by chance less often than once in a hundred (binomial; forty rules are asked, so one in twenty would let some
pass by luck). To take any other rule away lowers nothing that the labels show. And of the reference briefs, which are
there to be printed, it alone turns down at most one in fifty.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.rules.cases import FALSE, JUDGED, OK
from eval.shares import Share
from summarizer.schema import Task

LUCK, MOST_REFUSED, REFERENCES = 0.01, 0.02, "briefs"
Passing = Mapping[tuple[str, Task], tuple[float, float]]
"""For a set and a task, of what passes: the share that an editor would not print and the share that is false."""


@dataclass(frozen=True, slots=True)
class Found:
    """A line of a set, what an editor said of it, and the names of the rules that turn it down."""

    set: str
    label: str
    rules: frozenset[str]
    task: Task = Task.BULLET


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the labels of one set say of a rule.

    ``all``: the share of all its objections that an editor would not print; ``own`` and ``own_false``: of those that no
    other rule makes, what he would not print and what is false; ``chance`` and ``chance_false``: the same shares, in
    [0, 1], of what passes all rules.
    """

    set: str
    all: Share
    own: Share
    own_false: Share
    chance: float
    chance_false: float

    @property
    def earned(self) -> bool:
        """True when its own objections hit more than chance would."""
        return min(chance_of(self.own, self.chance), chance_of(self.own_false, self.chance_false)) < LUCK


@dataclass(frozen=True, slots=True)
class Row:
    """One rule among others: its objections and ``alone``, those that no other makes, by set."""

    name: str
    objections: Counter[str]
    alone: Counter[str]
    evidence: tuple[Evidence, ...]
    refused: Share
    """Of the reference briefs, what it alone turns down."""

    @property
    def stays(self) -> bool:
        """True when the labels of one set say that it earned its place, and references do not pay for it."""
        return any(one.earned for one in self.evidence) and not self.refused.value > MOST_REFUSED

    @property
    def gain(self) -> float:
        """How many more lines than chance would its own objections rightly turn down."""
        return sum(one.own.hits - one.own.of * one.chance for one in self.evidence if one.own.of)


def rows(lines: Sequence[Found], names: Iterable[str]) -> list[Row]:
    """A row for each rule, as if ``names`` were all that there are."""
    known = list(names)
    kept = frozenset(known)
    seen = [(one, one.rules & kept) for one in lines]
    passing = _passing([one for one, found in seen if not found])
    return [_row(name, seen, passing) for name in known]


def _passing(lines: Sequence[Found]) -> Passing:
    keys = [(part, task) for part in JUDGED for task in Task]
    parts = {key: [one for one in lines if (one.set, one.task) == key] for key in keys}
    return {key: (_bad(part).value, _false(part).value) for key, part in parts.items() if part}


def _row(name: str, seen: Sequence[tuple[Found, frozenset[str]]], passing: Passing) -> Row:
    hit = [one for one, found in seen if name in found]
    own = [one for one, found in seen if found == {name}]
    evidence = tuple(_evidence(part, hit, own, passing) for part in JUDGED)
    briefs = [one for one, _ in seen if one.set == REFERENCES]
    refused = Share(sum(one.set == REFERENCES for one in own), len(briefs))
    return Row(name, Counter(one.set for one in hit), Counter(one.set for one in own), evidence, refused)


def _evidence(part: str, hit: Sequence[Found], own: Sequence[Found], passing: Passing) -> Evidence:
    hit, own = ([one for one in some if one.set == part] for some in (hit, own))
    chances = [passing.get((part, one.task), (1.0, 1.0)) for one in own] or [(1.0, 1.0)]
    bad, false = (sum(column) / len(chances) for column in zip(*chances, strict=True))
    return Evidence(part, _bad(hit), _bad(own), _false(own), bad, false)


def pruned(lines: Sequence[Found], names: Sequence[str], hard: Collection[str]) -> list[Row]:
    """The rules that go, in order, each with its row when its turn came: first those that gain least.

    Each that goes leaves its objections to others, so all are counted again.
    """
    kept, gone = list(names), []
    while idle := [row for row in rows(lines, kept) if row.name not in hard and not row.stays]:
        row = min(idle, key=lambda one: one.gain)
        kept.remove(row.name)
        gone.append(row)
    return gone


def refused(lines: Sequence[Found], kept: Collection[str], besides: Collection[str] = ()) -> dict[str, Share]:
    """For each set the share that a rule of ``kept`` other than ``besides`` turns down."""
    wanted = frozenset(kept) - frozenset(besides)
    sets = dict.fromkeys(one.set for one in lines)
    return {name: _share(one.rules & wanted for one in lines if one.set == name) for name in sets}


def printable(lines: Sequence[Found], kept: Collection[str]) -> dict[str, tuple[Share, Share]]:
    """For each set with labels the printable share and the false share of what no rule of ``kept`` turns down."""
    passing = [one for one in lines if not one.rules & frozenset(kept)]
    parts = {name: [one for one in passing if one.set == name] for name in JUDGED}
    return {name: (_share(one.label == OK for one in part), _false(part)) for name, part in parts.items()}


def _bad(part: Sequence[Found]) -> Share:
    return _share(one.label != OK for one in part)


def _false(part: Sequence[Found]) -> Share:
    return _share(one.label == FALSE for one in part)


def _share(hits: Iterable[object]) -> Share:
    found = [bool(one) for one in hits]
    return Share(sum(found), len(found))


def chance_of(share: Share, chance: float) -> float:
    """How likely so many hits or more are by chance, where each is one with probability ``chance``; 1 of nothing."""
    ways = (math.comb(share.of, hits) * chance**hits * (1 - chance) ** (share.of - hits) for hits in range(share.hits))
    return max(0.0, 1 - math.fsum(ways))
