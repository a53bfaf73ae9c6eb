"""Fine-tune a checkpoint to write headlines, standfirsts and bullets: one recipe, read from top to bottom.

    python -m training.finetune training/recipes/mujaz-270m-cpu.toml            # start
    python -m training.finetune training/recipes/mujaz-270m-cpu.toml --resume   # go on after a kill or Ctrl-C
    python -m training.finetune training/recipes/smoke.toml --dry-run           # tokens, steps, memory, hours
    accelerate launch --num_processes 4 -m training.finetune training/recipes/mujaz-270m.toml   # several GPUs
    python -m training.merge OUT --to FOLDER                                    # the result as a checkpoint

Steps: read and encode the rows; load the checkpoint and make it trainable; for every batch, the loss of the target
tokens alone; now and then the held-out loss (the best weights are kept) and generated texts; a state from which the
run goes on with the same data in the same order. With ``hours`` instead of ``epochs`` the schedule follows the clock,
so a resumed run sees the same data but not bit for bit the same learning rates.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from accelerate.utils import gather_object

from summarizer.errors import ConfigError, DataError, MujazError
from training import checkpoints
from training.batches import collate, order, repeats
from training.examples import Encoder, Example, read_rows
from training.finetune_recipe import Recipe, as_table, read_recipe
from training.journal import Journal
from training.models import Loaded, compile_layers, load, make_trainable, summed_loss
from training.schedule import learning_rate, progress
from training.validation import heldout_loss, overlap, write_texts


@dataclass(slots=True)
class Data:
    """Encoded rows. ``names`` are the sources of ``train``, for the weights; ``shown`` are rows to write texts for."""

    train: list[Example]
    names: list[str]
    heldout: list[list[Example]]
    shown: list[tuple[Example, str, dict[str, str]]]
    lengths: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Place:
    """Where a run is: everything but weights, optimiser and random state that the next step depends on."""

    step: int = 0
    epoch: int = 0
    batch: int = 0
    """Batches of this epoch that every device has read together."""
    trained_s: float = 0.0
    best_loss: float = float("inf")
    worse: int = 0
    """Evaluations since the best one."""


class Finetune:
    """One run on one device (of possibly several). ``run()`` trains until the end, the patience or a signal."""

    def __init__(self, recipe: Recipe, resume: bool = False, limit: int = 0) -> None:
        self.recipe, self.out = recipe, Path(recipe.out)
        self.devices = Accelerator(cpu=not torch.cuda.is_available())
        previous = checkpoints.last_state(self.out)
        if previous and not resume:
            raise ConfigError(expected="an empty out folder", got=str(self.out), hint="pass --resume or name another")
        if recipe.threads:
            torch.set_num_threads(recipe.threads)
        torch.set_flush_denormal(True)
        torch.manual_seed(recipe.seed)
        self.loaded = load(recipe.checkpoint, recipe.dtype if recipe.lora_rank else "float32")
        make_trainable(self.loaded, recipe.lora_rank, recipe.lora_alpha, recipe.frozen_layers)
        self.loaded.model.to(self.devices.device)
        self.trainable = self.loaded.trainable()
        self.optimizer = torch.optim.AdamW(
            self.trainable.values(), lr=recipe.learning_rate, betas=(0.9, 0.98), weight_decay=recipe.weight_decay
        )
        self.data = read_data(recipe, self.loaded, limit)
        self.total_steps = count_steps(recipe, self.data, self.devices.num_processes)
        self.place = Place()
        if previous:
            self.place = Place(**checkpoints.load_state(previous, self.trainable, self.optimizer))
        if recipe.compile:
            compile_layers(self.loaded)
        self.stopping = False

    def run(self) -> Place:
        """Train, and return where the run ended. The last state and the best weights are on disk."""
        journal = Journal(self.out, self.devices.is_main_process)
        if self.devices.is_main_process:
            (self.out / "recipe.json").write_text(json.dumps(as_table(self.recipe), indent=1) + "\n", encoding="utf-8")
        journal.record("start", self.place.step, total_steps=self.total_steps, examples=len(self.data.train))
        try:
            self._train(journal)
            self._save()
        finally:
            journal.close()
        return self.place

    def _train(self, journal: Journal) -> None:
        place, recipe = self.place, self.recipe
        before, began = place.trained_s, time.monotonic()
        for batches in self._steps():
            done = progress(recipe, place.step - 1, self.total_steps, place.trained_s)
            rate = learning_rate(recipe, done)
            loss, tokens = self._step(batches, rate)
            self._agree(before + time.monotonic() - began)
            journal.show(done, loss=f"{loss:.3f}", held=f"{place.best_loss:.3f}", step=place.step)
            journal.record(
                "train", place.step, loss=loss, tokens=tokens, rate=rate, trained_s=round(place.trained_s, 1)
            )
            if place.step % recipe.eval_steps == 0:
                self._evaluate(journal)
            if place.step % recipe.save_steps == 0:
                self._save()
            if recipe.patience and place.worse >= recipe.patience:
                journal.record("patience", place.step)
                return
            if self.stopping or progress(recipe, place.step, self.total_steps, place.trained_s) >= 1:
                break
        if not self.stopping and place.step % recipe.eval_steps:
            self._evaluate(journal)

    def _agree(self, trained_s: float) -> None:
        """One clock and one decision to stop for all devices: they must leave the loop at the same step."""
        shared = torch.tensor([trained_s, float(self.stopping)], dtype=torch.float64, device=self.devices.device)
        shared = self.devices.reduce(shared, "mean")
        self.place.trained_s, self.stopping = float(shared[0]), bool(shared[1] > 0)

    def _steps(self) -> Iterator[list[list[Example]]]:
        """For every optimiser step, this device's batches; goes on from ``place`` and keeps it up to date."""
        place, width = self.place, self.devices.num_processes * self.recipe.accumulate
        while self.recipe.steps_by_clock or place.step < self.total_steps:
            batches = epoch_batches(self.recipe, self.data, place.epoch)
            while (start := place.batch) + width <= len(batches):
                mine = batches[start : start + width][self.devices.process_index :: self.devices.num_processes]
                # The place is that *after* the step: a state saved once it is done must not repeat it.
                place.step, place.batch = place.step + 1, start + width
                yield [[self.data.train[index] for index in batch] for batch in mine]
                if place.step >= self.total_steps and not self.recipe.steps_by_clock:
                    return
            place.epoch, place.batch = place.epoch + 1, 0

    def _step(self, batches: list[list[Example]], rate: float) -> tuple[float, int]:
        """One optimiser step; returns the mean loss a target token and the number of these on all devices."""
        total = torch.zeros(2, dtype=torch.float64, device=self.devices.device)
        for examples in batches:
            batch = collate(examples, self.loaded.pad, self.loaded.family).to(self.devices.device)
            with self._autocast():
                loss, tokens = summed_loss(self.loaded, batch)
            loss.backward()
            total += torch.tensor([float(loss.detach()), tokens], dtype=torch.float64, device=total.device)
        total = self.devices.reduce(total, "sum")
        self._share_gradients(float(total[1]))
        torch.nn.utils.clip_grad_norm_(self.trainable.values(), self.recipe.max_grad_norm)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        mean = float(total[0] / total[1])
        if mean != mean:
            raise DataError(expected="a finite loss", got="NaN", hint="lower learning_rate, or train in float32")
        return mean, int(total[1])

    def _share_gradients(self, tokens: float) -> None:
        """Sum the gradients of all devices in one message and divide them by the target tokens that they come from."""
        gradients = [value.grad for value in self.trainable.values() if value.grad is not None]
        if self.devices.num_processes > 1:
            flat = self.devices.reduce(torch.cat([gradient.flatten() for gradient in gradients]), "sum")
            for gradient, piece in zip(gradients, flat.split([item.numel() for item in gradients]), strict=True):
                gradient.copy_(piece.view_as(gradient))
        torch._foreach_div_(gradients, tokens)

    def _autocast(self) -> Any:
        mixed = not self.recipe.lora_rank and self.recipe.dtype == "bfloat16"
        return torch.autocast(self.devices.device.type, dtype=torch.bfloat16, enabled=mixed)

    def _evaluate(self, journal: Journal) -> None:
        """Held-out loss; the weights that have the lowest are kept in ``best``. Now and then, generated texts."""
        place, recipe = self.place, self.recipe
        with self._autocast():
            loss = self._heldout_loss()
        place.worse = 0 if loss < place.best_loss else place.worse + 1
        if loss < place.best_loss and self.devices.is_main_process:
            place.best_loss = loss
            checkpoints.write_folder(self.out / "best", {"trainable": self.trainable}, {**asdict(place)})
        place.best_loss = min(place.best_loss, loss)
        scores: dict[str, float] = {}
        if recipe.generate_steps and place.step % recipe.generate_steps == 0:
            scores = self._write(journal)
        journal.record("heldout", place.step, loss=loss, trained_s=round(place.trained_s, 1), **scores)

    def _heldout_loss(self) -> float:
        """Mean loss a target token; every device reads its share of the held-out batches."""
        mine = self.data.heldout[self.devices.process_index :: self.devices.num_processes]
        total, tokens = heldout_loss(self.loaded, mine, self.devices.device)
        shared = torch.tensor([total, tokens], dtype=torch.float64, device=self.devices.device)
        shared = self.devices.reduce(shared, "sum")
        return float(shared[0] / shared[1])

    def _write(self, journal: Journal) -> dict[str, float]:
        """Write the shown rows' targets and score them by task; the texts go to the log, to be read by a person."""
        mine = self.data.shown[self.devices.process_index :: self.devices.num_processes]
        own = write_texts(self.loaded, [example for example, _, _ in mine], self.recipe.max_target_tokens)
        written = gather_object(own)
        shown = [
            row
            for first in range(self.devices.num_processes)
            for row in self.data.shown[first :: self.devices.num_processes]
        ]
        by_task: dict[str, list[tuple[str, str, str]]] = {}
        for texts, (_, source, targets) in zip(written, shown, strict=True):
            for task, text in texts:
                by_task.setdefault(task, []).append((text, targets[task], source))
        journal.record("texts", self.place.step, texts=[dict(texts) for texts in written])
        scored = {task: asdict(overlap(triples)) for task, triples in by_task.items()}
        return {f"{task}_{name}": round(value, 4) for task, table in scored.items() for name, value in table.items()}

    def _save(self) -> None:
        if self.devices.is_main_process:
            checkpoints.save_state(self.out, self.place.step, self.trainable, self.optimizer, asdict(self.place))
        self.devices.wait_for_everyone()


