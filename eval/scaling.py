"""What 1 M and 100 M articles would take and cost, from rates that were measured.

    python -m eval.scaling --rate extractive=103 --rate embedded=0.7 --driver-rate 2000

A rate is articles a second of one machine of ``--cores`` (of one GPU with ``--gpu-rate``), as ``eval.speed`` prints;
``--driver-rate`` is what the one process that reads and writes manages. Workers, shards and driver are simulated: a
worker takes a shard when the driver has read it, shards differ in length, and the driver writes what comes back.
Prices are parameters, not facts: put in your own.
"""

from __future__ import annotations

import argparse
import heapq
import random
import sys
from collections.abc import Sequence
from typing import NamedTuple

_SHARD_ROWS = 64
_SPREAD = 0.25
"""Standard deviation of the logarithm of a shard's time: articles differ in length, machines in their neighbours."""
_MOST_SHARDS = 50_000
"""More are simulated as so many larger ones: the end of a job, where workers wait, stays in proportion."""


class Machine(NamedTuple):
    """What one worker machine does and costs. ``rate`` in articles/s, ``price`` in dollars an hour."""

    name: str
    rate: float
    price: float


class Run(NamedTuple):
    """One simulated job: seconds, dollars, and what it waited for."""

    seconds: float
    dollars: float
    bottleneck: str


def simulate(articles: int, machine: Machine, machines: int, driver_rate: float, seed: int = 0) -> Run:
    """A job of ``articles`` on so many machines behind one driver of ``driver_rate`` articles/s.

    The bottleneck is the driver where it works the whole time, else the machines.
    """
    shards = min(_MOST_SHARDS, max(1, articles // _SHARD_ROWS))
    rows = articles / shards
    chance = random.Random(seed)
    free = [0.0] * machines
    finished: list[float] = []
    for number in range(shards):
        read = (number + 1) * rows / driver_rate
        begun = max(heapq.heappop(free), read)
        done = begun + rows / machine.rate * chance.lognormvariate(-(_SPREAD**2) / 2, _SPREAD)
        heapq.heappush(free, done)
        finished.append(done)
    seconds = max(finished)
    busy = articles / driver_rate / seconds
    return Run(seconds, machines * machine.price * seconds / 3600, "driver" if busy > 0.9 else "model")


def report(machines: Sequence[Machine], sizes: Sequence[int], counts: Sequence[int], driver_rate: float) -> str:
    """Markdown: a system and a size a line; time on each number of machines, cost, and when the driver is too slow."""
    heads = [
        "system",
        "articles",
        *(f"{count} machine{'s' if count > 1 else ''}" for count in counts),
        "cost",
        "bottleneck",
        "driver full at",
    ]
    lines = [_row(heads), _row(["---"] * 2 + ["---:"] * (len(counts) + 1) + ["---"] + ["---:"])]
    for machine in machines:
        for size in sizes:
            runs = [simulate(size, machine, count, driver_rate) for count in counts]
            names = [run.bottleneck for run in runs]
            named = names[0] if len(set(names)) == 1 else f"{names[0]}; driver on {counts[names.index('driver')]}"
            full = max(1, round(driver_rate / machine.rate))
            times = [_time(run.seconds) for run in runs]
            lines.append(_row([machine.name, f"{size:,}", *times, _dollars(runs[0].dollars), named, f"{full:,}"]))
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _dollars(amount: float) -> str:
    return f"${amount:,.2f}" if amount < 100 else f"${amount:,.0f}"


def _time(seconds: float) -> str:
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:,.1f} {unit}"
    return f"{seconds:.0f} s"


def _rate(value: str) -> tuple[str, float]:
    name, _, number = value.partition("=")
    try:
        rate = float(number)
    except ValueError:
        rate = 0.0
    if not name or rate <= 0:
        raise argparse.ArgumentTypeError(f"expected NAME=ARTICLES_PER_SECOND; got {value!r}")
    return name, rate


def main(argv: Sequence[str] | None = None) -> int:
    """Simulate, print, exit 0."""
    parser = argparse.ArgumentParser(prog="python -m eval.scaling", description=__doc__.splitlines()[0])
    parser.add_argument("--rate", type=_rate, action="append", default=[], metavar="NAME=N", help="of a CPU machine")
    parser.add_argument("--gpu-rate", type=_rate, action="append", default=[], metavar="NAME=N", help="of a GPU")
    parser.add_argument("--driver-rate", type=float, required=True, metavar="N", help="articles/s read and written")
    parser.add_argument("--cores", type=int, default=2, help="cores of the CPU machine measured (2)")
    parser.add_argument("--core-price", type=float, default=0.04, help="dollars a core and hour (0.04)")
    parser.add_argument("--gpu-price", type=float, default=3.0, help="dollars a GPU and hour (3)")
    parser.add_argument("--machines", type=int, nargs="+", default=[1, 10, 100], help="(1 10 100)")
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000_000, 100_000_000], help="(1 M and 100 M)")
    arguments = parser.parse_args(argv)
    machines = [Machine(name, rate, arguments.cores * arguments.core_price) for name, rate in arguments.rate]
    machines += [Machine(f"{name}, GPU", rate, arguments.gpu_price) for name, rate in arguments.gpu_rate]
    if not machines:
        parser.error("give at least one --rate or --gpu-rate")
    print(report(machines, arguments.articles, arguments.machines, arguments.driver_rate))
    return 0


if __name__ == "__main__":
    sys.exit(main())
