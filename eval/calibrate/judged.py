"""Summaries that people judged: AraHalluEval's labels and ratings, joined with the articles they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.jsonl import Line, id_field, read_lines, text_field
from summarizer.errors import DataError

JUDGED, ARTICLES = "hallucination-judged.jsonl", "xlsum-sample.jsonl"

#: Labels that say the summary states something false or made up. The other three (instruction inconsistency,
#: code-switching, grammar) are about form: a summary of another article altogether may carry only the first of them.
FACTUAL = (
    "Context Inconsistency",
    "Temporal/Number Error",
    "Named-Entity Error",
    "Fabrication",
    "Inference",
)
OFF_TASK = "Instruction Inconsistency"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judged summary: ``rating`` from 1 (unfaithful) to 5 (faithful), ``labels`` the error types found in it."""

    article: str
    system: str
    output: str
    source: str
    rating: float
    labels: frozenset[str]

    @property
    def factual_error(self) -> bool:
        """True when any of the five factual error types was found."""
        return not self.labels.isdisjoint(FACTUAL)

    @property
    def unusable(self) -> bool:
        """True when it has a factual error or is not a summary of its article at all."""
        return self.factual_error or OFF_TASK in self.labels


def read_judged(folder: Path) -> tuple[tuple[Judgement, ...], Mapping[str, int]]:
    """The judgements of ``folder`` with their articles' bodies, and how many could not be used, by reason.

    ``DataError`` names file and line of a rating that is no number from 1 to 5, labels that are no table of
    true and false, or when not one judgement can be joined with its article.
    """
    articles = {id_field(line): text_field(line, "body") for line in read_lines(folder / ARTICLES)}
    found: list[Judgement] = []
    left_out: Counter[str] = Counter()
    for line in read_lines(folder / JUDGED):
        article, output = id_field(line), text_field(line, "output")
        source = articles.get(article, "")
        if source and output:
            system = text_field(line, "model")
            found.append(Judgement(article, system, output, source, _rating(line), _labels(line)))
        else:
            left_out["article missing" if not source else "output empty"] += 1
    if not found:
        raise DataError(
            expected=f"judgements of articles in {ARTICLES}",
            got=f"{folder / JUDGED}: {sum(left_out.values())} rows, none with its article",
            hint="both files must come from one release",
        )
    return tuple(found), left_out


def _rating(line: Line) -> float:
    value = line.fields.get("rating")
    try:
        rating = float(str(value))
    except ValueError:
        rating = 0.0
    if not 1.0 <= rating <= 5.0:
        raise DataError(expected="a rating from 1 to 5", got=f"{line.place}: {value!r}", hint="correct the row")
    return rating


def _labels(line: Line) -> frozenset[str]:
    labels = line.fields.get("labels")
    if not isinstance(labels, dict) or not all(isinstance(value, bool) for value in labels.values()):
        raise DataError(
            expected='"labels" with true or false for each error type',
            got=f"{line.place}: {labels!r}"[:120],
            hint="correct the row",
        )
    missing = [name for name in (*FACTUAL, OFF_TASK) if name not in labels]
    if missing:
        raise DataError(expected="all error types", got=f"{line.place}: no {missing[0]!r}", hint="correct the row")
    return frozenset(name for name, value in labels.items() if value)
