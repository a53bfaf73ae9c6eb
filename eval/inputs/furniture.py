"""How often each pattern of furniture takes a line of an article, and which lines: what to read for false alarms.

    python -m eval.inputs.furniture corpora/train/*.parquet --articles 2000 --show 5

One row a pattern of ``summarizer/article/data/furniture.txt``: lines taken among all lines of the bodies, and the share
of articles with one. ``--show``: so many of the lines, to be read; a false alarm is a line of the article's own text.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from eval.command import guarded, positive
from eval.inputs.exact import texts
from summarizer.article.parts.furniture import habits
from summarizer.article.parts.lines import split_lines
from summarizer.article.reading import reading_copy


def main(argv: Sequence[str] | None = None) -> int:
    """Print one JSON object a pattern that took a line, the busiest first."""
    return guarded("eval.inputs.furniture", _main, argv)


def _main(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(prog="eval.inputs.furniture", description=__doc__.partition("\n")[0])
    parser.add_argument("texts", nargs="+", type=Path, help="JSONL (body) or Parquet files, or folders of files")
    parser.add_argument("--articles", type=positive, default=2000, help="at most so many of each file")
    parser.add_argument("--show", type=int, default=0, help="lines of each pattern to print")
    arguments = parser.parse_args(argv)
    taken: dict[int, list[str]] = defaultdict(list)
    articles: Counter[int] = Counter()
    count = lines = 0
    for text in texts(arguments.texts, arguments.articles):
        count += 1
        found = split_lines(reading_copy(text).text)
        lines += len(found)
        rows = [(place, line.text) for line in found for place, habit in enumerate(habits()) if habit.takes(line)]
        articles.update({place for place, _ in rows})
        for place, line_text in rows:
            taken[place].append(line_text)
    print(json.dumps({"articles": count, "lines": lines}))
    for place, its in sorted(taken.items(), key=lambda item: -len(item[1])):
        row = {"pattern": habits()[place].pattern.pattern[:60], "lines": len(its), "articles": articles[place]}
        shown = random.Random(0).sample(its, min(arguments.show, len(its)))
        print(json.dumps({**row, **({"shown": shown} if shown else {})}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
