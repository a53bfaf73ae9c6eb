"""Tiny checkpoints, made once a session; one thread, since they are too small for two."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
import torch

from tests.tiny_checkpoints import make_gemma, make_mbart, make_t5
from tests.tiny_seq2seq import as_trained, make_bart, make_mbart_codes, make_t5gemma2

MAKERS: dict[str, Callable[[Path], Path]] = {
    "gemma3": make_gemma,
    "mbart": make_mbart,
    "t5": make_t5,
    "t5-1.1": partial(make_t5, version="t5-1.1"),
    "mt5": partial(make_t5, version="mt5"),
    "bart": make_bart,
    "mbart-25": lambda folder: as_trained(make_mbart_codes(folder.with_name("raw")), folder),
    "mbart-50": lambda folder: as_trained(make_mbart_codes(folder.with_name("raw"), 50), folder),
    "t5gemma2": make_t5gemma2,
}


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function: name of a shape → folder of a checkpoint, which no test may change."""
    torch.set_num_threads(1)

    @cache
    def make(name: str) -> Path:
        return MAKERS[name](tmp_path_factory.mktemp(name) / "checkpoint")

    return make
