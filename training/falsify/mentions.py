"""Who and what a statement speaks of: names, countries, groups and definite noun phrases, with their proclitics.

No parser: a phrase is a run of words that stand beside each other and look alike (names, words with the article,
a title or a group with what it governs). Good enough to exchange two of them, not to understand them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.arabic.text.normalize import fold
from summarizer.arabic.vocabulary import country_of, is_name, lexicon
from summarizer.arabic.words import Word, is_stopword, key, tokenize
from summarizer.schema import Span
from training.falsify.words import countries, nationalities, opposites, word_set

_DEFINITE = re.compile(r"([وف]?(?:[بك]?(?=ال)|ل(?=ل)))(ال|ل)(\w{2,})$")
_PROCLITICS = re.compile(r"([وف]?[بلك]?)(\w{3,})$")
_LINKS = frozenset(fold(word) for word in "بن ابن أبو أبي آل عبد دي فان فون ديل".split())
_FEMININE = ("ة", "ات", "ى", "اء")
MAX_WORDS = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """One phrase. ``span`` covers it with its proclitics ``prefix``; ``core`` is its text without them.

    ``kind``: "name" and "title" of persons, "group", "country", "city", "thing", or "region" (a name with a place).
    """

    span: Span
    prefix: str
    core: str
    kind: str
    feminine: bool
    keys: frozenset[str]

    def meets(self, other: Mention) -> bool:
        """True when the two may be the same one: they share a word."""
        return not self.keys.isdisjoint(other.keys)


def attach(prefix: str, core: str) -> str:
    """``core`` behind proclitics, as it is written: «ل» and «العراق» give «للعراق»."""
    if prefix.endswith("ل") and core.startswith("ال"):
        return prefix + (core[2:] if core.startswith("الل") else core[1:])
    return prefix + core


@lru_cache(maxsize=65536)
def split_proclitics(word: str) -> tuple[str, str, bool]:
    """(proclitics, the rest with its article, whether it has one) of a noun as written.

    A first letter of a word without article is a proclitic only before a known name («لروسيا»).
    """
    folded = fold(word)
    if folded not in word_set("lookalikes") and folded not in word_set("articleless"):
        match = _DEFINITE.match(word)
        if match:
            return match[1], "ال" + match[3], True
    match = _PROCLITICS.match(word)
    if match and match[1] and not _is_known(word) and _is_known(match[2]):
        return match[1], match[2], False
    return "", word, False


@lru_cache(maxsize=65536)
def _is_known(word: str) -> bool:
    folded = fold(word)
    return folded in lexicon().names or folded in _COUNTRIES or folded in word_set("cities") or _heads(folded) != ""


_COUNTRIES = frozenset(fold(country) for country in countries())


def find_mentions(text: str) -> tuple[Mention, ...]:
    """The mentions of ``text`` in order; they do not overlap."""
    return _remembered(text) if len(text) < 600 else _find(text)


def _find(text: str) -> tuple[Mention, ...]:
    words = tokenize(text)
    found, place = [], 0
    while place < len(words):
        end, kind = _phrase(words, place, text)
        if kind and not (kind == "thing" and _is_part(words, place, end, text)):
            found.append(_mention(words[place:end], kind, text))
        place = max(end, place + 1)
    return tuple(found)


_remembered = lru_cache(maxsize=4096)(_find)


def _is_part(words: Sequence[Word], place: int, end: int, text: str) -> bool:
    """True for a definite word beside a name or behind another phrase: an adjective, a surname, a title."""
    before = words[place - 1] if place and text[words[place - 1].span.end : words[place].span.start] == " " else None
    after = words[end] if end < len(words) and text[words[end - 1].span.end : words[end].span.start] == " " else None
    closes = before is not None and (split_proclitics(before.text)[2] or _is_known(before.text))
    return (closes and not split_proclitics(words[place].text)[0]) or any(
        word is not None and is_name(word.text) and fold(word.text) not in opposites() for word in (before, after)
    )


def _phrase(words: Sequence[Word], place: int, text: str) -> tuple[int, str]:
    """Where the phrase that begins at ``place`` ends, and its kind; "" when none begins there."""
    _, core, definite = split_proclitics(words[place].text)
    folded = fold(core)
    if folded in word_set("times") or is_stopword(words[place].text):
        return place, ""
    bare = folded.removeprefix("ال") if definite else folded
    head = _heads(bare)
    end = _run(words, place + 1, text, definite or bool(head), head == "title")
    if folded in word_set("teams"):
        return end, "group"
    if definite:
        return end, head or _place_kind(folded) or _definite(bare, end - place)
    if head and end > place + 1:
        return end, head
    return _proper(words, place, text, core)


def _proper(words: Sequence[Word], place: int, text: str, core: str) -> tuple[int, str]:
    """A phrase that opens with a proper name: a country, a city, a person; names with a place are a "region"."""
    folded = fold(core)
    if kind := _place_kind(folded):
        return place + 1, kind
    if folded in opposites() or not is_name(core) or country_of(core):
        return place, ""
    end = _run(words, place + 1, text, False, True)
    run = [fold(word.text) for word in words[place:end]]
    if any(word in _COUNTRIES or word in word_set("cities") for word in run):
        return end, "region"
    listed = [word for word in run if word in lexicon().names or word[0] <= "z"]
    return (end, "name") if listed and (end > place + 1 or folded in lexicon().names) else (place, "")


def _place_kind(folded: str) -> str:
    if folded in _COUNTRIES:
        return "country"
    return "city" if folded in word_set("cities") else ""


def _definite(bare: str, length: int) -> str:
    """The kind of a phrase that opens with the definite word ``bare``; "" for an adjective or what says nothing."""
    if bare in nationalities():
        return "group" if bare.endswith(("ين", "ون")) else ""
    adjective = length == 1 and (bare.endswith(("ي", "يه")) or (bare[0] == "ا" and len(bare) == 4))
    return "" if adjective or "ال" + bare in word_set("vague") else "thing"


@lru_cache(maxsize=65536)
def _heads(bare: str) -> str:
    if bare in word_set("persons"):
        return "title"
    return "group" if bare in word_set("groups") else ""


def _run(words: Sequence[Word], place: int, text: str, definite: bool, named: bool) -> int:
    """The end of the words from ``place`` on that go on a phrase: with the article if ``definite``, or names."""
    begin = place - 1
    while place < len(words) and place - begin < MAX_WORDS:
        word, before = words[place], words[place - 1]
        if text[before.span.end : word.span.start] != " ":
            break
        folded = fold(word.text)
        governs = definite and _heads(folded) != "" and _heads(fold(before.text).removeprefix("ال")) != ""
        article = definite and word.text.startswith("ال") and folded not in word_set("articleless")
        name = named and folded not in opposites() and not is_stopword(word.text) and is_name(word.text)
        link = named and folded in _LINKS and place + 1 < len(words)
        given = named and _is_given(words, place, text)
        if folded in word_set("times") or not (governs or article or name or link or given):
            break
        place += 1
    dangling = fold(words[place - 1].text) in _LINKS and place < len(words) and place > begin + 1
    return place + dangling


def _is_given(words: Sequence[Word], place: int, text: str) -> bool:
    """True for a given name that is also a common word («عادل», «كريم»): no verb, and a family name behind it."""
    if place + 1 >= len(words) or text[words[place].span.end : words[place + 1].span.start] != " ":
        return False
    word, behind = words[place].text, words[place + 1].text
    plain = len(word) > 2 and word[0] not in "يتسنوبلفا" and not is_stopword(word) and fold(word) not in opposites()
    return plain and is_name(behind) and behind[0] not in "وبلف"


def _mention(words: Sequence[Word], kind: str, text: str) -> Mention:
    prefix, first, _ = split_proclitics(words[0].text)
    span = Span(words[0].span.start, words[-1].span.end)
    core = first + text[words[0].span.end : span.end]
    feminine = first.endswith(_FEMININE) or fold(first) in _FEMININE_WORDS
    if kind in ("country", "city"):
        feminine = fold(first) not in word_set("masculine")
    keys = frozenset(_meaning(word.text) for word in words)
    return Mention(span, prefix, core, kind, feminine, keys)


_FEMININE_WORDS = frozenset(fold(word) for word in "قوات القوات طالبان حماس داعش شركات مقاتلات".split())


def _meaning(word: str) -> str:
    """The key that a mention's word is compared by: a country for its adjective."""
    _, core, _ = split_proclitics(word)
    return country_of(core) or nationalities().get(fold(core), "") or key(core)
