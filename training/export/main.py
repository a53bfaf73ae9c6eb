"""A checkpoint as a model that ``mujaz`` serves: the engine's files in parts, manifest, prompt, card and notices.

    python -m training.export CHECKPOINT --out summarizer/model --name mujaz-270m --heldout data/news/heldout.jsonl \
        [--statistics data/news/statistics.json] \
        [--engine onnxruntime] [--quantization int8] [--rows 120] [--house-style bbc]
    python -m training.card summarizer/model --scores RUN/results.json …     # once eval.run has measured it

CHECKPOINT is what ``training.merge`` wrote, or any transformers folder of a family that the engine has: CTranslate2
has most, onnxruntime Gemma 3, several times faster (``eval.engines`` prints a table). Before the folder appears under
its name, the export writes the held-out rows beside its checkpoint in float32 and is refused when it loses more than
half a point of bigram F1 (see ``training.export.agreement``). Nothing is overwritten.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from summarizer.backends.files.checkpoint import open_transformers, prompt_format, read_config, read_tokenizer
from summarizer.backends.files.exported import open_export
from summarizer.backends.files.weights import Manifest, write_manifest, write_model
from summarizer.backends.prompt import PromptFormat
from summarizer.errors import ConfigError, DataError, MujazError
from training.export import card, notices
from training.export.agreement import Agreement, as_sequences, check, choose_rows, measure
from training.export.convert import check_traits, convert
from training.export.onnx_export import check_onnx, convert_onnx
from training.finetune.data.examples import read_rows
from training.prompts import STYLES

QUANTIZATIONS = {
    "ctranslate2": ("int8", "int16", "float32"),
    "onnxruntime": ("int8", "int8-blocks", "int4", "float32"),
}
"""Engine → how it may store weights, the usual way first."""
CALIBRATION_ROWS = 24
"""Held-out rows that activations are listened to on before smoothing (``training.export.smooth``)."""
_TASKS = ("headline", "standfirst", "bullet")
_CHECKS: Mapping[str, Callable[[Mapping[str, Any], PromptFormat], object]] = {
    "ctranslate2": check_traits,
    "onnxruntime": check_onnx,
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is exported, where to, and what it is checked with. ``max_source_tokens`` 0: as it was trained."""

    checkpoint: Path
    out: Path
    name: str
    heldout: Path
    statistics: Path | None = None
    data_statement: Path | None = None
    """A text about the training data, where there are no statistics of them."""
    quantization: str = "int8"
    rows: int = 120
    max_source_tokens: int = 0
    house_style: str = ""
    """A publisher of ``training.prompts.STYLES``, whose token stands before every source."""
    engine: str = "ctranslate2"


def export(order: Order) -> Manifest:
    """Write the model folder ``order.out``, all of it or nothing.

    Raises :class:`ConfigError` before any work when it exists or the checkpoint cannot be exported, and
    :class:`BackendError` when the export is worse than its checkpoint.
    """
    if order.out.exists():
        raise ConfigError(expected="a folder that does not exist yet", got=str(order.out), hint="move it away first")
    config, prompt = read_config(order.checkpoint), _prompt(order)
    if order.quantization not in QUANTIZATIONS[order.engine]:
        known = ", ".join(QUANTIZATIONS[order.engine])
        raise ConfigError(expected=f"one of {known}", got=order.quantization, hint=f"{order.engine} has no other")
    _CHECKS[order.engine](config, prompt)
    rows = choose_rows(read_rows(order.heldout, _TASKS), order.rows + CALIBRATION_ROWS)
    # What the activations are listened to on is not what the export is judged on, as far as there are rows for both.
    heard, judged = (rows[order.rows :] or rows), rows[: order.rows]
    data = _about_data(order)
    try:
        order.out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=order.out.parent, prefix=f".{order.out.name}-") as scratch:
            folder = Path(scratch) / "model"
            folder.mkdir()
            reference = open_transformers(order.checkpoint, precision="float32")
            reference.prompt = prompt
            calibration = as_sequences(reference, heard)
            manifest = _write_files(order, prompt, folder, Path(scratch) / "engine", calibration)
            found = measure(reference, open_export(folder), judged)
            check(found)
            source = _source(order, config, found, data)
            manifest = replace(manifest, source=source)
            write_manifest(folder, manifest)
            (folder / card.CARD).write_text(card.write(manifest, prompt), encoding="utf-8")
            notices.copy_notices(str(config["model_type"]), order.checkpoint, folder)
            folder.rename(order.out)
    except OSError as error:
        raise DataError(expected="room for the export", got=str(error), hint="free space, then run it again") from error
    return manifest


