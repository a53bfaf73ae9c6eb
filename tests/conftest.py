"""How property tests draw their examples: the same ones at every run, unless others are asked for."""

from __future__ import annotations

import os

from hypothesis import settings

# What lands must not hang on luck; `HYPOTHESIS_PROFILE=random python -m pytest` looks for what nobody has seen.
settings.register_profile("repeatable", derandomize=True, database=None)
settings.register_profile("random")
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
