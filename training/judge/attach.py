"""Put a judge into an exported model.

    python -m training.judge.attach summarizer/model --judge runs/judge.safetensors --to runs/model [--share 0.5]

The new folder has the export's files, byte for byte, but for the graph, the manifest and the card. Several judges are
averaged. ``--share``: how much of the adapters is kept (``kept.narrowed``).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from summarizer.backends.engines.onnx.engine import MODEL, WEIGHTS
from summarizer.backends.files.tokens import TextTokenizer
from summarizer.backends.files.weights import (
    Manifest,
    read_file,
    read_files,
    read_manifest,
    write_manifest,
    write_model,
)
from summarizer.backends.prompt import read_prompt
from summarizer.errors import BackendError, ConfigError
from training.command import guarded
from training.export import card
from training.export.notices import keep_notice
from training.judge import graph, kept
from training.judge.graph import Judge
from training.restore import loudness

SHARE = 0.5


def attach(exported: Path, judge: Judge, to: Path) -> Manifest:
    """Write the new folder ``to``, all of it or nothing: ``exported`` with ``judge``.

    A judge that is there gives way. :class:`ConfigError` when ``to`` exists, :class:`BackendError` for another engine.
    """
    if to.exists():
        raise ConfigError(expected="a folder that does not exist yet", got=str(to), hint="name another")
    manifest = read_manifest(exported)
    if manifest.engine != "onnxruntime":
        raise BackendError(expected="an export for onnxruntime", got=manifest.engine, hint="export it for that engine")
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=f".{to.name}-") as scratch:
        parts, folder = Path(scratch) / "parts", Path(scratch) / "model"
        parts.mkdir()
        folder.mkdir()
        for name in manifest.files:
            (parts / name).write_bytes(read_file(exported, manifest, name))
        (parts / MODEL).write_bytes(_judged(read_files(exported, manifest), judge))
        about = {name: getattr(manifest, name) for name in ("name", "family", "engine", "quantization")}
        made = write_model(folder, {name: parts / name for name in manifest.files}, about)
        source = {
            **manifest.source,
            "judge": {
                **judge.about,
                "of": manifest.source.get("judge", {}).get("of", f"{manifest.name}@{manifest.digest}"),
            },
        }
        _finish(folder, replace(made, source=source), exported)
        folder.rename(to)
    return read_manifest(to)


def _judged(files: dict[str, bytes], judge: Judge) -> bytes:
    import onnx

    model = onnx.load_from_string(files[MODEL])
    graph.attach(model, judge, loudness(files[MODEL], files[WEIGHTS]))
    made: bytes = model.SerializeToString()
    return made


def _finish(folder: Path, manifest: Manifest, exported: Path) -> None:
    """Manifest, card and notices."""
    write_manifest(folder, manifest)
    tokenizer = TextTokenizer(read_file(folder, manifest, "tokenizer.json"))
    prompt = read_prompt(read_file(folder, manifest, "prompt.json"), tokenizer)
    (folder / card.CARD).write_text(card.write(manifest, prompt), encoding="utf-8")
    keep_notice(exported, folder)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="training.judge.attach", description="Put a judge into an exported model.")
    parser.add_argument("exported", type=Path, help="the folder of an export, such as summarizer/model")
    parser.add_argument("--judge", type=Path, nargs="+", required=True, help="what training.judge wrote")
    parser.add_argument("--to", type=Path, required=True, help="model folder to write; must not exist")
    parser.add_argument("--share", type=float, default=SHARE, help="of the adapters to keep (default %(default)s)")
    options = parser.parse_args(arguments)

    def run() -> None:
        judge = kept.narrowed(kept.averaged([kept.read(one) for one in options.judge]), options.share)
        made = attach(options.exported, judge, options.to)
        print(f"{options.to}: {made.name}@{made.digest}")

    return guarded(run)


if __name__ == "__main__":
    sys.exit(main())
