"""What a run would cost, measured on its first steps without changing a weight or writing a file."""

from __future__ import annotations

import time
from itertools import islice

from training.finetune.resources import peak_memory
from training.finetune.run import Finetune


def estimate(run: Finetune, trial_steps: int = 3) -> dict[str, float]:
    """``--dry-run``: rows, tokens, steps, memory and hours, from a few steps at learning rate 0; writes nothing."""
    seconds: list[float] = []
    for step in islice(run.steps(), trial_steps):
        began = time.monotonic()
        run.step(step.batches, 0.0)
        seconds.append(time.monotonic() - began)
    usual = min(seconds)  # The first step allocates and compiles: it says nothing about the others.
    hours = run.recipe.hours or usual * run.total_steps / 3600
    return {
        "examples": len(run.data.train),
        "tokens_an_epoch": sum(run.data.lengths),
        "steps": hours * 3600 // usual,
        "step_s": round(usual, 3),
        "trainable_millions": round(sum(value.numel() for value in run.trainable.values()) / 1e6, 2),
        "memory_gb": round(peak_memory() / 1e9, 2),
        "hours": round(hours, 3),
    }
