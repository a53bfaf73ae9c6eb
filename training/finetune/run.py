"""A fine-tuning run, read from top to bottom.

Steps: encode the rows; load the checkpoint and make it trainable; for every batch, the loss of its targets; now and
then the held-out loss (the best weights are kept) and generated texts; a state from which the run goes on with the same
data in the same order, bit for bit. With ``hours`` instead of ``epochs`` the schedule follows the clock: a resumed run
sees the same data, but not bit for bit the same learning rates.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import torch
from accelerate import Accelerator
from accelerate.utils import gather_object

from summarizer.errors import ConfigError, DataError
from training.finetune import checkpoints
from training.finetune.checks import check_lengths
from training.finetune.data.batches import Batch, collate
from training.finetune.data.examples import Example
from training.finetune.data.read import count_steps, read_data
from training.finetune.data.steps import Share, Step, ahead, steps
from training.finetune.journal import Journal
from training.finetune.models import compile_layers, load, make_trainable, training_loss
from training.finetune.recipe import Recipe
from training.finetune.resources import check_resources
from training.finetune.schedule import learning_rate, progress
from training.finetune.validation import heldout_loss, score_texts, write_texts


@dataclass(slots=True)
class Place:
    """Where a run is: everything but weights, optimiser and random state that the next step depends on."""

    step: int = 0
    epoch: int = 0
    batch: int = 0
    """Batches of this epoch that all devices together have read."""
    trained_s: float = 0.0
    best_loss: float = float("inf")
    worse: int = 0
    """Evaluations since the best one."""
    best_texts: float = -1.0
    """The best score of generated texts so far (``best_by = "texts"``)."""


class Finetune:
    """One run on one device (of possibly several). ``run()`` trains until the end, the patience or a signal."""

    def __init__(self, recipe: Recipe, resume: bool = False, limit: int = 0, weights: bool = True) -> None:
        """``limit`` > 0 reads so many rows of each file; without ``weights`` they are random, for a dry run."""
        self.recipe = recipe
        self.out, self.devices = Path(recipe.out), Accelerator(cpu=not torch.cuda.is_available())
        previous = checkpoints.last_state(self.out)
        if previous and not resume:
            raise ConfigError(expected="an out folder without a run", got=recipe.out, hint="--resume, or another out")
        if recipe.threads:
            torch.set_num_threads(recipe.threads)
        torch.set_flush_denormal(True)
        torch.manual_seed(recipe.seed)
        self.loaded = load(recipe.checkpoint, recipe.dtype if recipe.lora_rank else "float32", recipe.family, weights)
        check_lengths(self.loaded.model.config, self.loaded.frame, recipe)
        make_trainable(self.loaded, recipe.lora_rank, recipe.lora_alpha, recipe.frozen_layers)
        check_resources(self.loaded, recipe)
        self.loaded.model.to(self.devices.device)
        self.trainable = self.loaded.trainable()
        self.optimizer = torch.optim.AdamW(
            self.trainable.values(),
            lr=recipe.learning_rate,
            betas=(0.9, 0.98),
            weight_decay=recipe.weight_decay,
            fused=torch.cuda.is_available(),
        )
        self.data = read_data(recipe, self.loaded, limit)
        self.total_steps = count_steps(recipe, self.data, self.devices.num_processes)
        state = checkpoints.load_state(previous, self.trainable, self.optimizer) if previous else {}
        self.place, self.stopping = Place(**state), False
        if recipe.compile:
            compile_layers(self.loaded)

    def run(self) -> Place:
        """Train, and return where the run ended. The last state and the best weights are on disk."""
        journal = Journal(self.out, self.place.step, self.devices.is_main_process)
        if self.devices.is_main_process:
            (self.out / "recipe.json").write_text(self.recipe.model_dump_json(indent=1) + "\n", encoding="utf-8")
        journal.record("start", self.place.step, total_steps=self.total_steps, examples=len(self.data.train))
        try:
            self._train(journal)
            self._save()
        finally:
            journal.close()
        return self.place

    def _train(self, journal: Journal) -> None:
        place, recipe = self.place, self.recipe
        if recipe.compile:
            self._warm_up()
        before, began = place.trained_s, time.monotonic()
        for step in ahead(self.steps()):
            place.step, place.epoch, place.batch = step.number, step.epoch, step.read
            rate = learning_rate(recipe, progress(recipe, place.step - 1, self.total_steps, place.trained_s))
            loss, tokens = self.step(step.batches, rate)
            self._agree(before + time.monotonic() - began)
            done = progress(recipe, place.step, self.total_steps, place.trained_s)
            journal.show(done, loss=f"{loss:.3f}", held=f"{place.best_loss:.3f}", step=place.step)
            journal.record("train", place.step, loss=loss, tokens=tokens, rate=rate, trained_s=place.trained_s)
            if place.step % recipe.eval_steps == 0 or (done >= 1 and not self.stopping):
                self._evaluate(journal)
            if place.step % recipe.save_steps == 0:
                self._save()
            if self.stopping or done >= 1 or (recipe.patience and place.worse >= recipe.patience):
                journal.record("end", place.step, stopped=self.stopping, worse=place.worse)
                return

    def steps(self) -> Iterator[Step]:
        """The steps that are left, from ``place`` on; ``place`` does not move."""
        place, recipe = self.place, self.recipe
        share = Share(self.devices.process_index, self.devices.num_processes)
        left = None if recipe.steps_by_clock else max(0, self.total_steps - place.step)
        return islice(steps(recipe, self.data, self._batch, (place.step, place.epoch, place.batch), share), left)

    def step(self, batches: Sequence[Batch], rate: float) -> tuple[float, int]:
        """One optimiser step; returns the weighted loss a target token and the weight of these on all devices."""
        total = torch.zeros(2, dtype=torch.float64, device=self.devices.device)
        for batch in batches:
            with self._autocast():
                loss, weight = training_loss(self.loaded, batch)
            torch.autograd.backward(loss)
            total += torch.tensor([float(loss.detach()), weight], dtype=torch.float64, device=total.device)
        total = self.devices.reduce(total, "sum")
        mean = float(total[0] / total[1])
        if mean != mean:
            raise DataError(expected="a finite loss", got="NaN", hint="lower learning_rate, or train in float32")
        self._share_gradients(float(total[1]))
        torch.nn.utils.clip_grad_norm_(self.trainable.values(), self.recipe.max_grad_norm)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return mean, int(total[1])

    def _warm_up(self) -> None:
        """Compile before the clock of the schedule starts; no weight and no random number of the run changes."""
        with torch.random.fork_rng():
            for step in islice(self.steps(), 2):
                with self._autocast():
                    torch.autograd.backward(training_loss(self.loaded, step.batches[0])[0])
        self.optimizer.zero_grad(set_to_none=True)

    def _batch(self, examples: list[Example]) -> Batch:
        made = collate(examples, self.loaded.pad, self.loaded.family, self.recipe.source_loss)
        return made.to(self.devices.device)

    def _autocast(self) -> torch.autocast:
        mixed = not self.recipe.lora_rank and self.recipe.dtype == "bfloat16"
        return torch.autocast(self.devices.device.type, dtype=torch.bfloat16, enabled=mixed)

    def _share_gradients(self, tokens: float) -> None:
        """Sum the gradients of all devices in one message and divide them by the target tokens they come from."""
        gradients = [value.grad for value in self.trainable.values() if value.grad is not None]
        if self.devices.num_processes > 1:
            flat = self.devices.reduce(torch.cat([gradient.flatten() for gradient in gradients]), "sum")
            for gradient, piece in zip(gradients, flat.split([item.numel() for item in gradients]), strict=True):
                gradient.copy_(piece.view_as(gradient))
        torch._foreach_div_(gradients, tokens)

    def _agree(self, trained_s: float) -> None:
        """One clock and one decision to stop for all devices: they must leave the loop at the same step."""
        shared = torch.tensor([trained_s, float(self.stopping)], dtype=torch.float64, device=self.devices.device)
        shared = self.devices.reduce(shared, "mean")
        self.place.trained_s, self.stopping = float(shared[0]), bool(shared[1] > 0)

    def _evaluate(self, journal: Journal) -> None:
        """Held-out loss and, now and then, generated texts; the weights that do best are kept in ``best``."""
        place, recipe = self.place, self.recipe
        loss, quality = self._heldout_loss(), -1.0
        scores: dict[str, float] = {}
        if recipe.generate_steps and place.step % recipe.generate_steps == 0:
            scores, quality = self._write(journal)
        by_texts = recipe.best_by == "texts"
        better = quality > place.best_texts if by_texts else loss < place.best_loss
        place.best_loss, place.best_texts = min(loss, place.best_loss), max(quality, place.best_texts)
        if better:
            place.worse = 0
            if self.devices.is_main_process:
                checkpoints.write_folder(self.out / "best", {"trainable": self.trainable}, asdict(place))
        elif not by_texts or scores:
            place.worse += 1
        journal.record("heldout", place.step, loss=loss, trained_s=place.trained_s, **scores)

    def _heldout_loss(self) -> float:
        """Mean loss a target token; every device reads its share of the held-out batches."""
        mine = self.data.heldout[self.devices.process_index :: self.devices.num_processes]
        with self._autocast():
            total, tokens = heldout_loss(self.loaded, mine, self.devices.device)
        shared = torch.tensor([total, tokens], dtype=torch.float64, device=self.devices.device)
        shared = self.devices.reduce(shared, "sum")
        return float(shared[0] / shared[1])

    def _write(self, journal: Journal) -> tuple[dict[str, float], float]:
        """Write the shown rows' targets, each device its share; the texts go to the log, for a person to read."""
        width = self.devices.num_processes
        shown = [row for first in range(width) for row in self.data.shown[first::width]]
        mine = [row.example for row in self.data.shown[self.devices.process_index :: width]]
        written = gather_object(write_texts(self.loaded, mine, self.recipe.max_target_tokens))
        journal.record("texts", self.place.step, texts=[dict(texts) for texts in written])
        return score_texts(written, shown)

    def _save(self) -> None:
        if self.devices.is_main_process:
            checkpoints.save_state(self.out, self.place.step, self.trainable, self.optimizer, asdict(self.place))
        self.devices.wait_for_everyone()
