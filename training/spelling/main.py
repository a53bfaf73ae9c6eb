r"""Counts the news and writes the table of slips.

    python -m training.spelling --corpora $MUJAZ_DATA/train --out summarizer/arabic/data/slips.txt \
        --without $MUJAZ_DATA/labels/{light,light-2,candidates}.jsonl $MUJAZ_DATA/briefs/train.jsonl

Three readings of the corpora, a minute of one core. Articles of the files in ``--without`` (a JSON object with ``id``
a line) are not counted, so that the table can be measured on them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from summarizer.arabic.spelling.slips import MEANT, WORDS
from summarizer.arabic.vocabulary import country_of, is_name
from training.command import guarded
from training.spelling.counts import count, read_articles, signs
from training.spelling.kinds import rates
from training.spelling.neighbours import Told, count_together, doubtful, persons, tell
from training.spelling.pairs import RATIO, Spellings, find_pairs, group

Pairs = dict[str, tuple[str, str]]


def make(folder: Path, without: frozenset[str]) -> tuple[Pairs, Told, frozenset[str], Spellings]:
    """The pairs, what neighbours tell, which forms are words of their own, and the counts they come from."""
    articles = partial(read_articles, folder, without)
    bad = signs(count(articles, frozenset()).edited)
    counts = count(articles, bad)
    spellings = Spellings(counts, group(counts.edited), rates(counts.all, counts.edited))
    pairs = find_pairs(spellings)
    doubts = doubtful(spellings, pairs)
    forms = frozenset(doubts) | {common for several in doubts.values() for common in several}
    meant = {common for common, _ in pairs.values()}.union(*doubts.values())
    names = frozenset(common for common in meant if is_name(common) and not country_of(common))
    together = count_together(articles, forms | names, bad)
    people = persons(names, together, spellings)
    pairs = {form: pair for form, pair in pairs.items() if pair[0] not in people}
    told = {place: common for place, common in tell(doubts, together, spellings).items() if common not in people}
    own = {form for _, form, _ in told if counts.edited[form] * RATIO > counts.edited[doubts[form][0]]}
    return pairs, told, frozenset(own), spellings


def lines(pairs: Pairs, told: Told, own: frozenset[str]) -> list[str]:
    """The file: a section for each kind (a common form, then its slips), for each side (form>meant, then the words
    beside it), and for the forms that are words of their own.
    """
    sections: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for form, (common, name) in pairs.items():
        sections[name][common].append(form)
    for (side, form, other), common in told.items():
        sections[f"neighbours {side}"][f"{form}{MEANT}{common}"].append(other)
    found: list[str] = []
    for name in sorted(sections):
        found += [f"[{name}]", *(" ".join([first, *sorted(rest)]) for first, rest in sorted(sections[name].items()))]
    return [*found, f"[{WORDS}]", *sorted(own)]


def ids(paths: Iterable[Path]) -> frozenset[str]:
    """The ids of the rows of JSON lines files."""
    return frozenset(json.loads(line)["id"] for path in paths for line in path.read_text(encoding="utf-8").splitlines())


def main(argv: list[str] | None = None) -> int:
    """Count and write; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.spelling", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    args = parser.parse_args(argv)

    def run() -> None:
        pairs, told, own, spellings = make(args.corpora, ids(args.without))
        head = [
            f"# Slips of spelling in the news, by counts of {spellings.counts.edited.total()} well-spelt words and",
            f"# {spellings.counts.all.total()} words in all: what is meant, then what stands for it.",
            "# Made by: python -m training.spelling (its --help says which articles are not counted)",
        ]
        args.out.write_text("\n".join([*head, *lines(pairs, told, own)]) + "\n", encoding="utf-8")
        for name, number in Counter(name for _, name in pairs.values()).most_common():
            print(name, number, f"{spellings.rates.get(name, 0):.5f}")
        print("neighbours", len(told), "words", len(own))

    return guarded(run)
