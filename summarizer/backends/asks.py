"""How a decoder-only model that has read a part of an article is asked about the sentences of it.

    <bos> READING <task> SENTENCES <manner> LINE <eos>            a line is written
    <bos> READING <rank> SENTENCE <ask> ANSWER                    does it matter, can it stand as it is
    <bos> READING <rank> SENTENCE <reached> ANSWER                would an editor's key point stand on it
    <bos> READING <judge> <task> SENTENCES <line> LINE <ask> ANSWER   may it be printed, and if not why
    <bos> <judge> SENTENCE <task> <line> LINE <ask>               the same of a judge of its own (training.judge)

The article is read once and everything is asked behind that reading; an answer is one token. Training and serving
both ask here, so that a model is asked as it was trained.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

Ids = tuple[int, ...]

RANKS = ("2 as it is", "2", "1 as it is", "1", "0")
"""Answers about a sentence: 2 among the most important, 1 a good point, 0 not for print; as it is: without an edit."""
REACHED = ("yes", "no")
LABELS = ("ok", "false", "broken", "unclear", "trivial", "copy")
"""Answers about a line; ``ok``: an editor prints it as it stands."""
MANNERS = ("light", "near", "shorter", "shortest", "short", "middle", "long")
"""How a line is written: ``light`` edits as little as possible; the next three keep at least 60 %, 40 % and less of the
words; the last three are headlines of at most 7, at most 10 and more words."""


SPARE_TOKENS = 40
"""A reading may have so many more, where it is one long sentence behind its lead; what is longer is cut."""


def _answers(names: Sequence[str], tokens: Sequence[int]) -> dict[str, str]:
    return {name: f"<unused{token}>" for name, token in zip(names, tokens, strict=True)}


@dataclass(frozen=True, slots=True)
class AskFormat:
    """The tokens of the questions and their answers, as the tokenizer writes them, and how much is read."""

    reading_tokens: int = 480
    """Of one reading of an article."""
    sentence_tokens: int = 200
    """Of the sentences that a question is about."""
    line_tokens: int = 110
    """Of a line that is judged."""
    rank: str = "<unused4>"
    judge: str = "<unused3>"
    line: str = "<unused9>"
    ask: str = "<unused5>"
    reached: str = "<unused9>"
    manners: Mapping[str, str] = field(default_factory=lambda: _answers(MANNERS, (9, 10, 11, 12, 10, 11, 12)))
    ranks: Mapping[str, str] = field(default_factory=lambda: _answers(RANKS, (6, 7, 8, 13, 14)))
    reaches: Mapping[str, str] = field(default_factory=lambda: _answers(REACHED, (6, 7)))
    labels: Mapping[str, str] = field(default_factory=lambda: _answers(LABELS, (6, 7, 8, 13, 14, 15)))

    def longest(self, max_new_tokens: int) -> int:
        """Tokens of the longest question with its reading and answer, a line of so many new tokens among them."""
        controls = 4
        line = max(self.line_tokens, max_new_tokens)
        return self.reading_tokens + SPARE_TOKENS + self.sentence_tokens + line + controls

    def tokens(self) -> tuple[str, ...]:
        """All tokens that a tokenizer must have."""
        single = (self.rank, self.judge, self.line, self.ask, self.reached)
        tables = (self.manners, self.ranks, self.reaches, self.labels)
        return (*single, *(token for table in tables for token in table.values()))


def read_format(table: Mapping[str, Any]) -> AskFormat:
    """The format in a table of a ``prompt.json``; ``ValueError`` or ``TypeError`` when it is none."""
    made, usual = AskFormat(**table), AskFormat()
    for item in fields(AskFormat):
        found, known = getattr(made, item.name), getattr(usual, item.name)
        if not (_tokens_of(found, known) if isinstance(known, dict) else _same_kind(found, known)):
            raise ValueError(f"{item.name} of asks is {found!r}")
    return made


def _tokens_of(found: Any, known: Mapping[str, str]) -> bool:
    """True when ``found`` has a token for every answer, in the order that they are weighed in."""
    complete = isinstance(found, dict) and list(found) == list(known)
    return complete and all(isinstance(token, str) for token in found.values())


def _same_kind(found: Any, known: str | int) -> bool:
    return type(found) is type(known) and (isinstance(found, str) or found > 0)


@dataclass(frozen=True, slots=True)
class Reading:
    """Sentences of an article that are read together, by index, and those of them that are asked about behind it."""

    read: tuple[int, ...]
    asked: range


def readings(lengths: Sequence[int], budget: int) -> list[Reading]:
    """An article in readings of at most ``budget`` tokens, so that every sentence is asked about once.

    ``lengths``: tokens of each sentence. The first reading begins at the start. A later one begins with the lead and
    the two sentences before its own, as far as these leave half of the room. A sentence that is longer than the
    room is read alone behind them.
    """
    made: list[Reading] = []
    at = 0
    while at < len(lengths):
        before = _before(lengths, at, budget) if at else []
        room, start, read = budget - sum(lengths[index] for index in before), at, before
        while at < len(lengths) and (at == start or lengths[at] <= room):
            room -= lengths[at]
            read = [*read, at]
            at += 1
        made.append(Reading(tuple(read), range(start, at)))
    return made


def _before(lengths: Sequence[int], at: int, budget: int) -> list[int]:
    lead = [0] if lengths[0] <= budget // 3 else []
    room = (budget - sum(lengths[index] for index in lead)) // 2
    near = [index for index in (at - 2, at - 1) if index > 0]
    while near and sum(lengths[index] for index in near) > room:
        near.pop(0)
    return [*lead, *near]


class Asker:
    """Questions in token ids, for one tokenizer."""

    def __init__(
        self,
        encode: Callable[[str], Sequence[int]],
        id_of: Callable[[str], int],
        tasks: Mapping[str, str],
        before: Sequence[str],
        asks: AskFormat | None = None,
    ) -> None:
        """``encode``: text → ids without special tokens; ``tasks``: task → control token; ``before``: of a reading."""
        self.asks = asks or AskFormat()
        self._encode, self._id, self._tasks = encode, id_of, tasks
        self._bos = tuple(id_of(token) for token in before)

    def words(self, text: str) -> Ids:
        """A sentence or line in ids: white space collapsed, one space before it."""
        return tuple(self._encode(" " + " ".join(text.split())))

    def reading(self, sentences: Sequence[Ids]) -> Ids:
        """What is read before every question; one sentence that is too long is cut."""
        read = [token for sentence in sentences for token in sentence]
        return (*self._bos, *read[: self.asks.reading_tokens + SPARE_TOKENS])

    def write(self, task: str, about: Ids, manner: str) -> Ids:
        """What stands before a line of ``task`` about some sentences."""
        return (self._id(self._tasks[task]), *self._about(about), self._id(self.asks.manners[manner]))

    def rank(self, about: Ids) -> Ids:
        """What stands before the rank of a sentence."""
        return (self._id(self.asks.rank), *self._about(about), self._id(self.asks.ask))

    def reached(self, about: Ids) -> Ids:
        """What stands before whether a key point stands on a sentence."""
        return (self._id(self.asks.rank), *self._about(about), self._id(self.asks.reached))

    def judged(self, task: str, about: Ids) -> Ids:
        """What stands before any line of ``task`` that is judged about some sentences."""
        return (self._id(self.asks.judge), self._id(self._tasks[task]), *self._about(about), self._id(self.asks.line))

    def judge(self, task: str, about: Ids, line: Ids) -> Ids:
        """What stands before the label of a line."""
        return (*self.judged(task, about), *line[: self.asks.line_tokens], self._id(self.asks.ask))

    def judged_alone(self, about: Ids) -> Ids:
        """What a judge of its own reads before every line about a sentence."""
        return (*self._bos, self._id(self.asks.judge), *self._about(about))

    def judge_alone(self, task: str, line: Ids) -> Ids:
        """What stands behind it: the line, and the question."""
        kept = line[: self.asks.line_tokens]
        return (self._id(self._tasks[task]), self._id(self.asks.line), *kept, self._id(self.asks.ask))

    def answers(self, table: Mapping[str, str]) -> list[int]:
        """The ids of the answers of one table of :class:`AskFormat`, in its order."""
        return [self._id(token) for token in table.values()]

    def _about(self, about: Ids) -> Ids:
        return about[: self.asks.sentence_tokens]