def read_data(recipe: Recipe, loaded: Loaded, limit: int) -> Data:
    """Encode the rows of a recipe; ``limit`` > 0 reads only as many. Raises :class:`DataError` when nothing is left."""
    encoder = Encoder(loaded.tokenizer, loaded.family, recipe.max_source_tokens, recipe.max_target_tokens)
    train: list[Example] = []
    names: list[str] = []
    for row in read_rows(Path(recipe.train), recipe.tasks, limit):
        for example in encoder.encode(row):
            train.append(example)
            names.append(row.source_name)
    held: list[Example] = []
    shown: list[tuple[Example, str, dict[str, str]]] = []
    for row in read_rows(Path(recipe.heldout), recipe.tasks, recipe.eval_rows):
        examples = encoder.encode(row)
        held += examples
        if len(shown) < recipe.generate_rows:
            shown += [(example, row.source, dict(row.targets)) for example in examples]
    if not train or not held:
        empty = recipe.heldout if train else recipe.train
        raise DataError(expected="rows with a target that fits", got=f"none in {empty}", hint="raise max_target_tokens")
    lengths = [example.length for example in held]
    batches = order(lengths, range(len(held)), recipe.batch_tokens, seed=0, epoch=0)
    heldout = [[held[index] for index in batch] for batch in batches]
    return Data(train, names, heldout, shown, [example.length for example in train])


