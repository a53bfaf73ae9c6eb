"""A run: recipe, models, checks, steps, checkpoints, what is measured on the way."""
