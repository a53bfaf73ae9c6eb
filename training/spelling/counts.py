"""Words and their neighbours, counted in what newsrooms spell well and in all of the news."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.arabic.text.normalize import fold
from summarizer.arabic.word_counts import bare
from summarizer.errors import DataError
from training.spelling.kinds import kind

EDITED = ("BBC", "skynews", "france24", "CNN", "Al Jazeera")
"""How the names of the sources begin whose spelling is a newsroom's."""
CORPORA = (
    "aljazeera-2022-clustering",
    "ant-v1",
    "ant-v2",
    "bbc-arabic-osac",
    "cnn-arabic-osac",
    "hespress-2022-clustering",
    "hespress-kaggle-part",
    "saudinewsnet",
)
_COMMONEST = 2_000
_SIGN_RATIO = 8
_SIGNS = 2
"""Old articles of good newsrooms leave the hamza out: «الى» is a tenth of «إلى». What is this much rarer than one of
the commonest words is a sign of such an article. One with two different signs is not counted as well spelt: a single
one may be right, «فان» in «فان دايك»."""
_RUN = re.compile("[\u0621-\u065f\u0670-\u06d3]+")
_BREAK = re.compile("[^\\w\\s\u064b-\u065f\u0670\u0640]+|\n")

Article = tuple[str, str, str]
"""Id, source and body."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Words as they are spelt, marks aside: in well-spelt articles of good newsrooms, and in all articles."""

    edited: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)


def read_articles(folder: Path, without: frozenset[str]) -> Iterator[Article]:
    """Every article of the corpora in ``folder`` whose id is not in ``without``. DataError for a missing file."""
    import pyarrow.parquet as parquet

    for name in CORPORA:
        path = folder / f"{name}.parquet"
        if not path.exists():
            raise DataError(expected=f"{name}.parquet", got=f"no such file in {folder}", hint="pass --corpora DIR")
        columns = parquet.read_table(path, columns=["id", "source", "body"])
        for one, source, body in zip(*(columns[key].to_pylist() for key in ("id", "source", "body")), strict=True):
            if one not in without:
                yield one, source, body or ""


def words_of(body: str) -> list[str]:
    """The words of Arabic letters of ``body``, in order, without marks."""
    return _RUN.findall(bare(body))


def runs_of(body: str) -> Iterator[list[str]]:
    """The words of each piece of ``body`` that no punctuation or line break parts."""
    return (piece.split() for piece in _BREAK.split(bare(body)))


def signs(words: Counter[str]) -> frozenset[str]:
    """Forms without hamza that well-spelt articles do not have, by the commonest words of ``words``."""
    spelt: dict[str, list[str]] = {}
    for word in words:
        spelt.setdefault(fold(word), []).append(word)
    found = set()
    for common, count in words.most_common(_COMMONEST):
        for form in spelt[fold(common)]:
            if form != common and kind(form, common) == "hamza" and words[form] * _SIGN_RATIO < count:
                found.add(form)
    return frozenset(found)


def is_edited(source: str, words: Iterable[str], bad: frozenset[str]) -> bool:
    """True for an article of a good newsroom that has hardly a word of ``bad``."""
    return source.startswith(EDITED) and len(bad.intersection(words)) < _SIGNS


def count(articles: Callable[[], Iterable[Article]], bad: frozenset[str]) -> Counts:
    """Words of ``articles``, and of those that :func:`is_edited`."""
    counts = Counts()
    for _, source, body in articles():
        words = words_of(body)
        counts.all.update(words)
        if is_edited(source, words, bad):
            counts.edited.update(words)
    return counts
