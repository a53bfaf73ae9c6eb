"""Does the faithfulness check find errors that we know are there? Editors' headlines, each with one fact changed.

    python -m eval.probe --data FILE.jsonl [--limit N] [--json]

FILE has ``title`` and ``body``. Every headline that the check accepts as it stands is spoiled in up to three ways: a
number in digits is changed, a name is replaced by one from another headline that the body does not have, «لا» is put
before an opening verb. Prints the share found, by kind, and the share of untouched headlines that are flagged, which
is an upper bound of false alarms: editors do write what the body does not say. Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.command import guarded, positive
from eval.jsonl import read_lines, text_field
from eval.shares import Share
from summarizer.arabic.vocabulary import is_name
from summarizer.arabic.words import Word, tokenize
from summarizer.briefing.claims.check import check
from summarizer.briefing.claims.source_index import SourceIndex
from summarizer.errors import DataError

KINDS = ("number", "name", "negation")
_SEED = 7
_STEPS = (1, 2, 5, 10)
_MIN_NAME = 4
_CLITICS = "وفبلك"


def probe(pairs: Sequence[tuple[str, str]]) -> dict[str, Share]:
    """«untouched» headlines flagged, then each of ``KINDS``: spoiled headlines found, over (title, body) pairs."""
    chance = random.Random(_SEED)
    names = [word.text for title, _ in pairs for word in tokenize(title) if _is_plain_name(word)]
    counts = {kind: [0, 0] for kind in ("untouched", *KINDS)}
    for title, body in pairs:
        source = SourceIndex(body)
        accepted = check(title, source).supported
        counts["untouched"][0] += not accepted
        counts["untouched"][1] += 1
        for kind, spoiled in _spoil(title, source, names, chance) if accepted else ():
            counts[kind][0] += not check(spoiled, source).supported
            counts[kind][1] += 1
    return {kind: Share(*found) for kind, found in counts.items()}


def _spoil(title: str, source: SourceIndex, names: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    """The headline with one fact changed, in each way that it allows: (kind, text)."""
    words = tokenize(title)
    numbers = [word for word in words if word.text.isdecimal()]
    if numbers:
        word = chance.choice(numbers)
        yield "number", _replace(title, word, str(int(word.text) + chance.choice(_STEPS)))
    own = [word for word in words if _is_plain_name(word)]
    foreign = chance.choice(names) if names else ""
    if own and foreign and not source.has(foreign):
        yield "name", _replace(title, chance.choice(own), foreign)
    if len(words) > 3 and words[0].text[0] in "يت" and len(words[0].text) > 3 and not is_name(words[0].text):
        yield "negation", f"لا {title}"


def _is_plain_name(word: Word) -> bool:
    """A name in Arabic letters that no clitic seems to be part of, so that it can stand in another's place."""
    text = word.text
    return len(text) >= _MIN_NAME and text[0] not in _CLITICS and not text.isascii() and is_name(text)


def _replace(text: str, word: Word, new: str) -> str:
    return text[: word.span.start] + new + text[word.span.end :]


def read_pairs(path: Path, limit: int | None = None) -> list[tuple[str, str]]:
    """(title, body) of the rows that have both. ``DataError`` when none has."""
    rows = [(text_field(line, "title"), text_field(line, "body")) for line in read_lines(path)]
    pairs = [(title, body) for title, body in rows if title and body][:limit]
    if not pairs:
        raise DataError(expected="rows with title and body", got=f"{path}: none", hint="give a headline benchmark")
    return pairs


def render(found: dict[str, Share]) -> str:
    """The table as Markdown."""
    lines = ["| headline | flagged | of | share |", "|---|---|---|---|"]
    labels = {"untouched": "as the editor wrote it", **{kind: f"one {kind} changed" for kind in KINDS}}
    for kind, share in found.items():
        low, high = share.interval
        lines.append(f"| {labels[kind]} | {share.hits} | {share.of} | {share.value:.3f} [{low:.3f}, {high:.3f}] |")
    return "\n".join(lines)


def _main(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(
        prog="eval.probe", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="JSONL with title and body")
    parser.add_argument("--limit", type=positive, help="only the first N rows")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(argv)
    found = probe(read_pairs(options.data, options.limit))
    record = {kind: {"flagged": share.hits, "of": share.of, "share": share.value} for kind, share in found.items()}
    print(json.dumps(record, indent=1) if options.json else render(found))
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.probe", _main, argv)


if __name__ == "__main__":
    sys.exit(main())
