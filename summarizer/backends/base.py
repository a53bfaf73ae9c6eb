"""What a backend is, and the table of the ones there are.

To add a backend: write one file beside this one with a callable that takes no argument and returns an object
with the five members of :class:`Backend`; add one line to ``BACKENDS``; add one test.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from summarizer.config import Decoding
from summarizer.errors import UnknownName
from summarizer.schema import Candidate, Passage, Request

if TYPE_CHECKING:
    from summarizer.backends.editor import Editing

#: Name → ``module:callable``, imported only when asked for.
BACKENDS: dict[str, str] = {
    "default": "summarizer.backends.base:default_backend",
    "embedded": "summarizer.backends.files.exported:embedded",
    "extractive": "summarizer.backends.extractive:Extractive",
    "lead": "summarizer.backends.extractive:Lead",
}

#: Where the package keeps the embedded model.
EMBEDDED_MODEL = Path(__file__).resolve().parent.parent / "model"

#: What ``default`` means: a strict reader prints more of what it writes (docs/evaluation.md).
DEFAULT_BACKEND = "embedded"

#: Opens a checkpoint folder of any family that we serve.
CHECKPOINT_LOADER = "summarizer.backends.files.checkpoint:open_checkpoint"


@runtime_checkable
class Backend(Protocol):
    """Writes candidates. Safe to call again and again; deterministic for the same requests and decoding."""

    @property
    def name(self) -> str:
        """What ``Brief.model`` says: the family and, for a model, its version."""
        ...

    @property
    def max_source_tokens(self) -> int:
        """How much of an article it reads for one request, in its own tokens, special tokens not counted."""
        ...

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        """One tuple of candidates a request, best first; empty where nothing printable came out."""
        ...

    def count_tokens(self, text: str) -> int:
        """The length of ``text`` in this backend's own tokens, special tokens not counted."""
        ...

    def verify(self, statements: Sequence[tuple[Passage, str]]) -> list[float] | None:
        """How far each statement is borne out by its passage, as log-odds (natural log); None when it cannot tell."""
        ...


BackendLike = Backend | str | os.PathLike[str]
"""A backend, the name of one, or the folder of a checkpoint."""


def as_backend(given: BackendLike | None) -> Backend:
    """``given`` if it is a backend, else what :func:`load_backend` makes of it; the default one of None.

    ``TypeError`` for anything else, the class of a backend among it.
    """
    if given is None or isinstance(given, str | os.PathLike):
        return load_backend("default" if given is None else given)
    if isinstance(given, Backend) and not isinstance(given, type):
        return given
    raise TypeError(
        f"expected a backend's name ({', '.join(BACKENDS)}), a checkpoint folder or a Backend object; "
        f"got {'the class ' + given.__name__ if isinstance(given, type) else type(given).__name__}"
    )


def load_backend(name: str | os.PathLike[str]) -> Backend:
    """The backend of that name, or the checkpoint at that path; ``UnknownName`` when it is neither."""
    name = os.fspath(name)
    if name in BACKENDS:
        return cast(Backend, _resolve(BACKENDS[name])())
    if Path(name).is_dir():
        return cast(Backend, _resolve(CHECKPOINT_LOADER)(Path(name)))
    raise UnknownName("backend, or a path to a checkpoint folder", name, BACKENDS)


def editor_of(backend: Backend) -> Editing | None:
    """What ``backend`` edits with; None for one that writes candidates alone."""
    editor: Editing | None = getattr(backend, "editor", None)
    return editor


def default_backend() -> Backend:
    """The backend of :data:`DEFAULT_BACKEND`."""
    return load_backend(DEFAULT_BACKEND)


def _resolve(location: str) -> Callable[..., object]:
    """``module:callable`` → the callable."""
    module, _, attribute = location.partition(":")
    return cast(Callable[..., object], getattr(importlib.import_module(module), attribute))
