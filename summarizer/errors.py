"""Every error Mujaz raises on purpose, drawn as a tree.

MujazError
├── InputError            the article cannot be used (exit code 3)
│   ├── UnreadableInput     missing, a directory, no permission, not text
│   ├── UndecodableInput    bytes in no encoding that we read
│   ├── EmptyInput          nothing but white space
│   ├── NotArabic           text, but not Arabic
│   ├── TooShort            Arabic, but a few words only
│   ├── NotProse            verse, a table or a bare list
│   ├── ManyArticles        several articles where one was expected
│   └── InputTooLarge       above a stated limit
├── ConfigError           an option, recipe or combination that cannot work (exit code 4)
│   └── UnknownName         a name that is not in its table; lists near matches
├── BackendError          a model that cannot be loaded or run (exit code 5)
│   ├── DamagedModel        files missing, or their SHA-256 differs from the manifest
│   └── OutOfMemory         less memory than the model or what it reads takes
└── DataError             a corpus, benchmark or output file that cannot be used (exit code 6)

A message says what was expected, what arrived and what to do, in one line.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class MujazError(Exception):
    """The root: catch this to catch everything that Mujaz raises on purpose."""

    exit_code = 1

    def __init__(self, *, expected: str, got: str, hint: str) -> None:
        self.expected, self.got, self.hint = expected, got, hint
        super().__init__(f"expected {expected}; got {got}; {hint}")

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from worker processes whole, whatever arguments their class takes."""
        return _remade, (type(self), self.args, dict(self.__dict__))


def _remade(kind: type[MujazError], arguments: tuple[object, ...], state: dict[str, object]) -> MujazError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(state)
    return error


class InputError(MujazError):
    """The article cannot be used."""

    exit_code = 3


class UnreadableInput(InputError):
    """Missing, a directory, not permitted, or not text."""


class UndecodableInput(InputError):
    """Bytes in no encoding that Mujaz reads."""


class EmptyInput(InputError):
    """Nothing but white space, or nothing left once furniture is taken away."""


class NotArabic(InputError):
    """Text, but too little of it in Arabic."""


class TooShort(InputError):
    """Arabic, but too little of it to be an article."""


class ManyArticles(InputError):
    """Several articles where one was expected: `mujaz batch` reads them."""

    def __init__(self, kind: str, count: int) -> None:
        """``kind`` as a reader knows it ("CSV"); ``count`` of its rows."""
        self.count = count
        hint = "`mujaz batch FILE OUTPUT.jsonl` writes a brief of each"
        super().__init__(expected="one article", got=f"{kind} of {count:,} articles", hint=hint)


class NotProse(InputError):
    """Arabic, but no sentences: verse, a table or a bare list."""


class InputTooLarge(InputError):
    """Above a limit that the message names."""


class ConfigError(MujazError):
    """An option, a recipe or a combination that cannot work."""

    exit_code = 4


class UnknownName(ConfigError):
    """A name that stands in no table. ``known`` are the names that do."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.name, self.known = name, tuple(sorted(known))
        near = difflib.get_close_matches(name, self.known, n=2, cutoff=0.5)
        guess = f"did you mean {' or '.join(near)}? " if near else ""
        super().__init__(
            expected=f"a known {kind}",
            got=repr(name),
            hint=f"{guess}known: {', '.join(self.known) or 'none'}",
        )


class BackendError(MujazError):
    """A model that cannot be loaded or run."""

    exit_code = 5


class DamagedModel(BackendError):
    """Model files that are missing or whose SHA-256 differs from the manifest."""


class OutOfMemory(BackendError):
    """Less memory than a model or what it reads takes."""

    def __init__(self, got: str = "none left") -> None:
        super().__init__(
            expected="memory for the model and what it reads",
            got=got.partition("\n")[0],
            hint="free memory, ask for less at once, or use --backend extractive",
        )


class DataError(MujazError):
    """A corpus, benchmark or file of outputs that cannot be used. ``got`` names the file and line."""

    exit_code = 6
