"""Rare forms that are slips of a common one: by their counts alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from summarizer.arabic.text.normalize import fold
from training.spelling.counts import Counts
from training.spelling.kinds import kind

ALEF = "hamza"
"""The one kind that leaves letters' marks out instead of writing others: hardly ever a word of its own."""
RATIO = 50
RATIOS = 40, 100
"""How many times rarer in well-spelt articles than what was meant a slip is: at least :data:`RATIO` than all else that
could be meant; a form without hamza, which is hardly ever a word of its own, by the first of :data:`RATIOS`, others by
the second."""
LEAST = 15
"""Times that a form stands in well-spelt articles before it counts as common."""
EXCESS = 2.0
"""A form that stands this many times oftener in the news than slips of its kind do is a word of its own."""
_UNSEEN = 0.3, 1.0
"""What is counted for a form without hamza, and for others, that well-spelt articles do not have."""
OWN = 0.2
"""How common a form without hamza may be in well-spelt articles, against the news: «الى» 0.12, «فان» («فان دايك») 0.40.
Slips of other kinds are nearly as common in the one as in the other."""
KINDS = frozenset(
    "above below ha-definite hamza madda maqsura-definite seat ta-definite wasl-above wasl-below ya ya-definite".split()
)
"""Kinds whose pairs were right in 99 of 100 places of edited text. Not so a last «ه» for «ة» without the article
(«صناعه» may be «those who made it»), «ة» for «ه» («علية» is an attic) and «ي» for «ى» («أري»): those are left to
neighbours."""
_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]{2,}")


@dataclass(frozen=True, slots=True)
class Spellings:
    """``groups``: folded letters to their common forms, the commonest first; ``rates``: a kind to its slips' share."""

    counts: Counts
    groups: Mapping[str, tuple[str, ...]]
    rates: Mapping[str, float]


def group(words: Counter[str]) -> dict[str, tuple[str, ...]]:
    """Forms that stand at least :data:`LEAST` times by their folded letters, the commonest first."""
    found: dict[str, list[str]] = {}
    for word, count in sorted(words.items(), key=lambda item: (-item[1], item[0])):
        if count >= LEAST and _WORD.fullmatch(word):
            found.setdefault(fold(word), []).append(word)
    return {folded: tuple(forms) for folded, forms in found.items()}


def rate(name: str, rates: Mapping[str, float]) -> float:
    """The share of slips of a kind; of several at once a tenth of the rarest's. 0 for an unknown one."""
    parts = [part for part in name.split("+") if part != ALEF]
    least = min((rates.get(part, 0.0) for part in parts), default=1.0)
    return least if len(parts) < 2 else least / 10


def plausible(name: str, form_count: int, common_count: int, rates: Mapping[str, float]) -> bool:
    """True when ``form`` stands no oftener than slips of the kind ``name`` explain."""
    return bool(name) and form_count <= EXCESS * rate(name, rates) * common_count + 1


def meant(form: str, spellings: Spellings) -> tuple[str, str] | None:
    """The common form that ``form`` is a slip of, and the kind; None when it may be right or several are meant."""
    edited = spellings.counts.edited
    common, *others = [one for one in spellings.groups.get(fold(form), ()) if one != form] or [""]
    name = kind(form, common) if common else ""
    if not name or not plausible(name, spellings.counts.all[form], spellings.counts.all[common], spellings.rates):
        return None
    if not KINDS.issuperset(name.split("+")):
        return None
    ratio, unseen = (RATIOS[0], _UNSEEN[0]) if name == ALEF else (RATIOS[1], _UNSEEN[1])
    if edited[common] < max(LEAST, ratio * max(edited[form], unseen)):
        return None
    if name == ALEF and _own_share(form, common, spellings) > OWN:
        return None
    if any(kind(form, other) and edited[other] * RATIO > edited[common] for other in others):
        return None
    return common, name


def _own_share(form: str, common: str, spellings: Spellings) -> float:
    """How often ``form`` stands in well-spelt articles against its share of all the news: near 1 for a word of its
    own, near 0 for a slip. One place is no evidence.
    """
    edited, everywhere = spellings.counts.edited, spellings.counts.all
    if edited[form] < 2:
        return 0.0
    return (edited[form] / edited[common]) / (everywhere[form] / everywhere[common])


def find_pairs(spellings: Spellings) -> dict[str, tuple[str, str]]:
    """Every form of the news that :func:`meant` mends, to the common form and the kind."""
    found = {}
    for form in spellings.counts.all:
        if _WORD.fullmatch(form) and (mended := meant(form, spellings)):
            found[form] = mended
    return found
