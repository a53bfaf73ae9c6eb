"""``briefs/train.jsonl`` and ``dev.jsonl``: what an editor would write about an article, and the same as cuts.

A row: ``id sentences headline standfirst bullets cuts`` and, for some of train, ``lines``; their meaning is on the
dataclasses. ``dev`` holds articles of the benchmarks and is never to be trained on.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.corpora.annotated.lines import (
    Read,
    RowError,
    objects,
    read_rows,
    refuse_repeats,
    text,
    texts,
    whole,
)

PRINTED = 5
"""Bullets that are for print; those behind them are spare."""
MAX_SENTENCES = 3
"""Sentences that may bear one bullet out (``GUIDELINES.md``)."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bullet in an editor's words and the indices of the sentences that bear it out, rising."""

    text: str
    sentences: tuple[int, ...]

    @property
    def apart(self) -> bool:
        """True when other sentences stand between those that bear it out, which the guidelines exclude."""
        return self.sentences[-1] - self.sentences[0] >= len(self.sentences)


@dataclass(frozen=True, slots=True)
class Slots:
    """One text for each statement of a brief, ``bullets`` in the order of the brief's; "" where none can be printed."""

    headline: str
    standfirst: str
    bullets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditedBrief:
    """An article and its brief.

    ``sentences`` is the body as indices see it; ``bullets`` the most important first, :data:`PRINTED` of them for
    print; ``cuts`` says the same in the article's own words; ``lines`` (None for a third) are cuts mended until each
    can be printed alone.
    """

    id: str
    sentences: tuple[str, ...]
    headline: str
    standfirst: str
    bullets: tuple[Bullet, ...]
    cuts: Slots
    lines: Slots | None = None

    @property
    def printed(self) -> tuple[Bullet, ...]:
        """The first :data:`PRINTED` bullets."""
        return self.bullets[:PRINTED]


def read_briefs(path: Path, known: Container[str] | None = None) -> Read[EditedBrief]:
    """The briefs of ``path``; ask for ``.checked()`` unless faults are to be shown.

    Faults: a text that is missing or empty, an index that names no sentence, one named twice or out of order, more
    than :data:`MAX_SENTENCES` of them, cuts that are not one for each bullet, a bullet or cut given twice, an article
    (by id or by sentences) given twice, and with ``known`` an id outside it. ``DataError`` when there is no such file.
    """
    unique = {"an id": lambda row: row.id, "an article's sentences": lambda row: row.sentences}
    return read_rows(path, _brief, known, unique)


def _brief(fields: Mapping[str, Any]) -> EditedBrief:
    sentences = texts(fields, "sentences")
    bullets = tuple(_bullet(one, len(sentences)) for one in objects(fields, "bullets"))
    refuse_repeats([bullet.text for bullet in bullets], "a bullet")
    return EditedBrief(
        text(fields, "id"),
        sentences,
        text(fields, "headline"),
        text(fields, "standfirst"),
        bullets,
        _slots(fields, "cuts", len(bullets)),
        _slots(fields, "lines", len(bullets)) if "lines" in fields else None,
    )


def _bullet(fields: Mapping[str, Any], sentences: int) -> Bullet:
    places = fields.get("sentences")
    if not isinstance(places, list) or not 1 <= len(places) <= MAX_SENTENCES:
        raise RowError(f"a bullet that stands on none or more than {MAX_SENTENCES} sentences")
    found = tuple(whole({"sentences": place}, "sentences", below=sentences) for place in places)
    if list(found) != sorted(set(found)):
        raise RowError("a bullet's sentences twice or out of order")
    return Bullet(text(fields, "text"), found)


def _slots(fields: Mapping[str, Any], name: str, bullets: int) -> Slots:
    """The cuts or lines of a row, as many as it has bullets; an empty one says that none can be printed."""
    value = fields.get(name)
    if not isinstance(value, dict):
        raise RowError(f"no object in {name!r}")
    found = texts(value, "bullets", empty=True)
    if len(found) != bullets:
        raise RowError(f"{name} that are not one for each bullet")
    refuse_repeats(found, f"one of {name}")
    return Slots(text(value, "headline", empty=True), text(value, "standfirst", empty=True), found)
