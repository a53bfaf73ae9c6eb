"""The workers on Ray, on this machine: the bytes of the local engine, also when a worker is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.service.batch.batch_articles import COMMAND, OPTIONS, ROOT, batch, jsonl, records

pytest.importorskip("ray")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="looks for workers in /proc")]
ON_RAY = ["--engine", "ray", "--workers", "2"]


def workers() -> list[int]:
    """Process ids of Ray's actors that brief."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            title = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if b"ray::MapWorker(MapBatches(_RayWorker))" in title:
            found.append(int(folder.name))
    return found


def test_two_workers_give_the_bytes_of_the_local_engine(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(jsonl(records(200)))
    assert batch(source, tmp_path / "local.jsonl").returncode == 0
    done = batch(source, tmp_path / "ray.jsonl", *ON_RAY)
    assert done.returncode == 0, done.stderr
    for suffix in ("", ".manifest.json"):
        assert (tmp_path / f"ray.jsonl{suffix}").read_bytes() == (tmp_path / f"local.jsonl{suffix}").read_bytes()


def test_a_killed_worker_costs_time_and_no_rows(tmp_path: Path) -> None:
    source, output = tmp_path / "in.jsonl", tmp_path / "ray.jsonl"
    source.write_bytes(jsonl(records(300)))
    assert batch(source, tmp_path / "local.jsonl").returncode == 0
    before = set(workers())
    with subprocess.Popen([*COMMAND, str(source), str(output), *OPTIONS, *ON_RAY, "--quiet"], cwd=ROOT) as job:
        while job.poll() is None and not list(tmp_path.glob("ray.jsonl.parts/shard-*")):
            time.sleep(0.02)
        victim = min(set(workers()) - before)
        os.kill(victim, signal.SIGKILL)
    assert job.returncode == 0
    assert output.read_bytes() == (tmp_path / "local.jsonl").read_bytes()
