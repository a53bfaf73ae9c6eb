"""Keeping memory changes no result, and is said where it cannot be done."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

from training import allocator


def test_it_says_what_it_did() -> None:
    made = subprocess.run([sys.executable, "-m", "training.allocator"], capture_output=True, text=True, check=False)
    has_mallopt = sys.platform.startswith("linux") and hasattr(ctypes.CDLL(None), "mallopt")
    assert made.returncode == (0 if has_mallopt else 1), made.stderr
    assert "ms" in made.stdout


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not allocator.keep_memory()
