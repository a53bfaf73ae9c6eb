"""A backend's answers kept in a file, so that everything after the model can be run again in seconds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.jsonl import read_lines
from summarizer.backends.base import Backend
from summarizer.config import Decoding
from summarizer.errors import DataError
from summarizer.schema import Candidate, Passage, Request, Span

_ABOUT = "about"


class NotRecorded(DataError):
    """Something was asked that the file has no answer to."""


class Recorded:
    """The answers of ``path``; what is not there is asked of ``load()`` and written there, or is an error without it.

    Keys are digests of what was asked; the answers are texts, so the file stays outside the repository.
    """

    def __init__(self, path: Path, load: Callable[[], Backend] | None = None) -> None:
        """``load`` makes the backend to record, None to replay only. ``DataError`` for a file that is no record."""
        self._path, self._known = path, _read(path) if load is None or path.exists() else {}
        self._backend = load() if load else None
        if _ABOUT not in self._known:
            self._keep({_ABOUT: _about(self._asked("what it is"))})
        self.name: str = self._known[_ABOUT]["name"]
        self.max_source_tokens: int = self._known[_ABOUT]["max_source_tokens"]

    def count_tokens(self, text: str) -> int:
        """As recorded for ``text``."""
        key = _key("tokens", text)
        if key not in self._known:
            self._keep({key: self._asked(f"the tokens of «{text[:60]}»").count_tokens(text)})
        return int(self._known[key])

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[tuple[Candidate, ...]]:
        """As recorded for each request (task, limit, text of the passage) and the search."""
        how = asdict(decoding)
        keys = [_key("generate", request.task, request.max_words, request.passage.texts, how) for request in requests]
        missing = {key: one for key, one in zip(keys, requests, strict=True) if key not in self._known}
        if missing:
            first = next(iter(missing.values()))
            backend = self._asked(f"a {first.task} of «{first.passage.text[:60]}» with {how}")
            written = backend.generate(list(missing.values()), decoding)
            self._keep({key: _plain(found) for key, found in zip(missing, written, strict=True)})
        return [_candidates(self._known[key]) for key in keys]

    def verify(self, statements: Sequence[tuple[Passage, str]]) -> list[float] | None:
        """As recorded for each statement and the text of its passage."""
        if not self._known[_ABOUT]["verifies"]:
            return None
        keys = [_key("verify", passage.texts, text) for passage, text in statements]
        missing = {key: one for key, one in zip(keys, statements, strict=True) if key not in self._known}
        if missing:
            odds = self._asked(f"the odds of «{next(iter(missing.values()))[1][:60]}»").verify(list(missing.values()))
            self._keep(dict(zip(missing, map(float, odds or ()), strict=True)))
        return [float(self._known[key]) for key in keys]

    def _asked(self, what: str) -> Backend:
        if self._backend is None:
            raise NotRecorded(
                expected=f"{what} in {self._path}", got="nothing recorded", hint="record again: --record FILE"
            )
        return self._backend

    def _keep(self, found: Mapping[str, Any]) -> None:
        self._known.update(found)
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps({"key": k, "said": v}) + "\n" for k, v in found.items())


def _read(path: Path) -> dict[str, Any]:
    known = {}
    for line in read_lines(path):
        if line.fields.keys() != {"key", "said"}:
            raise DataError(expected="a record of eval.digest", got=line.place, hint="record again: --record FILE")
        known[line.fields["key"]] = line.fields["said"]
    if _ABOUT not in known:
        raise DataError(expected="a record of eval.digest", got=str(path), hint="record again: --record FILE")
    return known


def _about(backend: Backend) -> dict[str, Any]:
    verifies = backend.verify(()) is not None
    return {"name": backend.name, "max_source_tokens": backend.max_source_tokens, "verifies": verifies}


def _key(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _plain(candidates: Sequence[Candidate]) -> list[list[Any]]:
    return [[one.text, one.score, one.method, one.spans] for one in candidates]


def _candidates(rows: Sequence[Sequence[Any]]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(text, score, method, tuple(Span(*span) for span in spans)) for text, score, method, spans in rows
    )
