"""Labels that the repository keeps without article text, and back.

    python -m training.acceptance.standoff --labels FILE --pack --out FILE
    python -m training.acceptance.standoff --labels training/acceptance/labels/offers.jsonl --out FILE

Bodies are those of ``train/*.parquet`` under ``--data`` (``MUJAZ_DATA``). The second is what ``training.acceptance``
fits on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from summarizer.config import data_dir
from summarizer.errors import DataError
from training.command import guarded
from training.corpora.annotated.lines import RowError, read_rows
from training.corpora.annotated.standoff import packed, unpacked


def convert(rows: Sequence[Mapping[str, Any]], bodies: Mapping[str, str], *, pack: bool) -> list[dict[str, Any]]:
    """The rows packed, or unpacked. ``DataError`` names the first article that ``bodies`` lacks or has otherwise."""
    found = []
    for row in rows:
        try:
            if pack and row["id"] not in bodies:
                raise RowError("an id that no corpus has")
            found.append(packed(row, bodies[row["id"]]) if pack else unpacked(row, bodies))
        except RowError as error:
            hint = "use the corpora that were labelled"
            raise DataError(expected="the labelled articles", got=f"{row['id']}: {error}", hint=hint) from error
    return found


def bodies_of(folder: Path, ids: Collection[str]) -> dict[str, str]:
    """The bodies of these articles, by id, from the Parquet tables of a folder; ``DataError`` when it has none."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    paths = sorted(folder.glob("*.parquet"))
    if not paths:
        raise DataError(expected="Parquet tables", got=f"none in {folder}", hint="pass --data DIR or set MUJAZ_DATA")
    found: dict[str, str] = {}
    for path in paths:
        table = pq.read_table(path, columns=["id", "body"])
        kept = table.filter(pc.is_in(table["id"], value_set=pa.array(sorted(ids))))
        found.update(zip(kept["id"].to_pylist(), kept["body"].to_pylist(), strict=True))
    return found


def write(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """The rows as JSON Lines, whole or not at all."""
    beside = path.with_name(path.name + ".part")
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    beside.write_text("".join(lines), encoding="utf-8")
    beside.replace(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.acceptance.standoff", description="Labels without article text.")
    parser.add_argument("--labels", type=Path, required=True, help="JSON Lines, packed or to be packed")
    parser.add_argument("--pack", action="store_true", help="take the text out rather than put it in")
    parser.add_argument("--data", type=Path, help="folder of the corpora (default: MUJAZ_DATA)")
    parser.add_argument("--out", type=Path, required=True, help="JSON Lines to write")
    options = parser.parse_args(arguments)

    def run() -> None:
        data = options.data or data_dir()
        if data is None:
            raise DataError(expected="the folder of the corpora", got="none", hint="pass --data DIR or set MUJAZ_DATA")
        rows = read_rows(options.labels, dict).checked()
        bodies = bodies_of(data / "train", {row["id"] for row in rows})
        write(convert(rows, bodies, pack=options.pack), options.out)
        print(f"{options.out}: {len(rows)} articles")

    return guarded(run)


if __name__ == "__main__":
    sys.exit(main())
