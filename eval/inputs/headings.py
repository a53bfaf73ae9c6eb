"""How often a heading is taken to be fused into a paragraph, file by file, and which: to be read for false alarms.

    python -m eval.inputs.headings corpora/train/*.parquet --articles 700 --show 20

One row a file: articles, paragraphs, paragraphs with a heading taken off, milliseconds of a core an article.
``--show``: so many of the paragraphs' heads, «heading ‖ sentence»; a false alarm is a heading that the sentence needs.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

from eval.command import guarded, positive
from eval.inputs.exact import texts
from summarizer.article.parts.headings import heading_end
from summarizer.article.parts.lines import split_lines
from summarizer.article.reading import reading_copy

_SHOWN_CHARS = 50


def main(argv: Sequence[str] | None = None) -> int:
    """Print one JSON object a file."""
    return guarded("eval.inputs.headings", _main, argv)


def _main(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(prog="eval.inputs.headings", description=__doc__.partition("\n")[0])
    parser.add_argument("texts", nargs="+", type=Path, help="JSONL (body) or Parquet files, or folders of files")
    parser.add_argument("--articles", type=positive, default=700, help="at most so many of each file")
    parser.add_argument("--show", type=int, default=0, help="heads of paragraphs to print, of each file")
    arguments = parser.parse_args(argv)
    for path in arguments.texts:
        articles = [split_lines(reading_copy(text).text) for text in texts([path], arguments.articles)]
        paragraphs = [line.text for article in articles for line in article]
        started = time.process_time()
        ends = [heading_end(paragraph) for paragraph in paragraphs]
        spent = 1000 * (time.process_time() - started) / max(1, len(articles))
        found = [_shown(paragraph, end) for paragraph, end in zip(paragraphs, ends, strict=True) if end]
        counts = {"articles": len(articles), "paragraphs": len(paragraphs), "headings": len(found)}
        print(json.dumps({"file": path.stem, **counts, "ms_an_article": round(spent, 2)}), flush=True)
        for head in random.Random(0).sample(found, min(arguments.show, len(found))):
            print(f"  {head}")
    return 0


def _shown(paragraph: str, end: int) -> str:
    return f"{paragraph[:end].rstrip()} ‖ {paragraph[end : end + _SHOWN_CHARS]}"


if __name__ == "__main__":
    raise SystemExit(main())
