"""The learned weights as they are kept: one JSON file with its card, refused when it is of another version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from summarizer.briefing.choice.features import VERSION
from summarizer.briefing.choice.learned import Judge
from summarizer.errors import DataError

COMMITTED = Path(__file__).with_name("choice.json")


@dataclass(frozen=True, slots=True)
class Viewed:
    """The judges that also read ``views`` numbers of a model for each sentence."""

    views: int
    important: Judge
    stands: Judge


@dataclass(frozen=True, slots=True)
class Weights:
    """``names`` of the features; ``brief``: does an editor's brief stand on it; the three questions; ``viewed``: two of
    them with a model's view, or nothing. ``card``: what they were fitted on and how well they do on what they were not.
    """

    names: tuple[str, ...]
    brief: Judge
    important: Judge
    stands: Judge
    news: Judge
    viewed: Viewed | None
    card: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """What ``read`` reads."""
        judges = {name: getattr(self, name).to_json() for name in _JUDGES}
        viewed = self.viewed
        kept = viewed and {
            "views": viewed.views, "important": viewed.important.to_json(), "stands": viewed.stands.to_json(),
        }  # fmt: skip
        return {"version": VERSION, "card": dict(self.card), "names": list(self.names), **judges, "viewed": kept}


_JUDGES = ("brief", "important", "stands", "news")


@lru_cache(maxsize=4)
def read(path: Path = COMMITTED) -> Weights:
    """The weights of ``path``. ``DataError`` for a file that is missing, no such JSON, or of another version."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        version = kept["version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _refused(path, f"{type(error).__name__}: {error}") from error
    if version != VERSION:
        raise _refused(path, f"version {version}")
    try:
        return _weights(kept)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise _refused(path, f"{type(error).__name__}: {error}") from error


def _weights(kept: Mapping[str, Any]) -> Weights:
    viewed = kept["viewed"]
    brief, important, stands, news = (Judge.of(kept[name]) for name in _JUDGES)
    both = viewed and Viewed(int(viewed["views"]), Judge.of(viewed["important"]), Judge.of(viewed["stands"]))
    return Weights(tuple(kept["names"]), brief, important, stands, news, both, kept["card"])


def _refused(path: Path, why: str) -> DataError:
    return DataError(
        expected=f"weights of choice, version {VERSION}",
        got=f"{path}: {why}",
        hint="fit them again: python -m training.choice --data DIR --out FILE",
    )
