"""The word lists of ``training.falsify.kinds``, read once from the file beside this module and spelt out."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from summarizer.arabic.text.normalize import fold

_FILE = Path(__file__).with_suffix(".txt")


class Opposite(NamedTuple):
    """What a word becomes: ``word``, and the preposition behind it (``before`` "" = put ``after`` behind a verb)."""

    word: str
    before: str = ""
    after: str = ""
    verb: bool = False


@lru_cache(maxsize=1)
def _sections() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            current = sections.setdefault(line[1:], [])
        elif line and not line.startswith("#"):
            current.append(line)
    return sections


@lru_cache(maxsize=16)
def word_set(section: str) -> frozenset[str]:
    """The folded words of a section."""
    return frozenset(fold(word).replace("_", " ") for word in words_of(section))


@lru_cache(maxsize=16)
def words_of(section: str) -> tuple[str, ...]:
    """The words of a section as written, in order."""
    return tuple(word for line in _sections()[section] for word in line.split())


_Found = dict[str, dict[bool, Opposite]]


@lru_cache(maxsize=1)
def opposites() -> dict[str, tuple[Opposite, ...]]:
    """Folded word, in each form spelt out here, to its opposites in the same form: at most one verb and one noun."""
    found: dict[str, dict[bool, Opposite]] = {}
    for line in _sections()["verbs"]:
        *pairs, prepositions = [part.split() for part in (line if line.count("|") == 3 else f"{line} | - -").split("|")]
        before, after = ("" if word == "-" else word for word in prepositions)
        _add_verb(found, pairs, (before, after))
        _add_verb(found, [pair[::-1] for pair in pairs], (after, before))
    for line in _sections()["nouns"]:
        one, other = (word.replace("_", " ") for word in line.split())
        _add_noun(found, one, other, ("", ""))
        _add_noun(found, other, one, ("", ""))
    return {word: tuple(options.values()) for word, options in found.items()}


def _add_verb(found: _Found, pairs: list[list[str]], prepositions: tuple[str, str]) -> None:
    past, present, noun = pairs
    for pair, inflections in ((past, _PAST), (present, _PRESENT)):
        for inflect in inflections if "-" not in pair else ():
            opposite = Opposite(inflect(pair[1]), *prepositions, verb=True)
            found.setdefault(fold(inflect(pair[0])), {}).setdefault(True, opposite)
    if "-" not in noun:
        _add_noun(found, noun[0], noun[1], prepositions)


def _add_noun(found: _Found, one: str, other: str, prepositions: tuple[str, str]) -> None:
    for inflect in (str, _feminine, _accusative):
        for article in ("", "ال"):
            word, opposite = article + inflect(one), article + inflect(other)
            found.setdefault(fold(word), {}).setdefault(False, Opposite(opposite, *prepositions))


def _feminine(noun: str) -> str:
    if noun.endswith("ة"):
        return noun
    return noun[:-1] + "اة" if noun.endswith("ى") else noun + "ة"


def _accusative(noun: str) -> str:
    return noun if noun.endswith(("ة", "ء", "ا")) else noun + "ا"


def _she(past: str) -> str:
    return past[:-1] + "ت" if past.endswith(("ى", "ا")) else past + "ت"


def _they(past: str) -> str:
    return past[:-1] + "وا" if past.endswith(("ى", "ا")) else past + "وا"


def _she_does(present: str) -> str:
    return "ت" + present[1:]


def _they_do(present: str) -> str:
    return (present[:-1] if present.endswith(("ي", "ى", "و")) else present) + "ون"


_PAST = (str, _she, _they)
_PRESENT = (str, _she_does, _they_do)


@lru_cache(maxsize=1)
def events() -> frozenset[str]:
    """The folded verbal nouns: what happens («ارتفاع», «مقتل»)."""
    lines = (line.split("|")[2].split() for line in _sections()["verbs"])
    return frozenset(fold(word) for line in lines for word in line if word != "-")


@lru_cache(maxsize=1)
def presents() -> dict[str, str]:
    """Folded past form to the present form of the same person («فازت» → «تفوز»)."""
    found: dict[str, str] = {}
    for line in _sections()["verbs"]:
        pasts, present = (part.split() for part in line.split("|")[:2])
        for past, now in zip(pasts, present, strict=True):
            if "-" not in (past, now):
                found.setdefault(fold(past), now)
                found.setdefault(fold(_she(past)), _she_does(now))
    return found


@lru_cache(maxsize=1)
def nationalities() -> dict[str, str]:
    """Folded adjective («تركي», «تركيه», …) to its country as written."""
    pairs = [line.split() for line in _sections()["nationalities"]]
    return {fold(adjective + ending): country for country, adjective in pairs for ending in ENDINGS}


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Country as written to its adjective."""
    pairs = (line.split() for line in _sections()["nationalities"])
    return {country: adjective for country, adjective in pairs if adjective}


ENDINGS = ("", "ة", "ين", "ون", "ان", "تين", "ات")
