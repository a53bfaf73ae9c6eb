"""Thirty articles to read briefs of: chosen by a rule, listed by id in ``reading_articles.json``, without text.

10 news like those of `seeds/`, 5 economy, 5 sport, 5 science and culture, 5 very long or odd. The groups are told by
the ids and sources of the benchmarks; within a group the order is that of a hash of the id, so that nobody picked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from eval.jsonl import id_field, read_lines, text_field
from summarizer.arabic.words import count_words
from summarizer.errors import DataError

CHOSEN = Path(__file__).with_name("reading_articles.json")
SEED = "mujaz-reading-1"
_NEWS_WORDS = range(300, 701)
"""Body length in words of news like the seeds' (480)."""
_MIN_ODD_WORDS = 150

Chosen = dict[str, list[tuple[str, str]]]
"""Group → benchmark and id of each article, in the order of the page."""


def read_chosen() -> Chosen:
    """The committed list."""
    listed = json.loads(CHOSEN.read_text(encoding="utf-8"))
    return {group: [(benchmark, key) for benchmark, key in pairs] for group, pairs in listed.items()}


def write_chosen(chosen: Mapping[str, Iterable[tuple[str, str]]]) -> None:
    """Replace the committed list: one line an article."""
    groups = []
    for group, pairs in chosen.items():
        lines = ",\n".join(f"  {json.dumps(list(pair))}" for pair in pairs)
        groups.append(f" {json.dumps(group)}: [\n{lines}\n ]")
    CHOSEN.write_text("{\n" + ",\n".join(groups) + "\n}\n", encoding="utf-8")


def choose(benchmarks: Path, seed: str = SEED, without: Collection[str] = ()) -> Chosen:
    """The list that the rule gives on the benchmarks in that folder; ``DataError`` when one is not there.

    Another ``seed`` and the ids to leave out give articles whose briefs nobody has read yet.
    """
    bbc = _lengths(benchmarks / "bbc-2018h2.jsonl", without)

    def of(*topics: str, words: Callable[[int], bool] = bool) -> list[str]:
        return _shuffled((key for key, (size, _) in bbc.items() if key.split("-")[1] in topics and words(size)), seed)

    news = of("internationalNews", "middleEast", words=_NEWS_WORDS.__contains__)[:10]
    science = [*of("technology")[:3], *of("culture")[:2]]
    long = [key for key in _longest(bbc) if key not in {*news, *science}][:2]
    return {
        "news": _named("bbc-2018h2", news),
        "economy": _named("bbc-2018h2", of("economy")[:5]),
        "sport": _named("bbc-2018h2", of("sport")[:5]),
        "science and culture": _named("bbc-2018h2", science),
        "long or odd": [*_named("bbc-2018h2", long), *_odd(benchmarks, seed, without)],
    }


def _odd(benchmarks: Path, seed: str, without: Collection[str]) -> list[tuple[str, str]]:
    """The longest article of a business site, an encyclopedia's on religion, and one in Darija."""
    argen, easc, darija = (
        _lengths(benchmarks / f"{name}.jsonl", without) for name in ("argen-headlines", "easc", "marsum-darija")
    )
    religion = _shuffled((key for key, (_, source) in easc.items() if "religion" in source), seed)
    dialect = _shuffled((key for key, (size, _) in darija.items() if size >= _MIN_ODD_WORDS), seed)
    return [
        *_named("argen-headlines", _longest(argen)[:1]),
        *_named("easc", religion[:1]),
        *_named("marsum-darija", dialect[:1]),
    ]


def _lengths(path: Path, without: Collection[str]) -> dict[str, tuple[int, str]]:
    """Id → words of the body, and the source, of each row whose id is not among ``without``."""
    if not path.is_file():
        raise DataError(expected=f"the benchmark {path.name}", got=f"none at {path}", hint="pass --data DIR")
    return {
        id_field(line): (count_words(text_field(line, "body")), text_field(line, "source"))
        for line in read_lines(path)
        if id_field(line) not in without
    }  # fmt: skip


def _longest(rows: Mapping[str, tuple[int, str]]) -> list[str]:
    return sorted(rows, key=lambda key: (-rows[key][0], key))


def _shuffled(keys: Iterable[str], seed: str) -> list[str]:
    """In the order of their hashes: arbitrary, and the same everywhere."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).hexdigest())


def _named(benchmark: str, keys: Iterable[str]) -> list[tuple[str, str]]:
    return [(benchmark, key) for key in keys]
