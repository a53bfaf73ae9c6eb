"""Train and held-out: by date where there is one, and never one story on both sides."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from training.prepare.dedup import NearIndex


def choose_heldout(articles: Mapping[str, tuple[str, str]], share: float, most: int) -> set[str]:
    """Pick article ids to hold out: of each publisher the latest ``share``, at most ``most``.

    ``articles`` maps an id to ``(publisher, ISO date)``; a publisher with few dates is drawn by a hash of the id.
    """
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, (publisher, date) in articles.items():
        groups[publisher].append((date, name))
    held: set[str] = set()
    for members in groups.values():
        dated = sum(bool(date) for date, _ in members) > 0.9 * len(members)
        order = sorted(members, key=lambda item: item if dated else ("", f"{zlib.crc32(item[1].encode()):010d}"))
        held.update(name for _, name in order[len(order) - min(int(share * len(order)), most) :])
    return held


def same_story(held: set[str], sketches: Mapping[str, Sequence[int]], threshold: float) -> set[str]:
    """The training ids that tell a held-out story again (likeness at least ``threshold``): they are left out."""
    index = NearIndex(threshold)
    for name in sorted(held):
        index.add(name, sketches[name])
    return {name for name, sketch in sketches.items() if name not in held and index.like(sketch)}
