"""A backend that remembers its last answers, so that a brief in two steps pays for no text twice.

A progressive brief first asks for headline and standfirst and then for everything; a backend is deterministic, so
the second time their candidates come from here. Keys are digests: no article is kept.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

from summarizer.backends.base import Backend, editor_of
from summarizer.backends.editor import Draft, Editing, Line, Read
from summarizer.backends.extractive import Extractive
from summarizer.config import Decoding
from summarizer.listing import lists
from summarizer.schema import Candidate, Fork, Passage, Request, Verdict

Key = tuple[bytes, Decoding]
K = TypeVar("K")
V = TypeVar("V")
Q = TypeVar("Q")


def remember(backend: Backend) -> Backend:
    """``backend`` with a memory; the extractive one as it is, since the pipeline knows it by its class."""
    return backend if isinstance(backend, Extractive) else Remembering(backend)


class Remembering:
    """``backend`` with the candidates of its last ``capacity`` requests at hand. One thread at a time."""

    def __init__(self, backend: Backend, capacity: int = 512) -> None:
        self.backend, self.capacity = backend, capacity
        self._known: OrderedDict[Key, tuple[Candidate, ...]] = OrderedDict()
        self.asked = self.written = 0
        """Texts asked for since it was made, and those of them that were written for it."""
        self._odds: OrderedDict[bytes, float] = OrderedDict()
        behind = editor_of(backend)
        self.editor = None if behind is None else RememberingEditor(behind, self)
        """The backend's own, with a memory; None for one that does not edit."""

    @property
    def name(self) -> str:
        """The name of the backend behind."""
        return self.backend.name

    @property
    def max_source_tokens(self) -> int:
        """How much the backend behind reads."""
        return self.backend.max_source_tokens

    @property
    def lists(self) -> bool:
        """Whether the backend behind writes all bullets in one go."""
        return lists(self.backend)

    def count_tokens(self, text: str) -> int:
        """Tokens of the backend behind."""
        return self.backend.count_tokens(text)

    def verify(self, statements: Sequence[tuple[Passage, str]]) -> list[float] | None:
        """What the backend behind says; only what is not remembered is asked, each distinct statement once."""
        keys = [_statement_digest(passage, text) for passage, text in statements]
        found = {key: self._odds[key] for key in keys if key in self._odds}
        missing = {key: one for key, one in zip(keys, statements, strict=True) if key not in found}
        if missing or not keys:
            odds = self.backend.verify(list(missing.values()))
            if odds is None:
                return None
            found.update(zip(missing, odds, strict=True))
        _keep(self._odds, found, self.capacity)
        return [found[key] for key in keys]

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        """Candidates for every request; only what is not remembered is written anew, each distinct one once."""
        keys = [(_digest(request), decoding) for request in requests]
        found, anew = _recalled(
            self._known, keys, requests, lambda missing: self.backend.generate(missing, decoding), self.capacity
        )
        self.count(len(requests), anew)
        return found

    def count(self, asked: int, written: int) -> None:
        """Add to the texts asked for, and to those of them that were written for it."""
        self.asked, self.written = self.asked + asked, self.written + written


class RememberingEditor:
    """``behind`` with the lines of its last questions at hand; what is written is counted by ``owner``."""

    def __init__(self, behind: Editing, owner: Remembering) -> None:
        self._behind, self._owner = behind, owner
        self._lines: OrderedDict[bytes, tuple[Candidate, ...]] = OrderedDict()
        self._likely: OrderedDict[bytes, list[tuple[float, float]]] = OrderedDict()
        self._verdicts: OrderedDict[bytes, Verdict | None] = OrderedDict()

    def read(self, sentences: Sequence[str]) -> Read:
        """As the editor behind."""
        return self._behind.read(sentences)

    def write(self, lines: Sequence[Line], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        """As the editor behind; only what is not remembered is written, each distinct line once."""
        keys = [
            _question(
                one.article,
                one.sentence,
                f"{one.task}|{one.manner}|{one.max_words}|{one.max_tokens}|{one.search or decoding}",
            )
            for one in lines
        ]
        found, anew = _recalled(
            self._lines, keys, lines, lambda missing: self._behind.write(missing, decoding), self._owner.capacity
        )
        self._owner.count(len(lines), anew)
        return found

    def likelihoods(self, forks: Sequence[Fork]) -> list[list[tuple[float, float]]]:
        """As the editor behind; only what is not remembered is asked."""
        return _recalled(self._likely, _digests(forks), forks, self._behind.likelihoods, self._owner.capacity)[0]

    def judge(self, drafts: Sequence[Draft]) -> Sequence[Verdict | None]:
        """As the editor behind; only what is not remembered is judged."""
        return _recalled(self._verdicts, _digests(drafts), drafts, self._behind.judge, self._owner.capacity)[0]


def _digests(questions: Sequence[Fork] | Sequence[Draft]) -> list[bytes]:
    return [hashlib.sha256(repr(one).encode("utf-8", errors="surrogatepass")).digest() for one in questions]


def _question(article: Read, sentence: int, about: str) -> bytes:
    """What tells questions behind readings apart, as a digest: no article is kept."""
    digest = hashlib.sha256(about.encode("utf-8", errors="surrogatepass"))
    for ids in (article.before[sentence], article.sentences[sentence]):
        digest.update(repr(ids).encode())
    return digest.digest()


@contextmanager
def newness(backend: Backend) -> Iterator[Callable[[], float]]:
    """A function: which share of the texts asked for within the block was written anew; 1 without a memory."""
    asked, written = (backend.asked, backend.written) if isinstance(backend, Remembering) else (0, 0)

    def share() -> float:
        if not isinstance(backend, Remembering) or backend.asked == asked:
            return 1.0
        return (backend.written - written) / (backend.asked - asked)

    yield share


def _recalled(
    kept: OrderedDict[K, V],
    keys: Sequence[K],
    questions: Sequence[Q],
    ask: Callable[[list[Q]], Sequence[V]],
    capacity: int,
) -> tuple[list[V], int]:
    """The answer to every question, and how many were asked: what is not remembered, each distinct one once."""
    found = {key: kept[key] for key in keys if key in kept}
    missing = {key: question for key, question in zip(keys, questions, strict=True) if key not in found}
    if missing:
        found.update(zip(missing, ask(list(missing.values())), strict=True))
    _keep(kept, found, capacity)
    return [found[key] for key in keys], len(missing)


def _keep(known: OrderedDict[K, V], found: Mapping[K, V], capacity: int) -> None:
    """``found`` as the latest of what is known; the oldest beyond ``capacity`` is forgotten."""
    for key, value in found.items():
        known[key] = value
        known.move_to_end(key)
    while len(known) > capacity:
        known.popitem(last=False)


def _digest(request: Request) -> bytes:
    """What tells requests apart: task, limit, whether all are listed, and each sentence's text and place."""
    listed = "|listed" if request.listed else ""
    return _passage_digest(f"{request.task}|{request.max_words}{listed}", request.passage)


def _statement_digest(passage: Passage, text: str) -> bytes:
    return _passage_digest(f"{len(text)}|{text}", passage)


def _passage_digest(about: str, passage: Passage) -> bytes:
    digest = hashlib.sha256(about.encode("utf-8", errors="surrogatepass"))
    for sentence in passage.sentences:
        head = f"|{sentence.span.start},{sentence.span.end},{sentence.paragraph},{len(sentence.text)}|"
        digest.update(head.encode() + sentence.text.encode("utf-8", errors="surrogatepass"))
    return digest.digest()