def _about_data(order: Order) -> dict[str, Any]:
    """What the card says of the training data: counted, or as somebody wrote it down."""
    if order.statistics:
        return card.about_data(read_table(order.statistics))
    if order.data_statement is None:
        return {}
    try:
        return {"statement": order.data_statement.read_text(encoding="utf-8").strip()}
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            expected="a text about the training data", got=f"{order.data_statement}: {error}", hint="check the path"
        ) from error


def _prompt(order: Order) -> PromptFormat:
    config = read_config(order.checkpoint)
    tokenizer = read_tokenizer(order.checkpoint, config)
    prompt = prompt_format(order.checkpoint, config, tokenizer)
    if order.house_style:
        if prompt.family != "causal":
            got = f"--house-style {order.house_style} for an encoder-decoder"
            raise ConfigError(expected="a decoder-only model", got=got, hint="leave --house-style out")
        tokenizer.id_of(STYLES[order.house_style])
        prompt = replace(prompt, before=(*prompt.before, STYLES[order.house_style]))
    return replace(prompt, max_source_tokens=order.max_source_tokens or prompt.max_source_tokens)


def _write_files(
    order: Order, prompt: PromptFormat, folder: Path, engine: Path, calibration: Sequence[Sequence[int]]
) -> Manifest:
    """Convert, and store the engine's files with tokenizer and prompt in ``folder``."""
    write = convert_onnx if order.engine == "onnxruntime" else convert
    names = write(order.checkpoint, engine, order.quantization, prompt, calibration)
    (engine / "prompt.json").write_text(prompt.to_json(), encoding="utf-8")
    shutil.copyfile(order.checkpoint / "tokenizer.json", engine / "tokenizer.json")
    files = {name: engine / name for name in (*names, "prompt.json", "tokenizer.json")}
    about = {"family": prompt.family, "engine": order.engine, "quantization": order.quantization}
    return write_model(folder, files, {"name": order.name, **about})


def _source(order: Order, config: Mapping[str, Any], found: Agreement, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the manifest says about where the weights came from. No paths: they mean nothing elsewhere."""
    run = order.checkpoint / "run.json"
    return {
        "model": {
            "type": config["model_type"],
            "parameters": count_parameters(order.checkpoint),
            "vocabulary": config["vocab_size"],
        },
        "run": card.about_run(read_table(run)) if run.is_file() else {},
        "data": data,
        "agreement": asdict(found),
        "versions": {name: metadata.version(name) for name in (order.engine, "transformers", "tokenizers")},
    }


def count_parameters(checkpoint: Path) -> int:
    """How many numbers the safetensors files of a checkpoint hold; a tied output layer is not stored twice."""
    from safetensors import safe_open

    total = 0
    for path in sorted(checkpoint.glob("*.safetensors")):
        with safe_open(path, framework="numpy") as tensors:
            total += sum(math.prod(tensors.get_slice(name).get_shape()) for name in tensors.keys())  # noqa: SIM118 - no mapping
    return total


def read_table(path: Path) -> Mapping[str, Any]:
    """A JSON file that holds a table; :class:`DataError` when it is none."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(expected="a JSON file", got=f"{path}: {error}", hint="check the path") from error
    if not isinstance(table, dict):
        raise DataError(expected="a JSON table", got=str(path), hint="check the path")
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(prog="training.export", description="Make a checkpoint a model that mujaz serves.")
    parser.add_argument("checkpoint", type=Path, help="transformers folder, as training.merge writes it")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write; must not exist")
    parser.add_argument("--name", required=True, help="what briefs will call the model")
    parser.add_argument("--heldout", type=Path, required=True, help="prepared rows to compare on")
    parser.add_argument("--statistics", type=Path, help="statistics.json of the training data, for the card")
    parser.add_argument("--data-statement", type=Path, help="a text about the data, where statistics.json is lost")
    parser.add_argument("--engine", choices=QUANTIZATIONS, default="ctranslate2", help="default: %(default)s")
    every = sorted({name for names in QUANTIZATIONS.values() for name in names})
    parser.add_argument("--quantization", choices=every, default="int8", help="default: %(default)s")
    parser.add_argument("--rows", type=int, default=120, help="held-out articles to compare on (default: %(default)s)")
    parser.add_argument("--house-style", choices=sorted(STYLES), default="", help="write as this publisher does")
    parser.add_argument("--max-source-tokens", type=int, default=0, help="default: what the run was trained with")
    options = vars(parser.parse_args(arguments))
    try:
        manifest = export(Order(**options))
    except MujazError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    print(f"{options['out']}: {manifest.name}@{manifest.digest}")
    print(json.dumps(manifest.source["agreement"], indent=1))
    return 0
