"""``labels/*.jsonl``: sentences ranked and lightly edited, candidates judged, true statements beside false ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from training.corpora.annotated.lines import (
    Read,
    RowError,
    objects,
    read_rows,
    refuse_repeats,
    text,
    texts,
    whole,
)

Slot = Literal["headline", "standfirst", "bullet"]
Label = Literal["ok", "false", "broken", "unclear", "trivial", "copy"]
#: Ranks of a sentence: 2 one of the most important points, 1 a good point, 0 not for print.
RANKS = 3
_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Light:
    """One sentence: its rank (0 to 2); ``as_is`` when it may be printed as it stands, else the ``line`` printed for it.

    Rank 0 has neither.
    """

    rank: int
    as_is: bool
    line: str


@dataclass(frozen=True, slots=True)
class LightArticle:
    """An article's sentences and what an editor would print of each, in their order."""

    id: str
    sentences: tuple[str, ...]
    lines: tuple[Light, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate of a model and the editor's judgement.

    ``sentence`` is the index of the one it was cut from (bullets; heads where it is known); ``score`` the mean
    log-probability a token (natural log, at most 0) and ``rank`` its place in the beam, from 0, both None for what was
    read as printed; ``why`` and ``cure`` are empty for what is ok, and ``cure`` also where nothing is worth saving or
    nobody mended. ``free``: it was written from the article's beginning rather than about its sentence; ``log_probs``:
    those of its tokens, where they are known.
    """

    slot: Slot
    text: str
    sentence: int | None
    score: float | None
    rank: int | None
    label: Label
    why: str
    cure: str
    free: bool = False
    log_probs: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedArticle:
    """An article's sentences and the candidates that were judged.

    ``reader`` says who judged without mending, statements as they were printed (``eval.reading``) or all that a model
    offered, and ``benchmark`` what the article is of; both are empty for candidates of a beam that were mended. What is
    of a benchmark measures, and is never trained on. ``asked``: the sentences that bullets were asked about, where that
    is known; what no line came out about has no candidate.
    """

    id: str
    sentences: tuple[str, ...]
    candidates: tuple[Judged, ...]
    reader: str = ""
    benchmark: str = ""
    asked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Falsehood:
    """A true statement and, one small step away, a false or broken one; ``kind`` names the step."""

    id: str
    slot: Slot
    source: str
    true: str
    false: str
    kind: str


Article = TypeVar("Article", LightArticle, JudgedArticle)
Make = Callable[[Mapping[str, Any]], Article]


def held_out(article: str) -> bool:
    """True for a quarter of the articles, by a checksum of their ids: no judge learns from these."""
    return int(hashlib.md5(article.encode(), usedforsecurity=False).hexdigest(), 16) % _QUARTERS == 0


def read_light(path: Path, known: Container[str] | None = None, elsewhere: Container[str] = ()) -> Read[LightArticle]:
    """``light.jsonl``; ask for ``.checked()`` unless faults are to be shown.

    Faults beside those of form: lines that are not one for each sentence, a rank out of range, ``as_is`` together with
    a line or neither where the rank asks for one, either of them at rank 0, an id twice, or one of ``elsewhere``.
    """
    return read_rows(path, _new(_light_article, elsewhere), known, {"an id": lambda row: row.id})


def read_candidates(
    path: Path, known: Container[str] | None = None, elsewhere: Container[str] = ()
) -> Read[JudgedArticle]:
    """``candidates.jsonl``, or what ``eval.reading`` kept; ask for ``.checked()`` unless faults are to be shown.

    Faults beside those of form: an unknown slot or label, an index that names no sentence, a score above 0, a candidate
    twice or judged in two ways, a cure or reason for what is ok, no reason for what is not, a cure that changes
    nothing, an id twice, or one of ``elsewhere``.
    """
    return read_rows(path, _new(_judged_article, elsewhere), known, {"an id": lambda row: row.id})


def read_falsehoods(path: Path, known: Container[str] | None = None) -> Read[Falsehood]:
    """``falsehoods.jsonl``, where an article may have several; ask for ``.checked()`` unless faults are to be shown.

    Faults beside those of form: an unknown slot, two versions that are the same, a pair given twice, a text that is
    true in one row of an article and false in another.
    """
    true: set[tuple[str, str]] = set()
    false: set[tuple[str, str]] = set()

    def make(fields: Mapping[str, Any]) -> Falsehood:
        row = _falsehood(fields)
        if (row.id, row.true) in false or (row.id, row.false) in true:
            raise RowError("a text that is true here and false there")
        true.add((row.id, row.true))
        false.add((row.id, row.false))
        return row

    return read_rows(path, make, known, {"a pair": lambda row: (row.id, row.true, row.false)})


def _new(make: Make[Article], elsewhere: Container[str]) -> Make[Article]:
    def made(fields: Mapping[str, Any]) -> Article:
        row = make(fields)
        if row.id in elsewhere:
            raise RowError("an id that another file has")
        return row

    return made


def read_all(
    folder: Path,
    name: str,
    read: Callable[[Path, Container[str] | None, Container[str]], Read[Article]],
    known: Container[str] | None = None,
) -> list[Read[Article]]:
    """Every file ``NAME.jsonl`` and ``NAME-….jsonl`` of ``folder`` by ``read``, the plain name first.

    An article that an earlier file has is a fault of the later one. ``DataError`` when there is no such file.
    """
    reads: list[Read[Article]] = []
    for path in [folder / f"{name}.jsonl", *sorted(folder.glob(f"{name}-*.jsonl"))]:
        reads.append(read(path, known, {row.id for one in reads for row in one.rows}))
    return reads


def _light_article(fields: Mapping[str, Any]) -> LightArticle:
    sentences = texts(fields, "sentences")
    lines = tuple(_light(one) for one in objects(fields, "lines"))
    if len(lines) != len(sentences):
        raise RowError("lines that are not one for each sentence")
    return LightArticle(text(fields, "id"), sentences, lines)


def _light(fields: Mapping[str, Any]) -> Light:
    rank, as_is = whole(fields, "rank", below=RANKS), fields.get("as_is", False)
    if not isinstance(as_is, bool):
        raise RowError("'as_is' that is neither true nor false")
    line = text(fields, "line") if "line" in fields else ""
    if rank == 0 and (as_is or line):
        raise RowError("a line for a sentence that is not for print")
    if rank and as_is == bool(line):
        raise RowError("a sentence to print with both or neither of 'as_is' and 'line'")
    return Light(rank, as_is, line)


def _judged_article(fields: Mapping[str, Any]) -> JudgedArticle:
    sentences = texts(fields, "sentences")
    reader, benchmark = (text(fields, name) if name in fields else "" for name in ("reader", "benchmark"))
    found = tuple(_judged(one, len(sentences), as_printed=bool(reader)) for one in objects(fields, "candidates"))
    refuse_repeats([(one.slot, one.text, one.sentence, one.label) for one in found], "a candidate")
    refuse_repeats([(one.slot, one.text, one.sentence) for one in found], "a candidate, judged in two ways,")
    return JudgedArticle(text(fields, "id"), sentences, found, reader, benchmark, _asked(fields, len(sentences)))


def _asked(fields: Mapping[str, Any], sentences: int) -> tuple[int, ...]:
    asked = fields.get("asked", [])
    if not isinstance(asked, list) or not all(type(one) is int and 0 <= one < sentences for one in asked):
        raise RowError("an index that is none of its sentences")
    return tuple(asked)


def _judged(fields: Mapping[str, Any], sentences: int, *, as_printed: bool) -> Judged:
    label: Label = _one_of(fields, "label", get_args(Label))
    slot: Slot = _one_of(fields, "slot", get_args(Slot))
    scored = not as_printed or "score" in fields
    score, rank = (_score(fields), whole(fields, "rank")) if scored else (None, None)
    why, cure = (text(fields, name, empty=True) if name in fields else "" for name in ("why", "cure"))
    said = text(fields, "text")
    if label == "ok" and (why or cure):
        raise RowError("a reason or cure for what is ok")
    if label != "ok" and (not (as_printed or "cure" in fields) or not why or cure == said):
        raise RowError("no reason or no cure for what is not ok, or one that changes nothing")
    sentence = whole(fields, "sentence", below=sentences) if slot == "bullet" or "sentence" in fields else None
    return Judged(slot, said, sentence, score, rank, label, why, cure, fields.get("free") is True, _log_probs(fields))


def _log_probs(fields: Mapping[str, Any]) -> tuple[float, ...]:
    found = fields.get("log_probs", [])
    if not isinstance(found, list) or not all(isinstance(one, int | float) and one <= 0 for one in found):
        raise RowError("'log_probs' that are no log-probabilities")
    return tuple(map(float, found))


def _score(fields: Mapping[str, Any]) -> float:
    score = fields.get("score")
    if not isinstance(score, int | float) or isinstance(score, bool) or score > 0:
        raise RowError("no log-probability in 'score'")
    return float(score)


def _falsehood(fields: Mapping[str, Any]) -> Falsehood:
    slot: Slot = _one_of(fields, "slot", get_args(Slot))
    key, source, true, false, kind = (text(fields, name) for name in ("id", "source", "true", "false", "kind"))
    if true == false:
        raise RowError("two versions that are the same")
    return Falsehood(key, slot, source, true, false, kind)


def _one_of(fields: Mapping[str, Any], name: str, known: tuple[str, ...]) -> Any:
    value = text(fields, name)
    if value not in known:
        raise RowError(f"an unknown {name}")
    return value
