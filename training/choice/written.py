"""Fit which sentences a bullet will come out about: ``summarizer/briefing/choice/written.json``.

    python -m training.choice.written --labels FILE… --out FILE

FILE has labelled offers with the sentences that bullets were ``asked`` about (``training.acceptance.offers``). A bullet
came out where one that was offered, a line or the sentence itself, is ``ok``. Printed is, of the three sentences that
come first by importance, and by importance times some power of the chance, how many have an ``ok`` bullet, how many
have any, and how important they are, by judges that had not seen the article; then what short and long sentences
gave.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.briefing.choice.features import VERSION
from summarizer.briefing.choice.learned import Floats
from summarizer.briefing.choice.outlook import outlooks_of
from summarizer.briefing.choice.sentence import read_all
from summarizer.briefing.choice.written import table_of
from summarizer.errors import DataError
from training.choice.boosting import Boosting
from training.choice.judging import Recipe, auc, calibrated, fit_judge
from training.command import guarded
from training.corpora.annotated.labels import JudgedArticle, read_candidates

RECIPE = Recipe(Boosting(trees=80, depth=2, rate=0.08), ridge=100.0)
POWERS = (0, 1, 2, 3)
_FIRST = 3
_LONG = 28
"""Words of a sentence from which on few lines are short enough."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The sentences that bullets were asked about: their ``article``, features, what came out, and importance."""

    article: NDArray[np.int64]
    names: tuple[str, ...]
    found: Floats
    ok: NDArray[np.bool_]
    any: NDArray[np.bool_]
    important: Floats


def asked_of(articles: Sequence[JudgedArticle]) -> Asked:
    """``DataError`` where no article says what was asked."""
    names: tuple[str, ...] = ()
    rows: list[tuple[int, Floats, bool, bool, float]] = []
    for number, article in enumerate(articles):
        sentences = read_all(article.sentences)
        seen = outlooks_of(sentences)
        names, found = table_of(sentences, seen)
        for place in article.asked:
            labels = {one.label for one in article.candidates if one.slot == "bullet" and one.sentence == place}
            rows.append((number, found[place], "ok" in labels, bool(labels), seen[place].important))
    if not rows:
        raise DataError(
            expected="articles with «asked»", got="none", hint="label what training.acceptance.offers writes"
        )
    numbers, tables, ok, some, important = zip(*rows, strict=True)
    return Asked(np.array(numbers), names, np.array(tables), np.array(ok), np.array(some), np.array(important))


def fit(asked: Asked) -> tuple[dict[str, Any], Floats]:
    """The content of ``written.json``, and each sentence's chance by a judge that had not seen its article."""
    judge, raw = fit_judge(asked.found, asked.ok, asked.article, RECIPE)
    card = {
        "labelled by": "a large language model in the part of a strict editor",
        "articles": len(set(asked.article.tolist())),
        "sentences": len(asked.ok),
        "came out": int(asked.ok.sum()),
        "auc": round(auc(asked.ok, raw), 3),
    }
    weights = {"version": VERSION, "card": card, "names": list(asked.names), "judge": judge.to_json()}
    return weights, calibrated(judge, raw)


def table(asked: Asked, chances: Floats) -> str:
    """A row a power of the chance: how many of the first sentences have an ``ok`` bullet, how many any, importance."""
    lines = [
        f"| first {_FIRST} by importance × chance^ | with an ok bullet | with any | importance |",
        "|---|---:|---:|---:|",
    ]
    for power in POWERS:
        kept = _first(asked, asked.important * chances**power)
        ok, some, important = (values[kept].mean() for values in (asked.ok, asked.any, asked.important))
        lines.append(f"| {power} | {ok:.0%} | {some:.0%} | {important:.2f} |")
    return "\n".join(lines)


def by_length(asked: Asked) -> str:
    """Of short and of long sentences, how many have any bullet, and how many an ``ok`` one."""
    words = asked.found[:, asked.names.index("words")]
    rows = ["| words | sentences | with any bullet | with an ok one |", "|---|---:|---:|---:|"]
    for name, inside in ((f"up to {_LONG}", words <= _LONG), (f"more than {_LONG}", words > _LONG)):
        if inside.any():
            shares = [f"{values[inside].mean():.0%}" for values in (asked.any, asked.ok)]
            rows.append(f"| {name} | {inside.sum()} | {' | '.join(shares)} |")
    return "\n".join(rows)


def _first(asked: Asked, scores: Floats) -> list[int]:
    """The places of each article's first sentences by ``scores``."""
    kept: list[int] = []
    for article in np.unique(asked.article):
        own = np.flatnonzero(asked.article == article)
        kept += own[np.argsort(-scores[own], kind="stable")][:_FIRST].tolist()
    return kept


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.choice.written", description="Fit about what a bullet comes out.")
    parser.add_argument("--labels", type=Path, nargs="+", required=True, help="labelled offers, with what was asked")
    parser.add_argument("--out", type=Path, required=True, help="JSON to write")
    options = parser.parse_args(arguments)

    def run() -> None:
        asked = asked_of([article for path in options.labels for article in read_candidates(path).checked()])
        weights, unseen = fit(asked)
        options.out.write_text(json.dumps(weights, ensure_ascii=False) + "\n", encoding="utf-8")
        print(json.dumps(weights["card"], ensure_ascii=False), table(asked, unseen), by_length(asked), sep="\n\n")

    return guarded(run)


if __name__ == "__main__":
    sys.exit(main())
