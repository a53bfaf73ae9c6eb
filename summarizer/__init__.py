"""Mujaz (موجز): Arabic news briefs, every statement tied to its source and checked against it."""

from __future__ import annotations

__version__ = "0.1.0"
