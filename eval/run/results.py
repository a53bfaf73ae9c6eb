"""The files of a run's folder: every key, typed and explained; reading them back says what is wrong with them.

``results.json`` holds numbers only and may be published; ``scores.jsonl`` has one row an article and system (ids,
no text); ``outputs.jsonl`` has the texts (see ``outputs.py``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, cast

from eval.jsonl import id_field, read_lines, text_field
from eval.metrics.score import ScoreRecord
from summarizer.errors import DataError

FORMAT = 1
RESULTS, OUTPUTS, ARTICLE_SCORES = "results.json", "outputs.jsonl", "scores.jsonl"


class BenchmarkRecord(TypedDict):
    """What was measured on. ``digest`` is of the whole benchmark, before ``limit``."""

    name: str
    task: str
    digest: str
    known_digest: bool
    """Whether it is the version that the table of benchmarks names."""
    rows: int
    """Articles that were measured."""
    limit: int | None
    licence: str
    excluded: dict[str, int]
    """Rows of the benchmark that were left out for every system, by reason."""
    path: str
    """The path as given on the command line; empty for a named benchmark."""


#: One system: ``xlsum``, ``xlsum-stem`` and ``normalized`` hold ``{metric: ScoreRecord}``; beside them stand
#: ``ScoreRecord`` values (``chrf``, ``support`` …), and ``about``: a ``SystemAbout``.
SystemRecord = dict[str, Any]


class SystemAbout(TypedDict):
    """What is known of a system beside its scores."""

    config: dict[str, Any]
    """How it was made: the ledger's configuration."""
    articles: int
    """Outputs that were scored."""
    excluded: dict[str, int]
    """Articles without a score, by reason."""
    noted: dict[str, int]
    """Outputs that were scored but that a reader must know of, by reason."""
    methods: dict[str, int]
    """How many statements each rung of the ladder (or method) wrote; empty when the system does not say."""
    commits: list[str]
    """The commits that the outputs were written at; empty for outputs made elsewhere."""
    refused: int
    """Candidates that the ladder turned down."""
    seconds: float | None
    """Wall clock of writing all outputs; None for outputs made elsewhere."""
    articles_per_second: float | None


class Results(TypedDict):
    """``results.json``."""

    format: int
    benchmark: BenchmarkRecord
    systems: dict[str, SystemRecord]
    git_commit: str
    git_dirty: bool
    """Whether tracked code differed from that commit."""
    machine: str
    seconds: float
    """Wall clock of writing, over all systems that were run."""
    articles_per_second: float | None
    """Outputs written a second, over all systems that were run; None when all outputs were made elsewhere."""


@dataclass(frozen=True, slots=True)
class ArticleScores:
    """One row of ``scores.jsonl``: the scores of one output, and what its article does not bear out.

    ``scores`` has the keys of the metrics (``xlsum.rouge1``, ``support``), those that do not apply left out;
    ``unsupported`` has ``{"start", "end", "kind", "reason"}``, code points of the output.
    """

    id: str
    system: str
    scores: Mapping[str, float]
    unsupported: tuple[Mapping[str, Any], ...]


def read_results(path: Path) -> Results:
    """``results.json`` of a run's folder, or the file itself. ``DataError`` when it is not one of ours."""
    file = path / RESULTS if path.is_dir() else path
    try:
        found = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise DataError(
            expected=f"a run's folder with {RESULTS}",
            got=f"{file}: {error.strerror or type(error).__name__}",
            hint="run `python -m eval.run … --out DIR` first",
        ) from error
    except ValueError as error:
        raise DataError(expected="JSON", got=f"{file}: {error}", hint="run eval.run again") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT or not found.get("systems"):
        raise DataError(
            expected=f"results of format {FORMAT} with systems", got=f"{file}: another file", hint="run eval.run again"
        )
    results: Results = found  # type: ignore[assignment]
    return results


def read_article_scores(folder: Path) -> dict[str, dict[str, ArticleScores]]:
    """System → id → scores, from a run's folder."""
    path = folder / ARTICLE_SCORES
    found: dict[str, dict[str, ArticleScores]] = {}
    for line in read_lines(path):
        key, system = id_field(line), text_field(line, "system")
        try:
            scores = {name: float(value) for name, value in line.fields["scores"].items()}
            row = ArticleScores(key, system, scores, tuple(line.fields["unsupported"]))
        except (KeyError, AttributeError, TypeError, ValueError) as error:
            raise DataError(
                expected="a row of article scores", got=f"{line.place}: {error!r}", hint="run eval.run again"
            ) from error
        found.setdefault(system, {})[key] = row
    return found


def write_article_scores(folder: Path, rows: Iterable[ArticleScores]) -> None:
    """Write ``scores.jsonl`` whole, or leave the old one."""
    partial = folder / (ARTICLE_SCORES + ".partial")
    with partial.open("w", encoding="utf-8") as file:
        for row in rows:
            scores = {name: round(value, 4) for name, value in row.scores.items()}
            record = {"id": row.id, "system": row.system, "scores": scores, "unsupported": list(row.unsupported)}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    partial.replace(folder / ARTICLE_SCORES)


def score_of(system: SystemRecord, key: str) -> ScoreRecord | None:
    """The score under ``setting.metric`` or ``metric``; None when the system does not have it."""
    setting, _, metric = key.rpartition(".")
    found = system.get(setting, {}).get(metric) if setting else system.get(metric)
    return cast(ScoreRecord, found) if isinstance(found, dict) and "signature" in found else None


def score_keys(system: SystemRecord) -> list[str]:
    """Every key that :func:`score_of` answers for ``system``."""
    keys = []
    for field, value in system.items():
        if field != "about":
            keys += [field] if "signature" in value else [f"{field}.{metric}" for metric in value]
    return keys
