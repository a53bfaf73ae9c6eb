"""Normalised copies of a text that remember where every character came from.

A rule is a function ``str -> Normalized``; its name says what it does, its docstring the code points. Most rules map
single characters and are tables; three look at neighbours and are patterns. ``normalize`` composes rules: tables that
follow one another are fused into one ``str.translate``, so the whole matching form costs one pass.

Offsets of the original are what a reader sees: a normalised index is never shown (NFKC turns one «ﷺ» into eighteen
characters). Use :meth:`Normalized.span` to go back. The rules stand in ``rules.py``, the map in ``offsets.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from summarizer.arabic.text import tables
from summarizer.arabic.text.charsets import CONTROLS, INVISIBLE, SURROGATES, escape_class
from summarizer.arabic.text.offsets import Normalized, apply_table, compose, identity
from summarizer.arabic.text.rules import (
    TABLES,
    Rule,
    comma_thousands,
    compose_hamza,
    drop_bidi_controls,
    drop_controls,
    drop_inner_tatweel,
    drop_marks,
    drop_tags,
    drop_tashkeel,
    drop_tatweel,
    drop_zero_width,
    fold_alef,
    fold_digits,
    fold_foreign_letters,
    fold_hamza,
    fold_keyboard_digits,
    fold_latin,
    fold_odd_spaces,
    fold_presentation_forms,
    fold_punctuation,
    fold_script_letters,
    fold_spaces,
    fold_ta_marbuta,
    fold_ya,
    limit_marks,
    replace_surrogates,
)
from summarizer.arabic.text.tables import Table

__all__ = [
    "LETTERS",
    "MATCHING",
    "PRINTING",
    "READING",
    "Normalized",
    "Rule",
    "clean",
    "compose_hamza",
    "drop_bidi_controls",
    "drop_controls",
    "drop_inner_tatweel",
    "drop_marks",
    "drop_tags",
    "drop_tashkeel",
    "drop_tatweel",
    "drop_zero_width",
    "fold",
    "fold_alef",
    "fold_digits",
    "fold_foreign_letters",
    "fold_hamza",
    "fold_latin",
    "fold_letters",
    "fold_presentation_forms",
    "fold_punctuation",
    "fold_spaces",
    "fold_ta_marbuta",
    "fold_ya",
    "limit_marks",
    "normalize",
    "replace_surrogates",
    "seen",
]

_INVISIBLE_RULES: tuple[Rule, ...] = (drop_bidi_controls, drop_zero_width, drop_tags, drop_controls, replace_surrogates)

MATCHING: tuple[Rule, ...] = (
    fold_presentation_forms,
    *_INVISIBLE_RULES,
    drop_marks,
    drop_tatweel,
    fold_hamza,
    fold_alef,
    fold_ya,
    fold_ta_marbuta,
    fold_foreign_letters,
    fold_digits,
    fold_punctuation,
    fold_spaces,
    fold_latin,
)
"""For comparing: two spellings of one word become one string. Character tables only, so :func:`fold` is one pass."""

_UNSEEN_CHARS = re.compile(f"[{escape_class(INVISIBLE + CONTROLS + SURROGATES)}]")

LETTERS: tuple[Rule, ...] = tuple(rule for rule in MATCHING if rule not in (fold_punctuation, fold_latin))
"""``MATCHING`` for readers of punctuation: quotation marks keep their direction, stops and capitals their identity."""

PRINTING: tuple[Rule, ...] = (
    fold_presentation_forms,
    *_INVISIBLE_RULES,
    drop_inner_tatweel,
    compose_hamza,
    limit_marks,
)
"""Safe for text that gets printed: takes away what a reader cannot see or should not, keeps the spelling."""

READING: tuple[Rule, ...] = (
    fold_presentation_forms,
    *_INVISIBLE_RULES,
    fold_script_letters,
    fold_keyboard_digits,
    drop_inner_tatweel,
    compose_hamza,
    limit_marks,
    comma_thousands,
    fold_odd_spaces,
)
"""For what reads an article: one spelling of what looks the same, in the letters that newspapers are set in."""


@lru_cache(maxsize=64)
def _stages(rules: tuple[Rule, ...]) -> tuple[Table | Rule, ...]:
    """``rules`` with each run of tables fused."""
    stages: list[Table | Rule] = []
    run: list[Table] = []
    for rule in rules:
        if rule in TABLES:
            run.append(TABLES[rule])
            continue
        stages += [tables.fuse(run), rule] if run else [rule]
        run = []
    return (*stages, tables.fuse(run)) if run else tuple(stages)


def normalize(text: str, rules: Iterable[Rule] = MATCHING) -> Normalized:
    """``text`` through ``rules`` in order, with one offset map back to ``text``.

    Takes any string, lone surrogates included. With ``MATCHING`` or ``PRINTING`` it is idempotent.
    """
    result = identity(text)
    for stage in _stages(tuple(rules)):
        step = apply_table(result.text, stage) if isinstance(stage, Table) else stage(result.text)
        result = compose(result, step)
    return result


@lru_cache(maxsize=1)
def _matching() -> dict[int, str | int]:
    return tables.fuse(TABLES[rule] for rule in MATCHING).mapping


@lru_cache(maxsize=1)
def _letters() -> dict[int, str | int]:
    return tables.fuse(TABLES[rule] for rule in LETTERS).mapping


def fold(text: str) -> str:
    """``normalize(text).text`` without the map, above 10 MB/s: the string to compare by."""
    return _folded_word(text) if len(text) <= _WORD_CHARS else text.translate(_matching())


_WORD_CHARS = 24
"""A string of this length is a word: news repeats its words, and remembering is four times as fast as folding."""


@lru_cache(maxsize=32768)
def _folded_word(text: str) -> str:
    return text.translate(_matching())


def fold_letters(text: str) -> str:
    """``normalize(text, LETTERS).text`` without the map."""
    return text.translate(_letters())


def seen(text: str) -> Normalized:
    """``text`` without the characters that nobody sees, which part no word and no number, with its offset map."""
    return normalize(text, _INVISIBLE_RULES) if _UNSEEN_CHARS.search(text) else identity(text)


def clean(text: str) -> str:
    """``text`` as it may be printed: ``normalize(text, PRINTING).text``."""
    return normalize(text, PRINTING).text
