"""How two spellings of the same letters differ, and how often a slip of that kind is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_LETTERS = {
    "اأ": "hamza",
    "اإ": "hamza",
    "اآ": "hamza",
    "إا": "wasl-below",
    "أا": "wasl-above",
    "أإ": "below",
    "إأ": "above",
    "أآ": "madda",
    "ىي": "ya",
    "يى": "maqsura",
    "هة": "ta",
    "ةه": "ha",
    "ئؤ": "seat",
}
"""What stands and what should: the letters of one slip, and the name of its kind."""
_LAST = ("ya", "maqsura", "ta", "ha")
_ARTICLE = re.compile("(?:[وفبك]{0,2}ال|[وف]?لل)")


def kind(form: str, common: str) -> str:
    """The name of what parts ``form`` from ``common``, several joined with «+»; "" when no kind covers it.

    The ends of words with the article are a kind of their own («ta-definite»), since no pronoun can stand there.
    """
    if len(form) != len(common):
        return ""
    names = set()
    for place, pair in enumerate(zip(form, common, strict=True)):
        if pair[0] == pair[1]:
            continue
        name = _LETTERS.get("".join(pair), "")
        if (
            not name
            or (name in _LAST and place != len(form) - 1)
            or (name.startswith("wasl") and not _opens(common, place))
        ):
            return ""
        names.add(f"{name}-definite" if name in _LAST and _ARTICLE.match(common) else name)
    return "+".join(sorted(names))


def _opens(word: str, place: int) -> bool:
    """True when the alef at ``place`` is the word's first, one before the article's lam aside."""
    before = word[:place]
    article = _ARTICLE.match(word)
    return word[place + 1 : place + 2] != "ل" and (
        before in ("", "و", "ف", "ب", "ل", "ك") or bool(article and article.end() == place)
    )


def slips(common: str) -> Iterator[tuple[str, str]]:
    """Every form that one slip makes of ``common``, with its kind."""
    for place, letter in enumerate(common):
        for pair in _LETTERS:
            if pair[1] == letter:
                form = common[:place] + pair[0] + common[place + 1 :]
                if name := kind(form, common):
                    yield form, name


_LEAST_COUNT = 1_000


def rates(counts: Mapping[str, int], edited: Mapping[str, int]) -> dict[str, float]:
    """For each kind: how often a slip stands for a common word, the third quartile over common words."""
    found: dict[str, list[float]] = {}
    for word, count in counts.items():
        if count < _LEAST_COUNT or edited.get(word, 0) < _LEAST_COUNT / 10:
            continue
        for form, name in slips(word):
            if edited.get(form, 0) * 20 < edited[word]:
                found.setdefault(name, []).append(counts.get(form, 0) / count)
    return {name: sorted(shares)[len(shares) * 3 // 4] for name, shares in found.items()}
