"""How far a run is, in [0, 1], and the learning rate that belongs to it: linear warm-up, then cosine decay."""

from __future__ import annotations

import math

from training.finetune.recipe import Recipe


def progress(recipe: Recipe, step: int, total_steps: int, trained_s: float) -> float:
    """The share of the run that is done: by the clock when ``hours`` is set, else by optimiser steps."""
    done = trained_s / (recipe.hours * 3600) if recipe.steps_by_clock else step / max(1, total_steps)
    return min(1.0, done)


def learning_rate(recipe: Recipe, done: float) -> float:
    """The learning rate when the share ``done`` of the run is over."""
    if done < recipe.warmup_share:
        return recipe.learning_rate * max(done / recipe.warmup_share, 0.02)
    after = (done - recipe.warmup_share) / max(1e-9, 1 - recipe.warmup_share)
    cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, after)))
    return recipe.learning_rate * (recipe.final_share + (1 - recipe.final_share) * cosine)
