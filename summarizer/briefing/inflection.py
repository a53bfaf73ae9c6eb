"""The stems an Arabic word may be built on, generously: to tell an unusual form of a known word from a name."""

from __future__ import annotations

from summarizer.arabic.roots import forms
from summarizer.arabic.words import key

#: Endings that may follow a stem: pronouns on nouns and verbs, then number, gender and person.
_PRONOUNS = ("كما", "هما", "كم", "هم", "هن", "ها", "نا", "ني", "ه", "ك", "ي")
_NUMBERS = ("ات", "ون", "ين", "ان", "وا", "ت", "تا", "و", "ا", "ي", "يه", "ه")
_PERSONS = ("ي", "ت", "ن", "ا")
_DERIVED = ("است", "يست", "تست", "نست", "مست", "ان", "ين", "تن", "من", "يت", "تت", "مت", "م")


def stems_of(word: str) -> frozenset[str]:
    """Keys of what ``word`` may be a form of; wider than ``matching.forms``, too wide for matching two words."""
    near = forms(word)
    found = set(near)
    for stem in near:
        for bare in _cut(stem, _PRONOUNS):
            found.add(bare)
            found.update(_cut(bare, _NUMBERS))
            found.update(bare[:-1] + ending for ending in ("ه", "ي") if bare.endswith("ت"))
        found.update(_cut(stem, _NUMBERS))
    keys = {key(stem) for stem in found}
    verbs = {verb for stem in found for verb in _verb_stems(stem)}
    return frozenset(found | keys | verbs)


def _cut(stem: str, endings: tuple[str, ...]) -> list[str]:
    return [stem[: -len(end)] for end in endings if stem.endswith(end) and len(stem) - len(end) >= 3]


def _verb_stems(stem: str) -> list[str]:
    """The stem in other persons and without its prefix: «نرغب», «يرغب», «رغب»."""
    found: list[str] = []
    if len(stem) >= 4 and stem[0] in _PERSONS:
        found += [stem[1:], *(person + stem[1:] for person in _PERSONS)]
        if stem[0] != "ا":
            found.append(stem[1] + "ا" + stem[2:])
    for prefix in _DERIVED:
        if stem.startswith(prefix) and len(stem) - len(prefix) >= 3:
            found.append(stem[len(prefix) :])
    return found
