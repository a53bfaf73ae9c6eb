r"""Exports of one checkpoint on different engines: what each loses, and what it takes.

    python -m eval.engines models/int8-ctranslate2 models/int8-onnx models/int4-onnx \
        --checkpoint runs/merged --heldout data/news/heldout.jsonl [--rows 60] [--threads 2]

Each export has a process of its own. Quality: held-out targets written greedily by the export and by the checkpoint in
float32, ROUGE-2 against the reference and the share of each text up to the first token that differs. Speed, as wall
and processor seconds: a source of 256 tokens, one token more, the brief of the seed article and of eight others at
once, none of which was read before. A timing is of this machine and hour: ratios of one run are what can be quoted.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from eval.engines.measure import Measured, Order, Written, measure
from eval.metrics.base import Item
from eval.metrics.rouge import rouge2
from eval.metrics.settings import SETTINGS
from eval.speed.bars import load_told
from summarizer.errors import DataError, MujazError

_SETTING = "normalized"
_HEADINGS = (
    *("export", "ROUGE-2", "same tokens", "same texts", "source of 256, s", "step, ms", "seed brief, s"),
    *("articles/s at once", "MB on disk", "MB loaded", "MB peak"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.engines", description=__doc__.splitlines()[0])
    parser.add_argument("exports", type=Path, nargs="*", help="model folders of training.export")
    parser.add_argument("--checkpoint", type=Path, help="what they were exported from: a transformers folder")
    parser.add_argument("--heldout", type=Path, help="prepared rows to write; without them only speed is measured")
    parser.add_argument("--rows", type=int, default=60, help="held-out rows (default: %(default)s)")
    parser.add_argument("--articles", type=int, default=8, help="articles of the batch (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=0, help="cores of an engine (default: all)")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    try:
        if options.child:
            print(json.dumps(asdict(measure(Order(**json.loads(options.child))))))
            return 0
        print(_run(options))
    except MujazError as error:
        print(f"eval.engines: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def _run(options: argparse.Namespace) -> str:
    heldout = str(options.heldout or "")
    folders = [*options.exports, *([options.checkpoint] if options.checkpoint and heldout else [])]
    found = {}
    for folder in folders:
        articles = options.articles if folder != options.checkpoint else 0
        found[folder] = _in_a_process(Order(str(folder), heldout, options.rows, options.threads, articles))
    if options.json:
        options.json.write_text(json.dumps({str(k): asdict(v) for k, v in found.items()}, indent=1) + "\n", "utf-8")
    return table(found, found.get(options.checkpoint))


def _in_a_process(order: Order) -> Measured:
    command = [sys.executable, "-m", "eval.engines", "--child", json.dumps(asdict(order))]
    # One thread where a library would take all: the engines have their own.
    environment = {**os.environ, "OMP_NUM_THREADS": "1"} if order.articles else None
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise DataError(expected=f"figures of {order.folder}", got=last, hint="measure that one alone to see more")
    fields = json.loads(done.stdout.strip().splitlines()[-1])
    fields["written"] = [Written(**{**one, "ids": tuple(one["ids"])}) for one in fields["written"]]
    return Measured(**fields)


def table(found: dict[Path, Measured], checkpoint: Measured | None) -> str:
    """Markdown, one export a line, in the order they were given."""
    lines = [f"{_conditions(found)}", "", _row(_HEADINGS), _row(["---", *["---:"] * (len(_HEADINGS) - 1)])]
    return "\n".join([*lines, *(_row(_cells(folder.name, one, checkpoint)) for folder, one in found.items())])


def _conditions(found: dict[Path, Measured]) -> str:
    first = next(iter(found.values()))
    return (
        f"{len(first.written)} held-out texts, greedy; ROUGE-2 of the setting {_SETTING}. Seconds are wall / processor "
        f"on {first.threads or 'all'} cores{load_told()}."
    )


def _cells(name: str, one: Measured, checkpoint: Measured | None) -> list[str]:
    about = f"{name} ({one.engine} {one.quantization})" if one.engine else f"{name} (checkpoint)"
    quality = ["-"] * 3
    if one.written:
        quality[0] = f"{_rouge2(one.written):.2f}"
    if one.written and checkpoint is not None:
        same, whole = agreement(checkpoint.written, one.written)
        quality[1:] = [f"{100 * same:.1f} %", f"{100 * whole:.1f} %"]
    if not one.speed:
        return [about, *quality, *["-"] * 7]
    source, step, brief, batch = (one.speed[key] for key in ("source_s", "step_s", "brief_s", "batch_s"))
    return [
        *(about, *quality, _pair(source), _pair([1000 * value for value in step], 1), _pair(brief)),
        f"{one.articles / batch[0]:.2f} / {one.articles / batch[1]:.2f}",
        *(f"{size:.0f}" for size in (one.disk_mb, one.loaded_mb, one.peak_mb)),
    ]


def agreement(left: Sequence[Written], right: Sequence[Written]) -> tuple[float, float]:
    """The mean share of a text up to the first token that differs, and the share of texts that are the same."""
    shares = [_common(a.ids, b.ids) for a, b in zip(left, right, strict=True)]
    return statistics.fmean(shares), statistics.fmean(share == 1.0 for share in shares)


def _common(one: Sequence[int], other: Sequence[int]) -> float:
    longest = max(len(one), len(other))
    shortest = min(len(one), len(other))
    same = next((at for at in range(shortest) if one[at] != other[at]), shortest)
    return same / longest if longest else 1.0


def _rouge2(written: Sequence[Written]) -> float:
    items = [Item(str(place), one.text, (one.reference,), "") for place, one in enumerate(written)]
    return float(rouge2(items, SETTINGS[_SETTING]).per_item.mean())


def _pair(seconds: Sequence[float], digits: int = 2) -> str:
    return " / ".join(f"{value:.{digits}f}" for value in seconds)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
