from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from training.finetune.main import main

RECIPE = "training/recipes/smoke.toml"


@pytest.mark.slow
def test_two_processes_train_what_one_does_with_twice_the_batches(tmp_path: Path) -> None:
    changes = ["--set", "epochs=2", "--set", "generate_steps=50", "--set", "generate_rows=2"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "training.finetune", RECIPE, "--set", f"out={tmp_path / 'two'}", *changes]
    shared = {
        **os.environ,
        "WORLD_SIZE": "2",
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": port,
        "GLOO_SOCKET_IFNAME": "lo",
    }
    ranks = [subprocess.Popen(command, env={**shared, "RANK": str(rank), "LOCAL_RANK": str(rank)}) for rank in (0, 1)]
    assert [rank.wait(timeout=400) for rank in ranks] == [0, 0]
    assert main([RECIPE, "--set", f"out={tmp_path / 'one'}", "--set", "accumulate=2", *changes]) == 0
    one, two = (load_file(tmp_path / name / "best" / "trainable.safetensors") for name in ("one", "two"))
    assert all(torch.allclose(one[name], two[name], atol=1e-4) for name in one)
