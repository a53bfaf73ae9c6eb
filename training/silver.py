"""Bullets that rules make: for the passages of an article's middle, which no headline was written for.

    python -m training.silver data/news/train.jsonl --out data/silver.jsonl [--publishers bbc,france24] [--articles N]

A headline stands over its lead, so rows of ``training.prepare`` teach little about the later passages: quotations,
background, reactions. Here the extractive backend says in its own words what such a passage holds, a sentence or a
clause of it in headline style, checked as a model's bullets are and no longer than an editor's. Rows are as
``training.prepare`` writes them, task ``bullet``, at most one a passage, never the article's first passage.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from summarizer.arabic.text.normalize import fold
from summarizer.arabic.words import count_words, folded_words
from summarizer.article.passages import passages
from summarizer.article.read import read_text
from summarizer.backends.extractive import Extractive
from summarizer.briefing.salience import rank_passages
from summarizer.briefing.speakers import labelled
from summarizer.config import BriefOptions, EditorialLimits
from summarizer.errors import ConfigError, InputError
from summarizer.plan import ladder_for
from summarizer.schema import Article, Candidate, Request, Task
from training.command import guarded

MAX_WORDS = EditorialLimits().max_bullet_words
MIN_WORDS = 5
MOST = 3
"""Rows an article: the passages that weigh most, as in a brief."""
SHORTENED_SHARE = 0.9
"""A passage that is hardly longer than its bullet teaches to copy, not to choose: such rows are left out."""
_CHUNK = 64
_SUBJECTLESS = re.compile(r"\S+\s*(?::|(?:ان|انه|انها|عن|الي|علي|في|بان|من|لم|لا)\b)")
"""«أعرب عن أمله», «أضاف:»: a verb whose subject is in another sentence."""
_OURS = re.compile(r"^اذا\b|\b(?:نحن|اننا|انني|لن|سن\S+|لدينا)\b")
"""Somebody's own words, and conditions."""
_AFTER = r"[\s\")]*(?:[,.;?!]|$)"
_QUOTED = re.compile(r"«[^»]*»")
_CONCEDES = re.compile(r"\b(?:رغم|الرغم|بالرغم)\b")


def rows_of(article: Article) -> Iterator[tuple[str, str]]:
    """(passage, bullet) of an article's weightiest later passages; none where the rules find nothing to print."""
    limits = replace(EditorialLimits(), max_asked_bullet_words=MAX_WORDS)
    options = BriefOptions(limits=limits)
    ladder, judge, found = ladder_for(article, options), ladder_for(article, options), 0
    later = [one for one in passages(article) if article.sentences[0] not in one.sentences]
    requests = [Request(Task.BULLET, one, MAX_WORDS) for one in rank_passages(later, 2 * MOST)]
    for request, candidates in zip(requests, Extractive().generate(requests, options.decoding), strict=True):
        statement = ladder.climb(request, candidates, "lifted")
        # What a model would be refused, or have mended, is nothing to teach it.
        written = judge.choices(request, [Candidate(statement.text, 0.0, "rules")], "model") if statement else []
        if written and found < MOST and _teaches(request.passage.text, written[0].text):
            found += 1
            yield request.passage.text, labelled(written[0].text)


def _teaches(passage: str, bullet: str) -> bool:
    """True for a bullet of an editor's length that leaves something out, names its subject and ends with a clause.

    A comma within it must not be where the rest begins: «تعهدت الإدارة، وفق محضر الجلسة» has no object.
    """
    words = count_words(bullet)
    if not (MIN_WORDS <= words <= MAX_WORDS and words < SHORTENED_SHARE * count_words(passage)):
        return False
    if bullet[0] in "وف":  # it costs «فاز» and «وصل», and leaves no «واتهمت»
        return False
    folded = fold(bullet)
    if _OURS.search(folded) or _SUBJECTLESS.match(folded):
        return False
    parted = "،" in _QUOTED.sub("", bullet) or _CONCEDES.search(folded)
    return _ends_a_clause(passage, bullet, whole=bool(parted))


def _ends_a_clause(passage: str, bullet: str, whole: bool) -> bool:
    """True when a mark follows the last two words in the passage; of a ``whole`` sentence the mark at its end."""
    ending = " ".join(folded_words(bullet)[-2:])
    after = _AFTER.replace(",", "") if whole else _AFTER
    return bool(ending) and re.search(re.escape(ending) + after, fold(passage)) is not None


def _chunk_rows(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    made = []
    for record in records:
        try:
            pairs = list(rows_of(read_text(record["source"])))
        except InputError:
            continue
        for number, (passage, bullet) in enumerate(pairs):
            origin = {"id": f"{record['id']}~s{number}", "source_name": f"silver:{record['source_name']}"}
            made.append({**origin, "group": record["group"], "source": passage, "targets": {"bullet": bullet}})
    return made


def _read(path: Path, publishers: frozenset[str], most: int) -> list[dict[str, Any]]:
    """The rows over whole bodies, of some publishers or of all (none named)."""
    found: list[dict[str, Any]] = []
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                wanted = not publishers or record["source_name"].partition(":")[0] in publishers
                if wanted and "~" not in record["id"] and len(found) < most:
                    found.append(record)
    except (OSError, ValueError, KeyError) as error:
        got = f"{path}: {error!r}"
        raise ConfigError(expected="rows of training.prepare", got=got, hint="name its train.jsonl") from error
    return found


def write(path: Path, out: Path, publishers: frozenset[str], most: int, jobs: int) -> Counter[str]:
    """Write the rows to ``out``, the whole file or none; how many by publisher."""
    if out.exists():
        raise ConfigError(expected="a file that does not exist yet", got=str(out), hint="remove it or name another")
    records = _read(path, publishers, most)
    chunks = [records[start : start + _CHUNK] for start in range(0, len(records), _CHUNK)]
    counts: Counter[str] = Counter()
    scratch = out.with_name(f".{out.name}.part")
    out.parent.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(jobs) as pool, scratch.open("w", encoding="utf-8") as lines:
        for made in pool.map(_chunk_rows, chunks):
            counts.update(row["source_name"] for row in made)
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in made)
    scratch.rename(out)
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="training.silver", description="Bullets that rules make, as rows.")
    parser.add_argument("rows", type=Path, help="train.jsonl of training.prepare")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--publishers", default="", help="comma-separated; all by default")
    parser.add_argument("--articles", type=int, default=10**9, help="read at most so many")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    publishers = frozenset(filter(None, options.publishers.split(",")))
    return guarded(
        lambda: print(json.dumps(write(options.rows, options.out, publishers, options.articles, options.jobs)))
    )


if __name__ == "__main__":
    sys.exit(main())
