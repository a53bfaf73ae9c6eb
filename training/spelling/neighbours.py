"""Forms that may be right or may stand for several words: what the word before or after them tells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import country_of, is_name
from training.spelling.counts import Article, is_edited, runs_of, words_of
from training.spelling.kinds import kind
from training.spelling.pairs import ALEF, RATIO, Spellings, plausible

LEAST_TOGETHER = 15
"""Times that a form stands beside a neighbour in well-spelt articles before that tells anything."""
_LEAST_FORM, _LEAST_COMMON = 20, 200
_LEAST_SLIPS = 2

Side = str
"""«before» or «after» the form."""
Told = dict[tuple[Side, str, str], str]
"""Side, form and folded neighbour to the form that is meant."""


@dataclass(frozen=True, slots=True)
class Together:
    """How often (side, form, folded neighbour) stands in well-spelt articles, and in all."""

    edited: Counter[tuple[Side, str, str]]
    all: Counter[tuple[Side, str, str]]


def doubtful(spellings: Spellings, sure: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Forms that counts alone do not mend, to the common forms they may stand for."""
    counts, settled = spellings.counts, frozenset(sure)
    found = {}
    for form, count in counts.all.items():
        if count < _LEAST_FORM or form in settled:
            continue
        least = max(_LEAST_COMMON, counts.edited[form] / 10)
        several = spellings.groups.get(fold(form), ())
        if common := tuple(one for one in several if one != form and counts.edited[one] >= least and kind(form, one)):
            found[form] = common
    return found


def count_together(articles: Callable[[], Iterable[Article]], forms: frozenset[str], bad: frozenset[str]) -> Together:
    """The neighbours of ``forms``, folded."""
    edited: Counter[tuple[Side, str, str]] = Counter()
    everywhere: Counter[tuple[Side, str, str]] = Counter()
    for _, source, body in articles():
        found = []
        for words in runs_of(body):
            for place in [place for place, word in enumerate(words) if word in forms]:
                if place:
                    found.append(("before", words[place], fold(words[place - 1])))
                if place + 1 < len(words):
                    found.append(("after", words[place], fold(words[place + 1])))
        everywhere.update(found)
        if is_edited(source, words_of(body), bad):
            edited.update(found)
    return Together(edited, everywhere)


_NAME_COMPANY = 0.2
"""Share of its neighbours that are names from which a name is a person's (that of ``training.lexicon``)."""


def persons(names: Iterable[str], together: Together, spellings: Spellings) -> frozenset[str]:
    """Those of ``names`` that stand beside other names so often that they are people's."""
    wanted = frozenset(names)
    beside: Counter[str] = Counter()
    for (_, form, other), count in together.edited.items():
        if form in wanted and is_name(other) and not country_of(other):
            beside[form] += count
    return frozenset(name for name in wanted if beside[name] >= _NAME_COMPANY * spellings.counts.edited[name])


def tell(doubts: dict[str, tuple[str, ...]], together: Together, spellings: Spellings) -> Told:
    """What each neighbour tells of each doubtful form, where it is sure."""
    by_form: dict[str, list[tuple[Side, str]]] = defaultdict(list)
    for (side, form, other), count in together.all.items():
        if form in doubts and count >= _LEAST_SLIPS:
            by_form[form].append((side, other))
    told: Told = {}
    for form, places in by_form.items():
        for side, other in places:
            common = _told(side, form, other, doubts[form], together, spellings)
            if common:
                told[side, form, other] = common
    return told


def _told(
    side: Side, form: str, other: str, common: tuple[str, ...], together: Together, spellings: Spellings
) -> str | None:
    """The one of ``common`` that stands beside ``other``, when no other form of the same letters does."""
    counts = {one: together.edited[side, one, other] for one in (form, *common)}
    best = max(common, key=lambda one: (counts[one], one))
    name = kind(form, best)
    if counts.pop(best) < LEAST_TOGETHER or any(
        RATIO * count > together.edited[side, best, other] for count in counts.values()
    ):
        return None
    slips, right = together.all[side, form, other], together.all[side, best, other]
    return best if name == ALEF or plausible(name, slips, right, spellings.rates) else None
