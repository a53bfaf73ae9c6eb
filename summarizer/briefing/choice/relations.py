"""How each sentence stands to the others of its article: what it repeats, brings up, and leaves unexplained."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from summarizer.briefing.choice.sentence import Sentence

_RARE = 300
_DAMPING, _ROUNDS = 0.85, 20


def relations(sentences: Sequence[Sentence]) -> list[dict[str, float]]:
    """Named numbers of each sentence, from the words that it shares with the others. Quadratic in the sentences."""
    alike = likeness(sentences)
    rank = _page_rank(alike)
    frequency = Counter(k for s in sentences for k in s.key_set)
    mentions = _mentions(sentences)
    before, after = _united(sentences), _united(sentences[::-1])[::-1]
    return [
        {**_alike(alike, rank, i), **_shared(sentences, frequency, i, (before[i], after[i])), **mentions[i]}
        for i in range(len(sentences))
    ]


def relations_of(sentences: Sequence[Sentence], place: int) -> list[dict[str, float]]:
    """As :func:`relations`, of the sentence at ``place``; of the others only what they are compared by."""
    alike = likeness(sentences)
    frequency = Counter(k for s in sentences for k in s.key_set)
    before = _united(sentences)
    after = frozenset[str]().union(*(s.key_set for s in sentences[place + 1 :]))
    found: list[dict[str, float]] = [
        {"to_lead": _to_lead(alike, i), **_few(s.key_set, before[i], frequency)} for i, s in enumerate(sentences)
    ]
    found[place] = {
        **_alike(alike, _page_rank(alike), place),
        **_shared(sentences, frequency, place, (before[place], after)),
        **_mentions(sentences[: place + 1])[place],
    }
    return found


def _united(sentences: Sequence[Sentence]) -> list[frozenset[str]]:
    """The keys of all sentences before each."""
    found, known = [], frozenset[str]()
    for s in sentences:
        found.append(known)
        known |= s.key_set
    return found


def likeness(sentences: Sequence[Sentence]) -> NDArray[np.float64]:
    """Cosine of every two sentences, [sentences, sentences], keys weighted by rarity in news; 0 on the diagonal."""
    column: dict[str, int] = {}
    weight: dict[str, float] = {}
    for s in sentences:
        for k, count in zip(s.keys, s.counts, strict=True):
            if k:
                column.setdefault(k, len(column))
                weight[k] = min(weight.get(k, 99.0), 14.0 - math.log1p(max(count, 0)))
    table = np.zeros((len(sentences), max(1, len(column))))
    for row, s in enumerate(sentences):
        for k in s.key_set:
            table[row, column[k]] = max(1.0, weight[k])
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    alike: NDArray[np.float64] = table @ table.T
    np.fill_diagonal(alike, 0.0)
    return alike


def _page_rank(alike: NDArray[np.float64]) -> NDArray[np.float64]:
    """LexRank (Erkan and Radev 2004), scaled so that the mean is 1."""
    total = alike.sum(axis=1, keepdims=True)
    steps = np.where(total > 0, alike / np.maximum(total, 1e-9), 1 / max(1, len(alike)))
    rank = np.ones(len(alike))
    for _ in range(_ROUNDS):
        rank = 1 - _DAMPING + _DAMPING * (steps.T @ rank)
    return rank


def _alike(alike: NDArray[np.float64], rank: NDArray[np.float64], i: int) -> dict[str, float]:
    row, n = alike[i], len(alike)
    most = np.sort(row)[::-1][:3]
    return {
        "lexrank": rank[i],
        "alike_mean": row.sum() / max(1, n - 1),
        "alike_most": most[0],
        "alike_three": most.mean(),
        "to_lead": _to_lead(alike, i),
        "to_second": row[1] if n > 1 and i != 1 else 1.0,
        "to_before": row[i - 1] if i else 0.0,
        "to_after": row[i + 1] if i + 1 < n else 0.0,
        "to_earlier": row[:i].max(initial=0.0),
        "to_later": row[i + 1 :].max(initial=0.0),
        "later_mean": row[i + 1 :].sum() / max(1, n - 1 - i),
        "links": float((row > 0.15).sum()),
    }


def _to_lead(alike: NDArray[np.float64], i: int) -> float:
    return float(alike[i, 0]) if i else 1.0


def _few(own: frozenset[str], before: frozenset[str], frequency: Counter[str]) -> dict[str, float]:
    size = max(1, len(own))
    return {
        "centroid": math.fsum([math.log(frequency[k]) for k in own]) / math.sqrt(size + 4.0),
        "known_share": len(own & before) / size,
        "new": len(own - before),
    }


def _shared(
    sentences: Sequence[Sentence], frequency: Counter[str], i: int, around: tuple[frozenset[str], frozenset[str]]
) -> dict[str, float]:
    """``around``: the keys of the sentences before and behind."""
    own, (before, after) = sentences[i].key_set, around
    size = max(1, len(own))
    lead, previous = sentences[0].key_set, sentences[i - 1].key_set if i else frozenset()
    few = _few(own, before, frequency)
    return {
        "centroid": few["centroid"],
        "centroid_mean": math.fsum([math.log(frequency[k]) for k in own]) / size,
        "recurring": sum(frequency[k] > 2 for k in own),
        "known_share": few["known_share"],
        "new": few["new"],
        "later_share": len(own & after) / size,
        "brings_up": len((own - before) & after),
        "lead_share": len(own & lead) / size if i else 1.0,
        "lead_kept": len(own & lead) / max(1, len(lead)) if i else 1.0,
        "previous_share": len(own & previous) / size,
        "only_here": sum(frequency[k] == 1 for k in own),
    }


def _mentions(sentences: Sequence[Sentence]) -> list[dict[str, float]]:
    """Definite words not mentioned before, words mentioned before with other neighbours now, and where."""
    first: dict[str, tuple[str, str, int]] = {}
    rows: list[dict[str, float]] = []
    for index, s in enumerate(sentences):
        row = dict.fromkeys(_MENTIONED, 0.0)
        row["new_definite_at"] = row["known_at"] = row["bare_at"] = row["new_at"] = 30.0
        told: dict[str, tuple[str, str, int]] = {}
        for at, (k, folded, count) in enumerate(zip(s.keys, s.folded, s.counts, strict=True)):
            if not k:
                continue
            left = s.folded[at - 1] if at else ""
            known = first.get(k)
            definite = folded.startswith(("ال", "وال", "بال", "لل"))
            if known is None:
                told.setdefault(k, (left, folded, index))
                _note(row, "new_definite" if definite else "new_plain", at)
                if 0 <= count < _RARE:
                    row["new_rare"] += 1
                if at < row["new_at"]:
                    row["new_at"] = at
            else:
                _note(row, "known", at)
                row["known_definite"] += definite
                if known[0] != left and 0 <= count < _RARE:
                    _note(row, "bare", at)
                if definite and not known[1].startswith(("ال", "وال", "بال", "لل")):
                    _note(row, "now_definite", at)
                row["known_ago"] = max(row["known_ago"], min(index - known[2], 20))
        first = {**told, **first}
        rows.append(row)
    return rows


_MENTIONED = (
    "new_definite", "new_plain", "known", "bare", "now_definite", "new_definite_at", "new_plain_at", "known_at",
    "bare_at", "now_definite_at", "new_at", "new_rare", "known_definite", "known_ago",
)  # fmt: skip


def _note(row: dict[str, float], name: str, at: int) -> None:
    if not row[name] or at < row[name + "_at"]:
        row[name + "_at"] = float(at)
    row[name] += 1
