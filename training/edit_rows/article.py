"""An article with all that is asked about it, and the rows that it becomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from summarizer.arabic.words import count_words
from summarizer.backends.asks import AskFormat, readings
from summarizer.briefing.house import house_of
from summarizer.schema import Task
from training.edit_rows.likeness import bullet_manner, headline_manner, strangers

Count = Callable[[str], int]
"""The tokens of a text."""

MAX_STRANGERS = 1
"""Content words of a line that its article may lack: endings change, but what is not there is not to be learned."""
MAX_HEADLINE_WORDS = 14
MAX_LINE_TOKENS = 96
MAX_ASKED_TOKENS = 900
"""Of all that is asked behind one reading; what is more becomes a second row of the same reading."""

Record = dict[str, str]


@dataclass(slots=True)
class EditedArticle:
    """Sentences, and what is asked about them: (index of the first sentence it is about, ask).

    ``source`` names the file that it is from; ``dropped`` counts what was left out, by reason.
    """

    id: str
    source: str
    sentences: Sequence[str]
    count: Count
    held: bool
    dropped: Counter[str] = field(default_factory=Counter)
    asks: list[tuple[int, Record]] = field(default_factory=list)
    more: dict[str, Any] | None = None
    """A row of another kind."""

    @property
    def body(self) -> str:
        """The sentences, joined by spaces."""
        return " ".join(self.sentences)

    def about(self, places: Sequence[int]) -> str:
        """The sentences from the first to the last of ``places``."""
        return " ".join(self.sentences[min(places) : max(places) + 1])

    def set_type(self, task: str, text: str) -> str:
        """A line as a brief prints it."""
        return house_of(self.body).set_type(" ".join(text.split()), Task(task))

    def write(self, task: str, places: Sequence[int], text: str, manner: str = "") -> None:
        """Ask for a line; without ``manner`` the one that its length says. A line that is no lesson is counted."""
        line, about = self.set_type(task, text), self.about(places)
        if why := self._no_lesson(task, line):
            self.drop(task, why)
        else:
            manner = manner or _manner(task, line, about)
            self._ask(places, {"task": task, "about": about, "manner": manner, "text": line})

    def _no_lesson(self, task: str, line: str) -> str:
        """Why a line is not to be learned; "" for one that is."""
        if strangers(line, self.body) > MAX_STRANGERS:
            return f"more than {MAX_STRANGERS} word from elsewhere"
        if task == "headline" and count_words(line) > MAX_HEADLINE_WORDS:
            return f"more than {MAX_HEADLINE_WORDS} words"
        return f"{MAX_LINE_TOKENS} tokens or more" if self.count(" " + line) >= MAX_LINE_TOKENS else ""

    def judge(self, task: str, places: Sequence[int], text: str, label: str) -> None:
        """Ask what an editor says of a line."""
        line = self.set_type(task, text)
        self._ask(places, {"task": "judge", "of": task, "about": self.about(places), "line": line, "text": label})

    def answer(self, task: str, place: int, text: str) -> None:
        """Ask for ``rank`` or ``reached`` of a sentence."""
        self._ask([place], {"task": task, "about": self.sentences[place], "text": text})

    def _ask(self, places: Sequence[int], ask: Record) -> None:
        self.asks.append((min(places), ask))

    def drop(self, task: str, why: str) -> None:
        """Count something that is left out."""
        self.dropped[f"{self.source}: {task}: {why}"] += 1

    def rows(self, seed: int) -> Iterator[dict[str, Any]]:
        """A row for each reading that something is asked behind, its questions in random order; then ``more``."""
        chance = Random(f"{seed} {self.source} {self.id}")
        lengths = [self.count(" " + sentence) for sentence in self.sentences]
        number = 0
        for reading in readings(lengths, AskFormat().reading_tokens):
            asked = [ask for place, ask in self.asks if place in reading.asked]
            chance.shuffle(asked)
            for part in self._parts(asked):
                read = [self.sentences[index] for index in reading.read]
                origin = {"id": f"{self.id}~{self.source}{number}", "group": self.id, "source_name": self.source}
                yield {**origin, "reading": read, "asks": part}
                number += 1
        if self.more:
            yield self.more

    def _parts(self, asked: Sequence[Record]) -> Iterator[list[Record]]:
        part: list[Record] = []
        total = 0
        for ask in asked:
            size = sum(self.count(" " + ask[key]) for key in ("about", "line", "text") if key in ask)
            if part and total + size > MAX_ASKED_TOKENS:
                yield part
                part, total = [], 0
            part.append(ask)
            total += size
        if part:
            yield part


def _manner(task: str, line: str, about: str) -> str:
    if task == "headline":
        return headline_manner(line)
    return bullet_manner(line, about) if task == "bullet" else "light"
