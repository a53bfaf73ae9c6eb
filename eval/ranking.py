"""Which weights choose best among a model's candidates? ROUGE of what each set of weights would print.

    python -m eval.ranking --rows data/news/heldout.jsonl --rows data/news/lead-heldout.jsonl --backend embedded
    python -m eval.ranking --rows FILE --backend CHECKPOINT --publishers bbc,cnn --limit 200

The rows are those of ``training.prepare``: a source and the headline or standfirst that editors wrote. Candidates are
searched for once and judged as in a brief; what no set of weights passes is left out for all. «likelihood alone» is
what a beam search prints, «oracle» the best of the candidates that pass, chosen with the reference in view. Stemmed
ROUGE-1, -2 and -L in the setting ``xlsum-stem``, and the share of sentences lifted from the source; ``--lead-score``
tries another likelihood for those.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from eval.command import guarded, positive
from eval.jsonl import read_lines
from eval.metrics.rouge import rouge1_pair, rouge2_pair, rougel_pair
from eval.metrics.settings import load_setting
from eval.verify import passage_of
from summarizer.backends.base import Backend, load_backend
from summarizer.backends.extractive import LEAD_SCORE
from summarizer.briefing.ladder import Ladder
from summarizer.briefing.ranking import WEIGHTS, Weights
from summarizer.config import BriefOptions
from summarizer.errors import DataError
from summarizer.pipeline import beside_the_lead
from summarizer.plan import ladder_for
from summarizer.schema import Article, Candidate, Passage, Request, Span, Statement, Task

TASKS = (Task.HEADLINE, Task.STANDFIRST)
CHOICES: Mapping[str, Weights | None] = {
    "likelihood alone": Weights(1.0, 0.0),
    "likelihood + support": Weights(1.0, 1.0),
    "support alone": Weights(0.0, 1.0),
    "1 + 2 + 1 + 0": Weights(1.0, 2.0, 1.0),
    "1 + 2 + 1 + 0.3": Weights(1.0, 2.0, 1.0, 0.3),
    "0.5 + 2 + 0.5 + 0.5": Weights(0.5, 2.0, 0.5, 0.5),
    "as committed": None,
}
"""Weights of likelihood, support, lead and agreement; None for those of ``briefing.ranking``."""
_BATCH = 8
_ORACLE = "oracle"


@dataclass(frozen=True, slots=True)
class Case:
    """One text to be chosen: what it is written from, its candidates, and what an editor wrote."""

    group: str
    request: Request
    candidates: tuple[Candidate, ...]
    reference: str


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    return guarded("eval.ranking", _main, argv)


def _main(argv: Sequence[str] | None) -> int:
    arguments = _parser().parse_args(argv)
    wanted = list(_wanted(arguments.rows, arguments.publishers, arguments.limit))
    cases = search(wanted, load_backend(arguments.backend))
    for score in arguments.lead_score or [LEAD_SCORE]:
        if arguments.lead_score:
            print(f"lead score {score:g}\n")
        print(table([_with_lead_score(case, score) for case in cases]))
    return 0


def _with_lead_score(case: Case, score: float) -> Case:
    """The same with another likelihood for what is lifted."""
    return replace(case, candidates=tuple(replace(one, score=score) if one.spans else one for one in case.candidates))


def _wanted(paths: Sequence[Path], publishers: str, limit: int | None) -> Iterator[tuple[str, Request, str]]:
    """The rows of each file as group, request and reference; at most ``limit`` a file and task."""
    for path in paths:
        counts = dict.fromkeys(TASKS, 0)
        for line in read_lines(path):
            row = line.fields
            if publishers and row.get("source_name") not in publishers.split(","):
                continue
            for task in TASKS:
                reference = (row.get("targets") or {}).get(task.value)
                if reference and (limit is None or counts[task] < limit):
                    counts[task] += 1
                    yield f"{path.stem}, {task.value}", Request(task, passage_of(str(row["source"]))), str(reference)
        if not any(counts.values()):
            raise DataError(expected="rows with a headline or standfirst", got=f"{path}: none", hint="see --publishers")


def search(wanted: Sequence[tuple[str, Request, str]], backend: Backend) -> list[Case]:
    """The candidates of each request, ``_BATCH`` at a time, the lead among those of a standfirst."""
    cases: list[Case] = []
    options = BriefOptions()
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        answers = backend.generate([request for _, request, _ in part], options.decoding)
        cases += [
            Case(group, request, beside_the_lead(request, found, options.limits), reference)
            for (group, request, reference), found in zip(part, answers, strict=True)
        ]
        print(f"eval.ranking: {len(cases)} of {len(wanted)}", file=sys.stderr)
    return cases


def table(cases: Sequence[Case]) -> str:
    """A Markdown table for each group of cases."""
    lines: list[str] = []
    for group in dict.fromkeys(case.group for case in cases):
        scored = [found for case in cases if case.group == group and (found := outcomes(case))]
        lines += [
            f"{group}: {len(scored)} rows",
            "",
            "| chosen by | R1 | R2 | RL | lifted, % |",
            "|---|---:|---:|---:|---:|",
        ]
        for name in (*CHOICES, _ORACLE):
            means = 100 * np.mean([found[name] for found in scored], axis=0) if scored else np.full(4, np.nan)
            lines.append(f"| {name} | " + " | ".join(f"{mean:.1f}" for mean in means) + " |")
        lines.append("")
    return "\n".join(lines)


def outcomes(case: Case) -> dict[str, tuple[float, ...]]:
    """ROUGE-1, -2, -L (0-1) and whether it was lifted, of what each choice prints; empty when nothing passes."""
    printed = {name: _print(case, weights) for name, weights in CHOICES.items()}
    if any(statement is None for statement in printed.values()):
        return {}
    found = {name: _score(statement, case.reference) for name, statement in printed.items() if statement}
    singles = [_print(Case(case.group, case.request, (one,), ""), None) for one in case.candidates]
    return {**found, _ORACLE: max((_score(one, case.reference) for one in singles if one), key=lambda s: sum(s[:3]))}


def _print(case: Case, weights: Weights | None) -> Statement | None:
    ladder: Ladder = ladder_for(_article(case.request.passage), BriefOptions())
    ladder.weights = WEIGHTS if weights is None else dict.fromkeys(Task, weights)
    return ladder.climb(case.request, case.candidates, "model")


def _article(passage: Passage) -> Article:
    return Article(passage.text, (Span(0, len(passage.text)),), passage.sentences)


def _score(statement: Statement, reference: str) -> tuple[float, ...]:
    tokens = load_setting("xlsum-stem").tokens
    pair = tokens(reference), tokens(statement.text)
    lifted = float(statement.method == "extractive")
    return rouge1_pair(*pair), rouge2_pair(*pair), rougel_pair(*pair), lifted


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.ranking", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--rows", type=Path, action="append", required=True, help="rows of training.prepare; repeatable"
    )
    parser.add_argument("--backend", default="embedded", help="a backend or checkpoint folder (default: embedded)")
    parser.add_argument("--publishers", default="", help="only rows of these, with commas between them")
    parser.add_argument("--lead-score", type=float, action="append", help="repeatable; default: the committed one")
    parser.add_argument("--limit", type=positive, help="at most so many rows of each task a file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
