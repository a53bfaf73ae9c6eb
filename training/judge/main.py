"""Teach a judge to read: adapters on the upper layers of the embedded model, from labelled lines.

    python -m training.restore summarizer/model --to runs/mujaz
    python -m training.judge --labels FILE… --edits "$MUJAZ_DATA" --checkpoint runs/mujaz --out runs/judge.safetensors
    python -m training.judge.attach summarizer/model --judge runs/judge.safetensors --to runs/model
    python -m eval.verdicts --labels FILE --model runs/model --held-out

With ``--edits`` what editors left as it was and what they mended (``labels/light.jsonl``, ``briefs/train.jsonl``) is
learned once, before the labels. A quarter of the articles, by a checksum of their ids, is never learned from. Behind
``torchrun --nproc-per-node 2 -m`` two processes share the work.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import distributed

from summarizer.backends.asks import Asker
from summarizer.backends.base import load_backend
from summarizer.backends.model import ModelBackend
from summarizer.errors import BackendError, ConfigError, DataError
from training.acceptance.fitting import read
from training.command import guarded
from training.corpora.annotated.briefs import read_briefs
from training.corpora.annotated.labels import held_out, read_light
from training.finetune.processes import first
from training.judge import kept
from training.judge.edits import from_briefs, from_light
from training.judge.reader import Reader
from training.judge.rows import Group, groups, judged_groups
from training.judge.run import Hyperparameters, Trainer


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    return guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> None:
    if options.out.exists():
        raise ConfigError(expected="a file that does not exist yet", got=str(options.out), hint="name another")
    backend = load_backend(options.model)
    if not isinstance(backend, ModelBackend) or backend.editor is None:
        raise BackendError(expected="a model that edits", got=options.model, hint="take embedded, or one like it")
    asker, articles = backend.asker, read(options.labels)
    learned = list(judged_groups([one for one in articles if not held_out(one.id)], asker))
    kept_back = list(judged_groups([one for one in articles if held_out(one.id)], asker))
    if not learned:
        raise DataError(expected="labelled lines about sentences", got="none", hint="label some (training.acceptance)")
    edits = list(_edits(options.edits, asker)) if options.edits else []
    if "WORLD_SIZE" in os.environ:
        distributed.init_process_group("gloo")
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    reader = Reader(options.checkpoint, asker.answers(asker.asks.labels), options.frozen, options.rank)
    trainer = Trainer(reader, Hyperparameters(options.epochs, options.rate, options.tokens))
    start = kept.read(options.start) if options.start else None
    if start:
        kept.restore(start, reader)
    trainer.train(edits, learned)
    loss = trainer.loss(kept_back)
    if first():
        lines, edited = (sum(len(one.ends) for one in rows) for rows in (learned, edits))
        epochs = options.epochs + (int(start.about["epochs"]) if start else 0)
        about = {"lines": str(lines), "held_out_loss": f"{loss:.3f}", "epochs": str(epochs)}
        about |= {"edited": str(edited)} if edited else {}
        kept.write(kept.judge_of(reader, about), options.out)
        print(f"{options.out}: {lines} lines learned from, held-out loss {loss:.3f}")


def _edits(data: Path, asker: Asker) -> Iterator[Group]:
    """What editors' work says, of articles that are not held out."""
    light = read_light(data / "labels" / "light.jsonl").checked()
    briefs = read_briefs(data / "briefs" / "train.jsonl").checked()
    for one in (*from_light(light), *from_briefs(briefs)):
        if not held_out(one.id):
            yield from groups(one.sentences, one.said, asker)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="training.judge", description="Teach a judge to read lines.")
    add, usual = parser.add_argument, Hyperparameters()
    add("--labels", type=Path, nargs="+", required=True, help="labelled lines, as training.acceptance reads them")
    add("--edits", type=Path, help="folder with labels/light.jsonl and briefs/train.jsonl, learned first")
    add("--start", type=Path, help="a judge to go on from, not narrowed")
    add("--checkpoint", required=True, help="the embedded weights as a transformers folder (training.restore)")
    add("--model", default="embedded", help="the backend or folder whose tokens are used (default: embedded)")
    add("--out", type=Path, required=True, help="file to write; must not exist")
    add("--epochs", type=int, default=usual.epochs)
    add("--rate", type=float, default=usual.rate, help="learning rate (default %(default)s)")
    add("--tokens", type=int, default=usual.tokens, help="of a batch (default %(default)s)")
    add("--frozen", type=int, default=8, help="layers from below without an adapter (default 8)")
    add("--rank", type=int, default=8, help="of the adapters (default 8)")
    add("--threads", type=int, default=0)
    return parser
