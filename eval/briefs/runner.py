"""One run over ``briefs-dev``: write what is missing, score, save. The command is in ``main.py``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.benchmarks.briefs import NAME, load_references
from eval.benchmarks.table import load_benchmark
from eval.briefs.printed import write_printed
from eval.briefs.scoring import score_briefs
from eval.briefs.writers import Calls, from_backend, from_cuts, from_file, from_first_sentences, only_once
from eval.run.provenance import git_commit
from eval.run.results import RESULTS, Results
from eval.systems.outputs import Ledger, write_json


@dataclass(frozen=True, slots=True)
class BriefRun:
    """Where a run is kept, what it is measured on (the first ``limit`` articles), and how many go to a call."""

    out: Path
    data: Path | None = None
    limit: int | None = None
    batch: int = 8


def run_briefs(
    run: BriefRun, systems: Sequence[str], files: Sequence[str] = (), *, shared: bool = False, quiet: bool = False
) -> Results:
    """Write what is missing, score everything, save and return the results, baselines first.

    ``systems`` as :func:`from_backend` takes them, ``files`` as :func:`from_file` does. ``shared``: only the articles
    that every file has a brief of. ``run.out`` has ``results.json``, the ledger, and each system's briefs as a file
    that can be read again.
    """
    benchmark, every = load_benchmark(NAME, None, run.data), load_references(run.data)
    given = [from_file(name, every) for name in files]
    references, limit = every[: run.limit], run.limit
    if shared:
        references = [one for one in references if all(one.brief.id in file.printed for file in given)]
        limit = len(references)  # so that no floor on all articles is held against these
    run.out.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(run.out, git_commit())
    found = [from_cuts(references), from_first_sentences(references), *given]
    for name in systems:
        with _bar(name, len(references), quiet) as bar:
            found.append(from_backend(name, references, ledger, Calls(benchmark.digest, run.batch, bar.update)))
    only_once(found)
    results = score_briefs(replace(benchmark, limit=limit), references, found)
    for system in found:
        write_printed(run.out / f"{system.name.replace(' ', '-')}.jsonl", system.printed.values())
    write_json(run.out / RESULTS, results)
    return results


def _bar(name: str, articles: int, quiet: bool) -> Any:
    from tqdm import tqdm

    return tqdm(total=articles, desc=name, unit="article", file=sys.stderr, disable=quiet)
