"""The labelled articles as rows: light lines (rank, as it is), briefs (bullets, headline), a model's views."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer.arabic.words import content_keys
from summarizer.briefing.choice.features import features
from summarizer.briefing.choice.learned import Floats
from summarizer.briefing.choice.outlook import FIRST
from summarizer.briefing.choice.sentence import read_all
from summarizer.errors import DataError
from training.corpora.annotated.briefs import read_briefs as annotated_briefs
from training.corpora.annotated.labels import read_light as annotated_light

BULLETS = 5
"""So many first bullets of a brief are for print, the rest spare."""
_BORN_OUT = 0.6
"""Share of the headline's content words that its sentence must have."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article: its ``table`` of features and the truth of each question, [sentences] each. ``bullets``: the
    sentences of each bullet for print.
    """

    id: str
    sentences: tuple[str, ...]
    table: Floats
    truth: dict[str, NDArray[np.bool_]]
    bullets: tuple[frozenset[int], ...] = ()

    @property
    def held_out(self) -> bool:
        """True for an eighth of all ids, which nothing is fitted on."""
        return zlib.crc32(self.id.encode()) % 8 == 0


def read_light(path: Path) -> Iterator[Labelled]:
    """The articles of a file of light lines: «important» is rank 2, «stands» is ``as_is``."""
    for row in annotated_light(path).checked():
        truth = {
            "important": np.array([line.rank == 2 for line in row.lines]),
            "stands": np.array([line.as_is for line in row.lines]),
        }
        yield _labelled(row.id, row.sentences, truth)


def read_briefs(path: Path) -> Iterator[Labelled]:
    """The articles of a file of briefs: «brief» is every sentence of the bullets for print, «news» the headline's."""
    for row in annotated_briefs(path).checked():
        bullets = tuple(frozenset(bullet.sentences) for bullet in row.bullets[:BULLETS])
        places = np.arange(len(row.sentences))
        truth = {
            "brief": np.isin(places, [i for bullet in bullets for i in bullet]),
            "news": places == news_of(row.cuts.headline or row.headline, row.sentences),
        }
        yield _labelled(row.id, row.sentences, truth, bullets)


def news_of(headline: str, sentences: Sequence[str]) -> int:
    """The sentence among the first that has most of the headline's content words, the earliest of equals; else -1."""
    wanted = set(content_keys(headline))
    shares = [len(wanted & set(content_keys(s))) / max(1, len(wanted)) for s in sentences[:FIRST]]
    best = max(shares, default=0.0)
    return shares.index(best) if best >= _BORN_OUT else -1


def read_views(path: Path) -> dict[str, Floats]:
    """Article id to its views, [sentences, k], from lines of ``{"id", "views"}``; ``DataError`` names a bad one."""
    found: dict[str, Floats] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            views = np.array(row["views"], dtype=np.float64)
            if views.ndim != 2 or row["id"] in found or not np.isfinite(views).all():
                raise ValueError("no table of finite numbers, or an id that was there before")
            found[row["id"]] = views
        except (ValueError, KeyError, TypeError) as error:
            hint = "write the views again"
            raise DataError(expected='"id" and "views"', got=f"{path} line {number}: {error}", hint=hint) from error
    return found


def _labelled(
    name: str,
    sentences: tuple[str, ...],
    truth: dict[str, NDArray[np.bool_]],
    bullets: tuple[frozenset[int], ...] = (),
) -> Labelled:
    return Labelled(name, sentences, features(read_all(sentences))[1], truth, bullets)