def epoch_batches(recipe: Recipe, data: Data, epoch: int) -> list[list[int]]:
    """The batches of ``epoch`` as indices into ``data.train``, the same on every device and in every run."""
    indices = repeats(data.names, recipe.source_weights, epoch)
    return order(data.lengths, indices, recipe.batch_tokens, recipe.seed, epoch)


def count_steps(recipe: Recipe, data: Data, devices: int) -> int:
    """Optimiser steps of the whole run (of the first epoch, when the clock rules); at least one."""
    whole = max(1, len(epoch_batches(recipe, data, 0)) // (recipe.accumulate * devices))
    return whole if recipe.steps_by_clock else max(1, round(recipe.epochs * whole))


def estimate(run: Finetune, trial_steps: int = 3) -> dict[str, float]:
    """``--dry-run``: rows, tokens, steps, memory and hours, from a few steps at learning rate 0; writes nothing."""
    seconds: list[float] = []
    for batches, _ in zip(run._steps(), range(trial_steps), strict=False):
        began = time.monotonic()
        run._step(batches, 0.0)
        seconds.append(time.monotonic() - began)
    # The first step allocates and compiles: it says nothing about the others.
    usual = min(seconds)
    hours = run.recipe.hours or usual * run.total_steps / 3600
    return {
        "examples": len(run.data.train),
        "tokens_an_epoch": sum(run.data.lengths),
        "steps": hours * 3600 // usual,
        "step_s": round(usual, 2),
        "trainable_millions": round(sum(value.numel() for value in run.trainable.values()) / 1e6, 2),
        "memory_gb": round(peak_memory() / 1e9, 2),
        "hours": round(hours, 2),
    }


def peak_memory() -> int:
    """Greatest memory of this process so far, in bytes: of the accelerator when there is one."""
    if torch.cuda.is_available():
        return int(torch.cuda.max_memory_allocated())
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code (0 also after a clean stop by SIGTERM or Ctrl-C)."""
    parser = argparse.ArgumentParser(prog="training.finetune", description="Fine-tune by a recipe.")
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--resume", action="store_true", help="go on from the last state in the out folder")
    parser.add_argument("--dry-run", action="store_true", help="print tokens, steps, memory and hours, then stop")
    parser.add_argument("--limit", type=int, default=0, help="read only the first N training rows")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="override a key (TOML value)")
    options = parser.parse_args(arguments)
    try:
        run = Finetune(read_recipe(options.recipe, parse_overrides(options.set)), options.resume, options.limit)
        if options.dry_run:
            print(json.dumps(estimate(run), indent=1))
            return 0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(run, "stopping", True))
        place = run.run()
    except MujazError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    how = "stopped; go on with --resume" if run.stopping else "finished"
    print(f"{how}: step {place.step}, best held-out loss {place.best_loss:.4f}, in {run.out}", file=sys.stderr)
    return 0


def parse_overrides(pairs: Sequence[str]) -> dict[str, Any]:
    """``["epochs=2", "out='x'"]`` -> ``{"epochs": 2, "out": "x"}``; a value that is no TOML is taken as text."""
    import tomllib

    table: dict[str, Any] = {}
    for pair in pairs:
        key, _, value = pair.partition("=")
        try:
            table[key] = tomllib.loads(f"value = {value}")["value"]
        except tomllib.TOMLDecodeError:
            table[key] = value
    return table


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    sys.exit(main())
