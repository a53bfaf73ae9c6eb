"""Briefs to read and to judge, statement by statement.

    python -m eval.reading --system extractive --briefs trial=trial.jsonl --offset 30 --out runs/round-2
    python -m eval.reading --labels labels.jsonl second.jsonl --keep kept.jsonl --out runs/round-2
    python -m eval.reading --listed --system embedded --out runs/reading     # thirty listed articles, a page and a text

The first writes, for some development articles, DIR/reading.html, DIR/statements.jsonl (an article a line: sentences
and statements, numbered, the systems blinded), DIR/RUBRIC.md, which says how a line is answered, and DIR/key.json,
which says who wrote what and is not for the reader. The second reads labels back and prints the table, the agreement
of a second reader, and every statement that is not ok. All hold article text: for reading, not for publishing.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from eval.command import guarded, positive
from eval.reading.answers import read_answers
from eval.reading.articles import choose, write_chosen
from eval.reading.judged import judged_report
from eval.reading.keep import write_kept
from eval.reading.listed import benchmarks_folder, write_listed
from eval.reading.rounds import SEED, Taken, make_round
from eval.reading.rubric import RUBRIC
from eval.reading.sheet_page import sheet_page
from eval.reading.sheets import STATEMENTS, Round, read_round, write_round
from summarizer.errors import ConfigError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.reading", _main, argv)


def _main(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    if arguments.choose:
        write_chosen(choose(benchmarks_folder(arguments.data)))
    elif arguments.labels:
        _read_back(arguments)
    elif arguments.keep:
        raise ConfigError(expected="--labels beside --keep", got="none", hint="name the files of labels")
    elif arguments.listed:
        _listed(arguments)
    else:
        _write(arguments)
    return 0


def _listed(arguments: argparse.Namespace) -> None:
    systems = arguments.system or ["default"]
    if len(systems) > 1 or arguments.briefs:
        raise ConfigError(expected="one --system with --listed", got="several", hint="leave out --listed")
    sizes = {"each": arguments.each, "batch": arguments.batch}
    print(*write_listed(arguments.out, systems[0], arguments.data, seed=arguments.seed, **sizes), sep="\n")


def _write(arguments: argparse.Namespace) -> None:
    seed = arguments.seed or SEED
    taken = Taken(arguments.articles, seed, arguments.offset, arguments.shared, arguments.unread)
    systems = arguments.system or ([] if arguments.briefs else ["default"])
    out = arguments.out
    made = make_round(taken, out, systems, arguments.briefs, data=arguments.data, batch=arguments.batch)
    write_round(out, made)
    (out / "reading.html").write_text(sheet_page(made), encoding="utf-8")
    (out / "RUBRIC.md").write_text(RUBRIC.read_text(encoding="utf-8"), encoding="utf-8")
    print(_told(made, taken), out / STATEMENTS, out / "RUBRIC.md", out / "reading.html", sep="\n")


def _told(made: Round, taken: Taken) -> str:
    """Which articles were taken, and where the next round begins."""
    ids = made.about["articles"]
    failed = [
        f"{name}: no brief of {key}: {why}" for name, keys in made.about["failed"].items() for key, why in keys.items()
    ]
    after = f"the next round: --offset {taken.offset + len(ids)}"
    return "\n".join(
        [f"{len(ids)} articles, seed {taken.seed}, offset {taken.offset}; {after}", " ".join(ids), *failed]
    )


def _read_back(arguments: argparse.Namespace) -> None:
    made = read_round(arguments.out)
    answers = read_answers(arguments.labels, made.sheets)
    print(judged_report(made, answers))
    if arguments.keep:
        print("\n" + write_kept(arguments.keep, made, answers))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="eval.reading", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--system", action="append", default=[], metavar="NAME", help="a backend or checkpoint folder, or NAME=FOLDER")
    add("--briefs", action="append", default=[], metavar="NAME=FILE", help="a file of briefs; repeatable")
    add("--articles", type=positive, default=30, metavar="N", help="development articles of a round (default 30)")
    add("--offset", type=_count, default=0, metavar="N", help="leave out the first N of the seed's order")
    add("--unread", type=Path, metavar="FILE", help="articles of this file (JSON Lines, id and body) instead")
    add("--seed", metavar="WORD", help="another order; with --listed: thirty others, none of the list")
    add("--shared", action="store_true", help="only articles that every file of briefs has")
    add("--out", type=Path, default=Path("runs/reading"), metavar="DIR", help="the round's folder")
    add("--labels", type=Path, nargs="+", metavar="FILE", help="labels of the round in --out: read them back")
    add("--keep", type=Path, metavar="FILE", help="with --labels: write the labelled statements here")
    add("--data", type=Path, metavar="DIR", help="folder of the corpora (default: MUJAZ_DATA)")
    add("--batch", type=positive, default=8, metavar="N", help="articles a call (default 8)")
    add("--listed", action="store_true", help="the thirty listed articles, with rung, support and sources")
    add("--each", type=positive, metavar="N", help="with --listed: only the first N articles of each group")
    add("--choose", action="store_true", help="write the list of articles anew, by the rule of articles.py")
    return parser


def _count(value: str) -> int:
    return 0 if value == "0" else positive(value)
