"""The service under load, on the loopback interface: does batching pay, and does a full queue refuse politely?

    python -m eval.load --soak-minutes 10      all bars: throughput, four times the capacity, memory over ten minutes
    python -m eval.load                        the same without the ten minutes
    python -m eval.load --backend extractive --articles 64

`mujaz serve` runs as a process of its own beside this one, on the same cores. Every article is different, so that
nothing is remembered. A client that is refused comes back when it was told to. Times are from the last byte of the
request to the first byte of the answer, in seconds; a timing is of this machine and hour, the ratio of one run is what
can be quoted. Each part is printed with the machine's load average over the last minute. Exit code 1 when a bar is
missed.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eval.load.client import Answer, ask, get
from eval.speed.articles import shuffled_articles
from eval.speed.bars import load_told
from summarizer.errors import DataError

_OVERLOAD_FACTOR, _WARMING = 4, 8
_SHIFT = 1_000
"""Line ends before the articles of the soak, one more each turn: to the service other articles, hardly longer ones."""
_REFUSAL_S, _TIMEOUT_S = 0.050, 30.0
_BUSY = 0.8
"""Of the cores: the texts of one article are written side by side, and from here on company has little to add."""
_MIN_RATIO, _MAX_GROWTH = 2.0, 0.05


@dataclass(frozen=True, slots=True)
class Server:
    """A running service: where it listens, and its process (the writer is a child of it)."""

    port: int
    pid: int

    def resident_bytes(self) -> list[int]:
        """Memory that the process and each of its children hold now, in that order (Linux)."""
        statuses = [Path(f"/proc/{pid}/status").read_text("utf-8") for pid in self._processes()]
        return [int(found) * 1024 for status in statuses for found in re.findall(r"VmRSS:\s+(\d+) kB", status)]

    def cpu_seconds(self) -> float:
        """What the process and its children have computed so far (Linux)."""
        ticks = [Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split() for pid in self._processes()]
        return sum(int(fields[11]) + int(fields[12]) for fields in ticks) / os.sysconf("SC_CLK_TCK")

    def _processes(self) -> list[int]:
        """The process and its children, whichever of its threads they were begun by."""
        found = [path.read_text("utf-8").split() for path in Path(f"/proc/{self.pid}/task").glob("*/children")]
        return [self.pid, *(int(pid) for pids in found for pid in pids)]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and say by the exit code whether every bar was reached."""
    arguments = _parser().parse_args(argv)
    bodies = [_body(article) for article in shuffled_articles(arguments.articles * 3 + _WARMING, arguments.words)]
    with serving(arguments.backend) as server:
        try:
            return asyncio.run(_measure(server, bodies, arguments))
        except DataError as error:
            print(f"eval.load: {error}", file=sys.stderr)
            return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.load", description=__doc__.splitlines()[0])
    parser.add_argument("--backend", default="default", help="as `mujaz serve --backend`")
    parser.add_argument("--articles", type=int, default=64, help="articles a measurement (default 64)")
    parser.add_argument("--words", type=int, default=400, help="words of an article (default 400)")
    parser.add_argument("--clients", type=int, default=32, help="concurrent clients (default 32)")
    parser.add_argument("--overload-s", type=float, default=30.0, help="seconds at four times capacity (default 30)")
    parser.add_argument("--soak-minutes", type=float, default=0.0, help="minutes of steady load for the memory bar")
    return parser


@contextmanager
def serving(backend: str) -> Iterator[Server]:
    """`mujaz serve` on a free port, ready."""
    command = [sys.executable, "-m", "summarizer.service.cli", "serve", "--port", "0", "--backend", backend]
    with subprocess.Popen([*command, "--no-page"], stderr=subprocess.PIPE, text=True) as process:
        try:
            line = process.stderr.readline() if process.stderr else ""
            found = re.search(r"http://\S+?:(\d+)\b", line)
            if not found:
                raise SystemExit(f"the service did not start: {line}")
            port = int(found.group(1))
            while asyncio.run(get(port, "/health/ready")) != 200:
                time.sleep(0.2)
            yield Server(port, process.pid)
        finally:
            process.terminate()


async def _measure(server: Server, bodies: Sequence[bytes], arguments: argparse.Namespace) -> int:
    """The three or four measurements, one line each."""
    count = arguments.articles
    print(f"{arguments.backend}, {count} articles of {arguments.words} words a part, {_cores()} cores{load_told()}")
    # Others than those that are measured: what was written once is remembered.
    await _together(server, bodies[-_WARMING:], _WARMING)
    alone, alone_busy = await _busy(server, bodies[:count], 1)
    many, many_busy = await _busy(server, bodies[count : 2 * count], arguments.clients)
    ratio = many / alone
    print(
        f"one client {alone:.2f} articles/s with {alone_busy:.0%} of the cores, {arguments.clients} clients {many:.2f} "
        f"with {many_busy:.0%}: ratio {ratio:.2f}{load_told()}"
    )
    reached = ratio >= _MIN_RATIO or alone_busy >= _BUSY
    bars = [_bar(f"ratio at least {_MIN_RATIO}, or one client alone has {_BUSY:.0%} of the cores", reached)]
    bars += await _overload(server, bodies, many * _OVERLOAD_FACTOR, arguments.overload_s)
    if arguments.soak_minutes:
        bars.append(await _soak(server, bodies, arguments))
    return 0 if all(bars) else 1


