"""What a rule is: why a line is not to be printed, with lines that show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from summarizer.briefing.draft import Draft
from summarizer.briefing.source import Source
from summarizer.errors import ConfigError

Find = Callable[[Draft, Source], str]
"""Why a line about a source is not to be printed; the empty string when it is."""
Mend = Callable[[Draft], Draft]
"""The line without the fault, where that is plain; else as it stands."""


@dataclass(frozen=True)
class Example:
    """A line and the sentences that it stands on; most rules look at none."""

    draft: Draft
    of: tuple[str, ...] = ()


def example(text: str, *of: str, **what: object) -> Example:
    """A line, the sentences of its source and, by name, the other fields of its :class:`Draft`."""
    return Example(Draft(text, **what), of)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to turn a line down.

    ``bad`` are lines that it turns down and ``good`` lines that it does not: every rule has both. ``hard``: it holds
    whoever wrote the line, a model that was trained to edit among them; the others help those that were not.
    ``mend`` is the cure, where there is one.
    """

    name: str
    find: Find
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    hard: bool = False
    mend: Mend | None = None

    def __post_init__(self) -> None:
        if not (self.bad and self.good):
            raise ConfigError(
                expected="lines that the rule turns down and lines that it does not",
                got=f"{self.name!r} with {len(self.bad)} and {len(self.good)}",
                hint="give it bad=… and good=…",
            )
