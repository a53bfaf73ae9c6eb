"""Every public function of the language rooms that takes text, words or sentences answers any of them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import random
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest

import summarizer.arabic
import summarizer.briefing
from summarizer.arabic.words import Word, tokenize
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.errors import MujazError
from summarizer.schema import Passage, Request, Sentence, Span, Task

_CALLS = 60
#: What takes the name of a list or a known role, not text.
_NAMED = {"sections", "rows", "entries", "word_list", "carries_on", "resolve", "escape_class", "pair_quotations"}
_PIECES = (
    *'،؛؟.!:,;-–«»"“”()[]…ـ/|*#+@%﴿﴾',
    *("\u200f", "\u202b", "\u200b", "\u00ad", "\u064e", "\u0651", "\u3164", "\n", "\t", "\u00a0", "  ", "🔴"),
    *("و", "ف", "ال", "لل", "ب", "1", "٢", "3.5", "2014-2015", "في المئة", "وقال", "أن", "إن", "قال", "أنه"),
    *("رئيس", "الوزراء", "أحمد", "لا", "لم", "من", "الذي", "أول", "ثلاثة", "آلاف", "مليون", "أعلنت", "وزارة"),
    *("خلال", "بعد", "مع", "كان", "قد", "هو", "يوم", "الأحد", "مارس"),
)


class _Odd:
    """Short texts of marks, particles, numbers and invisible characters, and what is made of them."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def text(self) -> str:
        size = self._random.choice([0, 1, 1, 2, 3, 4, 6, 8, 12, 24])
        return "".join(self._random.choice(_PIECES) + self._random.choice(["", " ", " "]) for _ in range(size))

    def sentences(self) -> tuple[Sentence, ...]:
        found, at = [], 0
        for place in range(self._random.randint(1, 3)):
            text = self.text() or "و"
            found.append(Sentence(Span(at, at + len(text)), text, place // 2))
            at += len(text) + 1
        return tuple(found)

    def makers(self) -> dict[Any, Callable[[], Any]]:
        choose = self._random.choice
        return {
            str: self.text,
            Passage: lambda: Passage(self.sentences()),
            Sentence: lambda: self.sentences()[0],
            SourceIndex: lambda: SourceIndex(self.text()),
            Task: lambda: choose(list(Task)),
            Request: lambda: Request(choose(list(Task)), Passage(self.sentences())),
            (str,): lambda: tuple(self.text().split()),
            (Word,): lambda: tokenize(self.text()),
            (Sentence,): self.sentences,
        }


def _maker(hint: Any, makers: dict[Any, Callable[[], Any]]) -> Callable[[], Any] | None:
    if typing.get_origin(hint) in (Sequence, tuple, list, Iterable):
        return makers.get(typing.get_args(hint)[:1])
    return makers.get(hint) if isinstance(hint, type) else None


def _functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for package in (summarizer.arabic, summarizer.briefing):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            for name, value in vars(importlib.import_module(found.name)).items():
                own = getattr(value, "__module__", "") == found.name and not inspect.isclass(value)
                if own and callable(value) and not name.startswith("_") and name not in _NAMED:
                    yield f"{found.name}.{name}", value


def _arguments(function: Callable[..., Any], makers: dict[Any, Callable[[], Any]]) -> dict[str, Callable[[], Any]]:
    """How to make each argument; empty when one that has to be given is of another kind."""
    hints, found = typing.get_type_hints(function), {}
    for name, parameter in inspect.signature(function).parameters.items():
        if maker := _maker(hints.get(name), makers):
            found[name] = maker
        elif parameter.default is inspect.Parameter.empty:
            return {}
    return found


_TAKING = [(name, function) for name, function in _functions() if _arguments(function, _Odd("").makers())]


def test_there_are_many() -> None:
    assert len(_TAKING) > 80


@pytest.mark.parametrize(("name", "function"), _TAKING, ids=[name for name, _ in _TAKING])
def test_any_text_is_answered(name: str, function: Callable[..., Any]) -> None:
    arguments = _arguments(function, _Odd(name).makers())
    for _ in range(_CALLS):
        given = {key: make() for key, make in arguments.items()}
        try:
            function(**given)
        except MujazError:
            continue
        except Exception as error:
            raise AssertionError(f"{name}({given!r})") from error
