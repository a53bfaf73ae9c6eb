"""What stands around a fact: true statements of its article, its other passages, statements of articles like it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from summarizer.arabic.words import content_keys
from training.falsify.mentions import Mention, find_mentions

_MAX_POSTINGS = 80
"""Words of more statements than this tell little and cost much."""
_MIN_SHARED = 2
_MAX_DAYS = 60
_FOUND = 3
_POOL = 4_000


@dataclass(frozen=True, slots=True)
class Fact:
    """A target (``statement``) with the passage that bears it out. ``body``: the row's whole source."""

    id: str
    group: str
    source_name: str
    date: str
    task: str
    passage: str
    statement: str
    body: str


class Neighbours:
    """An index of facts: made once, asked for each."""

    def __init__(self, facts: Sequence[Fact], draw: Random) -> None:
        self._facts = facts
        self._statements: dict[str, set[str]] = defaultdict(set)
        self._bodies: dict[str, str] = {}
        self._postings: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, fact in enumerate(facts):
            self._statements[fact.group].add(fact.statement)
            if fact.task != "bullet" and len(fact.body) > len(self._bodies.get(fact.group, "")):
                self._bodies[fact.group] = fact.body
            for key in set(content_keys(fact.statement)):
                self._postings[fact.source_name, key].append(place)
        sample = draw.sample(facts, min(_POOL, len(facts)))
        self._strangers = [mention for fact in sample for mention in find_mentions(fact.statement)]

    def truths(self, fact: Fact) -> tuple[str, ...]:
        """Every statement known to be true of the article of ``fact``."""
        return tuple(sorted(self._statements[fact.group]))

    def rest(self, fact: Fact) -> str:
        """The body of the article without the passage, as far as rows have it; "" when they do not."""
        body = self._bodies.get(fact.group, "")
        before, found, after = body.partition(fact.passage)
        return f"{before}\n{after}" if found else body

    def strangers(self, draw: Random, count: int = 40) -> list[Mention]:
        """Some mentions of any articles."""
        return draw.sample(self._strangers, min(count, len(self._strangers)))

    def statements(self, fact: Fact) -> tuple[str, ...]:
        """Up to three statements of other articles of the publisher, of near date, with the most words in common."""
        shared: Counter[int] = Counter()
        for key in set(content_keys(fact.statement)):
            places = self._postings[fact.source_name, key]
            if len(places) <= _MAX_POSTINGS:
                shared.update(places)
        near = [
            (-count, place)
            for place, count in shared.items()
            if count >= _MIN_SHARED and self._is_near(fact, self._facts[place])
        ]
        return tuple(dict.fromkeys(self._facts[place].statement for _, place in sorted(near)[:_FOUND]))

    def _is_near(self, fact: Fact, other: Fact) -> bool:
        if fact.group == other.group or fact.statement == other.statement:
            return False
        days = _day(fact.date), _day(other.date)
        return None in days or abs((days[0] or 0) - (days[1] or 0)) <= _MAX_DAYS


@lru_cache(maxsize=8192)
def _day(iso: str) -> int | None:
    try:
        return date.fromisoformat(iso).toordinal()
    except ValueError:
        return None
