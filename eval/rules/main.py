"""Does each rule earn its place? What it turns down, against lines that editors printed and lines that they judged.

    python -m eval.rules --data $MUJAZ_DATA --briefs 150 --found FILE     # read all lines, keep what was found
    python -m eval.rules --found FILE                                     # the tables again, at once
    python -m eval.rules --data $MUJAZ_DATA --repairs                     # what is mended, against editors' cures

The sets are ``eval.rules.cases``; ``eval.rules.measure`` says when a rule has earned its place. First a table of all
rules, then those that go, one after another, each counted among those that are left, then the shares before and after:
printable and false of what passes; refused by all rules but ``claim: number`` and ``claim: name``, and by those that
are not hard. Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from eval.command import guarded, positive
from eval.jsonl import read_lines
from eval.rules.cases import JUDGED, SETS, read_cases, read_cures
from eval.rules.checks import CHECKS, HARD
from eval.rules.measure import Found, Row, printable, pruned, refused, rows
from eval.rules.repairs import Mended, mended
from eval.shares import Share
from summarizer.config import data_dir
from summarizer.errors import DataError
from summarizer.schema import Task

_OPEN = ("claim: number", "claim: name")
"""An editor writes from more than the body: not counted against the rules."""
_HEAD = (
    "| rule | editors | briefs | cuts | written | lifted | own | of all, not printed | of own, not printed (chance) "
    "| of own, false (chance) | |"
)


def find(data: Path, briefs: int | None) -> Iterator[Found]:
    """What each rule says of every case."""
    for case in read_cases(data, briefs):
        yield Found(case.set, case.label, frozenset(name for name, of in CHECKS.items() if of(case)), case.draft.task)


def save(path: Path, found: Iterable[Found]) -> list[Found]:
    """``found``, written to ``path`` on the way, one JSON object a line, without its texts."""
    kept = []
    with path.open("w", encoding="utf-8") as file:
        for one in found:
            kept.append(one)
            fields = {"set": one.set, "label": one.label, "task": one.task, "rules": sorted(one.rules)}
            file.write(json.dumps(fields) + "\n")
    return kept


def load(path: Path) -> list[Found]:
    """What :func:`save` wrote. ``DataError`` for a rule that is not known here, and for any other file."""
    found = []
    for place, fields in read_lines(path):
        if fields.keys() != {"set", "label", "task", "rules"}:
            raise DataError(expected="objections of eval.rules", got=place, hint="run it again with --data")
        if unknown := set(fields["rules"]) - CHECKS.keys():
            got = f"{place}: {', '.join(sorted(unknown))}"
            raise DataError(expected="rules that there are", got=got, hint="run it again with --data")
        found.append(Found(fields["set"], fields["label"], frozenset(fields["rules"]), Task(fields["task"])))
    return found


def report(found: Sequence[Found]) -> str:
    """All tables, as Markdown."""
    gone = pruned(found, list(CHECKS), HARD)
    left = [name for name in CHECKS if name not in {row.name for row in gone}]
    lines = [f"Lines: {', '.join(f'{sum(one.set == name for one in found):,} {name}' for name in SETS)}.", ""]
    lines += _table(rows(found, CHECKS))
    if gone:
        lines += ["", f"{len(gone)} earn no place, in this order; each counted among those that are left:", ""]
        lines += _table(gone)
        lines += ["", f"The {len(left)} that stay, counted among themselves:", "", *_table(rows(found, left))]
    lines += ["", "| | printable | false | refused | refused, hard rules aside |", "|---|---:|---:|---:|---:|"]
    lines += [line for name, kept in (("all", list(CHECKS)), ("left", left)) for line in _shares(name, found, kept)]
    return "\n".join(lines)


def _table(found: Sequence[Row]) -> list[str]:
    return [_HEAD, "|---|" + "---:|" * 9 + "---|", *map(_line, found)]


def _line(row: Row) -> str:
    counts = [str(row.objections[name]) for name in SETS] + [str(row.alone.total())]
    told = [one for one in row.evidence if one.all.of]
    cells = (
        "; ".join(_of(one.all) for one in told),
        "; ".join(f"{_of(one.own)} ({_percent(one.chance)})" for one in told if one.own.of),
        "; ".join(f"{_of(one.own_false)} ({_percent(one.chance_false)})" for one in told if one.own.of),
        "earned" if row.stays else "hard" if row.name in HARD else "",
    )
    return f"| {row.name} | {' | '.join([*counts, *cells])} |"


def _shares(name: str, found: Sequence[Found], kept: Sequence[str]) -> Iterator[str]:
    """A line for each set: of judged ones what passes is worth, of printed ones what is refused."""
    passing = printable(found, kept)
    turned_down = [refused(found, kept, besides) for besides in (_OPEN, HARD)]
    for part in SETS:
        told = passing[part] if part in JUDGED else ()
        shares = [*told, *[Share(0, 0)] * (2 - len(told)), *(one.get(part, Share(0, 0)) for one in turned_down)]
        cells = map(_interval, shares)
        yield f"| {name}, {part} | {' | '.join(cells)} |"


def _repairs(found: Iterable[Mended]) -> Iterator[str]:
    yield "| repair | changed | of these printed as they were | nearer to the cure |"
    yield "|---|---:|---:|---:|"
    for one in found:
        yield f"| {one.name} | {one.changed} | {one.of_ok} | {_of(one.nearer)} |"


def _of(share: Share) -> str:
    return f"{share.hits} of {share.of}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _interval(share: Share) -> str:
    if not share.of:
        return "–"
    low, high = share.interval
    return f"{100 * share.value:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"


def _main(argv: Sequence[str] | None) -> int:
    parser = argparse.ArgumentParser(
        prog="eval.rules", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--data", type=Path, metavar="DIR", help="folder of the corpora (default: MUJAZ_DATA)")
    add("--briefs", type=positive, metavar="N", help="of so many articles with references (default: all)")
    add("--found", type=Path, metavar="FILE", help="keep what was found here; without --data, read it from here")
    add("--repairs", action="store_true", help="what the ladder mends in written lines, and nothing else")
    options = parser.parse_args(argv)
    if options.found and not options.data:
        print(report(load(options.found)))
        return 0
    data = options.data or data_dir()
    if data is None:
        raise DataError(expected="the folder of the corpora", got="none", hint="pass --data DIR or set MUJAZ_DATA")
    if options.repairs:
        print("\n".join(_repairs(mended(read_cures(data)))))
        return 0
    found = find(data, options.briefs)
    print(report(save(options.found, found) if options.found else list(found)))
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.rules", _main, argv)
