"""Fit where full stops were lost: ``summarizer/briefing/lost_stops/lost_stops.json``.

    python -m training.lost_stops --openers --corpora DIR --out summarizer/arabic/data/sentence_openers.txt
    python -m training.lost_stops --corpora DIR --out FILE

DIR holds parquet files with ``body``. The first counts which words with «و» open sentences, the second takes full
stops away and asks the model about each such place (``training.lost_stops.rows``). Printed is, for several bars, which
share of the full stops that were taken away would be put back, and of how many of the other places an article would be
parted, by judges that had not seen its article; ``--show`` prints as many of the latter, for a reader: some did lose
their full stop. Without ``--out`` the committed weights are measured, on articles drawn with ``--seed``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.backends.base import load_backend
from summarizer.briefing.lost_stops import committed
from summarizer.briefing.lost_stops.learned import VERSION
from training.acceptance.offers import editing
from training.choice.boosting import Boosting
from training.choice.judging import Recipe, auc, calibrated, fit_judge
from training.command import guarded
from training.headings.main import FUSING, count_places, drawn_evenly
from training.lost_stops.rows import Row, rows_of
from training.word_counts import EDITED, read_bodies

RECIPE = Recipe(Boosting(trees=60, depth=3, rate=0.08), ridge=20.0)
BARS = (0.5, 0.7, 0.8, 0.9, 0.95)
BAR = 0.8
"""From which chance a full stop is put back."""
_COUNTED, _LEAST, _LEAST_SHARE = 20_000, 10, 0.2
_MOST_CHARS = 6_000
Floats = NDArray[np.float64]


def drawn(folder: Path, count: int, seed: int) -> list[str]:
    """``count`` bodies of each of the corpora, none of them long."""
    found: list[str] = []
    for name in EDITED:
        if name != FUSING:
            bodies = [body for body in read_bodies(folder, [name]) if 0 < len(body) <= _MOST_CHARS]
            found += random.Random(f"{seed} {name}").sample(bodies, min(count, len(bodies)))
    return found


def openers(bodies: Sequence[str]) -> list[str]:
    """The lines of ``sentence_openers.txt``: «[n]», and the words that open a sentence in n hundredths of places."""
    opening, standing = count_places(bodies)
    shares: dict[int, list[str]] = defaultdict(list)
    for word, count in opening.most_common():
        if word[0] == "و" and " " not in word and count >= _LEAST and count >= _LEAST_SHARE * standing[word]:
            shares[round(100 * count / standing[word])].append(word)
    return [line for share, words in sorted(shares.items(), reverse=True) for line in (f"[{share}]", " ".join(words))]


def fit(rows: Sequence[Row]) -> tuple[dict[str, Any], Floats]:
    """The content of ``lost_stops.json``, and the chance of each row by a judge that had not seen its article."""
    names = list(rows[0].found)
    found = np.array([[row.found[name] for name in names] for row in rows])
    lost = np.array([row.lost for row in rows])
    judge, raw = fit_judge(found, lost, np.array([row.article for row in rows]), RECIPE)
    card = {"places": len(rows), "taken away": int(lost.sum()), "auc": round(auc(lost, raw), 3)}
    weights = {"version": VERSION, "card": card, "bar": BAR, "names": names, "judge": judge.to_json()}
    return weights, calibrated(judge, raw)


def table(rows: Sequence[Row], chances: Floats) -> str:
    """For each bar the share of full stops put back, and the places parted beside them."""
    lost = np.array([row.lost for row in rows])
    articles = len({row.article for row in rows})
    lines = [f"places {len(rows)} in {articles} articles, full stops taken away {lost.sum()}", "bar   put back  others"]
    for bar in BARS:
        others = int((chances[~lost] >= bar).sum())
        lines.append(f"{bar:.2f}  {(chances[lost] >= bar).mean():8.2f}  {others} of {(~lost).sum()}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.lost_stops", description="Fit where full stops were lost.")
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the parquet files")
    parser.add_argument("--out", type=Path, help="file to write; without it the committed weights are measured")
    parser.add_argument("--openers", action="store_true", help="count which words open sentences")
    parser.add_argument("--articles", type=int, default=120, help="articles of each corpus (default 120)")
    parser.add_argument("--show", type=int, default=0, help="places to print that would be parted beside")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    return guarded(lambda: _count(options) if options.openers else _fit(options))


def _count(options: argparse.Namespace) -> None:
    bodies = drawn_evenly(options.corpora, _COUNTED)
    made = f"python -m training.lost_stops --openers --corpora DIR --out {options.out}"
    head = [
        f"# Words with «و» that open a sentence, counted in {len(bodies)} news articles: a line «[n]» opens those",
        "# that do so in n hundredths of the places where they stand.",
        f"# Made by: {made}",
    ]
    lines = "\n".join([*head, *openers(bodies)]) + "\n"
    if options.out is None:
        print(lines, end="")
    else:
        options.out.write_text(lines, encoding="utf-8")


def _fit(options: argparse.Namespace) -> None:
    bodies = drawn(options.corpora, options.articles, options.seed)
    rows = list(rows_of(bodies, editing(load_backend("embedded")), options.seed))
    if options.out is None:
        chances = committed().chances([row.found for row in rows])
    else:
        weights, chances = fit(rows)
        options.out.write_text(json.dumps(weights, ensure_ascii=False) + "\n", encoding="utf-8")
        print(json.dumps(weights["card"], ensure_ascii=False))
    print(table(rows, chances))
    shown = [(chance, row) for chance, row in zip(chances, rows, strict=True) if chance >= BAR and not row.lost]
    for chance, row in random.Random(options.seed).sample(shown, min(options.show, len(shown))):
        print(f"  {chance:.2f} {row.context}")
