"""Do the systems still reach what they once reached?

    python -m eval.gate                                        measure every floor whose benchmark is at hand
    python -m eval.gate runs/bbc runs/xlsum                    check these results instead
    python -m eval.gate runs/briefs                            a folder of eval.briefs serves as well
    python -m eval.gate runs/bbc --raise                       raise the floors that these results are above
    python -m eval.gate runs/bbc --add bbc-2018h2/headline/default/xlsum-stem.rouge1
    python -m eval.gate --lower KEY VALUE --reason "why"       the only way down; the reason is kept

Exit codes: 0 every floor that was measured holds, 1 one is broken, 6 none could be measured.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from eval.benchmarks.table import load_benchmark
from eval.briefs.runner import BriefRun, run_briefs
from eval.briefs.scoring import TASK as BRIEF_TASK
from eval.command import guarded
from eval.gate.floors import FLOORS, Floor, Floors, Verdict, check, lowered, raised, read_floors, write_floors
from eval.run.provenance import git_commit
from eval.run.results import Results, read_results
from eval.run.runner import TASKS, RunOptions, run
from eval.systems.table import resolve
from summarizer.config import BriefOptions
from summarizer.errors import ConfigError, DataError, MujazError


def measure(floors: Floors, data: Path | None, out: Path) -> list[Results]:
    """Run every system that has a floor, one folder a benchmark, task and limit under ``out``.

    A benchmark or backend that is not at hand is named on standard error and left out.
    """
    groups: dict[tuple[str, str, int | None], list[str]] = {}
    for floor in floors.floors.values():
        benchmark, task, system, _ = floor.parts
        names = groups.setdefault((benchmark, task, floor.limit), [])
        if system not in names:
            names.append(system)
    found = []
    for number, ((benchmark, task, limit), names) in enumerate(groups.items()):
        try:
            if task == BRIEF_TASK:
                found.append(run_briefs(BriefRun(out / str(number), data, limit), names))
                continue
            rows = load_benchmark(benchmark, TASKS[task], data).first(limit)
            systems = [system for name in names for system in resolve(name, TASKS[task], BriefOptions())]
            found.append(run(rows, systems, RunOptions(out / str(number))))
        except MujazError as error:
            print(f"eval.gate: {benchmark} {task}: not measured: {error}", file=sys.stderr)
    return found


def report(verdicts: Sequence[Verdict]) -> str:
    """One line a floor, the broken ones first."""
    order = sorted(verdicts, key=lambda verdict: (verdict.measured is None, verdict.holds, verdict.floor.key))
    return "\n".join(_line(verdict) for verdict in order)


def _line(verdict: Verdict) -> str:
    floor = verdict.floor
    if verdict.measured is None:
        return f"  --    {floor.key}: {verdict.why_not} (floor {floor.value:.2f})"
    mark = "holds " if verdict.holds else "BROKEN"
    return f"{mark}  {floor.key}: {verdict.measured:.2f} (floor {floor.value:.2f})"


def _main(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    floors = read_floors(arguments.floors)
    when = datetime.datetime.now(datetime.UTC).date().isoformat()
    if arguments.lower:
        key, value = arguments.lower[0], _number(arguments.lower[1])
        write_floors(lowered(floors, key, value, arguments.reason, when, git_commit()), arguments.floors)
        print(f"eval.gate: {key} lowered to {value}: {arguments.reason}")
        return 0
    results = [read_results(folder) for folder in arguments.results]
    if arguments.raise_floors or arguments.add:
        return _raise(floors, results, arguments.add or [], arguments.raise_floors, when, arguments.floors)
    if not results:
        with tempfile.TemporaryDirectory() as folder:
            results = measure(floors, arguments.data, arguments.out or Path(folder))
    verdicts = check(floors, results)
    print(report(verdicts))
    if all(verdict.measured is None for verdict in verdicts):
        raise DataError(
            expected="a result for at least one floor", got="none", hint="pass folders of eval.run, or --data"
        )
    return int(any(verdict.measured is not None and not verdict.holds for verdict in verdicts))


def _raise(
    floors: Floors, results: Sequence[Results], added: Sequence[str], all_of_them: bool, when: str, path: Path
) -> int:
    """Set new floors and those that the results are above; say which."""
    if not results:
        raise ConfigError(expected="folders of eval.run to take floors from", got="none", hint="name them first")
    after = floors
    for found in results:
        record = found["benchmark"]
        own = f"{record['name']}/{record['task']}/"
        keys = [key for key in added if key.startswith(own)]
        if all_of_them:
            measured = [verdict.floor for verdict in check(floors, [found]) if verdict.holds]
            keys += [floor.key for floor in measured if floor.key not in keys]
        after = raised(after, found, keys, when)
    foreign = [key for key in added if key not in after.floors]
    if foreign:
        raise ConfigError(
            expected="a key of these results", got=", ".join(foreign), hint="BENCHMARK/TASK/SYSTEM/METRIC"
        )
    write_floors(after, path)
    changed = [floor for key, floor in after.floors.items() if floors.floors.get(key) != floor]
    print("\n".join(_changed_line(floor, floors) for floor in changed) or "eval.gate: no floor to raise")
    return 0


def _changed_line(floor: Floor, before: Floors) -> str:
    old = before.floors.get(floor.key)
    return f"{floor.key}: {f'{old.value:.2f}' if old else 'none'} -> {floor.value:.2f}"


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise ConfigError(expected="a number", got=value, hint="--lower KEY VALUE") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="eval.gate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("results", nargs="*", type=Path, metavar="DIR", help="folders of eval.run, or results.json files")
    add("--raise", dest="raise_floors", action="store_true", help="raise the floors that these results are above")
    add("--add", action="append", metavar="KEY", help="set a first floor; repeatable")
    add("--lower", nargs=2, metavar=("KEY", "VALUE"))
    add("--reason", default="", help="why a floor is lowered")
    add("--data", type=Path, metavar="DIR", help="folder of the corpora (default: MUJAZ_DATA)")
    add("--out", type=Path, metavar="DIR", help="keep what is measured here, and go on from there")
    add("--floors", type=Path, default=FLOORS, metavar="FILE")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.gate", _main, argv)
