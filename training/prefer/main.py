"""Teach a model which of its lines an editor prints: a checkpoint from labelled offers and their cures.

    python -m training.prefer --labels FILE… --model summarizer/model --checkpoint runs/mujaz --out runs/preferred

``--model`` is the package's folder that wrote the lines (for how it is asked), ``--checkpoint`` the same weights from
``training.restore``. Every tenth article is held out; printed are, an epoch, how many of its pairs the model tells
right. What is written is a transformers checkpoint, adapters folded in. Behind ``torchrun --nproc-per-node 2 -m`` two
processes share the work.
"""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import distributed

from summarizer.backends.base import load_backend
from summarizer.backends.model import ModelBackend
from summarizer.errors import BackendError, ConfigError, DataError
from training.acceptance.fitting import read
from training.command import guarded
from training.export.notices import keep_notice
from training.finetune import lora
from training.finetune.data.examples import Example
from training.finetune.models import Loaded, load, make_trainable, save_checkpoint
from training.finetune.processes import first
from training.prefer.pairs import lessons
from training.prefer.run import Hyperparameters, train
from training.restore import PROMPT

_HELD_OUT = 10


def examples(labels: Sequence[Path], model: str) -> tuple[list[Example], list[Example]]:
    """What is learned, and what is held out. ``BackendError`` for a model that is not asked about sentences."""
    backend = load_backend(model)
    if not isinstance(backend, ModelBackend) or backend.editor is None:
        raise BackendError(expected="a model that edits", got=model, hint="name the folder of one like the package's")
    asker, end = backend.asker, (backend.tokenizer.id_of(backend.prompt.end),)
    learned: list[Example] = []
    held_out: list[Example] = []
    for number, article in enumerate(read(labels)):
        (learned if number % _HELD_OUT else held_out).extend(lessons(article, asker, end))
    if not learned:
        raise DataError(expected="lines that were turned down beside better ones", got="none", hint="label more")
    return learned, held_out


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    return guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> None:
    if options.out.exists():
        raise ConfigError(expected="a folder that does not exist yet", got=str(options.out), hint="name another")
    learned, held_out = examples(options.labels, options.model)
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    if "WORLD_SIZE" in os.environ:
        distributed.init_process_group("gloo")
    loaded = load(options.checkpoint, options.dtype, "causal")
    make_trainable(loaded, options.rank, options.rank, 0)
    train(loaded, learned, held_out, Hyperparameters(options.epochs, options.rate, options.beta, options.likelihood))
    if first():
        _write(loaded, options)


def _write(loaded: Loaded, options: argparse.Namespace) -> None:
    lora.merge(loaded.model)
    scratch = options.out.with_name(f".{options.out.name}.part")
    shutil.rmtree(scratch, ignore_errors=True)
    save_checkpoint(loaded, scratch)
    keep_notice(options.checkpoint, scratch)
    if (prompt := Path(options.checkpoint) / PROMPT).is_file():
        shutil.copyfile(prompt, scratch / PROMPT)
    scratch.rename(options.out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.prefer", description="Teach a model which lines are printed.")
    add = parser.add_argument
    add("--labels", type=Path, nargs="+", required=True, help="labelled offers, with cures where there are some")
    add("--model", default="embedded", help="the backend or folder that wrote them (default: embedded)")
    add("--checkpoint", required=True, help="its weights as a transformers folder (training.restore)")
    add("--out", type=Path, required=True, help="checkpoint folder to write; must not exist")
    usual = Hyperparameters()
    add("--epochs", type=int, default=usual.epochs)
    add("--rate", type=float, default=usual.rate, help="learning rate (default %(default)s)")
    add("--beta", type=float, default=usual.beta, help="of the preference (default %(default)s)")
    add(
        "--likelihood",
        type=float,
        default=usual.likelihood,
        help="weight of the likelihood of what is preferred (default %(default)s)",
    )
    add("--rank", type=int, default=32, help="of the adapters (default 32)")
    add("--threads", type=int, default=0)
    add("--dtype", default="bfloat16", choices=("bfloat16", "float32"), help="float32 where a CPU has no bfloat16")
    add("--seed", type=int, default=1)
    return parser
