"""Arabic number words, spelt out of ``data/numbers.txt``: what each word counts, in every case and gender form.

Words are given as published; readers fold both sides (``normalize.fold``) before they compare.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

from summarizer.arabic.lexicon import entries, rows

Role = Literal["unit", "ten", "tens", "hundred", "hundreds", "scale", "fraction", "ordinal", "decade", "vague", "dual"]


class NumberWord(NamedTuple):
    """What one word does in a numeral. ``plural`` marks counted forms («آلاف») that say nothing exact alone."""

    role: Role
    value: Decimal
    plural: bool = False
    unit: str = ""


SYMBOLS = {"%": "percent", "٪": "percent", "$": "dollar", "€": "euro", "£": "pound"}
_DIMENSIONS = {unit: measured for unit, measured, *_ in rows("numbers", "units")}


def dimension(unit: str) -> str:
    """What ``unit`` measures («money», «time», …); the unit itself when it stands alone («percent»)."""
    return _DIMENSIONS.get(unit, unit)


def unit_words() -> dict[str, str]:
    """Every word that names a unit, as published, mapped to the unit's English name."""
    return {word: unit for unit, _, *words in rows("numbers", "units") for word in words}


def plural_parts() -> dict[str, int]:
    """Denominators counted by a number before them: «ثلاثة أرباع», «ثلاثة أخماس»."""
    return {word: int(value) for value, *words in rows("numbers", "parts") for word in words}


def number_words() -> dict[str, NumberWord]:
    """Every word of the numerals, as published, without proclitics. Later tables never overwrite earlier ones."""
    table: dict[str, NumberWord] = {}
    _add(table, "unit", "unit")
    _add(table, "ten", "ten")
    _add(table, "tens", "tens")
    _add_hundreds(table)
    for scale in zip(
        *(rows("numbers", section) for section in ("scale", "scale, twice", "scale, counted")), strict=True
    ):
        (value, *once), (_, *twice), (_, *many) = scale
        _enter(table, once, NumberWord("scale", Decimal(value)))
        _enter(table, twice, NumberWord("scale", 2 * Decimal(value), unit="dual"))
        _enter(table, many, NumberWord("scale", Decimal(value), plural=True))
    _add(table, "fraction", "fraction")
    _add(table, "ordinal", "ordinal")
    _add(table, "decade", "decade")
    _add(table, "vague", "vague", plural=True)
    not_dual = entries("numbers", "not dual")
    for unit, *words in rows("numbers", "dual"):
        duals = [word for word in words if word not in not_dual]
        _enter(table, duals, NumberWord("dual", Decimal(2), unit=unit.strip("-")))
    return table


def _add(table: dict[str, NumberWord], role: Role, section: str, *, plural: bool = False) -> None:
    """Enters the words of each row of a section, unless an earlier one has them."""
    for ratio, *words in rows("numbers", section):
        top, _, bottom = ratio.partition("/")
        _enter(table, words, NumberWord(role, Decimal(top) / Decimal(bottom) if bottom else Decimal(top), plural))


def _enter(table: dict[str, NumberWord], words: Iterable[str], entry: NumberWord) -> None:
    for word in words:
        table.setdefault(word, entry)


def _add_hundreds(table: dict[str, NumberWord]) -> None:
    """«مئة», «مئتان», and «ثلاثمئة» to «تسعمائة» written as one word."""
    hundred = entries("numbers", "hundred")
    table.update(dict.fromkeys(hundred, NumberWord("hundred", Decimal(100))))
    table.update(dict.fromkeys(entries("numbers", "hundreds of"), NumberWord("vague", Decimal(100), plural=True)))
    table.update(dict.fromkeys(entries("numbers", "two hundred"), NumberWord("hundreds", Decimal(200))))
    for value, *stems in rows("numbers", "stems of hundreds"):
        hundreds = NumberWord("hundreds", 100 * Decimal(value))
        table.update(dict.fromkeys((stem + word for stem in stems for word in hundred), hundreds))
