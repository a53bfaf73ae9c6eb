"""A batch in a process of its own, killed, starved and crowded: nothing lost, nothing twice, the same bytes."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.service.batch.batch_articles import COMMAND, OPTIONS, ROOT, batch, jsonl, left_beside, records
from tests.service.batch.kinds import as_csv, as_csv_gz, as_documents, as_rss, written


def started(source: Path, output: Path, piped: bool) -> subprocess.Popen[bytes]:
    given = "-" if piped else str(source)
    with source.open("rb") if piped else contextlib.nullcontext() as stdin:
        return subprocess.Popen([*COMMAND, given, str(output), *OPTIONS, "--quiet"], cwd=ROOT, stdin=stdin)


def killed_after(delay_s: float, source: Path, output: Path, piped: bool = False) -> bool:
    """Start a job and kill it that long after its folder is there; False when it was finished before."""
    process = started(source, output, piped)
    folder = output.with_name(output.name + ".parts")
    while process.poll() is None and not folder.exists():
        time.sleep(0.005)
    time.sleep(delay_s)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def kill_again_and_again(tmp_path: Path, articles: int, kills: int, longest_s: float) -> None:
    source, whole, output = tmp_path / "in.jsonl", tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    rows = list(records(articles))
    rows[articles // 2]["body"] = "not Arabic"
    source.write_bytes(jsonl(iter(rows)))
    assert batch(source, whole).returncode == 0
    chance = random.Random(20)
    killed = 0
    while killed < kills:
        if killed_after(chance.uniform(0, longest_s), source, output):
            killed += 1
            continue
        # The job got to its end: what it wrote must stand, and the next one begins anew.
        assert output.read_bytes() == whole.read_bytes()
        output.unlink()
        output.with_name("out.jsonl.manifest.json").unlink()
    assert batch(source, output).returncode == 0
    ids = [json.loads(line)["id"] for line in output.read_text("utf-8").splitlines()]
    assert ids == [row["id"] for row in rows if row["body"] != "not Arabic"]
    assert output.read_bytes() == whole.read_bytes()
    names = ("out.jsonl.rejected.jsonl", "out.jsonl.manifest.json")
    for name in names:
        assert (tmp_path / name).read_bytes() == (tmp_path / name.replace("out", "whole", 1)).read_bytes()
    assert {name for name in left_beside(output) if name.startswith("out")} == set(names)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_three_kills_lose_nothing(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path, articles=60, kills=3, longest_s=0.5)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(
    ("write", "name", "output"),
    [
        (as_csv, "in.csv", "out.jsonl"),
        (as_csv_gz, "in.csv.gz", "out.jsonl.gz"),
        (as_rss, "in.xml", "out.jsonl"),
        (as_documents, "in", "out.jsonl"),
        (as_csv, "-", "out.jsonl"),
    ],
)
def test_kills_in_every_kind_of_input(
    tmp_path: Path, write: Callable[[Path, list[dict[str, Any]]], None], name: str, output: str
) -> None:
    source, whole = tmp_path / name, tmp_path / f"whole.{output}"
    write(source, list(records(24)))
    assert batch(source, whole).returncode == 0
    chance, killed = random.Random(7), 0
    while killed < 2:
        killed += killed_after(chance.uniform(0, 0.4), source, tmp_path / output, piped=name == "-")
        for left in (output, f"{output}.manifest.json") if (tmp_path / output).exists() else ():
            (tmp_path / left).unlink()
    assert started(source, tmp_path / output, piped=name == "-").wait() == 0
    assert (tmp_path / output).read_bytes() == whole.read_bytes()
    assert len(written(whole)) == 24
    assert {left for left in left_beside(tmp_path / output) if left.startswith("out")} == {f"{output}.manifest.json"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_twenty_kills_of_five_hundred_articles_lose_nothing(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path, articles=500, kills=20, longest_s=1.2)


def test_two_jobs_on_one_output(tmp_path: Path) -> None:
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(jsonl(records(60)))
    manifest = output.with_name("out.jsonl.parts") / "manifest.json"
    with subprocess.Popen([*COMMAND, str(source), str(output), *OPTIONS, "--quiet"], cwd=ROOT) as first:
        while first.poll() is None and not manifest.exists():
            time.sleep(0.005)
        first.send_signal(signal.SIGSTOP)
        try:
            second = batch(source, output)
        finally:
            first.send_signal(signal.SIGCONT)
    assert second.returncode == 4, second.stderr
    assert "another `mujaz batch` at work on out.jsonl" in second.stderr
    assert first.returncode == 0
    assert len(output.read_text("utf-8").splitlines()) == 60


def test_a_full_disk_is_said_and_the_job_goes_on_afterwards(tmp_path: Path) -> None:
    source, whole, output = tmp_path / "in.jsonl", tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(jsonl(records(30)))
    assert batch(source, whole).returncode == 0
    limit = whole.stat().st_size // 2

    # A limit on the size of a file lets shards through and stops the output: EFBIG, as ENOSPC would.
    starved = batch(source, output, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert starved.returncode == 6, starved.stderr
    assert "make room and run the same command again" in starved.stderr
    assert "Traceback" not in starved.stderr
    assert not output.exists()
    assert not list(tmp_path.rglob("*.tmp"))
    assert len(list(tmp_path.glob("out.jsonl.parts/shard-*"))) == 6
    done = batch(source, output)
    assert "30 rows were finished before" in done.stderr or "nothing was left to do" in done.stderr
    assert output.read_bytes() == whole.read_bytes()


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="mounting needs root")
def test_a_really_full_disk(tmp_path: Path) -> None:
    source, disk = tmp_path / "in.jsonl", tmp_path / "disk"
    source.write_bytes(jsonl(records(30)))
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48k", "none", str(disk)], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        starved = batch(source, disk / "out.jsonl")
        assert starved.returncode == 6
        assert "No space left" in starved.stderr
        assert starved.stderr.count("\n") == 1
        kept = list(disk.glob("out.jsonl.parts/shard-*"))
        assert kept
        assert not list(disk.rglob("*.tmp"))
        assert all(shard.read_bytes().splitlines()[-1].startswith(b"#{") for shard in kept)
        subprocess.run(["mount", "-o", "remount,size=4m", str(disk)], check=True)
        assert batch(source, disk / "out.jsonl").returncode == 0
        assert len((disk / "out.jsonl").read_text("utf-8").splitlines()) == 30
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(jsonl(records(3)))
    forbidden = tmp_path / "forbidden"
    forbidden.mkdir(mode=0o555)
    if os.access(forbidden, os.W_OK):
        forbidden = Path("/proc/self")  # root may write anywhere but here
        if not forbidden.is_dir():
            pytest.skip("root may write everywhere")
    done = batch(source, forbidden / "out.jsonl")
    assert done.returncode == 6
    assert done.stderr.count("\n") == 1
    assert "expected an output that can be written" in done.stderr


def test_a_vanished_file_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out.jsonl"
    folder.mkdir()
    for row in records(40):
        (folder / f"{row['id']}.txt").write_text(row["body"], "utf-8")
    process = subprocess.Popen(
        [*COMMAND, str(folder), str(output), *OPTIONS], cwd=ROOT, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    parts = output.with_name("out.jsonl.parts")
    while process.poll() is None and not list(parts.glob("shard-*")):
        time.sleep(0.005)
    last = max(folder.iterdir())
    text = last.read_bytes()
    last.unlink()
    message = process.communicate()[1]
    assert process.returncode == 3, message
    assert last.name in message
    assert not output.exists()
    assert list(parts.glob("shard-*"))
    last.write_bytes(text)
    assert batch(folder, output).returncode == 0
    assert len(output.read_text("utf-8").splitlines()) == 40
