"""The grammar of numerals: from words and digit runs to values.

A group under a thousand (hundreds «و» units «و» tens) times its scales («ألف», «مليون»), added up while they fall.
``spelled`` has the words; ``find`` turns the parts read here into quantities with units.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from summarizer.arabic.lexicon import word_list
from summarizer.arabic.numbers import spelled as data
from summarizer.arabic.numbers.digits import RUN, Separates, habits_of, readings
from summarizer.arabic.numbers.spelled import NumberWord
from summarizer.arabic.text.charsets import SPACES
from summarizer.arabic.text.normalize import fold

Kind = Literal["cardinal", "ordinal", "fraction", "decade", "vague"]


class Token(NamedTuple):
    """A word, digit run or symbol; ``close`` when nothing but white space stands before it since the last token."""

    text: str
    start: int
    end: int
    close: bool
    digit: bool
    habits: tuple[tuple[str, Separates], ...] = ()


class Part(NamedTuple):
    """A piece of a numeral read so far: ``end`` is the index of the token after it."""

    readings: tuple[Decimal, ...]
    end: int
    kind: Kind = "cardinal"
    digits: bool = False
    scale: Decimal = Decimal(1)


_BLANK = SPACES + "\r\n"
_DIACRITICS = r"\u0640\u064B-\u065F\u0670"
_NUMERAL_TOKEN = re.compile(
    r"(?P<latin>[A-Za-z]+[-\u2010-\u2013]?\d[\w-]*|\d+[A-Za-z][\w-]*)"
    rf"|(?P<digit>{RUN})"
    rf"|(?P<word>[^\W\d_](?:[^\W\d_]|[{_DIACRITICS}])*)|(?P<sign>[%٪$€£])"
)
_WORDS: dict[str, NumberWord] = {fold(word): entry for word, entry in list(data.number_words().items())[::-1]}
_ELEVEN = word_list("numbers", "eleven")
_DENOMINATORS = {fold(word): Decimal(value) for word, value in data.plural_parts().items()}
_NOT_NUMERALS = word_list("numbers", "not numerals")
_PROCLITICS = re.compile("(?P<and>[وف])?(?P<prep>[بلك])?(?P<article>ال)?")
#: Roles of words that need no second word, and what kind of quantity they make.
_ALONE: dict[str, Kind] = {
    "scale": "cardinal",
    "vague": "vague",
    "decade": "decade",
    "dual": "cardinal",
    "fraction": "fraction",
}


@lru_cache(maxsize=512)
def scan(text: str) -> tuple[Token, ...]:
    """``text`` as words, digit runs and signs of percent and money, in order; Latin words with digits are left out."""
    tokens: list[Token] = []
    last, habits = 0, habits_of(text)
    for match in _NUMERAL_TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup != "latin":
            close = bool(tokens) and (start == last or not text[last:start].strip(_BLANK))
            tokens.append(Token(match.group(), start, end, close, match.lastgroup == "digit", habits))
        last = end
    return tuple(tokens)


@lru_cache(maxsize=16384)
def may_start(token: str) -> bool:
    """False for a token that opens no numeral: most words, so that they cost one look-up."""
    return token[:1].isdigit() or lookup(fold(token))[0] is not None or bare(token) in _ELEVEN


def numeral(tokens: tuple[Token, ...], index: int) -> Part | None:
    """The longest numeral that starts at ``index``: falling scales added up."""
    part = _scaled(tokens, index, needs_and=False)
    if part is None or part.kind in ("ordinal", "vague", "decade"):
        return part
    while part.scale > 1:
        more = _scaled(tokens, part.end, needs_and=True)
        if more is None or more.kind != "cardinal" or not more.readings or more.readings[0] >= part.scale:
            break
        total = tuple(value + more.readings[0] for value in part.readings)
        part = Part(total, more.end, part.kind, part.digits or more.digits, more.scale)
    return part


def _scaled(tokens: tuple[Token, ...], index: int, *, needs_and: bool) -> Part | None:
    """A group times its scales: «ثلاثة آلاف», «3.5 مليون», «نصف مليون», «مليونين ونصف المليون»."""
    group = _group(tokens, index, needs_and=needs_and)
    if group is None or not group.readings or group.kind in ("ordinal", "decade"):
        return group
    scale, end = group.scale, group.end
    while (entry := _entry_at(tokens, end, joined=False)) and entry.role == "scale" and entry.unit != "dual":
        scale, end = scale * entry.value, end + 1
    readings = tuple(value * (scale / group.scale) for value in group.readings)
    kind: Kind = "cardinal" if group.kind == "fraction" and scale > 1 else group.kind
    half = _entry_at(tokens, end, joined=True)
    if scale > 1 and half and half.role == "fraction":
        readings, end = tuple(value + half.value * scale for value in readings), end + 1
        repeated = _entry_at(tokens, end, joined=False)
        end += bool(repeated and repeated.role == "scale")
    return Part(readings, end, kind, group.digits, scale)


def _group(tokens: tuple[Token, ...], index: int, *, needs_and: bool) -> Part | None:
    """Digits, or words under a thousand, or a scale standing alone for one of itself."""
    if needs_and and index + 1 < len(tokens) and tokens[index].text == "و" and tokens[index].close:
        if tokens[index + 1].digit and tokens[index + 1].close:
            return Part(_readings(tokens[index + 1]), index + 2, digits=True)
        return None
    if index >= len(tokens):
        return None
    if tokens[index].digit:
        return None if needs_and else Part(_readings(tokens[index]), index + 1, digits=True)
    entry = _entry_at(tokens, index, joined=needs_and) if needs_and else _start_entry(tokens, index)
    return _words_group(tokens, index, entry) if entry else None


def _words_group(tokens: tuple[Token, ...], index: int, entry: NumberWord) -> Part | None:
    """A group that starts with the number word ``entry`` at ``index``."""
    if entry.role in _ALONE:
        return _single(entry, index + 1)
    if entry.role in ("hundred", "hundreds"):
        return _after_hundreds(tokens, index + 1, entry.value)
    following = _entry_at(tokens, index + 1, joined=False)
    if entry.role == "unit" and following and following.role == "hundred":
        return _after_hundreds(tokens, index + 2, entry.value * 100)
    if entry.role == "unit" and index + 1 < len(tokens) and tokens[index + 1].close:
        below = _DENOMINATORS.get(bare(tokens[index + 1].text))
        if below:
            return Part((entry.value / below,), index + 2, "fraction")
    return _under_hundred(tokens, index, entry)


def _single(entry: NumberWord, end: int) -> Part:
    """A word that is a numeral by itself: a scale, «مئات», a decade, a dual noun, a fraction."""
    if entry.role == "scale":
        scale = entry.value / 2 if entry.unit == "dual" else entry.value
        return Part((entry.value,), end, "vague" if entry.plural else "cardinal", scale=scale)
    readings = (entry.value, entry.value + 1900) if entry.role == "decade" else (entry.value,)
    return Part(readings, end, _ALONE[entry.role])


def _after_hundreds(tokens: tuple[Token, ...], index: int, hundreds: Decimal) -> Part:
    """``hundreds`` and what «و» adds to it."""
    entry = _entry_at(tokens, index, joined=True)
    if entry and entry.role in ("unit", "ten", "tens"):
        rest = _under_hundred(tokens, index, entry)
        return Part((hundreds + rest.readings[0],), rest.end)
    return Part((hundreds,), index)


def _under_hundred(tokens: tuple[Token, ...], index: int, entry: NumberWord) -> Part:
    """Units, teens («ثلاثة عشر») and tens («ثلاثة وعشرون»), counting or ordering («الثالث والعشرين»)."""
    kind: Kind = "ordinal" if entry.role == "ordinal" else "cardinal"
    if entry.role in ("unit", "ordinal"):
        ten = _entry_at(tokens, index + 1, joined=False)
        if ten and ten.role == "ten":
            return Part((entry.value + 10,), index + 2, kind)
        tens = _entry_at(tokens, index + 1, joined=True)
        if tens and tens.role == "tens":
            return Part((entry.value + tens.value,), index + 2, kind)
    return Part((entry.value,), index + 1, kind)


def _start_entry(tokens: tuple[Token, ...], index: int) -> NumberWord | None:
    """The number word that may open a numeral at ``index``: any clitics, «أحد» before «عشر» included."""
    entry, _, definite = lookup(fold(tokens[index].text))
    ten = _entry_at(tokens, index + 1, joined=False)
    if entry is None:
        eleven = ten and ten.role == "ten" and bare(tokens[index].text) in _ELEVEN
        return NumberWord("unit", Decimal(1)) if eleven else None
    if definite and entry.role == "unit" and entry.value == 2 and not (ten and ten.role == "ten"):
        tens = _entry_at(tokens, index + 1, joined=True)
        return entry if tens and tens.role == "tens" else None  # «الاثنين» is Monday
    return entry


def _entry_at(tokens: tuple[Token, ...], index: int, *, joined: bool) -> NumberWord | None:
    """The number word at ``index`` when it goes on from the token before it, with («joined») or without «و»."""
    if index >= len(tokens) or tokens[index].digit or not tokens[index].close:
        return None
    entry, has_and, _ = lookup(fold(tokens[index].text))
    return entry if has_and == joined else None


@lru_cache(maxsize=16384)
def lookup(word: str) -> tuple[NumberWord | None, bool, bool]:
    """The entry of a folded word, whether «و» joins it to what precedes, and whether it has the article."""
    if word in _WORDS:
        return _WORDS[word], False, False
    if word in _NOT_NUMERALS or len(word) < 3:
        return None, False, False
    for stem, has_and, definite in _strippings(word):
        if stem in _WORDS:
            return _WORDS[stem], has_and, definite
    return None, False, False


def _strippings(word: str) -> list[tuple[str, bool, bool]]:
    """The word without its proclitics, fewest first: (stem, had «و», had the article)."""
    found: list[tuple[str, bool, bool]] = []
    for has_and, rest in ((False, word), (True, word[1:])):
        if has_and and word[0] not in "وف":
            continue
        found += [(rest, has_and, False)] if has_and else []
        found += [(rest[2:], has_and, True)] if rest.startswith(("ال", "لل")) else []
        if rest[:1] in tuple("بلك"):
            found.append((rest[1:], has_and, False))
            found += [(rest[3:], has_and, True)] if rest[1:3] == "ال" else []
    return found


def bare(word: str) -> str:
    """The folded word without «ال» and its proclitics."""
    folded = fold(word)
    match = _PROCLITICS.match(folded)
    return folded[match.end() :] if match and match.group("article") else folded


def _readings(token: Token) -> tuple[Decimal, ...]:
    return readings(token.text, token.habits)
