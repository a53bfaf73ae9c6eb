"""Every default in one place. Dataclasses ← TOML recipe ← flags; the environment is read only here."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from summarizer.schema import Task

Style = Literal["news", "plain"]
"""Of headlines, without full stops, or of running text; ``briefing.house`` says what that means."""


@dataclass(frozen=True, slots=True)
class InputLimits:
    """What is read at all. Sizes in bytes, lengths in characters (code points)."""

    max_bytes: int = 10_000_000
    max_chars: int = 2_000_000
    min_arabic_letters: int = 20
    min_arabic_share: float = 0.4
    """Arabic letters among all letters: below this the text is refused as not Arabic."""


@dataclass(frozen=True, slots=True)
class EditorialLimits:
    """What an editor would print. Lengths in words as counted by ``arabic.words.count_words``."""

    min_headline_words: int = 3
    max_headline_words: int = 14
    min_standfirst_words: int = 8
    max_standfirst_words: int = 40
    min_bullet_words: int = 4
    max_bullet_words: int = 14
    """What a bullet is written for; one that says its sentence to the end may be a little longer."""
    max_long_bullet_words: int = 18
    max_extractive_words: int = 30
    """A sentence lifted from the article may be longer than a written one before it is refused."""
    min_bullets: int = 3
    max_bullets: int = 5
    max_asked_bullet_words: int | None = None
    """The reader's own limit: unlike ``max_bullet_words`` it holds for lifted sentences too, on every rung."""
    max_overlap: float = 0.5
    """Content-word Jaccard above which two statements say the same thing."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a model backend searches. ``seed`` makes sampling repeatable; greedy and beam ignore it."""

    candidates: int = 4
    beam: int = 4
    bullet_beam: int | None = 2
    """Beams and candidates of a bullet, whose passage is short; None, and when sampling: as many as the others have."""
    max_new_tokens: int = 96
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 4
    temperature: float = 1.0
    seed: int = 0
    grounded: bool = False
    """Only words of the source, up to inflection (``backends.grounding``); an engine that cannot mask tokens searches
    freely."""

    def of(self, task: Task) -> Decoding:
        """The search for one kind of text."""
        if task is not Task.BULLET or self.bullet_beam is None or self.beam == 1:
            return self
        fewer = self.bullet_beam
        return replace(self, candidates=min(self.candidates, fewer), beam=min(self.beam, fewer))


@dataclass(frozen=True, slots=True)
class Verification:
    """What a model's verdict on a written statement does. A backend without a verifier leaves both without effect."""

    weight: float = 0.1
    """How much the log-odds of "borne out" add to a candidate's score (0: they rank nothing)."""
    min_odds: float = 0.0
    """Log-odds (natural log) below which a written statement is refused: 0 is where "yes" and "no" are equally
    likely, minus infinity refuses nothing."""


@dataclass(frozen=True, slots=True)
class BriefOptions:
    """What the pipeline is asked for.

    ``bullets=None`` lets the article's length decide (3-5); ``max_source_tokens=None`` lets the backend.
    """

    bullets: int | None = None
    max_source_tokens: int | None = None
    style: Style = "news"
    limits: EditorialLimits = field(default_factory=EditorialLimits)
    decoding: Decoding = field(default_factory=Decoding)
    verification: Verification = field(default_factory=Verification)


def data_dir() -> Path | None:
    """The folder of corpora and benchmarks, from ``MUJAZ_DATA``; None when unset."""
    value = os.environ.get("MUJAZ_DATA", "")
    return Path(value) if value else None


def service_environment() -> dict[str, str]:
    """The settings of a service that the environment holds: ``MUJAZ_MAX_QUEUE=128`` is ``{"max_queue": "128"}``."""
    prefix, others = "MUJAZ_", {"data"}
    found = {name.removeprefix(prefix).lower(): value for name, value in os.environ.items() if name.startswith(prefix)}
    return {name: value for name, value in found.items() if name not in others and value}
