"""The openers of sentences that headings fused into a paragraph are told by, counted over corpora. No article text.

    python -m training.headings --corpora DIR --out summarizer/article/data/after_headings.txt

DIR holds parquet files with ``body``. An opener is a word that begins with «و» or «ف», or two where the word alone is
none, that opens a sentence in ``--share`` of the places where it stands, and does so ``--least`` times. The corpus
whose pages fuse headings is not counted: there openers stand behind headings.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from summarizer.arabic.text.normalize import fold
from training.command import guarded
from training.word_counts import EDITED, read_bodies

FUSING = "bbc-arabic-osac"
"""Its pages lose line ends and full stops behind headings: not counted."""
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|\n")
_ENDS = frozenset(".؟?!\n")


def count_places(bodies: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word with «و» or «ف», alone and with the next, opens a sentence, and how often it stands."""
    opening: Counter[str] = Counter()
    standing: Counter[str] = Counter()
    for body in bodies:
        before = "\n"
        tokens = _TOKEN.findall(fold(body))
        for token, following in zip(tokens, [*tokens[1:], "\n"], strict=True):
            if token[0] in "وف" and len(token) > 1:
                found = [token, f"{token} {following}"] if following.isalpha() else [token]
                standing.update(found)
                opening.update(found if before in _ENDS else ())
            before = token
    return opening, standing


def drawn_evenly(folder: Path, most: int) -> list[str]:
    """About ``most`` bodies, evenly drawn from the corpora whose pages fuse nothing."""
    bodies = list(read_bodies(folder, [name for name in EDITED if name != FUSING]))
    return bodies[:: max(1, len(bodies) // most)]


def openers(opening: Counter[str], standing: Counter[str], share: float, least: int) -> list[str]:
    """The openers, the commonest first; two words only where the first is none."""
    sure = [words for words, count in opening.most_common() if count >= least and count >= share * standing[words]]
    alone = {words for words in sure if " " not in words}
    return [words for words in sure if words in alone or words.split()[0] not in alone]


def main(argv: list[str] | None = None) -> int:
    """Count and write; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.headings", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=20_000, help="at most so many, evenly drawn")
    parser.add_argument("--share", type=float, default=0.75)
    parser.add_argument("--least", type=int, default=30)
    args = parser.parse_args(argv)

    def run() -> None:
        bodies = drawn_evenly(args.corpora, args.articles)
        found = openers(*count_places(bodies), args.share, args.least)
        made = f"python -m training.headings --corpora DIR --out {args.out} --articles {args.articles}"
        head = [
            f"# What opens a sentence in {args.share:.0%} of its places, counted in {len(bodies)} news articles.",
            f"# Made by: {made} --share {args.share} --least {args.least}",
        ]
        args.out.write_text("\n".join([*head, *found]) + "\n", encoding="utf-8")

    return guarded(run)
