"""Whole briefs in one text: rows of the task ``brief``, from the rows of the single tasks.

    python -m training.brief_rows data/news --silver data/silver.jsonl --out data/briefs.jsonl

A row's source is a body, its target what ``summarizer`` prints of it, a line each:

    HEADLINE
    STANDFIRST
    FIRST WORDS OF A PASSAGE | BULLET      two to five times, in the order of the body

The words before the bar point at the passage that the next words are about, so that a bullet has its source before it
is written. Headlines are the editors', standfirsts too where there are any (else the lead), bullets those of
``training.silver`` and of ``training.prepare``, of which no two say the same and none what the headline says.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from summarizer.arabic.words import content_keys
from summarizer.errors import ConfigError, DataError
from training.command import guarded

POINTER = " | "
POINTER_WORDS = 3
FEWEST, MOST = 2, 5
MAX_OVERLAP = 0.5
"""Of two lines that share more of their content words (Jaccard) the later one is left out."""

Record = Mapping[str, Any]


def brief_text(headline: str, standfirst: str, bullets: Sequence[tuple[str, str]]) -> str:
    """The target of one row; ``bullets`` are (passage, bullet)."""
    told = (f"{' '.join(passage.split()[:POINTER_WORDS])}{POINTER}{bullet}" for passage, bullet in bullets)
    return "\n".join((headline, standfirst, *told))


def rows_of(bodies: Sequence[Record], leads: Sequence[Record], bullets: Sequence[Record]) -> Iterator[dict[str, Any]]:
    """A row for every body that has a headline, a standfirst or lead, and at least two bullets of its passages."""
    lead_of = {record["group"]: record["targets"]["standfirst"] for record in leads}
    bullets_of: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for record in bullets:
        bullets_of[record["group"]].append((record["source"], record["targets"]["bullet"]))
    for body in bodies:
        targets = body["targets"]
        headline = targets.get("headline")
        standfirst = targets.get("standfirst") or lead_of.get(body["group"])
        if not (headline and standfirst):
            continue
        kept = _distinct(headline, _placed(body["source"], bullets_of[body["group"]]))
        if len(kept) >= FEWEST:
            text = brief_text(headline, standfirst, kept)
            origin = {key: body[key] for key in ("id", "group", "source_name", "source")}
            yield {**origin, "id": f"{body['id']}~brief", "targets": {"brief": text}}


def _placed(body: str, bullets: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The bullets whose passage is in the body, in its order."""
    flat = " ".join(body.split())
    places = ((flat.find(" ".join(passage.split()[: 2 * POINTER_WORDS])), passage, text) for passage, text in bullets)
    return [(passage, text) for place, passage, text in sorted(places) if place >= 0]


def _distinct(headline: str, bullets: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The bullets that repeat neither the headline nor an earlier one."""
    said, kept = [set(content_keys(headline))], []
    for passage, text in bullets:
        keys = set(content_keys(text))
        if keys and all(len(keys & one) <= MAX_OVERLAP * len(keys | one) for one in said):
            said.append(keys)
            kept.append((passage, text))
    return kept[:MOST]


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
        for record in found:
            record["group"], record["targets"], record["source"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        got = f"{path}: {error!r}"
        raise DataError(expected="rows of training.prepare", got=got, hint="name its folder") from error
    return found


def write(prepared: Path, silver: Path, out: Path) -> int:
    """Write the rows to the new file ``out``, all or none; returns how many."""
    if out.exists():
        raise ConfigError(expected="a file that does not exist yet", got=str(out), hint="remove it or name another")
    rows = _read(prepared / "train.jsonl")
    bodies = [row for row in rows if "~" not in row["id"]]
    bullets = [row for row in rows if "bullet" in row["targets"] and not row["id"].endswith("~b0")] + _read(silver)
    made = list(rows_of(bodies, _read(prepared / "lead.jsonl"), bullets))
    scratch = out.with_name(f".{out.name}.part")
    scratch.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), encoding="utf-8")
    scratch.rename(out)
    return len(made)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="training.brief_rows", description="Whole briefs as rows.")
    parser.add_argument("prepared", type=Path, help="folder of training.prepare")
    parser.add_argument("--silver", type=Path, required=True, help="bullets of training.silver")
    parser.add_argument("--out", type=Path, required=True, help="new .jsonl file")
    options = parser.parse_args(arguments)
    return guarded(lambda: print(f"{options.out}: {write(options.prepared, options.silver, options.out):,} briefs"))


if __name__ == "__main__":
    sys.exit(main())