async def _busy(server: Server, bodies: Sequence[bytes], clients: int) -> tuple[float, float]:
    """Articles a second, and the share of all cores that the service computed with meanwhile."""
    started, computed = time.perf_counter(), server.cpu_seconds()
    rate = await _together(server, bodies, clients)
    return rate, (server.cpu_seconds() - computed) / (time.perf_counter() - started) / _cores()


async def _together(server: Server, bodies: Sequence[bytes], clients: int) -> float:
    """Articles a second when so many clients send them, each its next one after its answer.

    More clients than can be answered within the time limit are refused at first, and wait as they are told.
    """
    left = list(bodies)

    async def client() -> None:
        while left:
            body = left.pop()
            while (answer := await ask(server.port, body)).status == 429:
                await asyncio.sleep(answer.retry_after_s)
            if answer.status != 200:
                got = f"{answer.status} after {answer.seconds:.1f} s{load_told()}"
                raise DataError(expected="an answer of 200 without overload", got=got, hint="see what else runs here")

    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    return len(bodies) / (time.perf_counter() - started)


async def _overload(server: Server, bodies: Sequence[bytes], rate: float, seconds: float) -> list[bool]:
    """Requests at ``rate`` a second, whether or not the last ones were answered."""
    tasks: list[asyncio.Task[Answer]] = []
    started = time.perf_counter()
    while (now := time.perf_counter() - started) < seconds:
        for _ in range(int(now * rate) - len(tasks)):
            tasks.append(
                asyncio.create_task(ask(server.port, _again(bodies[len(tasks) % len(bodies)], 1 + len(tasks))))
            )
        await asyncio.sleep(0.005)
    answers = await asyncio.gather(*tasks)
    accepted = sorted(answer.seconds for answer in answers if answer.status == 200)
    refused = sorted(answer.seconds for answer in answers if answer.status == 429)
    broken = [answer.status for answer in answers if answer.status not in (200, 429)]
    slow = sum(one > _REFUSAL_S for one in refused)
    print(
        f"{rate:.1f} requests/s for {seconds:.0f} s: {len(accepted)} accepted (p50 {_at(accepted, 0.5):.2f} s, "
        f"p99 {_at(accepted, 0.99):.2f} s), {len(refused)} refused (p50 {_at(refused, 0.5) * 1000:.0f} ms, "
        f"p99 {_at(refused, 0.99) * 1000:.0f} ms, max {_at(refused, 1) * 1000:.0f} ms), others {broken or 'none'}"
        f"{load_told()}"
    )
    return [
        _bar(f"every 429 within {_REFUSAL_S * 1000:.0f} ms ({slow} of {len(refused)} later)", slow == 0),
        _bar(f"accepted p99 under {_TIMEOUT_S:.0f} s", _at(accepted, 0.99) < _TIMEOUT_S),
        _bar("no other status", not broken),
    ]


async def _soak(server: Server, bodies: Sequence[bytes], arguments: argparse.Namespace) -> bool:
    """Memory after the first tenth of the time and at its end, with every client busy all the while."""
    seconds = arguments.soak_minutes * 60
    started, sizes = time.monotonic(), []
    for turn in itertools.count(1):
        if time.monotonic() - started >= seconds:
            break
        await _together(server, [_again(body, _SHIFT + turn) for body in bodies], arguments.clients)
        if (now := time.monotonic() - started) > seconds / 10:
            sizes.append(server.resident_bytes())
            print(f"  {now / 60:5.1f} min: {' + '.join(f'{size / 1e6:.0f}' for size in sizes[-1])} MB")
    late = sum(server.resident_bytes())
    early = sum(sizes[0]) if sizes else late
    growth = late / early - 1 if sizes else float("inf")
    told = f"memory {early / 1e6:.0f} MB, {late / 1e6:.0f} MB after {arguments.soak_minutes:g} minutes"
    print(f"{told}: {growth:+.1%}{load_told()}")
    return _bar(f"growth under {_MAX_GROWTH:.0%}", growth < _MAX_GROWTH)


def _again(body: bytes, lines: int) -> bytes:
    """The same article so many line ends further down: its offsets are others, and so nothing of it is remembered."""
    return body.replace(b'"text": "', b'"text": "' + b"\\n" * lines, 1)


def _body(article: object) -> bytes:
    return json.dumps({"text": getattr(article, "text", article)}, ensure_ascii=False).encode()


def _at(ordered: Sequence[float], share: float) -> float:
    """The value below which ``share`` of them lie; not a number when there is none."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _bar(name: str, reached: bool) -> bool:
    print(f"  {'reached' if reached else 'MISSED '}  {name}")
    return reached
