"""Fits the choice of sentences to the labels and prints how well it does on articles that it has not seen.

    python -m training.choice --data $MUJAZ_DATA --out summarizer/briefing/choice/choice.json

DIR holds ``labels/light*.jsonl`` and ``briefs/train.jsonl``. An eighth of the articles, by their id, is held out;
beside it stands a cross-validation in five parts, by article. ``--views FILE`` fits a second set of weights that also
reads a model's log-odds of each sentence, lines of ``{"id", "views": [[…], …]}``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.briefing.choice.features import features
from summarizer.briefing.choice.learned import Floats, Judge
from summarizer.briefing.choice.outlook import FIRST, choose, news_sentence, outlooks, with_brief, with_views
from summarizer.briefing.choice.sentence import read_all
from summarizer.briefing.choice.weights import Viewed, Weights
from summarizer.errors import DataError
from training.choice.boosting import Boosting
from training.choice.judging import Recipe, auc, fit_judge
from training.choice.rows import BULLETS, Labelled, read_briefs, read_light, read_views
from training.command import guarded

LIGHT = Recipe(Boosting(trees=160, rate=0.07, seeds=1))
BRIEF = Recipe(Boosting(trees=90, rate=0.08, least=6.0, seeds=1))
NEWS = Recipe(Boosting(trees=60, rate=0.08, depth=3, seeds=1))
Tables = Callable[[Labelled], Floats]


def fit_question(
    name: str, articles: Sequence[Labelled], tables: Tables, how: Recipe, first: int | None = None, workers: int = 1
) -> tuple[Judge, dict[str, Any]]:
    """The judge of one question and its row of the card; of every article only the ``first`` sentences, if given."""
    known = [article for article in articles if not article.held_out]
    held = [article for article in articles if article.held_out]
    if not known or not held:
        raise DataError(expected=f"articles for {name!r}, some held out", got=f"{len(articles)}", hint="more articles")
    table, truth, numbers = _stacked(name, known, tables, first)
    judge, unseen = fit_judge(table, truth, numbers, how, workers)
    held_table, held_truth, _ = _stacked(name, held, tables, first)
    row = {
        "articles": len(known),
        "sentences": len(truth),
        "true": int(truth.sum()),
        "auc_cross_validated": round(auc(truth, unseen), 3),
        "articles_held_out": len(held),
        "auc_held_out": round(auc(held_truth, judge.raw(held_table)), 3),
    }
    print(name, row, flush=True)
    return judge, row


def _stacked(
    name: str, articles: Sequence[Labelled], tables: Tables, first: int | None
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.int64]]:
    """All rows, what is true of them, and the number of their article."""
    truths = [article.truth[name][:first] for article in articles]
    numbers = np.concatenate([np.full(len(truth), number) for number, truth in enumerate(truths)])
    return np.concatenate([tables(article)[:first] for article in articles]), np.concatenate(truths), numbers


def fit(
    light: Sequence[Labelled], briefs: Sequence[Labelled], views: dict[str, Floats] | None = None, workers: int = 1
) -> Weights:
    """All questions fitted, with their card."""
    names = features(read_all(light[0].sentences))[0]
    card: dict[str, Any] = {}
    brief, card["brief"] = fit_question("brief", briefs, _counted, BRIEF, workers=workers)
    told: Tables = lambda article: with_brief(article.table, brief)  # noqa: E731
    important, card["important"] = fit_question("important", light, told, LIGHT, workers=workers)
    stands, card["stands"] = fit_question("stands", light, _counted, LIGHT, workers=workers)
    news, card["news"] = fit_question("news", briefs, _counted, NEWS, FIRST, workers)
    weights = Weights(names, brief, important, stands, news, None, card)
    return replace(weights, viewed=_fit_viewed(light, views, told, card)) if views else weights


def _counted(article: Labelled) -> Floats:
    return article.table


def _fit_viewed(light: Sequence[Labelled], views: dict[str, Floats], told: Tables, card: dict[str, Any]) -> Viewed:
    """The two questions again, for the articles that have views."""
    wrong = [a.id for a in light if a.id in views and len(views[a.id]) != len(a.table)]
    if wrong:
        raise DataError(
            expected="a view of every sentence", got=f"other numbers for {wrong[:3]}", hint="write it again"
        )
    seen = [article for article in light if article.id in views]
    columns = {view.shape[1:] for view in views.values()}
    if len(columns) != 1:
        raise DataError(expected="equally many views of every sentence", got=f"{columns}", hint="write them again")
    both = {}
    for name, tables in (("important", told), ("stands", _counted)):
        table: Tables = lambda article, inner=tables: with_views(inner(article), views[article.id])  # type: ignore[misc]  # noqa: E731
        both[name], card[f"{name}_viewed"] = fit_question(name, seen, table, LIGHT)
    return Viewed(columns.pop()[0], both["important"], both["stands"])


def reached(weights: Weights, briefs: Sequence[Labelled]) -> dict[str, float]:
    """Of the bullets for print, the share of which a sentence is among the five chosen beside the first, which the
    standfirst stands on; the share of headlines whose sentence was found, and of those that stand on the first.
    """
    shares, found, first = [], [], []
    for article in briefs:
        seen = outlooks(article.sentences, weights=weights)
        chosen = set(choose(article.sentences, seen, BULLETS, besides=(0,)))
        shares.append(np.mean([bool(bullet & chosen) for bullet in article.bullets]))
        if article.truth["news"].any():
            found.append(article.truth["news"][news_sentence(seen)])
            first.append(article.truth["news"][0])
    parts = {"reached": shares, "news_found": found, "news_first": first}
    return {name: round(float(np.mean(part)), 3) for name, part in parts.items()}


def main(argv: list[str] | None = None) -> int:
    """Fit, print, write; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.choice", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with labels/ and briefs/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--views", type=Path, help="JSONL of a model's log-odds of each sentence")
    parser.add_argument("--workers", type=int, default=1, help="processes that fit at a time")
    args = parser.parse_args(argv)

    def run() -> None:
        paths = sorted((args.data / "labels").glob("light*.jsonl"))
        if not paths:
            raise DataError(expected="labels/light*.jsonl", got=f"none in {args.data}", hint="pass --data DIR")
        light = [article for path in paths for article in read_light(path)]
        briefs = list(read_briefs(args.data / "briefs" / "train.jsonl"))
        weights = fit(light, briefs, read_views(args.views) if args.views else None, args.workers)
        held = reached(weights, [article for article in briefs if article.held_out])
        print("held-out briefs", held)
        card = {
            "fitted_on": [path.name for path in paths] + ["briefs/train.jsonl"],
            "origin": "labels written in November 2026 for this project by a large language model in the part of a "
            "strict newspaper editor; see the README files of labels and briefs",
            "held_out": "zlib.crc32(id) % 8 == 0",
            "questions": dict(weights.card),
            "held_out_briefs": held,
        }
        args.out.write_text(json.dumps(replace(weights, card=card).to_json(), ensure_ascii=False) + "\n", "utf-8")

    return guarded(run)


if __name__ == "__main__":
    raise SystemExit(main())
