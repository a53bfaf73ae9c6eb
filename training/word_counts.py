r"""The table of word counts, from well-edited news. Counts only, no article text.

    python -m training.word_counts --corpora DIR --out summarizer/arabic/data/word_counts.txt \
        --rarer summarizer/arabic/data/rarer_words.txt

DIR holds parquet files with ``body``. The commonest words that fit in ``--bytes`` are kept, the rarest whole class of
equal counts left out where it would not fit. ``--rarer`` has those that were left out and stand there at least
``--least`` times: what is no slip, however rare.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from summarizer.arabic.word_counts import bare
from summarizer.arabic.words import tokenize
from summarizer.errors import DataError
from training.command import guarded

#: Corpora whose spelling is a newsroom's: agencies and broadcasters. Those of many small papers are left out.
EDITED = ("aljazeera-2022-clustering", "ant-v2", "bbc-arabic-osac", "cnn-arabic-osac", "saudinewsnet")
_ARABIC = re.compile("[\u0621-\u064a]+")


def read_bodies(folder: Path, names: Iterable[str] = EDITED) -> Iterator[str]:
    """The body of every record of the named parquet files of ``folder``. Raises DataError for a missing file."""
    import pyarrow.parquet as parquet

    for name in names:
        path = folder / f"{name}.parquet"
        if not path.exists():
            raise DataError(expected=f"{name}.parquet", got=f"no such file in {folder}", hint="pass --corpora DIR")
        yield from (body or "" for body in parquet.read_table(path, columns=["body"])["body"].to_pylist())


def count_words(bodies: Iterable[str]) -> Counter[str]:
    """Words of Arabic letters as they are spelt, vowel marks and tatweel taken off."""
    counts: Counter[str] = Counter()
    for body in bodies:
        counts.update(word for token in tokenize(body) if _ARABIC.fullmatch(word := bare(token.text)))
    return counts


def table(counts: Counter[str], most_bytes: int) -> list[str]:
    """The lines of the file, «[count]» and the words of that count, as many classes as fit in ``most_bytes``."""
    classes: dict[int, list[str]] = defaultdict(list)
    for word, count in counts.items():
        classes[count].append(word)
    lines: list[str] = []
    size = 0
    for count in sorted(classes, reverse=True):
        new = [f"[{count}]", " ".join(sorted(classes[count]))]
        size += sum(len(line.encode()) + 1 for line in new)
        if size > most_bytes or count < 2:
            break
        lines += new
    return lines


def write(path: Path, counts: Counter[str], most_bytes: int, articles: int) -> set[str]:
    """The table with a comment on what was counted; the words that are in it."""
    lines = table(counts, most_bytes)
    made = f"--out {path} --bytes {most_bytes}"
    path.write_text("\n".join([*_head(counts, articles, made), *lines]) + "\n", encoding="utf-8")
    return {word for line in lines[1::2] for word in line.split()}


def write_rarer(path: Path, counts: Counter[str], known: set[str], least: int, articles: int) -> None:
    """The table of what is not ``known`` and stands at least ``least`` times."""
    rarer = Counter({word: count for word, count in counts.items() if count >= least and word not in known})
    lines = [*_head(counts, articles, f"--rarer {path} --least {least}"), *table(rarer, sys.maxsize)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _head(counts: Counter[str], articles: int, made: str) -> list[str]:
    return [
        f"# Words of {articles} well-edited news articles ({sum(counts.values())} words) as they are spelt: a line",
        "# «[n]» opens those that stand there n times.",
        f"# Made by: python -m training.word_counts --corpora DIR {made}",
    ]


def main(argv: list[str] | None = None) -> int:
    """Count and write; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m training.word_counts", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--bytes", type=int, default=503_000)
    parser.add_argument("--rarer", type=Path, help="file for the rarer words")
    parser.add_argument("--least", type=int, default=5, help="how often a rarer word stands at least")
    args = parser.parse_args(argv)

    def run() -> None:
        bodies = list(read_bodies(args.corpora))
        counts = count_words(bodies)
        known = write(args.out, counts, args.bytes, len(bodies))
        if args.rarer:
            write_rarer(args.rarer, counts, known, args.least, len(bodies))

    return guarded(run)


if __name__ == "__main__":
    raise SystemExit(main())
