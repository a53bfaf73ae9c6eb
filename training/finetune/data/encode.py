"""Rows as token ids in one file, so that a machine with an accelerator need not spend its time on text.

    python -m training.encode RECIPE --out data/news/train.npz [--set KEY=VALUE]
    python -m training.finetune RECIPE --set train=data/news/train.npz --set extra=[]

The file (``numpy.savez_compressed``, no pickle) belongs to the tokenizer and the limits of the recipe: a run that has
others refuses it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import ConfigError, DataError, MujazError
from training.finetune.data.asks import ANSWERED
from training.finetune.data.examples import Encoder, Example, SourceVariety, read_rows
from training.finetune.data.frames import read_frame
from training.finetune.recipe import Recipe, parse_overrides, read_recipe
from training.prompts import SEQ2SEQ_PREFIXES
from training.warmstart.tiny import resolve

TASKS = (*SEQ2SEQ_PREFIXES, *ANSWERED)
FORMAT = 2
"""Goes up when files that were written before can no longer be read."""
SUFFIX = ".npz"

Encoded = tuple[list[Example], list[str]]
"""Examples, and the publisher of each."""


def make_encoder(recipe: Recipe, tokenizer: Any, family: str) -> Encoder:
    """The encoder that a recipe asks for."""
    variety = SourceVariety(recipe.style_share, recipe.short_share)
    frame = read_frame(resolve(recipe.checkpoint), tokenizer) if family == "seq2seq" else None
    return Encoder(tokenizer, family, recipe.max_source_tokens, recipe.max_target_tokens, variety, frame)


def encode_rows(recipe: Recipe, encoder: Encoder, limit: int = 0) -> Encoded:
    """The training rows of ``recipe`` (of each file at most ``limit``, 0 = all)."""
    examples: list[Example] = []
    names: list[str] = []
    for path in (recipe.train, *recipe.extra):
        for row in read_rows(Path(path), recipe.tasks, limit):
            made = encoder.encode(row)
            examples += made
            names += [row.source_name.partition(":")[0]] * len(made)
    return examples, names


def signature(recipe: Recipe, encoder: Encoder) -> str:
    """What the ids depend on beside the rows: family, limits, variety, and the tokenizer's own text."""
    backend = getattr(encoder.tokenizer, "backend_tokenizer", None)
    text = backend.to_str() if backend else repr(sorted(encoder.tokenizer.get_vocab().items()))
    limits = (FORMAT, encoder.family, recipe.max_source_tokens, recipe.max_target_tokens, encoder.variety)
    return hashlib.sha256(f"{limits}{text}".encode()).hexdigest()


def save(path: Path, encoded: Encoded, signed: str) -> None:
    """Write examples as flat arrays; the whole file or none."""
    examples, names = encoded
    targets = [target for example in examples for target in example.targets]
    kinds = sorted(set(names))
    arrays = {
        "sources": _flat(example.source for example in examples),
        "source_lengths": _flat([[len(example.source)] for example in examples]),
        "target_counts": _flat([[len(example.targets)] for example in examples]),
        "targets": _flat(ids for _, _, ids in targets),
        "target_lengths": _flat([[len(ids)] for _, _, ids in targets]),
        "target_tasks": _flat([[TASKS.index(task)] for task, _, _ in targets]),
        "before": _flat(ids for _, ids, _ in targets),
        "before_lengths": _flat([[len(ids)] for _, ids, _ in targets]),
        "names": _flat([[kinds.index(name)] for name in names]),
        "about": np.frombuffer(json.dumps({"names": kinds, "signature": signed}).encode(), dtype=np.uint8),
    }
    scratch = path.with_name(f".{path.name}.part")
    with scratch.open("wb") as out:
        np.savez_compressed(out, **arrays)  # type: ignore[arg-type]
    scratch.rename(path)


def load(path: Path, signed: str) -> Encoded:
    """Read what :func:`save` wrote. ``DataError`` when it is no such file, or another tokenizer's or recipe's."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            about = json.loads(arrays["about"].tobytes())
            parts = {name: arrays[name] for name in arrays.files if name != "about"}
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise DataError(expected="rows of training.encode", got=f"{path}: {error}", hint="encode them again") from error
    if about["signature"] != signed:
        raise DataError(
            expected="rows encoded with this recipe's tokenizer, limits and shares",
            got=f"{path}: others",
            hint="run training.encode with this recipe",
        )
    targets = zip(
        (TASKS[task] for task in parts["target_tasks"]),
        _parted(parts["before"], parts["before_lengths"]),
        _parted(parts["targets"], parts["target_lengths"]),
        strict=True,
    )
    sources = _parted(parts["sources"], parts["source_lengths"])
    examples = [
        Example(source, tuple(next(targets) for _ in range(count)))
        for source, count in zip(sources, parts["target_counts"], strict=True)
    ]
    return examples, [about["names"][index] for index in parts["names"]]


def _flat(rows: Any) -> NDArray[Any]:
    values = np.fromiter(chain.from_iterable(rows), dtype=np.int64)
    return values.astype(np.uint16 if values.max(initial=0) < 65536 else np.uint32)


def _parted(flat: NDArray[Any], lengths: NDArray[Any]) -> Iterator[tuple[int, ...]]:
    values, at = flat.tolist(), 0
    for length in lengths.tolist():
        yield tuple(values[at : at + length])
        at += length


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="training.encode", description="Rows as token ids in one file.")
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="new .npz file")
    parser.add_argument("--limit", type=int, default=0, help="read only the first N rows of each file")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="override a key (TOML value)")
    options = parser.parse_args(arguments)
    try:
        if options.out.exists() or options.out.suffix != SUFFIX:
            raise ConfigError(expected=f"a new file *{SUFFIX}", got=str(options.out), hint="name another")
        recipe = read_recipe(options.recipe, parse_overrides(options.set))
        from training.finetune.models import family_of, load_tokenizer

        checkpoint = resolve(recipe.checkpoint)
        encoder = make_encoder(recipe, load_tokenizer(checkpoint), family_of(checkpoint))
        encoded = encode_rows(recipe, encoder, options.limit)
        save(options.out, encoded, signature(recipe, encoder))
    except MujazError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    tokens = sum(example.length for example in encoded[0])
    print(f"{options.out}: {len(encoded[0]):,} examples, {tokens:,} tokens, {options.out.stat().st_size:,} bytes")
    return 0
